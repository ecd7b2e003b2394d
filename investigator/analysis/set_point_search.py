"""The cheapest change of set-points with which everything made afterwards conforms.

- The search runs on quadratic surfaces of each draw's container means and extremes, first over the
  whole box, then over the third of it around the first answer; what it finds is simulated in full
  on fresh draws by whoever asked.
- Draws and errors are crossed: each draw of the line is judged with the errors of all.
- What the surfaces hold for enough is simulated; where that falls short, the limits are moved
  inwards and the search goes on (chance constraint tightened by a multiple of the spread).
- Margin: one standard error of the last simulation, so that its answer is not one of luck.
"""

from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.cheapest import Found, cheapest
from investigator.analysis.kept_product import kept_of, standard_error, untouched
from investigator.analysis.material import REASONS, Product
from investigator.analysis.remedy_basis import Basis, weighed
from investigator.analysis.remedy_times import after
from investigator.analysis.response_surface import Surface, design, fitted
from investigator.analysis.set_points import Plan, made_with, rest, with_settings
from investigator.twin.record import Array, Mask

SURFACE_DRAWS = 8
SECOND_BOX = 1.0 / 3.0
LARGEST_TARGET = 0.995
MARGINS = (0.0, 0.5, 1.0, 2.0, 3.0)
"""By how many standard deviations the limits are moved inwards, until the simulation agrees."""

_COMPOSITION = sum(1 << REASONS.index(reason) for reason in ("composition_api", "composition_mgst"))
_EVERYWHERE = ("assay", "weight", "hardness", "q30", "water")
"""Attributes that make tablets affected wherever their course leaves the limits."""


def search(
    basis: Basis, plan: Plan, *, asked: float, final_draws: int, seed: int, executor: Executor
) -> Found:
    """The cheapest settings that reach what is asked, or the likeliest where none do.

    Args:
        asked: probability that everything made afterwards conforms.
        final_draws: of the simulation that will judge the answer.
        seed: of the search.

    The chance that is given back was simulated with all draws of the basis.
    """
    target = min(asked + standard_error(asked, final_draws), LARGEST_TARGET)

    def cheapest_by(chance: _Chance, box: Array, start: Array) -> Found:
        return cheapest(chance.at, plan.cost, box, asked=target, start=start, seed=seed)

    wide = cheapest_by(_chance_over(basis, plan, plan.box, executor), plan.box, plan.usual)
    near = _around(wide.point, plan.box)
    chance, best = _chance_over(basis, plan, near, executor), Found(wide.point, -1.0)
    for margin in MARGINS:
        found = cheapest_by(chance.tightened(margin), near, best.point)
        point = plan.typed(found.point)
        simulated = Found(point, _simulated(basis, plan, point, executor))
        if simulated.chance > best.chance:
            best = simulated
        if best.chance >= target or found.chance < target:
            break
    return best


def _simulated(basis: Basis, plan: Plan, point: Array, executor: Executor) -> float:
    made = made_with(basis, plan, point, executor)
    return kept_of(basis, (with_settings(basis, p, plan.since_ms) for p in made)).p_conform


def _around(point: Array, box: Array) -> Array:
    """A box of a third the width with the point inside, within the box."""
    width = SECOND_BOX * (box[:, 1] - box[:, 0])
    low = np.clip(point - 0.5 * width, box[:, 0], box[:, 1] - width)
    return np.column_stack([low, low + width])


def _later(basis: Basis, since_ms: int) -> Mask:
    """Time from an instant on that filled containers which are kept."""
    return np.asarray(rest(basis, since_ms) & after(basis, since_ms), dtype=np.bool_)


