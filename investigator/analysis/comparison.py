"""Plant against twin for one run, ready for inference: residuals, noise, and what a scenario adds.

- Everything is in standardised innovations: independent, of variance one when nothing is wrong and
  the noise models hold.
- `signature` runs the twin; every hypothesis is judged by it and by nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.process.line import LineParameters
from investigator.twin.channels import POINTS, SERIES, SERIES_INDEX
from investigator.twin.measured import Measured, clean_set_point, level_changes, measure
from investigator.twin.noise import all_gains_of, innovations
from investigator.twin.predicted import Frame, Nominals, Predicted, frame, predict
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.reference import Reference
from investigator.twin.scenario import UNPERTURBED, Perturbation
from investigator.twin.standstills import log_rarity

NOISE_BAND = {
    "feed.api": 0.06,
    "feed.mcc": 0.05,
    "feed_factor.api": 0.08,
    "reading.hopper_low": 0.02,
}
DOUBT, CLIP_SD = 0.1, 6.0
POINT_ROW = {c.channel: i for i, c in enumerate(POINTS)}
CHANNELS = tuple(c.channel for c in SERIES + POINTS)
LINE_STOP = CHANNELS.index("line_stop")


@dataclass(frozen=True, slots=True)
class Innovations:
    """A course of all channels, as such and in standardised innovations.

    `series` (series channels, bins) and `points` (point channels, slots) are innovations;
    `raw_series` and `raw_points` are what was filtered, in the channels' units, 0 where unknown.
    """

    series: Array
    points: Array
    raw_series: Array
    raw_points: Array

    def plus(self, other: "Innovations", scale: float) -> "Innovations":
        """This course with `scale` times another on top."""
        return Innovations(
            self.series + scale * other.series,
            self.points + scale * other.points,
            self.raw_series + scale * other.raw_series,
            self.raw_points + scale * other.raw_points,
        )

    def of(self, row: int) -> Array:
        """Innovations of one channel, by its place in `CHANNELS`."""
        own = self.series[row] if row < len(SERIES) else self.points[row - len(SERIES)]
        return np.asarray(own)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One run compared with its unperturbed prediction.

    Attributes:
        slots: row and column of each measured point in the point arrays.
        series_known, points_known: where there is a measurement.
        series_gains, points_gains: Kalman gains of the noise models there.
        residual: innovations of measured minus unperturbed prediction.
        usual_gains: by channel, the gain of the best change in normal batches.
        stop_log_rarity: of the longest standstill, the most that it tells, 0 without one (see
            `twin/standstills.py`).
        departures: recorded large departures (n,) by quantity, for RECORDED failure modes.
        small_departures: the rest by feeder, relative, (n,).
    """

    record: LineRecord
    measured: Measured
    parameters: LineParameters
    nominals: Nominals
    series_noise: Array
    points_noise: Array
    frame: Frame
    null: Predicted
    slots: NDArray[np.int64]
    series_known: Mask
    points_known: Mask
    series_gains: Array
    points_gains: Array
    residual: Innovations
    usual_gains: Array
    stop_log_rarity: float
    departures: Mapping[str, Array]
    small_departures: Mapping[str, Array]


def compare(
    record: LineRecord,
    parameters: LineParameters,
    reference: Reference,
) -> Comparison:
    """Measure the run, predict it unperturbed, and filter the difference."""
    nominals = reference.nominals
    series_noise, points_noise = reference.series_table, reference.points_table
    measured = measure(record)
    ready = frame(record, measured.points, nominals, coarse=True)
    null = predict(ready, UNPERTURBED, parameters, nominals)
    slots = _slots(measured)
    series = measured.series - null.series
    known = np.isfinite(series)
    values = np.array([p.value for p in measured.points])
    points, points_known = _spread(values - null.points, slots)
    series_gains = all_gains_of(known, series_noise, level_changes(record), measured.sd_factor)
    points_gains = all_gains_of(
        points_known,
        points_noise,
        np.zeros(points_known.shape),
        np.ones(points_known.shape),
    )
    off_series = np.where(known, series - series_noise[:, :1], 0.0)
    off_points = np.where(points_known, points - points_noise[:, :1], 0.0)
    residual = Innovations(
        innovations(off_series, known, series_gains, series_noise),
        innovations(off_points, points_known, points_gains, points_noise),
        off_series,
        off_points,
    )
    large, small = recorded_departures(record, measured)
    return Comparison(
        record,
        measured,
        parameters,
        nominals,
        series_noise,
        points_noise,
        ready,
        null,
        slots,
        known,
        points_known,
        series_gains,
        points_gains,
        residual,
        reference.gains,
        _stop_log_rarity(record, reference),
        large,
        small,
    )


def _stop_log_rarity(record: LineRecord, reference: Reference) -> float:
    longest_min = max((stop.seconds / 60.0 for stop in record.standstills), default=0.0)
    if longest_min == 0.0:
        return 0.0
    return log_rarity(longest_min, reference.standstills_min, len(reference.batches))


def _slots(measured: Measured) -> NDArray[np.int64]:
    """Row by channel, column by order of time within the channel, shape (points, 2)."""
    order = sorted(range(len(measured.points)), key=lambda i: (measured.points[i].span.start_ms, i))
    used = [0] * len(POINTS)
    slots = np.zeros((len(measured.points), 2), dtype=np.int64)
    for i in order:
        row = POINT_ROW[measured.points[i].channel]
        slots[i] = (row, used[row])
        used[row] += 1
    return slots


def _spread(values: Array, slots: NDArray[np.int64]) -> tuple[Array, Mask]:
    """Values by slot, (point channels, width), and where they are known."""
    width = int(slots[:, 1].max()) + 1 if slots.size else 1
    out = np.zeros((len(POINTS), width))
    known = np.zeros(out.shape, dtype=np.bool_)
    finite = np.isfinite(values)
    out[slots[finite, 0], slots[finite, 1]] = values[finite]
    known[slots[finite, 0], slots[finite, 1]] = True
    return out, known


