"""Affected mass of a container: bounds in order, and tablets by their mass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from support.line_run import drums

from investigator.analysis.affected_mass import affected_mass
from investigator.analysis.container_map import Portion
from investigator.analysis.material import Product

STEPS = 60
NOWHERE = np.zeros(STEPS, dtype=np.bool_)


def draw(affected: np.ndarray, weight_mg: float = 250.0) -> Product:
    return Product(
        affected=affected,
        reasons=np.zeros(STEPS, dtype=np.int64),
        attributes={"weight": np.full(STEPS, weight_mg)},
        flow_kg=np.full(STEPS, 0.05),
    )


def steps(first: int, end: int) -> np.ndarray:
    at = np.arange(STEPS)
    return ((at >= first) & (at < end)).astype(np.float64)


def portion(first: int, end: int, *, margin: int = 0) -> Portion:
    inside = steps(first, end).astype(np.bool_)
    possibly = steps(first - margin, end + margin)
    return Portion(drums()[0], inside, possibly, possibly)


@pytest.mark.requirement("IMP-019")
def test_mass_and_tablets_of_what_is_sure():
    mass = affected_mass(portion(10, 40), (draw(steps(20, 30)),) * 4, NOWHERE, NOWHERE)
    assert mass.filled_kg == pytest.approx(1.5)
    assert (mass.lower_kg, mass.central_kg, mass.upper_kg) == pytest.approx((0.5, 0.5, 0.5))
    assert mass.tablets(12.0) == (2000, 2000)
    assert mass.chance(0.02) == 1.0


@pytest.mark.requirement("IMP-019")
def test_a_container_never_holds_more_tablets_than_its_mass():
    mass = affected_mass(portion(10, 40), (draw(steps(0, 60)),), NOWHERE, NOWHERE)
    assert mass.tablets(0.25) == (1000, 1000)


@pytest.mark.requirement("IMP-019")
def test_bounds_leave_out_one_draw_in_forty_at_either_end():
    made = tuple(draw(steps(10, 10 + k)) for k in range(41))
    mass = affected_mass(portion(10, 52), made, NOWHERE, NOWHERE)
    bounds = (mass.lower_kg, mass.central_kg, mass.upper_kg)
    assert bounds == pytest.approx((0.05 * 1, 0.05 * 20, 0.05 * 39))
    assert mass.chance(1.9 - 1e-9) == pytest.approx(3 / 41)


@pytest.mark.requirement("IMP-016")
def test_what_may_lie_in_either_of_two_is_in_the_upper_bound_of_both():
    made = (draw(steps(29, 31)),)
    for one in (portion(10, 30, margin=2), portion(30, 50, margin=2)):
        mass = affected_mass(one, made, NOWHERE, NOWHERE)
        assert mass.central_kg == pytest.approx(0.05)
        assert mass.upper_kg == pytest.approx(0.10)


@pytest.mark.requirement("IMP-017")
def test_what_is_not_known_is_in_the_upper_bound_only_and_the_unexplained_in_both():
    some = steps(20, 24).astype(np.bool_)
    unsure = affected_mass(portion(10, 40), (draw(np.zeros(STEPS)),), NOWHERE, some)
    assert (unsure.central_kg, unsure.upper_kg) == (0.0, pytest.approx(0.2))
    held = affected_mass(portion(10, 40), (draw(np.zeros(STEPS)),), some, NOWHERE)
    assert (held.central_kg, held.upper_kg) == (pytest.approx(0.2), pytest.approx(0.2))


@pytest.mark.requirement("IMP-019")
@given(
    affected=arrays(np.float64, (5, STEPS), elements=st.sampled_from([0.0, 1.0])),
    margin=st.integers(0, 9),
)
def test_bounds_are_in_order_and_a_wider_portion_only_adds(affected, margin):
    made = tuple(draw(course) for course in affected)
    narrow = affected_mass(portion(20, 40), made, NOWHERE, NOWHERE)
    wide = affected_mass(portion(20, 40, margin=margin), made, NOWHERE, NOWHERE)
    assert narrow.lower_kg <= narrow.upper_kg + 1e-12
    assert narrow.central_kg <= narrow.upper_kg + 1e-12
    assert wide.upper_kg >= narrow.upper_kg - 1e-12
    assert wide.chance(0.02) >= narrow.chance(0.02)


@pytest.mark.requirement("IMP-019")
def test_the_upper_bound_is_never_below_what_the_unexplained_makes_the_central_mass():
    inside = steps(10, 40).astype(np.bool_)
    one = Portion(drums()[0], inside, 0.98 * steps(10, 40), steps(10, 40))
    some = steps(20, 30).astype(np.bool_)
    mass = affected_mass(one, (draw(np.zeros(STEPS)),), some, NOWHERE)
    assert mass.central_kg == pytest.approx(0.5)
    assert mass.upper_kg >= mass.central_kg
