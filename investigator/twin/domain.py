"""Where a twin may be believed: its applicability domain, and where a run leaves it.

- Single limits bound each quantity by what the line was characterised with; the joint limit bounds
  their combination: a run may be far from everything measured while no quantity is.
- What is judged is production: a line that stands, starts or runs empty makes no excursion.
- Values are means over five minutes, or noise of a reading and refills would flicker over a bound;
  stretches outside with less than ten minutes between them are one, and less than two minutes
  outside are none.
- Outside, what is predicted is an extrapolation: its uncertainty is taken as larger by
  `EXTRAPOLATION`.

Joint limit: squared Mahalanobis distance to the runs of a designed experiment against the 99 %
limit for a new observation, p (n^2 - 1) / (n (n - p)) F(p, n - p) (Hotelling's T2; Johnson and
Wichern, Applied Multivariate Statistical Analysis, 6th ed. 2007, ch. 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.applicability import DomainLimit, Excursion
from investigator.domain.instant import Span
from investigator.process.line import LineInputs, LineOutputs
from investigator.twin.record import Array, Mask

SMOOTHED_S, JOINED_S, LEAST_S = 300.0, 600.0, 120.0

EXTRAPOLATION = 2.5
"""So many times wider is the band of a prediction outside the domain: the middle of 2 to 3."""

TRANSITS = 2.0
"""So many mean transit times after an excursion is material of it still on its way."""

JOINT = "operating_point"
"""The quantity of the joint limit: the Mahalanobis distance."""


@dataclass(frozen=True, slots=True)
class JointLimit:
    """The limit of a combination: `limit` bounds the distance to `mean` under `covariance`.

    `quantities`: in the order of `mean` (p,) and `covariance` (p, p).
    """

    limit: DomainLimit
    quantities: tuple[str, ...]
    mean: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]

    def distance(self, courses: Mapping[str, Array]) -> Array:
        """The Mahalanobis distance at every time, shape (n,)."""
        off = np.vstack([courses[q] for q in self.quantities]) - np.array(self.mean)[:, None]
        inverse = np.linalg.inv(np.array(self.covariance))
        return np.asarray(np.sqrt(np.einsum("in,ij,jn->n", off, inverse, off)))


@dataclass(frozen=True, slots=True)
class ApplicabilityDomain:
    """The limits of a twin, each of one quantity; `joint` None where there is none."""

    limits: tuple[DomainLimit, ...] = ()
    joint: JointLimit | None = None

    @property
    def all_limits(self) -> tuple[DomainLimit, ...]:
        """The single limits, then the joint one."""
        return (*self.limits, *((self.joint.limit,) if self.joint else ()))


def quantity_courses(inputs: LineInputs, outputs: LineOutputs) -> dict[str, Array]:
    """Every quantity that a limit can name, over time, shape (n,) each, in the unit of its limit.

    Compositions, water and particle size are those at the die, the hold-up that of the blender.
    """
    return {
        "throughput": inputs.feed_kg_h.sum(axis=0),
        "blender_speed": inputs.blender_rpm,
        "paddle_speed": inputs.paddle_rpm,
        "turret_speed": inputs.turret_rpm,
        "chute_level": inputs.chute_level_pct,
        "main_force": inputs.main_force_kn,
        "main_gap": inputs.main_gap_mm,
        "room_rh": inputs.room_rh_pct,
        "holdup": outputs.blender_holdup_kg,
        "api_fraction": 100.0 * outputs.api_fraction,
        "mgst_fraction": 100.0 * outputs.mgst_fraction,
        "api_d50": outputs.api_d50_um,
        "water": outputs.water_pct,
    }


def excursions(
    domain: ApplicabilityDomain,
    t_ms: NDArray[np.int64],
    courses: Mapping[str, Array],
    producing: Mask,
) -> tuple[Excursion, ...]:
    """Where a run leaves the domain, in order of time.

    Args:
        domain: the limits.
        t_ms: times of equal steps, shape (n,).
        courses: every quantity that the limits name, shape (n,) each.
        producing: where the line makes product, shape (n,).
    """
    if t_ms.size < 2 or not producing.any():
        return ()
    step_ms = int(t_ms[1] - t_ms[0])
    half = int(500 * SMOOTHED_S) // step_ms
    smooth = {
        quantity: _mean_around(course, producing, half) for quantity, course in courses.items()
    }
    found = [
        excursion
        for limit in domain.limits
        for excursion in _outside(limit, t_ms, smooth[limit.quantity], producing)
    ]
    if domain.joint is not None:
        distance = domain.joint.distance(smooth)
        found += _outside(domain.joint.limit, t_ms, distance, producing)
    return tuple(sorted(found, key=lambda e: (e.span.start_ms, e.limit.quantity)))


def extrapolated(found: tuple[Excursion, ...], t_ms: NDArray[np.int64], transit_s: Array) -> Mask:
    """Where product is made of what left the domain, shape (n,).

    `transit_s` (n,): mean age of the material at the die. An excursion reaches the tablets with the
    material; until `TRANSITS` ages after its end some of it is still coming.
    """
    outside = np.zeros(t_ms.shape, dtype=np.bool_)
    for excursion in found:
        until = excursion.span.end_ms + 1000.0 * TRANSITS * transit_s
        outside |= (t_ms >= excursion.span.start_ms) & (t_ms < until)
    return outside


def _mean_around(course: Array, producing: Mask, half: int) -> Array:
    """Means of the productive values within `half` steps, shape (n,); NaN where there are none."""
    weight = producing.astype(np.float64)
    total = _sum_around(np.where(producing, course, 0.0), half)
    number = _sum_around(weight, half)
    return np.where(number > 0.5, total / np.maximum(number, 1.0), np.nan)


def _sum_around(values: Array, half: int) -> Array:
    return np.convolve(values, np.ones(2 * half + 1), mode="full")[half : half + values.size]


def _outside(
    limit: DomainLimit, t_ms: NDArray[np.int64], course: Array, producing: Mask
) -> list[Excursion]:
    beyond = np.maximum(course - limit.high, limit.low - course) / limit.scale
    outside = producing & (beyond > 0.0)
    step_ms = int(t_ms[1] - t_ms[0])
    found = []
    for first, last in _stretches(outside, producing, int(1000 * JOINED_S) // step_ms):
        inside = np.flatnonzero(outside[first : last + 1]) + first
        if inside.size * step_ms < 1000 * LEAST_S:
            continue
        worst = int(inside[np.argmax(beyond[inside])])
        span = Span(int(t_ms[first]), int(t_ms[last]) + step_ms)
        found.append(Excursion(limit, span, float(course[worst]), float(beyond[worst])))
    return found


def _stretches(outside: Mask, producing: Mask, gap: int) -> list[tuple[int, int]]:
    """First and last step of each stretch outside; at most `gap` steps of return join two."""
    places = np.flatnonzero(outside)
    if places.size == 0:
        return []
    back_inside = np.cumsum(producing & ~outside)
    breaks = np.flatnonzero(np.diff(back_inside[places]) > gap)
    firsts = places[np.r_[0, breaks + 1]]
    lasts = places[np.r_[breaks, places.size - 1]]
    return [(int(a), int(b)) for a, b in zip(firsts, lasts, strict=True)]