def signature(comparison: Comparison, p: Perturbation) -> Innovations:
    """What a perturbation adds to every channel, through the twin and the noise filters."""
    c = comparison
    predicted = predict(c.frame, p, c.parameters, c.nominals, c.null)
    return as_innovations(c, predicted)


def as_innovations(comparison: Comparison, predicted: Predicted) -> Innovations:
    """The difference of a prediction to the unperturbed one, in innovations."""
    c = comparison
    series = predicted.series - c.null.series
    series = np.where(c.series_known & np.isfinite(series), series, 0.0)
    points, _ = _spread(predicted.points - c.null.points, c.slots)
    return _filtered(c, series, np.where(c.points_known, points, 0.0))


def _filtered(c: Comparison, series: Array, points: Array) -> Innovations:
    return Innovations(
        innovations(series, c.series_known, c.series_gains, c.series_noise),
        innovations(points, c.points_known, c.points_gains, c.points_noise),
        series,
        points,
    )


def left_over(c: Comparison, added: Innovations) -> Innovations:
    """What a signature leaves of the residual, for the search of changes.

    The twin is not believed to a tenth of its own prediction, and a single value counts at most
    `CLIP_SD` standard deviations of its channel.
    """
    series = _beyond_doubt(c.residual.raw_series, added.raw_series, c.series_noise)
    points = _beyond_doubt(c.residual.raw_points, added.raw_points, c.points_noise)
    return _filtered(c, series, points)


def _beyond_doubt(residual: Array, added: Array, noise: Array) -> Array:
    left = residual - added
    left = np.sign(left) * np.maximum(np.abs(left) - DOUBT * np.abs(added), 0.0)
    _, between, walk, phi, drift, white = noise.T
    wandered = walk**2 * residual.shape[1]
    fast = drift**2 / np.maximum(1.0 - phi**2, 1e-3)
    sd = np.sqrt(between**2 + wandered + fast + white**2)
    most = CLIP_SD * sd[:, None]
    return np.asarray(np.clip(left, -most, most))


def recorded_departures(
    record: LineRecord, measured: Measured
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Recorded relative departures from the usual course, shape (n,) each: (large, small).

    Large ones, by quantity, are what a RECORDED failure mode takes over: beyond the band of usual
    noise, with their surroundings. Small ones, by feeder, are the rest: what ordinary feeding does.
    What all feeders do together (changes of rate) is no departure of one, nor is a reading in
    doubt. The feed factor is taken against its median; the hopper level in kg below the refill
    level.
    """
    large: dict[str, Array] = {}
    small = {feeder: np.zeros(record.grid_ms.shape) for feeder in FEEDERS}
    feeds = {feeder: np.nan_to_num(_feed_departure(record, feeder)) for feeder in FEEDERS}
    common = np.median(np.vstack(list(feeds.values())), axis=0)
    for feeder in FEEDERS:
        course = feeds[feeder] - common
        beyond = _beyond(course, NOISE_BAND.get(f"feed.{feeder}", 0.06))
        large[f"feed.{feeder}"] = beyond
        small[feeder] = np.where(beyond == 0.0, course, 0.0)
    for quantity, channel in (
        ("feed_factor.api", "feed_factor_api"),
        ("reading.hopper_low", "hopper_low"),
    ):
        row = SERIES_INDEX[channel]
        values = measured.series[row]
        known = np.isfinite(values) & (measured.sd_factor[row] == 1.0)
        course = np.zeros(record.grid_ms.shape)
        if known.any():
            if channel == "feed_factor_api":
                values = np.expm1(values - float(np.median(values[known])))
            course = np.interp(record.grid_ms, measured.bin_ms[known], values[known])
        large[quantity] = _beyond(course, NOISE_BAND[quantity])
    return large, small


def _beyond(course: Array, band: float) -> Array:
    """A course where it leaves the band of its usual noise, with 5 min on either side; else 0."""
    outside = (np.abs(course) > band).astype(np.float64)
    reach = int(300 / STEP_S)
    near = np.convolve(outside, np.ones(2 * reach + 1), mode="same") > 0.5
    return np.asarray(np.where(near, course, 0.0))


def _feed_departure(record: LineRecord, feeder: str) -> Array:
    """Departure on the simulation grid, taken back by half the 40 s weight-slope window."""
    set_point = clean_set_point(record, feeder)
    ratio = record.sure(f"{feeder}.flow") / np.maximum(set_point, 1e-6) - 1.0
    ratio = np.convolve(np.nan_to_num(ratio), np.full(3, 1.0 / 3.0), mode="same")
    lead = int(20 / STEP_S)
    shifted = np.concatenate([ratio[lead:], np.full(lead, np.nan)])
    on = (set_point > 1e-6) & record.running
    return np.where(on, np.clip(shifted, -1.0, 3.0), np.nan)


def channel_gains(
    residual: Array, added: Array, known: NDArray[np.bool_], discrepancy: float
) -> Array:
    """Log-likelihood gain per channel of a signature over none, shape (channels,).

    Innovations are taken as Student-t with 5 degrees of freedom, of a variance that grows with the
    square of `discrepancy` times the innovation itself: loud data are not fitted more closely than
    the twin can be believed.
    """
    variance = 1.0 + (discrepancy * residual) ** 2
    left = residual - added
    gain = 3.0 * np.log1p(residual * residual / (5.0 * variance))
    gain -= 3.0 * np.log1p(left * left / (5.0 * variance))
    return np.asarray(np.where(known, gain, 0.0).sum(axis=1))
