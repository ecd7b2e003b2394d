"""What a remedy keeps of a run: mass, affected mass, means of the containers, chance to conform.

- A container conforms where the mean of every attribute of what is kept in it lies inside the
  specification and it holds less affected product than counts; a run where all of them do, in one
  draw at once.
- A container of which nothing is kept conforms. One that is held for what no draw tells does so
  only where it is taken out whole.
- The standard error of the simulation is that of Agresti and Coull: it is never zero, because no
  number of draws makes a chance certain (Agresti and Coull, Am. Stat. 52 (1998) 119-126).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from investigator.analysis.container_quality import UNITS
from investigator.analysis.material import Product
from investigator.analysis.remedy_basis import Basis, weighed
from investigator.domain.impact import PredictedQuality
from investigator.twin.record import Array, Mask

NOTHING_KG = 1e-6
_UNITS = {"thickness": "mm", **UNITS}


@dataclass(frozen=True, slots=True)
class Treated:
    """What a remedy does in one draw, as shares of the flow at each time, (n,) each.

    `affected`: kept and affected. `good_lost`: taken out although good. `shift`: by how much the
    mean of an attribute of what is kept differs from that of what was made. `rejects`: whether the
    containers that are held are taken out as they are, whatever was recorded of them.
    """

    product: Product
    kept: Array
    affected: Array
    good_lost: Array
    shift: tuple[str, Array] | None = None
    rejects: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What a remedy keeps, over K draws and C containers.

    `kept_kg`, `removed_kg`, `affected_kg`: (K, C). `means`: (K, C, judged), errors included, NaN of
    a container of which nothing is kept. `conform`: (K, C). `good_lost_kg`: (K,).
    """

    kept_kg: Array
    removed_kg: Array
    affected_kg: Array
    means: Array
    conform: Mask
    good_lost_kg: Array

    @property
    def p_conform(self) -> float:
        """Chance that all containers conform at once."""
        return float(self.conform.all(axis=1).mean())

    @property
    def standard_error(self) -> float:
        """Of `p_conform`, by the number of draws."""
        return standard_error(self.p_conform, self.conform.shape[0])


def standard_error(p: float, draws: int) -> float:
    """Standard error of a share of so many draws."""
    adjusted = (p * draws + 2.0) / (draws + 4.0)
    return float(np.sqrt(adjusted * (1.0 - adjusted) / (draws + 4.0)))


def untouched(basis: Basis, product: Product) -> Treated:
    """Everything is kept."""
    whole = np.ones(basis.held.shape)
    return Treated(product, whole, basis.affected(product), np.zeros(basis.held.shape))


def without(basis: Basis, product: Product, removed: Array) -> Treated:
    """A share `removed` (n,) is taken out, good and affected alike."""
    affected = basis.affected(product)
    kept = 1.0 - removed
    return Treated(product, kept, kept * affected, removed * (1.0 - affected))


def kept_of(basis: Basis, treated: Iterable[Treated]) -> Kept:
    """What is kept, of what a remedy does in each draw, in the order of the draws."""
    each = list(treated)
    rows = [_one(basis, one) for one in each]
    kept, removed, affected, means, lost = (np.array(column) for column in zip(*rows, strict=True))
    means = means + basis.errors
    empty = kept <= NOTHING_KG
    inside = np.ones(means.shape, dtype=np.bool_)
    for a, name in enumerate(basis.judged):
        low, high = basis.limits.of[name]
        inside[:, :, a] = (means[:, :, a] >= low) & (means[:, :, a] <= high)
    conform = empty | (inside.all(axis=2) & (affected < basis.least_kg))
    rejects = np.array([one.rejects for one in each])[:, np.newaxis]
    conform &= ~basis.untold | rejects | (empty & (removed > NOTHING_KG))
    return Kept(kept, removed, affected, means, conform, lost)


def _one(basis: Basis, t: Treated) -> tuple[Array, Array, Array, Array, float]:
    flow = t.product.flow_kg
    kg, means = weighed(t.product, flow * t.kept, basis.judged, basis.inside)
    if t.shift is not None and t.shift[0] in basis.judged:
        moved = basis.inside @ (flow * t.kept * t.shift[1])
        with np.errstate(invalid="ignore", divide="ignore"):
            means[:, basis.judged.index(t.shift[0])] += moved / kg
    made_kg = basis.inside @ flow
    lost_kg = float((basis.inside @ (flow * t.good_lost)).sum())
    return kg, made_kg - kg, basis.inside @ (flow * t.affected), means, lost_kg


def forecast(basis: Basis, kept: Kept) -> dict[str, PredictedQuality]:
    """Mean of everything kept, by attribute, with its 95 % interval; empty if nothing is kept."""
    total = kept.kept_kg.sum(axis=1)
    if not (total > NOTHING_KG).all():
        return {}
    share = kept.kept_kg / total[:, None]
    found = {}
    for a, name in enumerate(basis.judged):
        values = np.nansum(share * np.nan_to_num(kept.means[:, :, a]), axis=1)
        low, high = basis.limits.of[name]
        lo95, hi95 = np.quantile(values, [0.025, 0.975])
        conform = float(((values >= low) & (values <= high)).mean())
        found[name] = PredictedQuality(
            float(values.mean()), float(lo95), float(hi95), _UNITS[name], conform
        )
    return found
