"""What each kind of remedy does to the product of a draw, except changed set-points.

- Reject: whole containers that the impact holds as affected.
- Divert, stop: time at the press outlet, from when the disturbance is known.
- Tighter limits: the reading of the probe, with its errors, against the limits; tablets that are
  made so long after a reading outside are rejected.
- Sort: the tablets of the affected containers, one by one, by a reading of weight or API content.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from investigator.analysis.kept_product import Treated, untouched, without
from investigator.analysis.material import REASONS
from investigator.analysis.remedy_basis import Basis
from investigator.analysis.remedy_times import (
    Path,
    after,
    as_share,
    diverted,
    gate_fails,
    taking_hold_ms,
)
from investigator.analysis.sorting import Sorted, Sorter, sorted_by
from investigator.analysis.views import model_perturbation
from investigator.domain.remedy import RemedyKind
from investigator.process.trace import Entry
from investigator.twin.record import STEP_S, Array, Mask
from investigator.twin.remedy import Reading, Remedy

MEAN_STEPS = 3
"""The probe is judged by its mean over 30 s."""

Action = Callable[[int], Treated]
"""What a remedy does in the draw with this number."""

_STATION = 1 << REASONS.index("oos_individual_station")
_SORTED_ON = {
    RemedyKind.SORT_BY_WEIGHT: ("weight", "weight"),
    RemedyKind.SORT_BY_NIR: ("api_fraction", "assay"),
}
"""What is read, and the mean that sorting moves.

