"""How much of a container is affected: central, lower and upper, as mass and as tablets.

- Central: what the draws say of the time that filled it by the record. Upper: 97.5 % of the draws
  of all that may have gone into it; lower: 2.5 % of them of what did by the record.
- What shows something unexplained, and what is not known of the flows, counts whole in the upper
  bound; the first also in the central one.
"""

import math
from dataclasses import dataclass

import numpy as np

from investigator.analysis.container_map import Portion
from investigator.analysis.material import Product
from investigator.domain.material_account import MG_TO_KG
from investigator.twin.record import Array, Mask

LOWER, UPPER = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class AffectedMass:
    """Mass in kg. `possible_kg`: of each draw, (draws,), of all that may have gone into the
    container. `held_kg`: of what shows something unexplained; `unsure_kg`: of what is not known.
    `filled_kg`: what flowed into it; `may_hold_kg`: at most. `tablet_kg`: mean mass of a tablet.
    """

    filled_kg: float
    may_hold_kg: float
    central_kg: float
    lower_kg: float
    upper_kg: float
    possible_kg: Array
    held_kg: float
    unsure_kg: float
    tablet_kg: float

    def chance(self, least_kg: float) -> float:
        """The chance that so much of it is affected."""
        return float((self.possible_kg >= least_kg).mean())

    def tablets(self, net_kg: float) -> tuple[int, int]:
        """Number of affected tablets, central and upper, in a container of that mass."""
        central = min(self.central_kg, net_kg) / self.tablet_kg
        return round(central), math.ceil(min(self.upper_kg, net_kg) / self.tablet_kg)


def affected_mass(
    portion: Portion, made: tuple[Product, ...], held: Mask, unsure: Mask
) -> AffectedMass:
    """The affected mass of a container.

    Args:
        portion: what filled it. made: draws of the product, at least one.
        held: where something unexplained shows, (n,). unsure: where flows tell nothing, (n,).
    """
    affected = np.array([p.affected * p.flow_kg for p in made])
    flow_kg = np.mean([p.flow_kg for p in made], axis=0)
    kg = affected[:, portion.inside].sum(axis=1)
    possible_kg = affected @ portion.possibly
    held_kg = float((flow_kg * held) @ portion.possibly)
    unsure_kg = float((flow_kg * unsure) @ portion.possibly)
    inside_held_kg = float((flow_kg * held)[portion.inside].sum())
    upper = float(np.quantile(np.maximum(kg, possible_kg), UPPER))
    central_kg = max(float(kg.mean()), inside_held_kg)
    return AffectedMass(
        filled_kg=float(flow_kg[portion.inside].sum()),
        may_hold_kg=float(flow_kg @ portion.possibly),
        central_kg=central_kg,
        lower_kg=float(np.quantile(kg, LOWER)),
        upper_kg=max(upper, central_kg, held_kg, unsure_kg),
        possible_kg=possible_kg,
        held_kg=held_kg,
        unsure_kg=unsure_kg,
        tablet_kg=_tablet_kg(portion.inside, made),
    )


def _tablet_kg(inside: Mask, made: tuple[Product, ...]) -> float:
    """Mean mass of the tablets in it, or of the run where none were made in its time."""
    weights = np.array([p.attributes["weight"] for p in made])
    flows = np.array([p.flow_kg for p in made])
    own = flows * inside if (flows * inside).any() else flows
    return float((weights * own).sum() / own.sum()) * MG_TO_KG
