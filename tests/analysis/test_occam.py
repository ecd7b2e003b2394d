"""What a fit pays: for its sizes, for its window, and for what is usual."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import mode_of

from investigator.analysis.occam import (
    ANYWHERE,
    BETWEEN_SAMPLES,
    FREEDOM,
    PERIOD,
    TAKEN_OVER,
    WHOLE_RUN,
    fit_cost,
    mode_costs,
    size_cost,
)
from investigator.twin.failure_mode import Anchor, Shape


@pytest.mark.parametrize(
    ("cause", "costs"),
    [
        ("weight_control_mistuned", (ANYWHERE, 0.0)),
        ("paddle_overspeed", (ANYWHERE + np.log(2), 0.0)),
        ("hardness_tester_bias", (BETWEEN_SAMPLES + np.log(3), 0.0)),
        ("line_stop_stagnation", (0.5, 0.0)),
        ("api_potency_misentry", (1.5, 0.0)),
        ("lab_analytical_error", (2.0, 0.0)),
        ("hopper_runout_segregation", (1.0, TAKEN_OVER)),
        ("api_bridging", (ANYWHERE, TAKEN_OVER)),
    ],
)
def test_a_mode_pays_for_its_window_and_for_a_course_that_it_takes_over(cause, costs):
    for usual in (0.0, 3.0):
        found = mode_costs(replace(mode_of(cause), usual_score=usual))
        assert found == pytest.approx((costs[0], costs[1] + usual))


def test_the_whole_batch_is_one_window_and_a_period_is_paid_for():
    step, drift, whole = mode_of("hardness_tester_bias").in_each_shape()
    assert (step.shape, drift.shape, whole.shape) == (Shape.STEP, Shape.DRIFT, Shape.WHOLE_BATCH)
    assert mode_costs(step) == mode_costs(drift)
    assert mode_costs(whole)[0] == pytest.approx(WHOLE_RUN + np.log(3))
    stops, pulses = mode_of("mgst_stoppage").in_each_shape()
    assert mode_costs(pulses)[0] == pytest.approx(mode_costs(stops)[0] + PERIOD)


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
