"""Bridging: what is known stays, what is missing returns to the usual course and grows unsure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.twin.bridging import bridge
from investigator.twin.record import STEP_S

N = 200


def bridged(value, usual=10.0, sd=0.1, usual_sd=2.0, memory_s=100.0):
    course = np.full(value.size, usual)
    sure, doubt = np.full(value.size, sd), np.ones(value.size)
    return bridge(value, course, sure_sd=sure, doubt=doubt, usual_sd=usual_sd, memory_s=memory_s)


@pytest.mark.requirement("TWN-046")
@given(first=st.integers(1, N - 2), length=st.integers(1, N), level=st.floats(-50.0, 50.0))
def test_a_gap_changes_nothing_outside_and_grows_unsure_with_the_distance(first, length, level):
    value = np.full(N, level)
    value[first : first + length] = np.nan
    found = bridged(value)
    known = np.isfinite(value)
    assert np.array_equal(found.value[known], value[known])
    assert np.array_equal(found.filled, ~known)
    assert np.all(found.sd[known] == 0.1)
    assert np.all(found.sd[~known] > 0.1)
    assert np.all(found.sd <= np.hypot(0.1, 2.0) + 1e-12)
    away = np.minimum(np.arange(N) - (first - 1), first + length - np.arange(N))[~known]
    order = np.argsort(away, kind="stable")
    assert first + length >= N or np.all(np.diff(found.sd[~known][order]) >= -1e-12)


@pytest.mark.requirement("TWN-046")
def test_a_departure_fades_over_the_memory():
    value = np.full(N, 12.0)
    value[50:] = np.nan
    found = bridged(value)
    after = int(100.0 / STEP_S)
    assert found.value[49 + after] == pytest.approx(10.0 + 2.0 / np.e)
    assert found.sd[49 + after] == pytest.approx(np.sqrt(0.01 + 4.0 * (1 - np.exp(-2.0))))


@pytest.mark.requirement("TWN-046")
def test_without_any_value_the_usual_course_stands_alone():
    found = bridged(np.full(N, np.nan))
    assert np.all(found.value == 10.0)
    assert np.all(found.filled)
    assert found.sd[0] == pytest.approx(np.hypot(0.1, 2.0))


def test_of_two_as_near_the_earlier_counts():
    value = np.array([12.0, np.nan, 8.0])
    assert bridged(value).value[1] > 10.0
