"""The cheapest point under a chance constraint, where the answer is known in closed form."""

import numpy as np
import pytest
from scipy.stats import norm

from investigator.analysis.cheapest import Found, cheapest
from investigator.analysis.response_surface import design, fitted
from investigator.twin.record import Array

DRAWS = norm.ppf((np.arange(2000) + 0.5) / 2000)
SD, LOW = 2.0, 100.0


def chance(points: Array) -> Array:
    """Share of draws in which 90 + 3 x + y, with a normal error of 2, reaches 100."""
    value = 90.0 + 3.0 * points[:, :1] + points[:, 1:] + SD * DRAWS
    return np.asarray((value >= LOW).mean(axis=1))


def cost(points: Array) -> Array:
    return np.asarray((points**2).sum(axis=1))


def search(asked: float, high: float = 10.0) -> Found:
    bounds = np.array([[-high, high], [-high, high]])
    return cheapest(chance, cost, bounds, asked=asked, start=np.zeros(2), seed=4)


@pytest.mark.requirement("IMP-057")
@pytest.mark.parametrize("asked", [0.8, 0.95, 0.99])
def test_the_optimum_of_a_linear_chance_constraint_is_the_known_one(asked: float) -> None:
    """3 x + y >= 10 + 2 z(asked), nearest to the origin: (3, 1) times that over 10."""
    need = 10.0 + SD * norm.ppf(asked)
    found = search(asked)
    assert found.point == pytest.approx(np.array([3.0, 1.0]) * need / 10.0, abs=0.02)
    assert found.chance == pytest.approx(asked, abs=0.002)
    assert found.chance >= asked


@pytest.mark.requirement("IMP-060")
def test_what_cannot_be_reached_gives_the_likeliest_point() -> None:
    found = search(0.95, high=2.0)
    assert found.point == pytest.approx([2.0, 2.0], abs=0.02)
    assert found.chance == pytest.approx(1.0 - norm.cdf((10.0 - 8.0) / SD), abs=0.02)


@pytest.mark.requirement("IMP-064")
def test_the_same_seed_gives_the_same_point() -> None:
    assert np.array_equal(search(0.9).point, search(0.9).point)


def test_nothing_is_changed_where_nothing_need_be() -> None:
    bounds = np.array([[-5.0, 5.0]])
    found = cheapest(
        lambda points: np.ones(points.shape[0]), cost, bounds, asked=0.9, start=np.zeros(1), seed=1
    )
    assert found.point == pytest.approx([0.0], abs=1e-6)


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5])
def test_a_quadratic_is_found_exactly_from_its_design(d: int) -> None:
    generator = np.random.default_rng(d)
    box = np.column_stack([generator.uniform(-3, 0, d), generator.uniform(1, 4, d)])
    square, slope = generator.normal(size=(2, d, d)), generator.normal(size=(2, d))

    def response(points: Array) -> Array:
        bent = np.einsum("mi,rij,mj->mr", points, square, points)
        return np.asarray(bent + points @ slope.T + 7.0)

    points = design(box)
    assert ((points >= box[:, 0] - 1e-12) & (points <= box[:, 1] + 1e-12)).all()
    surface = fitted(box, points, response(points))
    inside = generator.uniform(box[:, 0], box[:, 1], size=(20, d))
    assert surface.at(inside) == pytest.approx(response(inside), rel=1e-9, abs=1e-9)
