"""The acceptance value of content uniformity that the tablets of a container would show.

- USP <905>: AV = |M - mean| + k s of the content of single tablets in % of the label claim, with
  M the mean within 98.5 to 101.5 and the nearer of these ends outside. Ten tablets, k = 2.4; where
  they do not pass, twenty more, k = 2.0, and no tablet outside 75 to 125 % of M.
- A tablet has the content of the course at its place in the filling, what the container's mean is
  uncertain by, and what single tablets usually differ by. Its place is any of the filling, by mass.
- The value that the laboratory reported stands beside it and enters nothing here.

Source: United States Pharmacopeia, general chapter <905> Uniformity of Dosage Units, for products
whose target content is not above 101.5 % of the label claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.domain.conformance import AcceptanceValue
from investigator.domain.departures import Z95
from investigator.domain.impact import PredictedQuality
from investigator.twin.record import Array
from investigator.twin.unit_spread import UnitSpread

FIRST, ALL = 10, 30
"""Tablets of the first stage, and of both."""
K_FIRST, K_ALL = 2.4, 2.0
REFERENCE_LOW, REFERENCE_HIGH = 98.5, 101.5
FARTHEST = 0.25
"""L2: how far a single tablet may be from M, as a share of M."""
SIMULATIONS = 2000


@dataclass(frozen=True, slots=True)
class Filling:
    """What one draw of the product says of a container: content of the tablets in % of the label
    claim, and their mass, along the filling; both of shape (n,), n above 0, mass above 0."""

    content: Array
    mass_kg: Array


def acceptance_values(content: Array, k: float) -> Array:
    """AV of samples, one a row: shape (samples, tablets) to (samples,)."""
    mean = content.mean(axis=1)
    return np.asarray(
        np.abs(_reference(mean) - mean) + k * content.std(axis=1, ddof=1), dtype=np.float64
    )


def passes(content: Array, limit: float) -> Array:
    """Whether samples of thirty tablets pass: at the first stage, by the first ten, or at the
    second; boolean, shape (samples, 30) to (samples,).

    Args:
        content: of the tablets, in the order in which they were taken.
        limit: L1.
    """
    middle = _reference(content.mean(axis=1))[:, np.newaxis]
    near = (np.abs(content - middle) <= FARTHEST * middle).all(axis=1)
    second = (acceptance_values(content, K_ALL) <= limit) & near
    return np.asarray((acceptance_values(content[:, :FIRST], K_FIRST) <= limit) | second)


def predicted_acceptance(
    mean: PredictedQuality,
    fillings: Sequence[Filling],
    units: UnitSpread,
    *,
    limit: float,
    reported: float | None,
    seed: int,
    simulations: int = SIMULATIONS,
) -> AcceptanceValue:
    """The acceptance value of a container, by simulation.

    Args:
        mean: of the container's content, % of the label claim, with its uncertainty.
        fillings: of the container, one for each draw of the product; at least one.
        units: what single tablets usually differ by.
        limit: L1 of the specification. reported: by the laboratory.
        seed: of the simulation. simulations: how many samples of thirty tablets.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    place = generator.random((simulations, ALL))
    u = (mean.hi95 - mean.lo95) / (2.0 * Z95)
    middle = mean.mean + u * generator.standard_normal((simulations, 1))
    sd = units.sd * np.exp(units.between * generator.standard_normal((simulations, 1)))
    content = middle + sd * generator.standard_normal((simulations, ALL))
    for k, filling in enumerate(fillings):
        content[k :: len(fillings)] += _departures(filling, place[k :: len(fillings)])
    found = acceptance_values(content[:, :FIRST], K_FIRST)
    low, high = np.quantile(found, [0.025, 0.975])
    return AcceptanceValue(
        mean=float(found.mean()),
        lo95=float(low),
        hi95=float(high),
        p_pass=float(passes(content, limit).mean()),
        limit=limit,
        reported=reported,
    )


def _departures(filling: Filling, place: Array) -> Array:
    """Content at places of the filling, shares of its mass, less that of the whole container."""
    filled = np.cumsum(filling.mass_kg)
    at = np.searchsorted(filled, place * filled[-1], side="right")
    content = filling.content[np.minimum(at, filled.size - 1)]
    whole = float(np.average(filling.content, weights=filling.mass_kg))
    return np.asarray(content - whole, dtype=np.float64)


def _reference(mean: Array) -> Array:
    """M of USP <905>."""
    return np.asarray(np.clip(mean, REFERENCE_LOW, REFERENCE_HIGH), dtype=np.float64)
