"""Other batches that share a lot, equipment or the time are proposed for the scope."""

from dataclasses import replace
from typing import Any

import pytest
from support.dossiers import a_batch

from investigator.casework.related import NEAR_MS, related_batch
from investigator.domain.acts.case import Shared
from investigator.domain.batch import BatchRecord, MaterialLot

LOT = MaterialLot("A-1", "RM-1", "API", "LW-311", 9.0, 0.0, 9.0, 99.0)


def own() -> BatchRecord:
    return replace(a_batch(), lots=(LOT,))


def other(**changes: Any) -> BatchRecord:
    return replace(own(), batch_id="B-OTHER", **changes)


@pytest.mark.requirement("CAS-040")
def test_a_batch_of_the_same_lots_units_and_days_shares_all_three() -> None:
    found = related_batch(own(), other(), "DEV-2")
    assert found is not None
    assert found.shares == (Shared.LOT, Shared.EQUIPMENT, Shared.TIME_WINDOW)
    assert LOT.lot_id in found.words


@pytest.mark.requirement("CAS-040")
def test_another_week_on_other_lots_shares_the_equipment_only() -> None:
    found = related_batch(own(), other(lots=()).on_clock(lambda t_ms: t_ms + NEAR_MS * 4), "DEV-2")
    assert found is not None
    assert found.shares == (Shared.EQUIPMENT,)


@pytest.mark.requirement("CAS-040")
def test_a_batch_of_another_line_shares_a_lot_and_no_time_window() -> None:
    found = related_batch(own(), other(equipment=("XX-1",)), "DEV-2")
    assert found is not None
    assert found.shares == (Shared.LOT,)


@pytest.mark.requirement("CAS-040")
def test_what_shares_nothing_is_not_proposed() -> None:
    assert related_batch(own(), other(lots=(), equipment=("XX-1",)), "DEV-2") is None
