"""The replay of the recorded inputs on the console and as JSON."""

import json
from dataclasses import replace

import pytest
from support.dossiers import DRUMS
from support.investigations import OPENED, walked
from support.replays import a_replayed
from support.scenes import a_replay, a_scene

from investigator.casework.snapshot import Snapshot
from investigator.cli.case.replayed import replayed_documents, replayed_lines
from investigator.domain.replayed import Replayed


def seen(found: Replayed | None) -> Snapshot:
    shown = a_scene(walked()).seen
    assert shown is not None
    return replace(shown, replay=replace(a_replay(), replayed=found))


@pytest.mark.requirement("CAS-146")
def test_where_the_run_left_the_domain_stands_in_a_line() -> None:
    line = replayed_lines(seen(a_replayed()))[0]
    assert line.startswith("Extrapolating ")
    assert "Room humidity up to 77.5 %RH, outside 20.0 to 70.0 %RH by 0.30 of 25.0" in line
    assert "kept to all 2 limits" in replayed_lines(seen(a_replayed(left=False)))[0]


@pytest.mark.requirement("CAS-146")
def test_signals_and_containers_stand_beneath() -> None:
    lines = replayed_lines(seen(a_replayed()))
    assert "not recorded in 1 stretch of 1 tag" in lines[1]
    assert "not recorded, bridged in 1 stretch of 1 tag" in lines[1]
    first, second = lines[-2:]
    assert first.split()[0] == DRUMS[0]
    assert first.rstrip().endswith("extrapolating")
    assert "110.0 (106.0 to 114.0) N" in first
    assert "120.0 outside interval" in second
    assert second.rstrip().endswith("inside")


def test_a_result_that_was_made_without_says_so() -> None:
    assert replayed_lines(seen(None)) == ["The recorded inputs were not replayed."]
    opened = a_scene(walked(until=OPENED)).seen
    assert opened is not None
    assert replayed_lines(opened) == ["The recorded inputs were not replayed."]
    assert replayed_documents(opened) == {
        "domain_excursions": [],
        "signal_quality": [],
        "replayed_containers": {},
    }


@pytest.mark.requirement("CAS-146")
def test_the_same_as_values() -> None:
    document = replayed_documents(seen(a_replayed()))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    (excursion,) = document["domain_excursions"]
    assert (excursion["quantity"], excursion["farthest"], excursion["distance"]) == (
        "room_rh",
        77.5,
        0.3,
    )
    assert document["signal_quality"][0]["what"] == "not recorded, bridged"
    assert document["replayed_containers"][DRUMS[1]]["hardness"]["measured"] == 120.0
