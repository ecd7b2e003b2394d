"""USP <905>: its formula, its operating curve, and what is predicted of a container."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import SHIPPED, package

from investigator.analysis.acceptance_value import (
    ALL,
    FIRST,
    K_ALL,
    K_FIRST,
    Filling,
    acceptance_values,
    passes,
    predicted_acceptance,
)
from investigator.casework.normal_runs import normal_runs
from investigator.domain.batch import Container
from investigator.domain.departures import Z95
from investigator.domain.impact import PredictedQuality
from investigator.twin.attribute_models import measurements_of, read_attribute_models
from investigator.twin.container_prediction import predict_containers
from investigator.twin.record import LineRecord
from investigator.twin.reference import read_reference
from investigator.twin.replayed_run import ReplayedRun, replayed_run
from investigator.twin.unit_spread import UnitSpread, read_unit_spreads

L1 = 15.0


def content(mean: float, u: float) -> PredictedQuality:
    return PredictedQuality(mean, mean - Z95 * u, mean + Z95 * u, "% LC", None)


def constant(level: float = 100.0) -> Filling:
    return Filling(np.full(50, level), np.full(50, 0.2))


def sampled(mean: float, sd: float) -> np.ndarray:
    """Contents whose mean and standard deviation are exactly these."""
    z = np.linspace(-1.0, 1.0, FIRST)
    z = (z - z.mean()) / z.std(ddof=1)
    return (mean + sd * z)[np.newaxis]


@pytest.mark.requirement("IMP-034")
@pytest.mark.parametrize(
    ("mean", "sd", "value"),
    [
        (105.9, 5.0, 16.4),  # the worked example of the pharmacopeia
        (100.0, 4.0, 9.6),
        (98.5, 1.0, 2.4),
        (96.5, 1.0, 4.4),
    ],
)
def test_the_value_is_that_of_the_chapter(mean: float, sd: float, value: float) -> None:
    assert acceptance_values(sampled(mean, sd), K_FIRST)[0] == pytest.approx(value)


@pytest.mark.requirement("IMP-034")
@pytest.mark.parametrize(
    ("mean", "sd", "first", "both"),
    [
        (100.0, 4.0, 0.989, None),
        (100.0, 5.0, 0.857, 1.0),
        (100.0, 6.0, 0.576, 0.971),
        (95.0, 4.0, 0.803, 0.997),
    ],
)
def test_the_operating_curve_is_the_known_one(
    mean: float, sd: float, first: float, both: float | None
) -> None:
    generator = np.random.Generator(np.random.PCG64(3))
    tablets = generator.normal(mean, sd, (40_000, ALL))
    one = (acceptance_values(tablets[:, :FIRST], K_FIRST) <= L1).mean()
    assert one == pytest.approx(first, abs=0.008)
    if both is not None:
        assert passes(tablets, L1).mean() == pytest.approx(both, abs=0.004)


@pytest.mark.requirement("IMP-034")
def test_one_tablet_far_off_fails_the_second_stage() -> None:
    tablets = np.full((1, ALL), 100.0)
    tablets[0, :FIRST] = 100.0 + 8.0 * np.tile([-1.0, 1.0], 5)
    assert acceptance_values(tablets[:, :FIRST], K_FIRST)[0] > L1
    assert acceptance_values(tablets, K_ALL)[0] < L1
    assert passes(tablets, L1)[0]
    tablets[0, -1] = 127.0
    assert acceptance_values(tablets, K_ALL)[0] < L1
    assert not passes(tablets, L1)[0]


@pytest.mark.requirement("IMP-035")
def test_a_container_without_anything_wrong_shows_the_usual_value() -> None:
    found = predicted_acceptance(
        content(100.0, 0.1),
        (constant(),),
        UnitSpread(1.1, 0.0, 1000),
        limit=L1,
        reported=2.5,
        seed=1,
        simulations=40_000,
    )
    # E[s] of ten values is 0.9727 sd
    assert found.mean == pytest.approx(2.4 * 0.9727 * 1.1, rel=0.01)
    assert found.p_pass == 1.0
    assert (found.limit, found.reported) == (L1, 2.5)
    assert found.lo95 < found.mean < found.hi95


@pytest.mark.requirement("IMP-035")
def test_the_spread_between_batches_widens_what_is_expected() -> None:
    found = predicted_acceptance(
        content(100.0, 0.0),
        (constant(),),
        UnitSpread(1.1, 0.4, 1000),
        limit=L1,
        reported=None,
        seed=1,
        simulations=40_000,
    )
    # the mean of a log-normal factor is exp(0.4 ** 2 / 2)
    assert found.mean == pytest.approx(2.4 * 0.9727 * 1.1 * np.exp(0.08), rel=0.01)


@pytest.mark.requirement("IMP-035")
def test_what_varies_along_the_filling_shows() -> None:
    course = np.where(np.arange(100) < 20, 75.0, 100.0)
    uneven = Filling(course, np.full(100, 0.1))
    found = predicted_acceptance(
        content(95.0, 0.3),
        (uneven,),
        UnitSpread(1.0, 0.0, 100),
        limit=L1,
        reported=None,
        seed=1,
    )
    generator = np.random.Generator(np.random.PCG64(9))
    tablets = generator.choice(course, (20_000, ALL)) + generator.normal(size=(20_000, ALL))
    expected = acceptance_values(tablets[:, :FIRST], K_FIRST).mean()
    assert found.mean == pytest.approx(expected, rel=0.05)
    assert found.p_pass == pytest.approx(passes(tablets, L1).mean(), abs=0.04)


@pytest.mark.requirement("IMP-035")
def test_a_place_counts_by_its_mass() -> None:
    heavy = Filling(np.array([90.0, 100.0]), np.array([0.0001, 0.9999]))
    found = predicted_acceptance(
        content(100.0, 0.0),
        (heavy,),
        UnitSpread(0.5, 0.0, 100),
        limit=L1,
        reported=None,
        seed=1,
    )
    assert found.mean == pytest.approx(2.4 * 0.9727 * 0.5, rel=0.05)


@pytest.mark.requirement("IMP-035")
@given(sd=st.floats(0.2, 8.0), u=st.floats(0.0, 3.0), more=st.floats(1.0, 2.0))
def test_more_spread_never_passes_more_often(sd: float, u: float, more: float) -> None:
    def at(factor: float) -> float:
        units = UnitSpread(sd * factor, 0.0, 100)
        return predicted_acceptance(
            content(100.0, u),
            (constant(),),
            units,
            limit=L1,
            reported=None,
            seed=5,
            simulations=400,
        ).p_pass

    assert at(more) <= at(1.0) + 0.03


@pytest.mark.requirement("IMP-035")
def test_the_same_seed_gives_the_same_value() -> None:
    def once(seed: int) -> float:
        return predicted_acceptance(
            content(99.0, 0.5),
            (constant(), constant(101.0)),
            UnitSpread(1.2, 0.1, 100),
            limit=L1,
            reported=None,
            seed=seed,
        ).mean

    assert once(4) == once(4)
    assert once(4) != once(5)


@pytest.mark.data
@pytest.mark.requirement("IMP-036")
def test_reported_values_of_normal_batches_lie_where_they_are_predicted(
    plant_data: Path, tmp_path: Path
) -> None:
    """Eight of the batches that the spread of tablets was learned from; of single values, 95 %."""
    for folder in sorted((plant_data / "history").iterdir())[::3]:
        (tmp_path / folder.name).symlink_to(folder)
    twin = package()
    usual, models = read_reference(twin.reference), read_attribute_models(twin.reference)
    units = read_unit_spreads(twin.reference)["assay"]
    inside, off = [], []
    for run in normal_runs(SHIPPED, tmp_path, lambda _: None):
        replayed = replayed_run(run.record, usual, twin.parameters)
        predictions = predict_containers(measurements_of(replayed), models)
        content_of = {p.container_id: p for p in predictions if p.attribute == "assay"}
        for drum in run.record.containers:
            reported = reported_value(run.record, drum.container_id)
            own = content_of[drum.container_id]
            found = predicted_acceptance(
                content(own.mean, own.sd),
                (filling(replayed, drum),),
                units,
                limit=L1,
                reported=reported,
                seed=1,
            )
            inside.append(found.lo95 <= reported <= found.hi95)
            off.append(reported - found.mean)
    assert len(inside) > 80
    assert 0.90 <= np.mean(inside) <= 0.99
    assert abs(np.mean(off)) < 0.2


def reported_value(record: LineRecord, container_id: str) -> float:
    return next(
        r.result
        for r in record.laboratory
        if r.container_id == container_id and r.test == "Content uniformity AV"
    )


def filling(run: ReplayedRun, drum: Container) -> Filling:
    record = run.record
    at = (record.grid_ms >= drum.filled.start_ms) & (record.grid_ms < drum.filled.end_ms)
    at &= record.running & ~(np.nan_to_num(record.roles["gate.feedback"]) == 1)
    return Filling(run.replayed.assay_pct[at], run.replayed.press_flow_kg_h[at])
