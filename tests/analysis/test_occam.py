"""What a fit pays: for its sizes, for its window, and for what is usual."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import mode_of

from investigator.analysis.occam import (
    ANYWHERE,
    BETWEEN_SAMPLES,
    FREEDOM,
    TAKEN_OVER,
    fit_cost,
    mode_costs,
    size_cost,
)
from investigator.twin.failure_mode import Anchor


@pytest.mark.parametrize(
    ("cause", "costs"),
    [
        ("paddle_overspeed", (ANYWHERE, 0.0)),
        ("hardness_tester_bias", (BETWEEN_SAMPLES, 0.0)),
        ("line_stop_stagnation", (0.5, 0.0)),
        ("api_potency_misentry", (1.5, 0.0)),
        ("lab_analytical_error", (2.0, 0.0)),
        ("hopper_runout_segregation", (1.0, TAKEN_OVER)),
        ("api_bridging", (ANYWHERE, TAKEN_OVER)),
    ],
)
def test_a_mode_pays_for_its_window_and_for_a_course_that_it_takes_over(cause, costs):
    assert mode_costs(replace(mode_of(cause), usual_score=0.0)) == costs
    assert mode_costs(replace(mode_of(cause), usual_score=3.0)) == (costs[0], costs[1] + 3.0)


def test_a_window_tied_to_a_record_is_cheaper_than_a_free_one():
    assert set(FREEDOM) == set(Anchor)
    tied = [cost for anchor, cost in FREEDOM.items() if anchor not in (Anchor.ANY, Anchor.REFILL)]
    assert max(tied) < BETWEEN_SAMPLES < ANYWHERE


def test_a_size_pays_for_its_precision_and_its_distance_from_nothing():
    sd = np.array([2.0])
    assert size_cost(np.zeros(1), sd, np.array([[1.0 / 4.0]])) == 0.0
    assert size_cost(np.zeros(1), sd, np.array([[25.0]])) == pytest.approx(np.log(10.0))
    assert size_cost(np.array([4.0]), sd, np.array([[1.0 / 4.0]])) == pytest.approx(2.0)


def test_a_fit_pays_for_all_of_it():
    mode = mode_of("api_bridging")
    sizes, hessian = np.array([2.0]), np.array([[np.e**2]])
    assert fit_cost(mode, sizes, hessian) == pytest.approx(
        size_cost(sizes, np.array([1.0]), hessian) + sum(mode_costs(mode))
    )