Sorted is by the limits that make tablets affected, not by the wider ones of a single tablet: those
would let pass what was made while the mean was out of limits.
"""
_TABLE = 161


def held_containers(basis: Basis) -> Mask:
    """Time that filled the containers which the impact holds as affected, (n,)."""
    affected = np.array([c.affected for c in basis.containers], dtype=np.bool_)
    return np.asarray(basis.inside[affected].any(axis=0))


def nothing(basis: Basis) -> Action:
    """Everything is kept."""
    return lambda k: untouched(basis, basis.made[k])


def rejected(basis: Basis) -> Action:
    """The affected containers are taken out whole."""
    out = as_share(held_containers(basis))
    return lambda k: replace(without(basis, basis.made[k], out), rejects=True)


def divert(basis: Basis, remedy: Remedy, ways: dict[Entry | None, Path]) -> Action:
    """The window of the disturbance is diverted at the press outlet."""

    def action(k: int) -> Treated:
        return without(basis, basis.made[k], as_share(diverted(basis, remedy, ways, k)))

    return action


def stop(basis: Basis, remedy: Remedy) -> Action:
    """Nothing is made once the disturbance is known."""

    def action(k: int) -> Treated:
        since = taking_hold_ms(basis, remedy, k)
        if since is None:
            return untouched(basis, basis.made[k])
        return without(basis, basis.made[k], as_share(after(basis, since)))

    return action


def limited(basis: Basis, remedy: Remedy, reading: Reading, half_width: float) -> Action:
    """Tablets are rejected after readings of the API content outside narrower limits."""
    usual = 100.0 * basis.comparison.record.named.usual["api_active"]
    first, last = (round(s / STEP_S) for s in remedy.acts_s)

    def action(k: int) -> Treated:
        if gate_fails(basis.draws[k]):
            return untouched(basis, basis.made[k])
        outside = np.abs(_probe(basis, reading, k) - usual) > half_width
        outside &= basis.comparison.record.running
        return without(basis, basis.made[k], as_share(_later(outside, first, last)))

    return action


def _probe(basis: Basis, reading: Reading, k: int) -> Array:
    """The mean of the probe as it would be read in a draw, % w/w, (n,)."""
    together = model_perturbation(basis.comparison, basis.draws[k].fits)
    true = basis.made[k].attributes["nir_api"] * together.factor("reading.nir_api")
    generator = np.random.Generator(np.random.PCG64([len(basis.draws), k]))
    scatter = reading.uncertainty * np.sqrt(MEAN_STEPS) * generator.standard_normal(true.size)
    shared = reading.offset_sd * float(generator.standard_normal())
    total = np.cumsum(np.concatenate([np.zeros(MEAN_STEPS), true + scatter]))
    mean = (total[MEAN_STEPS:] - total[:-MEAN_STEPS]) / MEAN_STEPS
    mean[: MEAN_STEPS - 1] = true[: MEAN_STEPS - 1]
    return np.asarray(mean + shared)


def _later(outside: Mask, first: int, last: int) -> Mask:
    """Where some step of `outside` lies between `first` and `last` steps before."""
    count = np.concatenate([np.zeros(1), np.cumsum(outside)])
    n = np.arange(outside.size)
    until = np.clip(n - first + 1, 0, outside.size)
    since = np.clip(n - last, 0, outside.size)
    return np.asarray(count[until] > count[since])


def sort(basis: Basis, remedy: Remedy, reading: Reading, guard: float) -> Action:
    """The tablets of the affected containers are sorted by their reading."""
    attribute, _ = _SORTED_ON[remedy.kind]
    scale = 100.0 if remedy.kind is RemedyKind.SORT_BY_NIR else 1.0
    low, high = (scale * value for value in basis.limits.of[attribute])
    place = held_containers(basis)

    def action(k: int) -> Treated:
        generator = np.random.Generator(np.random.PCG64([len(basis.draws), k, 1]))
        offset = reading.offset_sd * float(generator.standard_normal())
        sorter = Sorter(low, high, reading.uncertainty, guard * reading.uncertainty, offset)
        mean = scale * basis.made[k].attributes[attribute]
        mean = np.clip(mean, mean[place].min(), mean[place].max())
        spread = remedy.spread_share
        whole = _along(sorter, spread, mean)
        heavier = np.zeros(mean.shape)
        if remedy.kind is RemedyKind.SORT_BY_WEIGHT:
            heavier = _station_mg(basis, k)
        single = _along(sorter, spread, mean + heavier)
        return _sorted(basis, remedy, k, whole, single, whole.mean_kept / mean - 1.0)

    return action


def _along(sorter: Sorter, spread_share: float, mean: Array) -> Sorted:
    """Sorting at each of these means (n,), by a table: it is smooth in the mean."""
    table = np.linspace(float(mean.min()), float(mean.max()) * (1.0 + 1e-9), _TABLE)
    found = sorted_by(sorter, table, spread_share * table)
    columns = (found.kept, found.bad_kept, found.good_lost, found.mean_kept)
    return Sorted(*(np.interp(mean, table, column) for column in columns))


def _station_mg(basis: Basis, k: int) -> Array:
    """By how much the tablets of a damaged station are heavier, mg, (n,)."""
    together = model_perturbation(basis.comparison, basis.draws[k].fits)
    per_mm = basis.comparison.parameters.signature.punch_weight_mg_per_mm
    return np.asarray(per_mm * together.offset("press.punch_loss") * np.ones(basis.held.shape))


def _sorted(
    basis: Basis, remedy: Remedy, k: int, whole: Sorted, single: Sorted, moved: Array
) -> Treated:
    """Affected tablets that the reading tells are judged one by one; the others pass as all do."""
    product, place, seen = basis.made[k], held_containers(basis), _bits(remedy.detects)
    affected = basis.affected(product)
    told = (affected > 0) & ((product.reasons & ~seen) == 0) & ~basis.held
    stations = float(basis.comparison.parameters.press.stations)
    share = np.where((product.reasons & _STATION) > 0, 1.0 / stations, 0.0)
    kept = (1.0 - share) * whole.kept + share * single.kept
    bad = (1.0 - share) * whole.bad_kept + share * single.bad_kept
    lost = (1.0 - share) * whole.good_lost + share * single.good_lost
    left = np.where(told, bad, affected * kept)
    good_lost = np.where(told | (affected == 0), lost, 0.0)
    mean = _SORTED_ON[remedy.kind][1]
    return Treated(
        product,
        np.where(place, kept, 1.0),
        np.where(place, left, affected),
        np.where(place, good_lost, 0.0),
        (mean, np.where(place, product.attributes[mean] * moved, 0.0)),
    )


def _bits(reasons: tuple[str, ...]) -> int:
    return sum(1 << REASONS.index(reason) for reason in reasons if reason in REASONS)
