"""Freezes: signals that stand still at once while the line goes on."""

import numpy as np
import pytest
from numpy.typing import NDArray

from investigator.domain.evidence import Treatment
from investigator.domain.trajectory import Signal, Trajectory
from investigator.evidence.quality.freezes import find_freezes, freeze_findings

STEP_MS = 10_000
SIZE = 720


def _trajectory(tag: str, value: NDArray[np.float64]) -> Trajectory:
    t_ms = np.arange(value.size, dtype=np.int64) * STEP_MS
    return Trajectory(Signal(tag), t_ms, value, np.full(value.size, 192, np.uint8))


def _line(signals: int) -> dict[str, NDArray[np.float64]]:
    noise = np.random.default_rng(4)
    values = {f"S{n}": 5.0 + noise.normal(size=SIZE).round(2) for n in range(signals)}
    return values | {"SPEED": np.full(SIZE, 120.0)}


def _held(values: dict[str, NDArray[np.float64]], first: int, last: int, count: int) -> None:
    for n in range(count):
        values[f"S{n}"][first : last + 1] = values[f"S{n}"][first]


@pytest.mark.requirement("EVD-200")
def test_a_freeze_is_told_from_first_to_last_sample() -> None:
    values = _line(6)
    _held(values, 200, 320, 6)
    (freeze,) = find_freezes({tag: _trajectory(tag, v) for tag, v in values.items()})
    assert freeze.tags == ("S0", "S1", "S2", "S3", "S4", "S5")
    assert (freeze.span.start_ms, freeze.span.end_ms) == (200 * STEP_MS, 320 * STEP_MS)
    assert freeze.moving == ()


@pytest.mark.requirement("EVD-200")
def test_what_moves_meanwhile_is_named() -> None:
    values = _line(7)
    _held(values, 200, 320, 5)
    findings = freeze_findings({tag: _trajectory(tag, v) for tag, v in values.items()})
    assert [f.subject for f in findings] == ["S0", "S1", "S2", "S3", "S4"]
    assert {f.treatment for f in findings} == {Treatment.DROP}
    assert findings[0].detail == "5 signals hold their values for 20 min while S5, S6 went on"


def test_a_standing_line_is_no_freeze() -> None:
    values = _line(6)
    _held(values, 200, 320, 6)
    values["SPEED"][200:321] = 0.0
    assert find_freezes({tag: _trajectory(tag, v) for tag, v in values.items()}) == ()


@pytest.mark.parametrize(("count", "last"), [(3, 320), (6, 205), (0, 0)])
def test_few_signals_or_a_moment_are_no_freeze(count: int, last: int) -> None:
    values = _line(6)
    _held(values, 200, last, count)
    assert find_freezes({tag: _trajectory(tag, v) for tag, v in values.items()}) == ()


def test_steady_signals_are_not_judged() -> None:
    steady = {f"C{n}": np.repeat(np.arange(12.0), 60) for n in range(6)}
    assert find_freezes({tag: _trajectory(tag, v) for tag, v in steady.items()}) == ()
