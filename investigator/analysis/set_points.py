"""Changed set-points for the rest of a campaign: what may be changed, and what is made then.

- A setting stays inside both its registered range and the applicability domain of the twin.
- Throughput goes through feeders and turret alike, so that tablets keep their weight.
- Containers that were begun before the change and are affected are rejected: no setting mends them.
"""

from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.kept_product import Treated, untouched
from investigator.analysis.material import Product, products
from investigator.analysis.remedy_basis import Basis
from investigator.analysis.remedy_times import after
from investigator.domain.applicability import DomainLimit
from investigator.twin.predicted import Frame
from investigator.twin.record import Array, Mask
from investigator.twin.remedy import Remedy

NO_DEPARTURE = 0.005
"""A departure by less than this share of the registered range is not worth a change."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What set-points are searched for.

    `names`: of the settings. `box`: low and high of each, (d, 2). `usual`: what they were, (d,).
    `widths`: of the registered ranges, (d,). `since_ms`: from when they hold.
    """

    names: tuple[str, ...]
    box: Array
    usual: Array
    widths: Array
    since_ms: int

    def departures(self, points: Array) -> Array:
        """Departures from the usual values as shares of the registered ranges."""
        return np.asarray((points - self.usual) / self.widths)

    def cost(self, points: Array) -> Array:
        """What points (m, d) cost by their departures alone, (m,)."""
        return np.asarray((self.departures(points) ** 2).sum(axis=1))

    def typed(self, point: Array) -> Array:
        """The point as it is set at the line, to three digits; a hair's departure is none."""
        rounded = np.array([float(f"{value:.3g}") for value in point])
        near = np.abs(self.departures(point)) < NO_DEPARTURE
        return np.where(near, self.usual, np.clip(rounded, self.box[:, 0], self.box[:, 1]))


def planned(basis: Basis, remedy: Remedy, domain: tuple[DomainLimit, ...], since_ms: int) -> Plan:
    """What is searched, from the registered ranges cut to the domain of the twin."""
    limits = {limit.quantity: limit for limit in domain}
    box = []
    for setting in remedy.settings:
        limit = limits.get(setting.name)
        low = setting.low if limit is None else max(setting.low, limit.low)
        high = setting.high if limit is None else min(setting.high, limit.high)
        box.append((low, high))
    return Plan(
        names=tuple(setting.name for setting in remedy.settings),
        box=np.array(box),
        usual=np.array([_usual(basis, s.name, since_ms) for s in remedy.settings]),
        widths=np.array([s.high - s.low for s in remedy.settings]),
        since_ms=since_ms,
    )


def _usual(basis: Basis, name: str, since_ms: int) -> float:
    later = after(basis, since_ms) & basis.comparison.record.running
    courses = {
        "main_force": basis.fine.base.main_force_kn,
        "main_gap": basis.fine.base.main_gap_mm,
    }
    if name in courses and later.any():
        return float(np.median(courses[name][later]))
    return {**basis.comparison.record.named.usual, **basis.comparison.record.set_points}[name]


def changed(basis: Basis, plan: Plan, point: Array) -> Frame:
    """The run with the settings of a point (d,) from an instant on.

    A setting that was adjusted in the run keeps its adjustments, moved as a whole and cut to what
    is allowed; what stands still goes on standing.
    """
    base, later = basis.fine.base, after(basis, plan.since_ms)
    at = dict(zip(plan.names, range(len(plan.names)), strict=True))

    def moved(course: Array, name: str) -> Array:
        if name not in at:
            return course
        i = at[name]
        new = course + (point[i] - plan.usual[i])
        held = np.clip(new, min(plan.box[i, 0], point[i]), max(plan.box[i, 1], point[i]))
        return np.where(later & (course > 0.0), held, course)

    faster = 1.0
    if "throughput" in at:
        faster = float(point[at["throughput"]] / plan.usual[at["throughput"]])
    rate = np.where(later, faster, 1.0)
    return replace(
        basis.fine,
        base=replace(
            base,
            feed_kg_h=base.feed_kg_h * rate,
            turret_rpm=base.turret_rpm * rate,
            main_force_kn=moved(base.main_force_kn, "main_force"),
            main_gap_mm=moved(base.main_gap_mm, "main_gap"),
            paddle_rpm=moved(base.paddle_rpm, "paddle_speed"),
            blender_rpm=moved(base.blender_rpm, "blender_speed"),
        ),
    )


def made_with(
    basis: Basis, plan: Plan, point: Array, executor: Executor, *, every: int = 1
) -> list[Product]:
    """The product of the draws, or of every so-many-th, with the settings of a point (d,)."""
    frame, some = changed(basis, plan, point), basis.draws[::every]
    return products(basis.comparison, frame, some, basis.biases, basis.limits, executor)


def rest(basis: Basis, since_ms: int) -> Mask:
    """Time that filled the containers that are not rejected for being affected before, (n,)."""
    kept = [not (c.affected and c.filled.start_ms < since_ms) for c in basis.containers]
    return np.asarray(basis.inside[np.array(kept, dtype=np.bool_)].any(axis=0))


def with_settings(basis: Basis, product: Product, since_ms: int) -> Treated:
    """The product of changed settings; affected containers begun before them are rejected."""
    all_of_it = untouched(basis, product)
    kept = rest(basis, since_ms).astype(np.float64)
    lost = (1.0 - kept) * (1.0 - all_of_it.affected)
    return Treated(product, kept, kept * all_of_it.affected, lost)
