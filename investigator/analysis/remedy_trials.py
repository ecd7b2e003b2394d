"""Trying a declared remedy: refused or not, its settings chosen, then judged on fresh draws."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from investigator.analysis.kept_product import Kept, kept_of
from investigator.analysis.remedy_actions import (
    Action,
    divert,
    held_containers,
    limited,
    rejected,
    sort,
    stop,
)
from investigator.analysis.remedy_basis import Basis
from investigator.analysis.remedy_outcome import Tried, cost_of
from investigator.analysis.remedy_times import known_ms, paths
from investigator.analysis.set_point_search import mendable, search
from investigator.analysis.set_points import Plan, made_with, planned, with_settings
from investigator.domain.instant import iso
from investigator.domain.remedy import RemedyKind, RemedySetting
from investigator.twin.package import TwinPackage
from investigator.twin.remedy import DeclaredSetting, Reading, Remedy

GRID = 9
"""So many values of a single setting are tried."""

_ON_CONTAINERS = (RemedyKind.REJECT, RemedyKind.SORT_BY_WEIGHT, RemedyKind.SORT_BY_NIR)
_ON_THE_RUN = (RemedyKind.DIVERT, RemedyKind.STOP, RemedyKind.SET_POINTS)


@dataclass(frozen=True, slots=True)
class Ground:
    """What all remedies are tried on: a basis to choose by, a fresh one to judge by.

    `nothing`: what is kept of the fresh one when nothing is done. `asked`: the probability.
    """

    package: TwinPackage
    plan: Basis
    fresh: Basis
    nothing: Kept
    asked: float
    seed: int
    executor: Executor


def refusal(ground: Ground, remedy: Remedy) -> str:
    """Why a remedy is not simulated, in one sentence; empty if it is."""
    if remedy.kind is RemedyKind.REPROCESS:
        if not remedy.registered:
            return f"Reprocessing is not registered for this product: {remedy.origin}."
        return "Reprocessing is registered, but the twin has no model of reprocessed product."
    if remedy.reading is not None and not remedy.reading.instrument:
        return f"The line has no instrument for it: {remedy.origin}."
    if remedy.kind in _ON_CONTAINERS:
        return _refusal_on_containers(ground, remedy)
    if remedy.kind in _ON_THE_RUN:
        return _refusal_on_the_run(ground, remedy)
    return ""


def _refusal_on_containers(ground: Ground, remedy: Remedy) -> str:
    if not any(container.affected for container in ground.fresh.containers):
        return "No container is held as affected."
    if remedy.reading is not None and not held_containers(ground.fresh).any():
        return "Nothing was recorded of what filled the containers that are held."
    return ""


def _refusal_on_the_run(ground: Ground, remedy: Remedy) -> str:
    since = known_ms(ground.plan, remedy)
    if since is None:
        return "No cause is likely enough that it could act on: it has no beginning and no end."
    if since >= int(ground.plan.comparison.record.grid_ms[-1]):
        return "The disturbance is known only after the end of the run."
    if remedy.kind is RemedyKind.SET_POINTS:
        return _refusal_of_set_points(ground, since)
    return ""


def _refusal_of_set_points(ground: Ground, since_ms: int) -> str:
    if ground.nothing.p_conform >= ground.asked:
        return "Doing nothing conforms with the asked probability: no set-point is changed for it."
    if all(c.filled.start_ms < since_ms for c in ground.fresh.containers):
        return "No container is filled after the disturbance is known."
    most = mendable(ground.plan, since_ms)
    if most < ground.asked:
        return (
            "No set-point mends the composition: what is made afterwards conforms with "
            f"{100 * most:.0f} % at best."
        )
    return ""


def tried(ground: Ground, remedy: Remedy) -> Tried:
    """A remedy that is not refused, with its settings chosen, on fresh draws."""
    fresh, reading = ground.fresh, remedy.reading
    if remedy.kind is RemedyKind.SET_POINTS:
        return _set_points(ground, remedy)
    if reading is not None and remedy.kind is RemedyKind.TIGHTER_LIMITS:
        return _one_setting(ground, remedy, reading, limited, treats=False)
    if reading is not None:
        return _one_setting(ground, remedy, reading, sort, treats=True)
    if remedy.kind is RemedyKind.DIVERT:
        return _from_known(ground, remedy, divert(fresh, remedy, paths(fresh)))
    if remedy.kind is RemedyKind.STOP:
        return _from_known(ground, remedy, stop(fresh, remedy))
    return Tried(_kept(fresh, rejected(fresh)))


def _from_known(ground: Ground, remedy: Remedy, action: Action) -> Tried:
    low, high = (s / 60.0 for s in remedy.delay_s)
    said = f"It takes hold {low:g} to {high:g} min after the disturbance began, evenly likely."
    since = known_ms(ground.fresh, remedy)
    return Tried(_kept(ground.fresh, action), from_ms=since, assumptions=(said,))


Build = Callable[[Basis, Remedy, Reading, float], Action]


def _one_setting(
    ground: Ground, remedy: Remedy, reading: Reading, build: Build, *, treats: bool
) -> Tried:
    """Of a grid of values the cheapest that reaches what is asked; where none does, the likeliest,
    of equals the one that leaves least affected product."""
    setting = remedy.settings[0]

    def at(basis: Basis, value: float) -> Tried:
        kept = _kept(basis, build(basis, remedy, reading, value))
        treated = _held_kg(basis) if treats else 0.0
        return Tried(kept, (_setting(setting, value),), treated_kg=treated)

    def worth(value: float) -> tuple[float, float, float]:
        one = at(ground.plan, value)
        short = max(ground.asked - one.kept.p_conform, 0.0)
        left_kg = float(one.kept.affected_kg.sum()) if short > 0.0 else 0.0
        return short, left_kg, cost_of(remedy, one)

    best = min((float(v) for v in np.linspace(setting.low, setting.high, GRID)), key=worth)
    return at(ground.fresh, best)


def _held_kg(basis: Basis) -> float:
    """Product in the containers that are held as affected."""
    place = held_containers(basis)
    return float(np.mean([product.flow_kg[place].sum() for product in basis.made]))


def _set_points(ground: Ground, remedy: Remedy) -> Tried:
    since = known_ms(ground.plan, remedy)
    if since is None:
        raise ValueError("there is no disturbance from which set-points could be changed")
    domain = ground.package.domain.limits
    plan = planned(ground.plan, remedy, domain, since)
    found = search(
        ground.plan,
        plan,
        asked=ground.asked,
        final_draws=len(ground.fresh.draws),
        seed=ground.seed,
        executor=ground.executor,
    )
    made = made_with(ground.fresh, plan, found.point, ground.executor)
    kept = kept_of(ground.fresh, (with_settings(ground.fresh, p, since) for p in made))
    settings = tuple(
        _setting(setting, float(value), usual=float(usual))
        for setting, value, usual in zip(remedy.settings, found.point, plan.usual, strict=True)
    )
    return Tried(
        kept,
        settings,
        from_ms=since,
        departures=tuple(float(v) for v in plan.departures(found.point)),
        assumptions=_said_of_set_points(ground, plan, found.chance),
    )


def _said_of_set_points(ground: Ground, plan: Plan, chance: float) -> tuple[str, ...]:
    when = iso(plan.since_ms, ground.package.manifest.site_zone)
    said = [
        f"The set-points hold from {when} on; affected containers begun before are rejected.",
        "The cause goes on as it was found, to its own end.",
    ]
    if chance < ground.asked:
        said.append(
            "No set-points inside the registered ranges and the domain of the twin conform as "
            "asked; these come nearest."
        )
    return tuple(said)


def _kept(basis: Basis, action: Action) -> Kept:
    return kept_of(basis, map(action, range(len(basis.draws))))


def _setting(setting: DeclaredSetting, value: float, usual: float | None = None) -> RemedySetting:
    return RemedySetting(
        setting.name, setting.title, setting.unit, value, setting.low, setting.high, usual
    )
