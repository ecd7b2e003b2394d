"""The golden envelope: what normal batches show of every channel along an axis.

- Quantiles over normal batches at every position; estimated with the reference of a twin and kept
  in its package, for an unattended run has one batch only.
- A channel leaves the envelope where its departure from the middle, in half-widths, goes beyond the
  prediction limit for a further batch: from what each normal batch reaches against the others
  (left out one at a time), its logarithm normal, at 5 % over all channels together (Bonferroni).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.analysis.aligned import aligned
from investigator.domain.errors import UnusableInput
from investigator.domain.toolbox import Axis
from investigator.twin.channels import SERIES
from investigator.twin.measured import measure
from investigator.twin.record import Array, LineRecord
from investigator.twin.reference import RESOLUTION, padded

FILE = "golden_batches"
QUANTILES = (0.05, 0.5, 0.95)
FEWEST = 5
FALSE_ALARMS = 0.05
LEAST_SCORE = 0.1
LEAST_SHARE = 0.5
_COURSES = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Of all series channels on one axis, from `batches` normal ones.

    `low`, `middle`, `high` (channels, positions): NaN where too few batches tell. `limit`
    (channels,): in half-widths.
    """

    axis: Axis
    low: Array
    middle: Array
    high: Array
    limit: Array
    batches: int


def scores(value: Array, low: Array, middle: Array, high: Array) -> Array:
    """Departures from the middle in half-widths of the envelope, signed, (channels, positions).

    A half-width is never under half the usual one of its channel, nor under its resolution.
    """
    floor = np.array([RESOLUTION[c.channel] for c in SERIES])
    below, above = middle - low, high - middle
    known = np.isfinite(middle)
    widths = np.where(known, 0.5 * (below + above), np.nan)
    usual = np.array([np.median(w[np.isfinite(w)]) if np.isfinite(w).any() else 0 for w in widths])
    least = np.maximum(LEAST_SHARE * usual, floor)[:, None]
    off = value - middle
    return np.asarray(off / np.maximum(np.where(off < 0, below, above), least))


def largest_scores(found: Array) -> Array:
    """The largest score of each channel, without sign, (channels,); 0 where nothing is known."""
    return np.asarray(np.where(np.isfinite(found), np.abs(found), 0.0).max(axis=1, initial=0.0))


def estimate_envelopes(runs: Sequence[tuple[str, LineRecord]]) -> dict[str, Any]:
    """The JSON document of the golden envelope, from normal runs (batch id, record)."""
    ready = [(record, measure(record)) for _, record in runs]
    axes = {}
    for axis in Axis:
        courses = [aligned(record, measured, axis).value for record, measured in ready]
        stacked = np.stack(
            [padded([course[row] for course in courses]) for row in range(len(SERIES))], axis=1
        )
        axes[axis.value] = _document(stacked)
    return {"batches": [batch for batch, _ in runs], "axes": axes}


def _document(stacked: Array) -> dict[str, Any]:
    low, middle, high = envelope_of(stacked)
    limit = limits_of(stacked)
    return {
        channel.channel: {
            "low": _written(low[row]),
            "middle": _written(middle[row]),
            "high": _written(high[row]),
            "limit": float(f"{limit[row]:.4g}"),
        }
        for row, channel in enumerate(SERIES)
    }


def envelope_of(stacked: Array) -> tuple[Array, Array, Array]:
    """Quantiles over batches of (batches, channels, positions); NaN where too few tell."""
    enough = np.isfinite(stacked).sum(axis=0) >= min(FEWEST, stacked.shape[0])
    filled = np.where(enough[None], stacked, 0.0)
    found = np.nanquantile(filled, QUANTILES, axis=0)
    low, middle, high = (np.where(enough, q, np.nan) for q in found)
    return low, middle, high


def limits_of(stacked: Array) -> Array:
    """The score by channel that a further normal batch stays under, (channels,)."""
    from scipy.stats import t

    n = stacked.shape[0]
    reached = np.array(
        [
            largest_scores(scores(stacked[b], *envelope_of(np.delete(stacked, b, axis=0))))
            for b in range(n)
        ]
    )
    logs = np.log(np.maximum(reached, LEAST_SCORE))
    factor = float(t.ppf(1.0 - FALSE_ALARMS / stacked.shape[1], n - 1)) * np.sqrt(1.0 + 1.0 / n)
    return np.asarray(np.exp(logs.mean(axis=0) + factor * logs.std(axis=0, ddof=1)))


def _written(values: Array) -> list[float | None]:
    return [float(f"{v:.5g}") if np.isfinite(v) else None for v in values]


def read_envelopes(statistics: Mapping[str, Any]) -> tuple[Envelope, ...]:
    """The envelopes of the package's parsed JSON files; none where it has none.

    Raises:
        UnusableInput: they are incomplete, or hold what cannot be.
    """
    if FILE not in statistics:
        return ()
    document = statistics[FILE]
    try:
        batches = document["batches"]
        if not isinstance(batches, list) or not batches:
            raise ValueError("no batch is named")
        _nothing_but(document, ("batches", "axes"))
        _nothing_but(document["axes"], Axis)
        return tuple(_read(axis, document["axes"][axis.value], len(batches)) for axis in Axis)
    except (KeyError, TypeError, ValueError) as fault:
        raise UnusableInput(
            f"reference/{FILE}.json",
            f"the golden envelope is incomplete ({fault})",
            "estimate it again with `investigator twin reference`",
        ) from fault


def _nothing_but(told: Mapping[str, Any], names: Iterable[str]) -> None:
    unknown = sorted(set(told) - set(names))
    if unknown:
        raise ValueError(f"unknown entry {unknown[0]}")


def _read(axis: Axis, courses: Mapping[str, Any], batches: int) -> Envelope:
    _nothing_but(courses, (c.channel for c in SERIES))
    if len({len(course[name]) for course in courses.values() for name in _COURSES}) > 1:
        raise ValueError(f"{axis.value}: quantiles of different length")

    def rows(name: str) -> Array:
        return np.array([courses[c.channel][name] for c in SERIES], dtype=np.float64)

    low, middle, high = (rows(name) for name in _COURSES)
    read = Envelope(axis, low, middle, high, rows("limit"), batches)
    if not (np.isfinite(read.limit) & (read.limit > 0.0)).all():
        raise ValueError(f"{axis.value}: a limit that is none")
    told = np.isfinite([low, middle, high])
    absent = np.isnan([low, middle, high]).all(axis=0)
    if not (told.all(axis=0) | absent).all():
        raise ValueError(f"{axis.value}: a quantile that is no number")
    if not ((low <= middle) & (middle <= high) | absent).all():
        raise ValueError(f"{axis.value}: quantiles out of order")
    return read
