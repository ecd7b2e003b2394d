"""Which parameters an experiment determines, and which only together with others.

- Fisher information in the tangent plane: a relative standard uncertainty for every parameter, and
  for the experiment the collinearity index 1/sqrt(least eigenvalue) of the sensitivities scaled to
  unit length. Above 10, the direction of the least eigenvalue names what is exchanged for what.
- Where that is in doubt (more than 20 % uncertain, close to a bound, part of a collinear direction)
  the profile likelihood decides: the others are fitted anew at every trial value, and the interval
  is where twice the log likelihood falls by less than the 95 % point of chi-square(1).
- Where the covariance was taken between runs, the rise is measured in that variance, not in the
  smaller one of independent rows.
- A profile that reaches a bound of the parameter without rising that far is flat: the data do not
  determine the parameter there.

Sources: Brun, Reichert, Kuensch, Water Resour. Res. 37 (2001) 1015 (collinearity index); Raue et
al., Bioinformatics 25 (2009) 1923 (profile likelihood); Bates & Watts (1988), ch. 6.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from investigator.twin.calibrate.fit import Estimate, Floats, estimate

RISE = 3.841
COLLINEAR = 10.0
LOADING = 0.3
DOUBTFUL_SHARE = 0.2
WEAK_SHARE = 0.5
NEAR_SD = 4.0
FARTHEST_STEPS = 12


class Verdict(StrEnum):
    """What the data say of a parameter."""

    DETERMINED = "determined"
    WEAK = "weakly determined"
    NO_EFFECT = "not told from zero"
    UNDETERMINED = "not determined"


@dataclass(frozen=True, slots=True)
class Profile:
    """95 % interval by profile likelihood; a side that is None is flat up to its bound."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Identified:
    """One estimated parameter: its relative standard uncertainty (None at zero) and the verdict."""

    name: str
    relative_sd: float | None
    profile: Profile | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Identifiability:
    """What one fit determines.

    Attributes:
        parameters: every unknown of the fit.
        collinearity: the index of the fit.
        exchanged: the direction of least information, as loadings of the parameters in it; empty
            while the index stays below 10.
    """

    parameters: tuple[Identified, ...]
    collinearity: float
    exchanged: tuple[tuple[str, float], ...]


def identifiability(fit: Estimate) -> Identifiability:
    """What the data of a fit determine of its unknowns."""
    index, direction = collinearity(fit)
    names = [u.name for u in fit.unknowns]
    exchanged = tuple(
        (name, float(loading))
        for name, loading in zip(names, direction, strict=True)
        if index > COLLINEAR and abs(loading) > LOADING
    )
    together = {name for name, _ in exchanged}
    parameters = tuple(_identified(fit, i, name in together) for i, name in enumerate(names))
    return Identifiability(parameters, index, exchanged)


def collinearity(fit: Estimate) -> tuple[float, Floats]:
    """Collinearity index, and the unit direction of least information (first loading positive)."""
    length = np.linalg.norm(fit.jacobian, axis=0)
    scaled = fit.jacobian / np.where(length > 0.0, length, 1.0)
    values, vectors = np.linalg.eigh(scaled.T @ scaled)
    direction = vectors[:, 0] * (1.0 if vectors[np.argmax(np.abs(vectors[:, 0])), 0] > 0 else -1.0)
    return float(1.0 / np.sqrt(max(values[0], 1e-30))), np.asarray(direction)


def _identified(fit: Estimate, place: int, exchanged: bool) -> Identified:
    unknown = fit.unknowns[place]
    value, sd = fit.values[unknown.name], float(np.sqrt(fit.covariance[place, place]))
    relative = sd / abs(value) if value != 0.0 else None
    near = min(value - unknown.lower, unknown.upper - value) < NEAR_SD * sd
    doubtful = relative is None or relative > DOUBTFUL_SHARE or near or exchanged
    found = profile(fit, place) if doubtful else None
    return Identified(unknown.name, relative, found, _verdict(fit, place, found))


def _verdict(fit: Estimate, place: int, found: Profile | None) -> Verdict:
    if found is None:
        return Verdict.DETERMINED
    unknown = fit.unknowns[place]
    if found.high is None or (found.low is None and unknown.lower != 0.0):
        return Verdict.UNDETERMINED
    low = unknown.lower if found.low is None else found.low
    if low <= 0.0 <= found.high:
        return Verdict.NO_EFFECT
    wide = (found.high - low) / 2.0 > WEAK_SHARE * abs(fit.values[unknown.name])
    return Verdict.WEAK if wide else Verdict.DETERMINED


def profile(fit: Estimate, place: int) -> Profile:
    """95 % interval of the unknown at `place`, the others fitted anew at every trial value."""
    return Profile(_side(fit, place, -1.0), _side(fit, place, 1.0))


def _side(fit: Estimate, place: int, sign: float) -> float | None:
    """Where the profile has risen by `RISE` on one side; None if it has not at the bound.

    In steps of one standard uncertainty outward, then between the last two by the square root of
    the rise, which is close to straight (Bates & Watts: the profile t).
    """
    limit = RISE * _shared(fit, place)
    unknown = fit.unknowns[place]
    bound = unknown.lower if sign < 0.0 else unknown.upper
    value, sd = fit.values[unknown.name], float(np.sqrt(fit.covariance[place, place]))
    before, height, step = value, 0.0, max(sd, 1e-9 * max(abs(value), 1.0))
    values = dict(fit.values)
    for _ in range(FARTHEST_STEPS):
        trial = float(np.clip(before + sign * step, unknown.lower, unknown.upper))
        rise, values = _rise(fit, place, trial, values)
        reached = float(np.sqrt(max(rise, 0.0)))
        if rise >= limit:
            share = (np.sqrt(limit) - height) / (reached - height)
            return float(before + share * (trial - before))
        if trial == bound:
            return None
        if reached < height + 0.2 * np.sqrt(limit):
            step *= 2.0
        before, height = trial, max(reached, height)
    return None


def _rise(
    fit: Estimate, place: int, trial: float, start: dict[str, float]
) -> tuple[float, dict[str, float]]:
    """Twice the fall of the log likelihood at a trial value, and the others' values there."""
    name = fit.unknowns[place].name
    others = tuple(
        replace(u, start=start[u.name]) for i, u in enumerate(fit.unknowns) if i != place
    )
    if not others:
        left = fit.function({name: trial})
        return _excess(fit, left), {name: trial}
    again = estimate(
        others,
        lambda values: fit.function({**values, name: trial}),
        relative_step=fit.relative_step,
    )
    return _excess(fit, again.residuals), {**again.values, name: trial}


def _excess(fit: Estimate, residuals: Floats) -> float:
    return float(residuals @ residuals - fit.residuals @ fit.residuals) / fit.variance


def _shared(fit: Estimate, place: int) -> float:
    """Variance of the estimate over the one that independent rows would give."""
    alone = float(np.linalg.pinv(fit.jacobian.T @ fit.jacobian)[place, place]) * fit.variance
    return float(fit.covariance[place, place]) / alone if alone > 0.0 else 1.0
