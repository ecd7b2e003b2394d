"""The square pulse that a disturbance of any shape amounts to."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.line_run import bare

from investigator.analysis.diversion import Pulse
from investigator.analysis.equivalent_pulse import equivalent_pulse
from investigator.analysis.material import fine_frame
from investigator.process.line import LineInputs
from investigator.twin.record import Array

SHARE = 4.032 / 20.0


def of(change: Array | float, *, feeder: int = 0, component: str = "api") -> Pulse | None:
    fine = fine_frame(bare())
    feeds = fine.base.feed_kg_h.copy()
    feeds[feeder] *= 1.0 + change
    return pulse_of(replace(fine.base, feed_kg_h=feeds), component)


def pulse_of(disturbed: LineInputs, component: str = "api") -> Pulse | None:
    fine = fine_frame(bare())
    share = SHARE if component == "api" else 0.01
    return equivalent_pulse(
        disturbed, fine.base, fine.running, component, share=share, mixing_s=280.0
    )


def course(*spans: tuple[int, int, float]) -> Array:
    change = np.zeros(fine_frame(bare()).running.size)
    for first, last, size in spans:
        change[first:last] = size
    return change


@pytest.mark.requirement("IMP-067")
@settings(max_examples=40, deadline=None)
@given(st.floats(-1.0, 3.0).filter(lambda s: abs(s) > 0.01), st.integers(1, 300))
def test_a_square_pulse_is_its_own(size: float, steps: int) -> None:
    found = of(course((200, 200 + steps, size)))
    assert found is not None
    assert (found.flow, found.duration_s) == pytest.approx((size, 10.0 * steps), rel=1e-6)


@pytest.mark.requirement("IMP-067")
def test_a_decay_counts_as_half_its_height_for_twice_its_time() -> None:
    """In the fraction: int a = A tau, int a^2 = A^2 tau / 2."""
    t = 10.0 * np.arange(fine_frame(bare()).running.size)
    small = 0.05 * np.where(t >= 2000.0, np.exp(-(t - 2000.0) / 300.0), 0.0)
    found = of(small)
    assert found is not None
    # what is below a tenth of the peak is cut, and the grid is 30 times finer than the decay
    assert found.duration_s == pytest.approx(600.0 * 0.9**2 / 0.99, rel=0.03)
    assert found.flow == pytest.approx(0.5 * 0.05 * 0.99 / 0.9, rel=0.03)


@pytest.mark.requirement("IMP-067")
def test_the_strongest_stretch_of_one_sign_counts_and_near_ones_are_one() -> None:
    apart = of(course((150, 160, -0.3), (400, 460, -0.3), (470, 480, 0.2)))
    assert apart is not None
    assert (apart.flow, apart.duration_s) == pytest.approx((-0.3, 600.0))
    near = of(course((150, 160, -0.3), (170, 180, -0.3)))
    assert near is not None
    assert near.duration_s == pytest.approx(200.0)


@pytest.mark.requirement("IMP-067")
def test_another_feeder_that_runs_short_is_the_api_feeder_running_over() -> None:
    """MCC 20 % short: 9.768 of 20 kg/h, so the API fraction rises by 1 / (1 - 0.0977)."""
    found = of(course((200, 260, -0.2)), feeder=1)
    assert found is not None
    total = sum((4.032, 9.768, 6.0, 0.2))
    fraction = total / (total - 0.2 * 9.768) - 1.0
    assert found.fraction == pytest.approx(fraction, rel=1e-6)
    assert found.flow == pytest.approx(fraction / (1 - SHARE * (1 + fraction)), rel=1e-3)


@pytest.mark.requirement("IMP-067")
def test_potency_is_composition_and_particle_size_is_not() -> None:
    base = fine_frame(bare()).base
    weaker = pulse_of(replace(base, api_potency=base.api_potency * 0.97))
    assert weaker is not None
    assert weaker.fraction == pytest.approx(-0.03)
    assert pulse_of(replace(base, api_d50_um=base.api_d50_um * 2)) is None
    assert pulse_of(base) is None
