"""Other batches that share a lot, equipment or the time are proposed for the scope."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.desks import desk_at, person
from support.investigations import CASE, CLOSED, CONCLUDED, EVIDENCE, OPENED, WHY
from support.other_batches import LOT, bring_others, holding, other, own
from support.stored_cases import case_at

from investigator.casework.desk import Desk
from investigator.casework.installation import HOME
from investigator.casework.related import NEAR_MS, related_batch, related_batches
from investigator.domain.acts.act import Act
from investigator.domain.acts.case import (
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
    Shared,
)
from investigator.domain.batch import BatchRecord
from investigator.domain.errors import UnusableRequest
from investigator.domain.materials import MaterialExtracts, ProductionOrder, Weighing


def one() -> BatchRecord:
    return replace(own(), tooling=())


def another(**changes: Any) -> BatchRecord:
    return replace(one(), batch_id="B-OTHER", **changes)


@pytest.mark.requirement("CAS-040")
def test_a_batch_of_the_same_lots_units_and_days_shares_all_three() -> None:
    found = related_batch(one(), another(), "DEV-2")
    assert found is not None
    assert found.shares == (Shared.LOT, Shared.EQUIPMENT, Shared.TIME_WINDOW)
    assert LOT.lot_id in found.words


@pytest.mark.requirement("CAS-040")
def test_another_week_on_other_lots_shares_the_equipment_only() -> None:
    found = related_batch(
        one(), another(lots=()).on_clock(lambda t_ms: t_ms + NEAR_MS * 4), "DEV-2"
    )
    assert found is not None
    assert found.shares == (Shared.EQUIPMENT,)


@pytest.mark.requirement("CAS-040")
def test_a_batch_of_another_line_shares_a_lot_and_no_time_window() -> None:
    found = related_batch(one(), another(equipment=("XX-1",)), "DEV-2")
    assert found is not None
    assert found.shares == (Shared.LOT,)


@pytest.mark.requirement("CAS-040")
def test_what_shares_nothing_is_not_proposed() -> None:
    assert related_batch(one(), another(lots=(), equipment=("XX-1",)), "DEV-2") is None


@pytest.mark.requirement("CAS-162")
def test_the_same_set_of_punches_and_dies_is_shared_tooling() -> None:
    apart = another(lots=(), equipment=("XX-1",))
    found = related_batch(own(), replace(apart, tooling=("DS-B-07",)), "DEV-2")
    assert found is not None
    assert (found.shares, found.words) == ((Shared.TOOLING,), "tooling DS-B-07")
    assert related_batch(own(), replace(apart, tooling=("DS-1",)), "DEV-2") is None


@pytest.mark.requirement("CAS-163")
def test_a_batch_without_a_record_is_known_from_extracts_and_documents(
    desk_before: Callable[[Act | None], Desk],
) -> None:
    desk = desk_before(EVIDENCE)
    bring_others(desk)
    found = related_batches(desk, CASE)
    assert [(r.batch_id, r.case_id, r.shares) for r in found] == [
        ("B-OTHER", "DEV-0", tuple(Shared)),
        ("B-T", CASE, (Shared.LOT,)),
        ("B-X", CASE, (Shared.LOT,)),
    ]
    assert "earlier deviation DEV-7" in found[1].words
    assert "lot A-1, weighed out for its order 4711" in found[2].words


@pytest.mark.requirement("CAS-163")
def test_the_batch_of_the_case_is_not_found_by_the_extracts_of_another(
    desk_before: Callable[[Act | None], Desk],
) -> None:
    desk = desk_before(EVIDENCE)
    bring_others(desk)
    weighed = MaterialExtracts(
        orders=(ProductionOrder("1", "B-OWN", "FP-1"),),
        weighings=(Weighing("1", "RM-1", "A-1", 9.0),),
    )
    desk.do("DEV-0", holding(desk, other(), weighed), why=WHY)
    assert [r.batch_id for r in related_batches(desk, CASE)] == ["B-OTHER", "B-T", "B-X"]


@pytest.mark.requirement("CAS-167")
def test_a_batch_that_another_case_brings_is_decided_on_before_the_conclusion(
    desk_before: Callable[[Act | None], Desk],
) -> None:
    """The scope was completed before any evidence; another case then brings a batch of the line."""
    desk = person(desk_before(CONCLUDED), "ann")
    desk.do("DEV-0", replace(OPENED, number="DEV-0"), why=WHY)
    desk.do("DEV-0", holding(desk, other()), why=WHY)
    desk.do(CASE, holding(desk, own()), why=WHY)
    with pytest.raises(UnusableRequest, match="A decision is missing on B-OTHER"):
        desk.do(CASE, ScopeCompleted(), why=WHY)
    act = RelatedBatchDecided("B-OTHER", (Shared.LOT,), ScopeDecision.NOT_AFFECTED)
    desk.do(CASE, act, ScopeCompleted(("B-OTHER",)), why=WHY)
    assert desk.case(CASE).scope is not None


@pytest.mark.requirement("CAS-167")
@pytest.mark.parametrize(
    ("step", "who", "act"), [("impact", "ann", CONCLUDED), ("approver", "eva", CLOSED)]
)
def test_a_batch_found_late_stops_conclusion_and_closing(
    step: str, who: str, act: Act, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with desk_at(case_at(tmp_path, step)) as desk:
        person(desk, "ann")
        desk.do("DEV-0", replace(OPENED, number="DEV-0"), why=WHY)
        desk.do("DEV-0", holding(desk, other()), why=WHY)
        person(desk, who)
        with pytest.raises(UnusableRequest, match="A decision is missing on B-OTHER"):
            desk.do(CASE, act, why=WHY)
        person(desk, "ann")
        decided = RelatedBatchDecided("B-OTHER", (Shared.EQUIPMENT,), ScopeDecision.NOT_AFFECTED)
        desk.do(CASE, decided, ScopeCompleted(("B-OTHER",)), why=WHY)
        desk.do(CASE, CONCLUDED, why=WHY)
