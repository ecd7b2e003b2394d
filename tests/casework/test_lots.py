"""Suspect lots are walked forward to every batch and drum that the workspace knows of."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support import scenes
from support.desks import person
from support.dossiers import a_hypothesis
from support.investigations import CASE, EVIDENCE, RANKED, walked
from support.other_batches import CONNECTED, LATER, LOT, bring_others, own

from investigator.casework.desk import Desk
from investigator.casework.lots import followed_lots, suspect_lots
from investigator.casework.snapshot import Snapshot, snapshot
from investigator.domain.acts.act import Act
from investigator.domain.batch import BatchRecord
from investigator.domain.errors import UnusableRequest
from investigator.domain.ranking import Ranking

MINUTE = 60_000


@pytest.fixture
def desk(desk_before: Callable[[Act | None], Desk]) -> Desk:
    made = desk_before(EVIDENCE)
    bring_others(made)
    return person(made, "ann")


@pytest.mark.requirement("CAS-169")
def test_a_lot_is_followed_into_records_extracts_and_letters(desk: Desk) -> None:
    (followed,) = followed_lots(desk, snapshot(desk, CASE), "A-1")
    found = {b.batch_id: b for b in followed.reach.batches}
    assert {name: b.certain for name, b in found.items()} == {
        "B-OTHER": True,
        "B-OWN": True,
        "B-T": False,
        "B-X": False,
    }
    drums = [(d.container_id, d.certain) for d in found["B-OTHER"].drums]
    assert drums == [("B-OTHER-D01", True), ("B-OTHER-D02", False)]
    assert "A-2 of the same material" in found["B-OTHER"].drums[1].reason
    assert (found["B-X"].drums, found["B-X"].drums_known) == ((), 0)


@pytest.mark.requirement("CAS-169")
def test_a_lot_that_nothing_here_names_is_refused(desk: Desk) -> None:
    with pytest.raises(UnusableRequest, match='names a lot "A-404"'):
        followed_lots(desk, snapshot(desk, CASE), "A-404")


def leading(cause: str, onset_min: float, batch: BatchRecord) -> Snapshot:
    """A case with the shipped twin, whose ranking is led by a cause with this onset."""
    seen = scenes.a_scene(walked(until=RANKED)).seen
    assert seen is not None
    hypothesis = replace(
        a_hypothesis(cause, 0.9), onset_ms=CONNECTED.t_ms + int(onset_min * MINUTE)
    )
    ranking = Ranking((hypothesis,), 0.05, 0.05, (), ())
    return replace(
        seen,
        evidence=replace(scenes.an_evidence(), batch=batch),
        ranking=replace(scenes.a_ranking_result(), ranking=ranking),
    )


@pytest.mark.requirement("CAS-170")
@pytest.mark.parametrize(("onset_min", "lot"), [(-40.0, "A-1"), (-5.0, "A-2"), (30.0, "A-2")])
def test_the_lot_at_the_unit_at_the_onset_is_suspect(onset_min: float, lot: str) -> None:
    batch = replace(own(), lots=(LOT, LATER), events=(CONNECTED,))
    found = suspect_lots(leading("api_lot_psd_change", onset_min, batch))
    assert list(found) == [lot]
    assert "of the lot at LW-311" in found[lot]


@pytest.mark.requirement("CAS-170")
def test_where_the_record_tells_no_connection_all_lots_of_the_unit_are_suspect() -> None:
    batch = replace(own(), lots=(LOT, LATER), events=())
    assert list(suspect_lots(leading("api_lot_psd_change", 0.0, batch))) == ["A-1", "A-2"]


@pytest.mark.requirement("CAS-170")
def test_a_cause_that_is_no_property_of_a_lot_makes_none_suspect() -> None:
    assert suspect_lots(leading("api_bridging", 0.0, own())) == {}
