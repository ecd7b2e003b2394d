"""How every measured tag is predicted in normal production, left out batch by batch.

- Of every batch in turn, usual levels, offset and noise of every channel are estimated from the
  others alone; then the batch is predicted.
- RMSEP, bias and R2 are of the course that the twin predicts with the usual offset, without what
  the batch's own earlier values tell. NIS and coverage are of the innovations: one step ahead, with
  what the noise model has learned from the batch so far. They judge what the diagnosis rests on.
- Values in doubt and bins outside normal production are left out.
- Channels of `APART` have no innovations of their own in normal production and are not judged.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from investigator.domain.validation import Figure, TagFigures
from investigator.process.line import LineParameters
from investigator.twin.channels import POINTS, SERIES, SERIES_INDEX, Channel
from investigator.twin.measured import Measured, level_changes, lot_changes, measure
from investigator.twin.noise import ChannelNoise, filtered, gains_of, noise_table
from investigator.twin.record import Array, LineRecord
from investigator.twin.reference import (
    channel_noise,
    in_order,
    padded,
    residuals_of,
    usual_levels,
)
from investigator.twin.validate.metrics import coverage, mean_by_batch, nis, r2_pred, rmsep

_FLAG = "a flag that is zero throughout normal production"
_SPREAD = "the moving standard deviation of a tag that is judged itself; its windows overlap"
_ENTRY = "an entry or a certificate of a lot: an input of the twin, nothing that it predicts"

APART: Mapping[str, str] = {
    "volumetric_mgst": _FLAG,
    "hopper_low": _FLAG,
    "gate_mismatch": _FLAG,
    "line_stop": _FLAG,
    "feed_mcc_spread": _SPREAD,
    "force_spread": _SPREAD,
    "fill_spread": _SPREAD,
    "potency_entry": _ENTRY,
    "lot_mcc_lod": _ENTRY,
    "lot_api_d50": _ENTRY,
    "lot_api_density": _ENTRY,
}
JUDGED: tuple[Channel, ...] = tuple(c for c in SERIES + POINTS if c.channel not in APART)


@dataclass(frozen=True, slots=True)
class _Run:
    """A normal run, measured once for all folds."""

    record: LineRecord
    measured: Measured
    values: Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """What a channel of a left-out batch shows: predicted minus measured, mean of the other batches
    minus measured, and standardised innovations, each of shape (values,)."""

    errors: Array
    from_mean: Array
    z: Array


def tag_figures(
    records: Sequence[LineRecord], parameters: LineParameters, executor: Executor, *, seed: int
) -> tuple[TagFigures, ...]:
    """The figures of every channel of `JUDGED` that the runs measure, in that order.

    Args:
        records: normal runs, at least three.
        parameters: of the line; they come from characterisation, not from these runs.
        executor: runs the folds; its kind changes nothing but the time.
        seed: of the bootstrap.
    """
    runs = [_run(record) for record in records]
    changes = padded([lot_changes(run.record) for run in runs])
    all_rows = _residuals(runs, runs, parameters)

    def whole(c: Channel) -> ChannelNoise:
        return channel_noise(c.channel, padded([row[c.channel] for row in all_rows]), changes)

    start = dict(zip((c.channel for c in JUDGED), executor.map(whole, JUDGED), strict=True))

    def fold(left: int) -> dict[str, _LeftOut]:
        others = [run for i, run in enumerate(runs) if i != left]
        rows = _residuals([*others, runs[left]], others, parameters)
        return _fold(others, np.delete(changes, left, axis=0), rows, runs[left], start)

    folds = list(executor.map(fold, range(len(runs))))
    named = records[0].named
    found = [_figures(c, named.title(c), [f[c.channel] for f in folds], seed=seed) for c in JUDGED]
    return tuple(figures for figures in found if figures is not None)


def _run(record: LineRecord) -> _Run:
    measured = measure(record)
    sure = np.where(measured.sd_factor > 1.0, np.nan, measured.series)
    values = {c.channel: sure[i] for i, c in enumerate(SERIES)}
    for c in POINTS:
        order = in_order(measured, c.channel)
        values[c.channel] = np.array([measured.points[i].value for i in order])
    return _Run(record, measured, values)


def _residuals(
    runs: Sequence[_Run], normal: Sequence[_Run], parameters: LineParameters
) -> list[dict[str, Array]]:
    """Residuals of runs by channel, with the usual levels of the normal ones."""
    nominals = usual_levels([run.measured for run in normal])
    return [residuals_of(run.record, run.measured, parameters, nominals) for run in runs]


def _fold(
    others: Sequence[_Run],
    changes: Array,
    rows: Sequence[Mapping[str, Array]],
    left: _Run,
    start: Mapping[str, ChannelNoise],
) -> dict[str, _LeftOut]:
    """The left-out batch by channel; `rows`: residuals of the others, then of the batch itself."""
    found = {}
    for c in JUDGED:
        of_others = padded([row[c.channel] for row in rows[:-1]])
        noise = channel_noise(c.channel, of_others, changes, start[c.channel])
        usual = np.concatenate([run.values[c.channel] for run in others])
        mean = float(np.nanmean(usual)) if np.isfinite(usual).any() else 0.0
        found[c.channel] = _left_out(c.channel, rows[-1][c.channel], left, noise, mean)
    return found


def _left_out(
    channel: str, residual: Array, left: _Run, noise: ChannelNoise, mean: float
) -> _LeftOut:
    known = np.isfinite(residual)
    changing = np.zeros(residual.size)
    if channel in SERIES_INDEX:
        changing = np.nan_to_num(level_changes(left.record)[SERIES_INDEX[channel]])
    off = np.where(known, residual - noise.bias, 0.0)
    row = noise_table((noise,))[0]
    gains = gains_of(known, row, changing, np.ones(residual.size))
    z = filtered(off, known, gains, noise.phi)
    return _LeftOut(-off[known], mean - left.values[channel][known], z[known])


def _figures(c: Channel, title: str, left: Sequence[_LeftOut], *, seed: int) -> TagFigures | None:
    """The figures of one channel over all folds; None where nothing was measured."""
    batch = np.repeat(np.arange(len(left)), [part.z.size for part in left])
    if not batch.size:
        return None
    errors = np.concatenate([part.errors for part in left])
    z = np.concatenate([part.z for part in left])
    found = nis(z, batch)
    bias = mean_by_batch(errors, batch, seed=seed)
    return TagFigures(
        channel=c.channel,
        title=title,
        unit=c.unit,
        values=int(batch.size),
        batches=len(np.unique(batch)),
        rmsep=rmsep(errors) * c.to_unit,
        bias=Figure(bias.value * c.to_unit, bias.low * c.to_unit, bias.high * c.to_unit),
        r2_pred=r2_pred(errors, np.concatenate([part.from_mean for part in left])),
        coverage=coverage(z, batch, seed=seed),
        nis=found.value,
        nis_low=found.low,
        nis_high=found.high,
    )
