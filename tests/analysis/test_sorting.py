"""Sorting by a reading: figures of the domain, limits, and a simulation of single tablets."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from investigator.analysis.sorting import Sorted, Sorter, sorted_by


def one(sorter: Sorter, mean: float, sd: float) -> Sorted:
    return sorted_by(sorter, np.array([mean]), np.array([sd]))


@pytest.mark.requirement("IMP-053")
@pytest.mark.parametrize(
    ("guard", "outgoing", "lost"), [(0.0, 0.046, 0.088), (1.645, 0.0049, 0.43), (3.0, 0.0003, 0.88)]
)
def test_an_uncertainty_of_half_the_spread_lets_bad_through_or_throws_good_away(
    guard: float, outgoing: float, lost: float
) -> None:
    """Content 102 +/- 3 %, limits 95 to 105, reading 1.5: 16.9 % bad before (by simulation)."""
    found = one(Sorter(95.0, 105.0, 1.5, guard * 1.5), 102.0, 3.0)
    good = 1.0 - 0.1685
    assert found.bad_kept[0] / found.kept[0] == pytest.approx(outgoing, rel=0.05, abs=2e-4)
    assert found.good_lost[0] / good == pytest.approx(lost, rel=0.02)


@pytest.mark.requirement("IMP-053")
def test_the_shares_are_those_of_single_tablets() -> None:
    generator = np.random.default_rng(3)
    sorter = Sorter(237.5, 262.5, 1.1, 0.8, offset=0.5)
    true = 259.0 + 2.4 * generator.standard_normal(400_000)
    reading = true + sorter.offset + sorter.u * generator.standard_normal(true.size)
    kept = (reading >= sorter.low + sorter.guard) & (reading <= sorter.high - sorter.guard)
    good = (true >= sorter.low) & (true <= sorter.high)
    found = one(sorter, 259.0, 2.4)
    assert found.kept[0] == pytest.approx(kept.mean(), abs=3e-3)
    assert found.bad_kept[0] == pytest.approx((kept & ~good).mean(), abs=1e-3)
    assert found.good_lost[0] == pytest.approx((good & ~kept).mean(), abs=3e-3)
    assert found.mean_kept[0] == pytest.approx(true[kept].mean(), abs=0.02)


@pytest.mark.parametrize(
    ("mean", "sd", "u", "guard"),
    [(80.0, 5.0, 0.03, 1.0), (100.0, 5.0, 0.01, 2.0), (100, 3, 1.5, 0.5)],
)
def test_what_is_good_and_kept_is_a_rectangle_of_the_bivariate_normal(mean, sd, u, guard) -> None:
    low, high = 95.0 + guard, 105.0 - guard
    both = multivariate_normal(
        [mean, mean], [[sd**2, sd**2], [sd**2, sd**2 + u**2]], abseps=1e-12, releps=1e-10
    )
    inside = sum(
        sign * both.cdf([true, read])
        for sign, true, read in ((1, 105, high), (-1, 95, high), (-1, 105, low), (1, 95, low))
    )
    found = one(Sorter(95.0, 105.0, u, guard), mean, sd)
    assert found.kept[0] - found.bad_kept[0] == pytest.approx(inside, abs=1e-10)


@example(80.0, 5.0, 0.03125, 1.0)
@example(100.0, 5.0, 0.01, 2.0)
@given(st.floats(80.0, 120.0), st.floats(0.05, 10.0), st.floats(0.01, 5.0), st.floats(0.0, 20.0))
def test_shares_are_shares_and_a_guard_never_lets_more_bad_through(
    mean: float, sd: float, u: float, guard: float
) -> None:
    plain = one(Sorter(95.0, 105.0, u), mean, sd)
    guarded = one(Sorter(95.0, 105.0, u, guard), mean, sd)
    for found in (plain, guarded):
        for share in (found.kept, found.bad_kept, found.good_lost):
            assert -1e-9 <= share[0] <= 1.0 + 1e-9
    assert guarded.bad_kept[0] <= plain.bad_kept[0] + 1e-6
    assert guarded.good_lost[0] >= plain.good_lost[0] - 1e-6


def test_limits_that_guards_close_keep_nothing() -> None:
    found = one(Sorter(95.0, 105.0, 1.0, 6.0), 100.0, 1.0)
    assert found.kept[0] == 0.0
    assert found.good_lost[0] == pytest.approx(1.0, abs=1e-6)


def test_a_course_gives_what_its_single_means_give() -> None:
    sorter, means = Sorter(95.0, 105.0, 1.5), np.array([97.0, 102.0, 108.0])
    together = sorted_by(sorter, means, np.full(3, 3.0))
    alone = [one(sorter, float(m), 3.0).bad_kept[0] for m in means]
    assert together.bad_kept == pytest.approx(alone)
