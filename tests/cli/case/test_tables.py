"""The parts of a case as lines for a person and as values for programs."""

import json
from dataclasses import replace
from typing import Any

import pytest
from support.investigations import DRUMS, EVIDENCE, FOLLOWED, OPENED, walked
from support.scenes import a_scene

from investigator.casework.impact_document import impact_document
from investigator.casework.snapshot import Snapshot
from investigator.cli.case import data_tables, hypothesis_tables, tables
from investigator.domain.acts.act import Act
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.evidence import ClockOffset, EvidenceAsRead


def seen(until: Act | None = None) -> Snapshot:
    found = a_scene(walked(until=until) if until else walked()).seen
    assert found is not None
    return found


@pytest.mark.requirement("CAS-143")
def test_a_clock_without_an_estimate_is_listed_as_that() -> None:
    case = seen(until=EVIDENCE)
    assert case.evidence is not None
    record = ClockOffset("batch record", 1.0, 0.3, 84)
    bases = tuple(ClockEvidence(source, "events") for source in ("batch record", "alarm journal"))
    read = EvidenceAsRead(replace(case.evidence, clock_offsets=(record,)), bases)
    case = replace(case, read=read)
    _, first, second = data_tables.clock_lines(case)
    assert first.split()[:3] == ["batch", "record", "+1.000"]
    assert second.split() == [
        "alarm",
        "journal",
        "no",
        "estimate",
        "–",
        "taken",
        "as",
        "in",
        "step",
        "–",
    ]
    alone = data_tables.clock_documents(case)[1]
    assert (alone["estimated"], alone["in_force"], alone["judgement"]) == (None, None, None)


@pytest.mark.requirement("CLI-011")
def test_containers_stand_with_proposal_and_decision() -> None:
    lines = tables.container_lines(seen())
    assert [line.split()[0] for line in lines[1:]] == list(DRUMS)
    assert "5.10 (up to 6.25)" in lines[2]
    assert tables.container_documents(seen(until=FOLLOWED))[0]["decision"] is None
    assert len(tables.container_lines(seen(until=OPENED))) == 1


@pytest.mark.requirement("CAS-185")
def test_containers_stand_as_in_the_result_of_an_unattended_run() -> None:
    now = seen(until=FOLLOWED)
    assert now.impact is not None
    contract = impact_document(now.impact.impact, now.case.opened.act.zone)
    for row in tables.container_documents(now):
        name = row["container"]
        assert row.items() >= contract["container_impact"][name].items()
        assert row["quality"] == contract["container_quality"][name]
        assert row["conformance"] == contract["conformance"][name]
        assert row["content_uniformity"] == contract["content_uniformity"][name]
        assert row["sampling_plan"] == contract["sampling_plan"].get(name)
        proposed = contract["disposition_proposed"][name]
        assert (row["reason"], row["rule"]) == (proposed["reason"], proposed["rule"])
        assert row["out_of_specification"] == proposed["out_of_specification"]


def test_channels_stand_with_their_figures() -> None:
    head, line = tables.replay_lines(seen())
    assert head.split()[:3] == ["Channel", "Unit", "Samples"]
    assert line.split()[0] == "NIR-331"
    assert len(tables.replay_lines(seen(until=OPENED))) == 1


@pytest.mark.parametrize(
    "document",
    [
        hypothesis_tables.hypothesis_documents(seen()),
        tables.container_documents(seen()),
        tables.replay_documents(seen()),
        tables.report_document(seen().case),
    ],
)
def test_values_are_json_without_losses(document: Any) -> None:
    assert document
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_the_report_stands_in_a_sentence() -> None:
    assert tables.report_line(seen(until=OPENED).case) == "No report was issued yet."
    assert tables.report_document(seen(until=OPENED).case) is None
    assert "in force, signed by: author, reviewer, approver" in tables.report_line(seen().case)
