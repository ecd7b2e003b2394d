"""Which signal left the band of the twin, when, and how all of them lie on one grid of time."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from investigator.domain.departures import departures, left_at, on_one_grid, residuals
from investigator.domain.panel import Curve, Panel

MINUTE = 60_000
Floats = NDArray[np.float64]


def times(number: int, every_min: float = 0.5) -> NDArray[np.int64]:
    return (np.arange(number) * every_min * MINUTE).astype(np.int64)


def panel(title: str, sigma: Floats, every_min: float = 0.5, *, sd: float = 2.0) -> Panel:
    t_ms = times(sigma.size, every_min)
    predicted = np.full(sigma.size, 50.0)
    half = np.full(sigma.size, 1.96 * sd)
    return Panel(
        title,
        "N",
        Curve("measured", t_ms, predicted + sd * sigma),
        Curve("twin", t_ms, predicted),
        predicted - half,
        predicted + half,
    )


def a_step(number: int, at: int, size: float) -> Floats:
    return np.where(np.arange(number) >= at, size, 0.0)


@pytest.mark.requirement("WIN-056")
class TestLeaving:
    def test_a_residual_is_in_standard_deviations_of_the_twin(self) -> None:
        np.testing.assert_allclose(residuals(panel("a", np.array([3.0, -1.0]))), [3.0, -1.0], 1e-3)

    def test_it_left_with_the_first_of_the_values_that_lie_beyond(self) -> None:
        assert left_at(times(100), a_step(100, 40, 3.0)) == 20 * MINUTE
        assert left_at(times(100), a_step(100, 40, -3.0)) == 20 * MINUTE

    def test_a_spike_or_a_short_stretch_is_no_departure(self) -> None:
        sigma = np.zeros(100)
        sigma[40], sigma[60:64] = 9.0, 9.0
        assert left_at(times(100), sigma) is None

    def test_noise_inside_the_departure_does_not_hide_it(self) -> None:
        sigma = a_step(100, 40, 3.0)
        sigma[41::3] = 1.0
        assert left_at(times(100), sigma) == 20 * MINUTE

    def test_both_sides_in_turn_is_no_departure(self) -> None:
        assert left_at(times(100), 3.0 * (-1.0) ** np.arange(100)) is None

    def test_values_that_are_not_known_are_left_out(self) -> None:
        sigma = a_step(100, 40, 3.0)
        sigma[39:45] = math.nan
        assert left_at(times(100), sigma) == 22.5 * MINUTE

    def test_two_results_of_the_laboratory_must_agree(self) -> None:
        assert left_at(times(4, 36), np.array([0.0, 3.0, 0.0, 0.0])) is None
        assert left_at(times(4, 36), np.array([0.0, 3.0, 4.0, 0.0])) == 36 * MINUTE

    def test_a_lot_has_one_value_only(self) -> None:
        assert left_at(times(1), np.array([3.0])) == 0
        assert left_at(times(1), np.array([1.0])) is None

    def test_the_last_minutes_are_too_short_to_tell(self) -> None:
        assert left_at(times(100), a_step(100, 95, 9.0)) is None


@pytest.mark.requirement("WIN-056")
class TestOrder:
    def test_who_left_first_stands_first_and_the_others_keep_their_order(self) -> None:
        found = departures(
            [
                panel("steady", np.zeros(100)),
                panel("late", a_step(100, 60, 4.0)),
                panel("quiet", np.zeros(100)),
                panel("early", a_step(100, 20, -4.0)),
            ]
        )
        assert [d.panel.title for d in found] == ["early", "late", "steady", "quiet"]
        assert found[0].farthest == pytest.approx(-4.0, abs=0.01)


@pytest.mark.requirement("WIN-056")
class TestOneGrid:
    def test_all_signals_lie_on_the_grid_of_the_finest(self) -> None:
        found = departures([panel("fine", np.zeros(100)), panel("lab", np.array([1.0, 5.0]), 36)])
        made = on_one_grid(found)
        assert made is not None
        assert made[1].shape == (2, 100)
        row = made[1][[d.panel.title for d in found].index("lab")]
        assert row[[0, 35, 37, 99]] == pytest.approx([1.0, 1.0, 5.0, 5.0], abs=0.01)

    def test_a_single_result_reaches_no_farther_than_it_may(self) -> None:
        found = departures([panel("fine", np.zeros(200)), panel("lot", np.array([1.0]))])
        made = on_one_grid(found)
        assert made is not None
        known = np.isfinite(made[1][[d.panel.title for d in found].index("lot")])
        assert known.sum() == 21

    def test_no_signal_no_grid(self) -> None:
        assert on_one_grid(()) is None
