"""How far the true mean of a container lies from what the twin has learned of it.

- Normal batches cannot tell: what the laboratory and the twin differ by in all of them may be the
  product's or the method's, and a container's own departure hides in the repeatability. Containers
  of earlier deviations whose product became known tell both.
- Of each attribute: the bias of the product beside the replay, the sd that is left, and the share
  by which a departure of the run from its set-points may be wrong.
- A few containers lie far off: the likelihood is Student's, and the sd is then made as large as a
  normal 95 % interval needs to hold 95 % of all.
- The discrepancies lie in `reference/containers.json` with six significant digits.

Source: model discrepancy after Kennedy and O'Hagan, J. R. Stat. Soc. B 63 (2001) 425; robust scale
by Student's t, Lange, Little and Taylor, J. Am. Stat. Assoc. 84 (1989) 881; errors that containers
of one batch share make `bias_sd` larger (White, Econometrica 48 (1980) 817, by batch).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.domain.errors import UnusableInput
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.container_prediction import HALF
from investigator.twin.record import Array

FILE = "containers"
UNTESTED = ("api_fraction", "mgst_fraction", "tensile_strength")
"""Attributes of containers that the twin predicts and the laboratory does not report."""
# Sizes that are tried begin here and end at the largest error; below, nothing could be told.
SMALLEST_SHARE = 1e-3
TRIES = 41
FREEDOM = 4.0
PASSES = 8
HELD = 0.95


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Of one attribute, in its unit.

    Attributes:
        bias, bias_sd: product minus replay, the bias of the laboratory left out, with its standard
            uncertainty.
        sd: of a container, beyond what the attribute model leaves open.
        share: of the departure of a container from the run as it was set.
        containers, batches: that it was estimated from.
    """

    attribute: str
    bias: float
    bias_sd: float
    sd: float
    share: float
    containers: int
    batches: int

    def var(self, departure: Array) -> Array:
        """Variance beyond that of the attribute model, (k,); `departure` from the run as set."""
        return np.asarray(self.bias_sd**2 + self.sd**2 + (self.share * departure) ** 2)


@dataclass(frozen=True, slots=True)
class KnownContainers:
    """Containers of one batch whose product is known, one attribute, arrays of shape (k,).

    `error`: true mean minus prediction, without the bias of the laboratory. `sd`: of the
    prediction. `departure`: of the replay from the run as set.
    """

    batch: str
    error: Array
    sd: Array
    departure: Array


def estimate_discrepancy(attribute: str, known: Sequence[KnownContainers]) -> Discrepancy:
    """Bias, sd and share of greatest likelihood, over a grid of sd and share.

    Args:
        attribute: its id. known: by batch, at least two batches, with an error that is not 0.
    """
    error = np.concatenate([k.error for k in known])
    var = np.concatenate([k.sd for k in known]) ** 2
    departure = np.concatenate([k.departure for k in known])
    sds = float(np.abs(error).max()) * np.geomspace(SMALLEST_SHARE, 1.0, TRIES)
    shares = np.concatenate([[0.0], np.geomspace(SMALLEST_SHARE, 1.0, TRIES)])
    tried = [
        (*_likelihood(error, var + sd**2 + (share * departure) ** 2), sd, share)
        for sd in sds.tolist()
        for share in shares.tolist()
    ]
    _, bias, sd, share = max(tried)
    bias_sd = _bias_sd(known, bias, sd, share)
    rest = var + bias_sd**2 + (share * departure) ** 2
    holding = (s for s in sds.tolist() if s >= sd and _held(error - bias, rest + s**2) >= HELD)
    sd = next(holding, float(sds[-1]))
    return Discrepancy(attribute, bias, bias_sd, sd, share, error.size, len(known))


def _likelihood(error: Array, var: Array) -> tuple[float, float]:
    """Log-likelihood of Student's t with squared scales `var`, and the bias that is likeliest."""
    bias = float(np.median(error))
    for _ in range(PASSES):
        weight = (FREEDOM + 1.0) / (FREEDOM + (error - bias) ** 2 / var) / var
        bias = float((weight * error).sum() / weight.sum())
    far = np.log1p((error - bias) ** 2 / (FREEDOM * var))
    return float(-0.5 * ((FREEDOM + 1.0) * far + np.log(var)).sum()), bias


def _bias_sd(known: Sequence[KnownContainers], bias: float, sd: float, share: float) -> float:
    """Standard uncertainty of the bias, the errors of one batch taken together."""
    weights = [1.0 / (k.sd**2 + sd**2 + (share * k.departure) ** 2) for k in known]
    pulls = [float((w * (k.error - bias)).sum()) for w, k in zip(weights, known, strict=True)]
    return float(np.sqrt(np.sum(np.square(pulls)))) / sum(float(w.sum()) for w in weights)


def _held(error: Array, var: Array) -> float:
    """Share of the errors inside a normal 95 % interval."""
    return float(np.mean(np.abs(error) <= HALF[0.95] * np.sqrt(var)))


def discrepancies_document(found: Mapping[str, Discrepancy], batches: Sequence[str]) -> Any:
    """The discrepancies as the JSON document of the package; `batches`: names of the deviations."""
    return {
        "batches": list(batches),
        "attributes": [_row(one) for _, one in sorted(found.items())],
    }


def _row(d: Discrepancy) -> dict[str, Any]:
    return {
        "attribute": d.attribute,
        "bias": _digits(d.bias),
        "bias_sd": _digits(d.bias_sd),
        "sd": _digits(d.sd),
        "share": _digits(d.share),
        "containers": d.containers,
        "batches": d.batches,
    }


def _digits(value: float) -> float:
    return float(f"{value:.6g}")


def read_discrepancies(statistics: Mapping[str, Any]) -> dict[str, Discrepancy]:
    """The discrepancies by attribute from the package's parsed JSON files; empty where it has none.

    Raises:
        UnusableInput: a row is incomplete, of no attribute or of one told before, or holds what
            cannot be.
    """
    if FILE not in statistics:
        return {}
    try:
        rows = [_discrepancy(row) for row in statistics[FILE]["attributes"]]
        _check_attributes([row.attribute for row in rows])
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise UnusableInput(
            f"reference/{FILE}.json",
            f"the discrepancies of containers are incomplete ({fault})",
            "estimate them again from earlier deviations whose product is known",
        ) from fault
    return {row.attribute: row for row in rows}


def _check_attributes(named: Sequence[str]) -> None:
    """A discrepancy under another name would be left out, and the intervals would be too narrow."""
    known = {*(kind.attribute for kind in ATTRIBUTES), *UNTESTED}
    for name in named:
        if name not in known:
            raise ValueError(f"{name} is no attribute of the twin")
        if named.count(name) > 1:
            raise ValueError(f"{name} is told twice")


def _discrepancy(row: Mapping[str, Any]) -> Discrepancy:
    numbers = {name: float(row[name]) for name in ("bias", "bias_sd", "sd", "share")}
    if not all(math.isfinite(value) for value in numbers.values()):
        raise ValueError(f"{row['attribute']}: a number that is not finite")
    if min(numbers["bias_sd"], numbers["sd"], numbers["share"]) < 0.0:
        raise ValueError(f"{row['attribute']}: a negative sd")
    if min(int(row["containers"]), int(row["batches"])) < 1:
        raise ValueError(f"{row['attribute']}: learned from nothing")
    return Discrepancy(
        attribute=str(row["attribute"]),
        containers=int(row["containers"]),
        batches=int(row["batches"]),
        **numbers,
    )
