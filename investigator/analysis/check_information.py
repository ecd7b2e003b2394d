"""How much a check is expected to tell, and what a result that was found says of each hypothesis.

- The expected information is the mutual information of outcome and hypothesis, in bits (Lindley
  1956, Ann. Math. Stat. 27, 986-1005): never negative, never more than is open about the
  hypotheses, and 0 where all of them predict the same.
- Of an inspection it is exact; of a measurement, a mixture of normals, it is integrated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from investigator.analysis.check_outlook import Expected, Model, Outlook
from investigator.domain.errors import UnusableInput
from investigator.twin.checks import CheckKind
from investigator.twin.record import Array

REACH_SD = 8.0
NODES = 129


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """What a check found: whether an inspection failed, or the value of a measurement.

    `value` and its standard uncertainty `sd` in the unit of the check; without `sd` the uncertainty
    of the check holds.
    """

    failed: bool | None = None
    value: float | None = None
    sd: float | None = None


def likelihoods(found_by: Outlook, found: CheckFinding) -> Mapping[Model, float]:
    """Probability (density, 1/unit) of what was found under each model.

    Raises:
        UnusableInput: the finding is none that this check can give.
    """
    check = found_by.check
    if check.kind is CheckKind.INSPECTION:
        if found.failed is None:
            raise _not_of(found_by, "passed or failed")
        return {m: p if found.failed else 1.0 - p for m, p in found_by.fails.items()}
    if found.value is None or not np.isfinite(found.value):
        raise _not_of(found_by, f"a value in {check.unit}")
    own = check.uncertainty if found.sd is None else found.sd
    if not (np.isfinite(own) and own > 0.0):
        raise _not_of(found_by, f"a value with a standard uncertainty above 0 {check.unit}")
    value = np.array([found.value])
    return {m: float(np.exp(_log_density(value, e, own))[0]) for m, e in found_by.values.items()}


def _not_of(found_by: Outlook, needed: str) -> UnusableInput:
    return UnusableInput(
        f"check {found_by.check.check_id}", f"needs {needed}", "enter the result as it was found"
    )


def information_bits(expected: Outlook, models: Mapping[Model, float]) -> float:
    """Mutual information of the outcome and the model at work, in bits.

    Args:
        expected: what the check would find; holds every model of `models`.
        models: probabilities; brought to a sum of 1.
    """
    names = [m for m, p in models.items() if p > 0.0]
    p = np.array([models[m] for m in names])
    if not names:
        return 0.0
    p = p / p.sum()
    if expected.check.kind is CheckKind.INSPECTION:
        bits = _of_inspection(p, np.array([expected.fails[m] for m in names]))
    else:
        values = [expected.values[m] for m in names]
        bits = _of_measurement(p, values, expected.check.uncertainty)
    return min(max(bits, 0.0), entropy_bits(p))


def entropy_bits(p: Array) -> float:
    """Entropy of probabilities that sum to 1, in bits."""
    held = p[p > 0.0]
    return abs(float((held * np.log2(held)).sum()))


def _of_inspection(p: Array, fails: Array) -> float:
    def binary(f: float) -> float:
        return entropy_bits(np.array([f, 1.0 - f]))

    kept = sum(float(w) * binary(float(f)) for w, f in zip(p, fails, strict=True))
    return binary(float((p * fails).sum())) - kept


def _of_measurement(p: Array, values: Sequence[Expected], own: float) -> float:
    """Sum of p_m KL(prediction of m || mixture), on the joined grids of all predictions."""
    steps = np.linspace(-REACH_SD, REACH_SD, NODES)
    spreads = {(e.mean, float(np.hypot(s, own))) for e in values for s in (e.sd, e.moved_sd)}
    y = np.unique(np.concatenate([mean + sd * steps for mean, sd in sorted(spreads)]))
    log_each = np.vstack([_log_density(y, e, own) for e in values])
    joint = np.log(p)[:, None] + log_each
    top = joint.max(axis=0)
    log_mixture = top + np.log(np.exp(joint - top).sum(axis=0))
    gain = np.exp(log_each) * (log_each - log_mixture)
    return float((p * np.trapezoid(gain, y, axis=1)).sum() / np.log(2.0))


def _log_density(y: Array, expected: Expected, own: float) -> Array:
    """Of results y, with the uncertainty `own` of the check in them."""
    usual = _log_normal(y, expected.mean, float(np.hypot(expected.sd, own)))
    if expected.moved == 0.0:
        return usual
    moved = _log_normal(y, expected.mean, float(np.hypot(expected.moved_sd, own)))
    return np.asarray(
        np.logaddexp(np.log1p(-expected.moved) + usual, np.log(expected.moved) + moved)
    )


def _log_normal(y: Array, mean: float, sd: float) -> Array:
    z = (y - mean) / sd
    # A value mistyped by orders of magnitude is as improbable as can be, and no fault.
    with np.errstate(over="ignore"):
        squared = z * z
    return np.asarray(-0.5 * squared - np.log(sd) - 0.5 * np.log(2.0 * np.pi))
