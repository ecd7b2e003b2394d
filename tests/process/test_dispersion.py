"""Axial dispersion against an independent inversion of its transforms, its moments, and tanks."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammainc

from investigator.process.dispersion import Boundaries, cumulative, marked_share, moments

PECLETS = (0.5, 2.0, 5.0, 12.0, 20.0, 29.0, 50.0, 200.0)


def transform(boundaries, peclet, s):
    """Laplace transform of the residence-time density."""
    a = np.sqrt(1.0 + 4.0 * s / peclet)
    if boundaries is Boundaries.OPEN:
        return np.exp(peclet * (1.0 - a) / 2.0) / a
    decay = np.exp(-a * peclet)
    return 4.0 * a * np.exp(peclet * (1.0 - a) / 2.0) / ((1.0 + a) ** 2 - (1.0 - a) ** 2 * decay)


def inverted(boundaries, peclet, theta):
    """F by the inversion formula of Gil-Pelaez, straight from the characteristic function."""

    def integrand(omega):
        turned = np.exp(-1j * omega * theta) * transform(boundaries, peclet, -1j * omega)
        return turned.imag / omega

    end = 4.0 * 40.0**2 / peclet
    edges = np.concatenate([[1e-12], np.geomspace(0.1, end, 120)])
    total = sum(
        quad(integrand, a, b, epsabs=1e-14, epsrel=1e-12, limit=400)[0] for a, b in pairwise(edges)
    )
    return 0.5 - total / np.pi


@pytest.mark.requirement("IMP-005")
@pytest.mark.parametrize("boundaries", [Boundaries.OPEN, Boundaries.CLOSED])
@pytest.mark.parametrize("peclet", [2.0, 5.0, 20.0, 29.0, 50.0])
def test_it_equals_the_inversion_of_its_transform(boundaries, peclet):
    theta = np.array([0.3, 0.7, 1.0, 1.6, 3.0])
    expected = [inverted(boundaries, peclet, t) for t in theta]
    assert np.abs(cumulative(boundaries, peclet, theta) - expected).max() < 1e-9


@pytest.mark.requirement("IMP-005")
@pytest.mark.parametrize(
    ("boundaries", "peclet"),
    [(b, p) for b in Boundaries for p in PECLETS if b is not Boundaries.SMALL or p >= 50.0],
)
def test_its_moments_are_those_of_the_table(boundaries, peclet):
    """Small dispersion is a distribution over positive ages only where there is little of it."""
    theta = np.linspace(0.0, 6.0 + 120.0 / peclet, 400_001)
    washout = 1.0 - cumulative(boundaries, peclet, theta)
    mean = np.trapezoid(washout, theta)
    second = np.trapezoid(2.0 * theta * washout, theta)
    expected = moments(boundaries, peclet)
    assert mean == pytest.approx(expected[0], abs=1e-7)
    assert second - mean**2 == pytest.approx(expected[1], rel=1e-6)


@pytest.mark.requirement("IMP-005")
def test_the_anchors_of_the_literature():
    """Variance at Pe 5, 20, 50 closed-closed, and mean and variance open-open at Pe 5."""
    for peclet, variance, tanks in ((5, 0.3205, 3.12), (20, 0.0950, 10.5), (50, 0.0392, 25.5)):
        found = moments(Boundaries.CLOSED, peclet)[1]
        assert round(found, 4) == pytest.approx(variance, abs=1e-9)
        assert 1.0 / found == pytest.approx(tanks, abs=0.05)
    assert moments(Boundaries.OPEN, 5.0) == pytest.approx((1.4, 0.72))


@pytest.mark.requirement("IMP-005")
@settings(max_examples=60, deadline=None)
@given(
    peclet=st.floats(0.05, 2000.0),
    boundaries=st.sampled_from([Boundaries.OPEN, Boundaries.CLOSED]),
)
def test_it_is_a_distribution_without_a_step_where_the_method_changes(peclet, boundaries):
    theta = np.linspace(0.0, 8.0, 4001)
    found = cumulative(boundaries, peclet, theta)
    assert found[0] == 0.0
    assert np.diff(found).min() > -1e-11
    assert found.max() <= 1.0


@pytest.mark.requirement("IMP-005")
def test_little_dispersion_is_like_as_many_tanks():
    """Closed-closed with Pe 400: tanks of the same variance, within 1 % of a share."""
    theta = np.linspace(0.0, 2.0, 401)
    tanks = 1.0 / moments(Boundaries.CLOSED, 400.0)[1]
    likewise = gammainc(tanks, tanks * theta)
    assert np.abs(cumulative(Boundaries.CLOSED, 400.0, theta) - likewise).max() < 0.01


@pytest.mark.requirement("IMP-005")
def test_marked_material_follows_the_mass_that_passed():
    """Flow halved, then stopped: the share depends on the mass, and all that went in comes out."""
    n, held = 4000, 0.6
    kg = np.full(n, 0.005)
    kg[200:400] = 0.0025
    kg[500:700] = 0.0
    passed = np.concatenate([[0.0], np.cumsum(kg)])
    marked = np.zeros(n)
    marked[100:160] = 1.0
    share = marked_share(Boundaries.CLOSED, 8.0, passed, held, marked)
    assert np.ptp(share[500:701]) == 0.0
    since, until = (passed - passed[100]) / held, (passed - passed[160]) / held
    expected = cumulative(Boundaries.CLOSED, 8.0, since) - cumulative(Boundaries.CLOSED, 8.0, until)
    assert np.abs(share - expected).max() < 1e-8
    out = (0.5 * (share[1:] + share[:-1]) * kg).sum()
    assert out == pytest.approx(60 * 0.005, rel=1e-4)
