"""Containers replayed beside their laboratory results."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import drums, noisy_record, package

from investigator.analysis.replayed_containers import replayed_containers
from investigator.analysis.replaying import replay_recorded
from investigator.domain.replayed import ReplayedContainer
from investigator.twin.attribute_models import measurements_of
from investigator.twin.container_prediction import HALF, ContainerPrediction
from investigator.twin.domain import EXTRAPOLATION
from investigator.twin.record import LineRecord
from investigator.twin.reference import read_reference
from investigator.twin.replayed_run import replayed_run

DRUM = drums()[1]


def replay(run: LineRecord) -> tuple[ReplayedContainer, ...]:
    with ThreadPoolExecutor(1) as executor:
        found = replay_recorded(run, package(), executor=executor, seed=3, members=4)
    return found.containers


def beside(where: slice | None) -> ReplayedContainer:
    """The hardness of the second drum, with production outside the domain in these steps."""
    run = noisy_record(0)
    told = measurements_of(
        replayed_run(run, read_reference(package().reference), package().parameters)
    )
    beyond = np.zeros(run.grid_ms.shape, dtype=np.bool_)
    if where is not None:
        beyond[where] = True
    predicted = ContainerPrediction(
        DRUM.container_id, "hardness", "N", 110.0, 2.0, np.hypot(2.0, 1.5)
    )
    (found,) = replayed_containers([predicted], told, run, beyond)
    return found


@pytest.mark.requirement("TWN-067")
def test_the_interval_is_that_of_the_reported_mean_and_stands_beside_it() -> None:
    found = beside(None)
    assert found.measured == pytest.approx(110.0)
    assert found.inside
    assert not found.extrapolated
    half = HALF[0.95] * np.hypot(2.0, 1.5)
    assert (found.low95, found.high95) == pytest.approx((110.0 - half, 110.0 + half))


@pytest.mark.requirement("TWN-067")
def test_any_product_outside_the_domain_widens_what_is_predicted_not_the_method() -> None:
    run = noisy_record(0)
    inside = run.index(DRUM.filled.start_ms) + 3
    found = beside(slice(inside, inside + 1))
    assert found.extrapolated
    half = HALF[0.95] * np.hypot(EXTRAPOLATION * 2.0, 1.5)
    assert found.high95 - found.predicted == pytest.approx(half)
    before = run.index(DRUM.filled.start_ms) - 1
    assert not beside(slice(0, before)).extrapolated


@pytest.mark.requirement("TWN-067")
def test_every_container_is_replayed_in_every_attribute() -> None:
    found = replay(noisy_record(0))
    assert {c.container_id for c in found} == {d.container_id for d in drums()}
    assert {c.attribute for c in found} == {"assay", "hardness", "q30", "water", "weight"}
    assert all(c.low95 < c.predicted < c.high95 for c in found)
    assert all(c.measured is not None for c in found)


@pytest.mark.requirement("TWN-067")
def test_laboratory_results_of_the_batch_do_not_move_what_is_replayed() -> None:
    run = noisy_record(0)
    moved = tuple(replace(r, result=1.1 * r.result) for r in run.laboratory)
    lots = {r.material_lot for r in run.laboratory}
    moved = tuple(
        old if old.material_lot in lots - {""} else new
        for old, new in zip(run.laboratory, moved, strict=True)
    )
    usual = replay(run)
    other = replay(replace(run, laboratory=moved))
    assert [c.predicted for c in other] == [c.predicted for c in usual]
    assert [c.measured for c in other] != [c.measured for c in usual]
