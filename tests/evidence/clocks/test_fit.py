"""Offset, drift and step of a clock from matched events, and the honesty of their intervals."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.evidence.clocks.events import Grid, SharedEvents
from investigator.evidence.clocks.fit import ClockFit, fitted
from investigator.evidence.clocks.match import matched

START_MS = 1_772_600_400_000
HOURS_8_S = 28_800.0


def shared(record_s: np.ndarray, historian_s: np.ndarray, grid: Grid) -> SharedEvents:
    to_ms = lambda s: START_MS + np.unique(np.rint(1000.0 * s)).astype(np.int64)  # noqa: E731
    return SharedEvents("refill", to_ms(record_s), to_ms(historian_s), grid.late_s, grid.sd_s)


def events(seed: int, *, count: int = 40) -> np.ndarray:
    """Moments at which something happened, s, at least 6 minutes apart over eight hours."""
    draw = np.random.default_rng(seed)
    spare = HOURS_8_S - 420.0 * count
    return np.sort(draw.uniform(0.0, spare, count)) + 420.0 * np.arange(count)


def fit(record_s: np.ndarray, historian_s: np.ndarray, grid: Grid = Grid(0.0)) -> ClockFit:  # noqa: B008
    found = fitted(matched([shared(record_s, historian_s, grid)]))
    assert found is not None
    return found


def at(found: ClockFit, t_s: float) -> float:
    """The offset that the fit gives at a time of the record, s."""
    since_s = t_s - (found.reference_ms - START_MS) / 1000.0 if found.drift_ppm else 0.0
    return found.offset_s + 1e-6 * found.drift_ppm * since_s


def uncertainty(found: ClockFit, t_s: float) -> float:
    """The standard uncertainty of that, s."""
    since_s = t_s - (found.reference_ms - START_MS) / 1000.0 if found.drift_ppm else 0.0
    return math.hypot(found.uncertainty_s, 1e-6 * found.drift_uncertainty_ppm * since_s)


@settings(deadline=None, max_examples=60)
@given(
    offset=st.floats(min_value=-165.0, max_value=165.0),
    seed=st.integers(min_value=0, max_value=10_000),
    strays=st.integers(min_value=0, max_value=8),
)
@pytest.mark.requirement("EVD-230")
def test_the_offset_is_found_in_spite_of_stray_events(
    offset: float, seed: int, strays: int
) -> None:
    draw = np.random.default_rng(seed)
    happened = events(seed)
    record = np.rint(happened - offset)
    record[draw.choice(40, strays, replace=False)] += draw.choice([-1.0, 1.0], strays) * 50.0
    found = fit(record, np.rint(happened))
    assert abs(found.offset_s - offset) <= 0.75
    assert abs(found.offset_s - offset) <= 3.0 * found.uncertainty_s
    assert found.uncertainty_s < 0.6
    assert int(found.used.sum()) >= 40 - strays - 1


@pytest.mark.requirement("EVD-231")
@pytest.mark.parametrize("grid", [Grid(0.0), Grid(10.0)], ids=["stored", "grid of 10 s"])
def test_the_interval_covers_the_truth_as_often_as_it_says(grid: Grid) -> None:
    draw = np.random.default_rng(4)
    inside = []
    for seed in range(200):
        happened = np.rint(events(seed))
        offset = draw.uniform(-90.0, 90.0)
        seen = np.ceil(happened / grid.step_s) * grid.step_s if grid.step_s else happened
        found = fit(np.rint(happened - offset), seen, grid)
        inside.append(abs(found.offset_s - offset) <= 1.96 * found.uncertainty_s)
    assert np.mean(inside) >= 0.93


@pytest.mark.requirement("EVD-232")
def test_a_drift_is_claimed_with_an_interval_that_covers_it() -> None:
    draw = np.random.default_rng(5)
    inside, apart = [], []
    for seed in range(200):
        happened = np.rint(events(seed))
        ppm = float(draw.choice([-1.0, 1.0]) * draw.uniform(50.0, 100.0))
        record = np.rint(happened - 30.0 - 1e-6 * ppm * happened)
        found = fit(record, happened)
        assert found.drift_ppm != 0.0
        inside.append(abs(found.drift_ppm - ppm) <= 1.96 * found.drift_uncertainty_ppm)
        apart += [abs(at(found, s) - 30.0 - 1e-6 * ppm * s) for s in (0.0, HOURS_8_S)]
    assert np.mean(inside) >= 0.93
    assert max(apart) < 1.5


@pytest.mark.requirement("EVD-232")
def test_no_drift_is_claimed_where_the_interval_holds_none() -> None:
    for seed in range(60):
        happened = np.rint(events(seed))
        found = fit(np.rint(happened - 30.4), happened)
        assert (found.drift_ppm, found.drift_uncertainty_ppm, found.reference_ms) == (0.0, 0.0, 0)


@pytest.mark.requirement("EVD-232")
@pytest.mark.parametrize("ppm", [5.0, 10.0, 20.0, 30.0])
def test_a_drift_that_is_not_claimed_is_allowed_for(ppm: float) -> None:
    inside = []
    for seed in range(100):
        happened = np.rint(events(seed))
        rest = np.random.default_rng(seed).uniform()
        found = fit(np.rint(happened - 30.0 - rest - 1e-6 * ppm * happened), happened)
        for s in (0.0, HOURS_8_S / 2.0, HOURS_8_S):
            apart = abs(30.0 + rest + 1e-6 * ppm * s - at(found, s))
            inside.append(apart <= 1.96 * uncertainty(found, s))
    assert np.mean(inside) >= 0.93


@pytest.mark.requirement("EVD-233")
@pytest.mark.parametrize("size_s", [-60.0, -8.0, 5.0, 40.0])
def test_a_clock_that_was_set_during_the_batch_is_found(size_s: float) -> None:
    happened = np.rint(events(2))
    record = happened - 20.0 - np.where(happened > 15_000.0, size_s, 0.0)
    found = fit(record, happened)
    assert found.step is not None
    assert found.step.size_s == pytest.approx(size_s, abs=1.0)
    last, first = (
        (found.step.after_ms - START_MS) / 1000.0,
        (found.step.before_ms - START_MS) / 1000.0,
    )
    assert last + 20.0 <= 15_000.0 + abs(size_s)
    assert first + 20.0 + size_s >= 15_000.0 - abs(size_s)
    for level in (20.0, 20.0 + size_s):
        assert abs(found.offset_s - level) <= 1.01 * found.uncertainty_s + 0.1


@pytest.mark.requirement("EVD-233")
@pytest.mark.parametrize("ppm", [-100.0, 0.0, 100.0])
def test_a_drift_is_no_step(ppm: float) -> None:
    for seed in range(30):
        happened = np.rint(events(seed))
        assert fit(np.rint(happened - 10.0 - 1e-6 * ppm * happened), happened).step is None