def _touched(basis: Basis, later: Mask) -> Mask:
    """Containers into which something went then, (C,)."""
    return np.asarray((basis.inside & later).any(axis=1), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class _Chance:
    """The chance that everything made with some settings conforms, by surfaces.

    `surface`: mean, lowest and highest by draw, container and attribute, (K, C, judged, 3).
    `spread`: standard deviation of a response over the draws, (judged,).
    `errors`: of the means, (E, C, judged). `limits`: low and high, (judged, 2). `everywhere`:
    attributes whose extremes count, (judged,). `possible`: draws in which composition and the
    containers of before allow it, (K,).
    """

    surface: Surface
    spread: Array
    errors: Array
    limits: Array
    everywhere: Mask
    possible: Mask

    def tightened(self, margin: float) -> "_Chance":
        """With the limits moved inwards by so many standard deviations."""
        inwards = np.column_stack([self.spread, -self.spread])
        return replace(self, limits=self.limits + margin * inwards)

    def at(self, points: Array) -> Array:
        """At points (m, d), of shape (m,)."""
        found = self.surface.at(points)
        low, high = self.limits[:, 0], self.limits[:, 1]
        lowest, highest = found[..., 1][..., self.everywhere], found[..., 2][..., self.everywhere]
        whole = (lowest >= low[self.everywhere]) & (highest <= high[self.everywhere])
        allowed = whole.all(axis=(2, 3)) & self.possible
        means = found[..., 0]
        inside = np.ones((*allowed.shape, self.errors.shape[0]), dtype=np.bool_)
        for a in range(low.size):
            # The error of an attribute is judged against its own room: two comparisons each.
            short, room = low[a] - means[..., a], high[a] - means[..., a]
            error = self.errors[:, :, a]
            for i in range(error.shape[1]):
                e = error[:, i]
                inside &= (e >= short[..., i, None]) & (e <= room[..., i, None])
        return np.asarray((inside & allowed[..., None]).mean(axis=(1, 2)))


def _chance_over(basis: Basis, plan: Plan, box: Array, executor: Executor) -> _Chance:
    every = max(len(basis.draws) // SURFACE_DRAWS, 1)
    later = _later(basis, plan.since_ms)
    touched = _touched(basis, later)
    points = design(box)
    responses = np.array(
        [
            [
                _response(basis, product, touched, later)
                for product in made_with(basis, plan, point, executor, every=every)
            ]
            for point in points
        ]
    )
    return _Chance(
        spread=responses[0, :, :, :, 0].std(axis=0).max(axis=0),
        surface=fitted(box, points, responses),
        errors=basis.errors[:, touched],
        limits=np.array([basis.limits.of[name] for name in basis.judged]),
        everywhere=np.array([name in _EVERYWHERE for name in basis.judged]),
        possible=_possible(basis, touched, later)[::every],
    )


def _response(basis: Basis, product: Product, touched: Mask, later: Mask) -> Array:
    """Mean, lowest and highest of each attribute in each container, (C, judged, 3)."""
    inside = basis.inside[touched]
    means = weighed(product, product.flow_kg, basis.judged, inside)[1]
    courses = np.array([product.attributes[name] for name in basis.judged])
    ends = [
        [courses[:, mask & later].min(axis=1), courses[:, mask & later].max(axis=1)]
        for mask in inside
    ]
    extremes = np.array(ends).transpose(0, 2, 1)
    return np.concatenate([means[:, :, None], extremes], axis=2)


def mendable(basis: Basis, since_ms: int) -> float:
    """Share of draws in which what no setting mends conforms: the most that can be reached."""
    later = _later(basis, since_ms)
    return float(_possible(basis, _touched(basis, later), later).mean())


def _possible(basis: Basis, touched: Mask, later: Mask) -> Mask:
    """Draws in which what no setting of the press mends conforms, (K,)."""
    untreated = kept_of(basis, (untouched(basis, product) for product in basis.made))
    before = ~touched & np.array([not c.affected for c in basis.containers])
    conform = np.asarray(untreated.conform[:, before].all(axis=1), dtype=np.bool_)
    for k, product in enumerate(basis.made):
        wrong = ((product.reasons & _COMPOSITION) > 0) | basis.held
        kg = basis.inside[touched] @ np.where(wrong & later, product.flow_kg, 0.0)
        conform[k] &= bool((kg < basis.least_kg).all())
    return conform
