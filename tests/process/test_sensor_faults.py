"""Faults of sensors: what is shown beside what is there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.process.sensor_faults import FaultKind, SensorFault, readings

TRUE = 20.0 + np.sin(np.arange(1200) / 50.0)
NOISE = 0.3 * np.random.Generator(np.random.PCG64(5)).standard_normal(1200)
STEP = 5.0


def shown(kind: FaultKind, size: float) -> np.ndarray:
    return readings(TRUE, STEP, NOISE, [SensorFault(kind, 1000.0, 4000.0, size)], seed=3)


@pytest.mark.requirement("TWN-020")
def test_a_sound_sensor_shows_what_is_there() -> None:
    assert np.array_equal(readings(TRUE, STEP, 0.0 * NOISE, []), TRUE)
    assert np.array_equal(readings(TRUE, STEP, NOISE, []), TRUE + NOISE)


@pytest.mark.requirement("TWN-020")
@given(st.sampled_from(FaultKind), st.floats(0.0, 3.0))
def test_a_fault_acts_between_its_times_only_and_repeats(kind: FaultKind, size: float) -> None:
    found = shown(kind, size)
    sound = TRUE + NOISE
    t = np.arange(1200) * STEP
    outside = (t < 1000.0) | (t >= 4000.0)
    assert np.array_equal(found[outside], sound[outside])
    assert np.array_equal(found, shown(kind, size))


@pytest.mark.requirement("TWN-020")
def test_each_fault_does_what_its_name_says() -> None:
    sound = TRUE + NOISE
    on = slice(200, 800)
    since_h = (np.arange(1200) * STEP - 1000.0)[on] / 3600.0
    assert shown(FaultKind.BIAS, 1.5)[on] == pytest.approx(sound[on] + 1.5)
    assert shown(FaultKind.GAIN, 0.02)[on] == pytest.approx(sound[on] * 1.02)
    assert shown(FaultKind.DRIFT, 2.0)[on] == pytest.approx(sound[on] + 2.0 * since_h)
    assert np.ptp(shown(FaultKind.FREEZE, 0.0)[on]) == 0.0
    assert shown(FaultKind.FREEZE, 0.0)[799] == sound[200]
    assert shown(FaultKind.NOISE, 3.0)[on] == pytest.approx(TRUE[on] + 3.0 * NOISE[on])
    fouled = shown(FaultKind.FOULING, 0.1)[on] / sound[on]
    assert fouled[0] == pytest.approx(1.0)
    assert fouled[-1] == pytest.approx(0.9, abs=1e-3)
    assert np.all(np.diff(fouled) < 0.0)


@pytest.mark.requirement("TWN-020")
def test_spikes_are_single_and_about_one_a_minute() -> None:
    struck = np.flatnonzero(shown(FaultKind.SPIKES, 9.0) - TRUE - NOISE > 8.0)
    assert 25 <= struck.size <= 80
    assert struck.min() >= 200
    assert struck.max() < 800


@pytest.mark.requirement("TWN-020")
def test_faults_act_one_after_the_other() -> None:
    bias = SensorFault(FaultKind.BIAS, 0.0, 1e9, 1.0)
    gain = SensorFault(FaultKind.GAIN, 0.0, 1e9, 0.1)
    zero = 0.0 * NOISE
    assert readings(TRUE, STEP, zero, [bias, gain]) == pytest.approx((TRUE + 1.0) * 1.1)
    assert readings(TRUE, STEP, zero, [gain, bias]) == pytest.approx(TRUE * 1.1 + 1.0)
