"""The measured side of the comparison: every channel of a run, on the comparison grid.

- Series are means over bins of `GRID_S`; a bin is NaN where the channel says nothing there (refill
  and settling for a feeder's weight slope, start-up, standstill, missing data).
- A bin whose signals are in doubt says by how much its standard deviation is larger; an
  oscillation, itself a standard deviation, is not measured on doubtful samples.
- Points keep their place in time: the sample's instant, or the fill span of the container.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.instant import Span
from investigator.twin.channels import BY_ID, GRID_S, NOT_OF_MATERIAL, SERIES
from investigator.twin.record import (
    LONG_STOP_S,
    STEP_S,
    Array,
    LineRecord,
    LotInUse,
    Mask,
)
from investigator.twin.record_map import FEEDERS

BIN = int(GRID_S / STEP_S)
FEWEST_FOR_SPREAD, LEAST_SPREAD = 5, 0.05


@dataclass(frozen=True, slots=True)
class Point:
    """A measured value with its place: `n` values went into it; `group` names its run or lot."""

    channel: str
    span: Span
    value: float
    n: int
    group: str
    container_id: str


@dataclass(frozen=True, slots=True)
class Measured:
    """All channels of a run: `series` of shape (channels, bins) in the order of `SERIES`.

    `sd_factor`, of the same shape and at least 1, is by how much the standard deviation of a bin is
    larger than the noise of its channel.
    """

    bin_ms: NDArray[np.int64]
    series: Array
    points: tuple[Point, ...]
    sd_factor: Array


def binned(values: Array) -> Array:
    """Means over the bins of the comparison grid, shape (…, n // BIN); NaN where a bin is empty."""
    count = values.shape[-1] // BIN
    blocks = values[..., : count * BIN].reshape(*values.shape[:-1], count, BIN)
    known = np.isfinite(blocks)
    total = np.where(known, blocks, 0.0).sum(axis=-1)
    number = known.sum(axis=-1)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def rolling_log_sd(values: Array, window_s: float) -> Array:
    """log10 of the standard deviation over a centred window; NaN with under half the samples."""
    half = int(window_s / STEP_S / 2)
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)

    def moving(x: Array) -> Array:
        total = np.concatenate([np.zeros(1), np.cumsum(x)])
        lo = np.maximum(np.arange(x.size) - half, 0)
        hi = np.minimum(np.arange(x.size) + half + 1, x.size)
        return np.asarray(total[hi] - total[lo])

    number = moving(known.astype(np.float64))
    mean = moving(filled) / np.maximum(number, 1)
    variance = moving(filled**2) / np.maximum(number, 1) - mean**2
    floor = 1e-10 + 1e-6 * float(np.median(np.abs(values[known]))) ** 2 if known.any() else 1e-10
    out = 0.5 * np.log10(np.maximum(variance, floor))
    return np.where(known & (number >= half), out, np.nan)


def measure(record: LineRecord) -> Measured:
    """All channels of the run as the plant recorded them."""
    fine = np.vstack([_series(record, c.channel) for c in SERIES])
    doubt = np.vstack([record.sd_factor(*roles_of(c.channel)) for c in SERIES])
    bins = fine.shape[1] // BIN
    bin_ms = record.grid_ms[: bins * BIN : BIN] + int(500 * (GRID_S - STEP_S))
    return Measured(bin_ms, binned(fine), _points(record), binned(doubt))


def roles_of(channel: str) -> tuple[str, ...]:
    """The measured signals that a series channel is made of; set-points and modes are inputs."""
    name, _, feeder = channel.rpartition("_")
    if name == "feed" and feeder in FEEDERS:
        return (f"{feeder}.flow",)
    if name == "feed_factor":
        return (f"{feeder}.flow", f"{feeder}.screw_speed")
    return ROLES[channel]


def refill_mask(record: LineRecord, feeder: str) -> Mask:
    """Where the feeder's weight slope says nothing: refill, settling, 40 s after (its window)."""
    mode = record.roles[f"{feeder}.mode"]
    blind = (mode == record.named.refill) | (mode == record.named.settle)
    steps = int(40 / STEP_S)
    late = blind.copy()
    for k in range(1, steps + 1):
        late[k:] |= blind[:-k]
    return np.asarray(late, dtype=np.bool_)


def clean_set_point(record: LineRecord, feeder: str) -> Array:
    """Mass-flow set-point in kg/h, shape (n,), with lone dropouts of the export taken out.

    The four set-points move together with the total rate; one that leaves the others by more than a
    quarter is replaced by the others' ratio. Where none was ever recorded, the flow of the recipe
    stands in while the press turns: a line without set-points is not one without powder.
    """
    levels = {f: _usual_flow(record, f) for f in FEEDERS}
    ratios = np.vstack([record.roles[f"{f}.flow_set_point"] / levels[f] for f in FEEDERS])
    known = np.isfinite(ratios).any(axis=0)
    common = np.zeros(record.grid_ms.shape) if known.any() else record.running.astype(np.float64)
    common[known] = np.nanmedian(ratios[:, known], axis=0)
    own = ratios[FEEDERS.index(feeder)]
    astray = ~np.isfinite(own) | (np.abs(own - common) > 0.25 * np.maximum(common, 0.2))
    return np.where(astray, common * levels[feeder], record.roles[f"{feeder}.flow_set_point"])


def _usual_flow(record: LineRecord, feeder: str) -> float:
    """Median set-point in production, kg/h; without it, the recipe's share of its throughput."""
    set_point = record.roles[f"{feeder}.flow_set_point"]
    chosen = set_point[record.producing & np.isfinite(set_point)]
    if chosen.size:
        return max(float(np.median(chosen)), 1e-9)
    share = record.set_points.get(f"{feeder}_share", 0.0)
    return max(share / 100.0 * record.set_points.get("throughput", 0.0), 1e-9)


def lot_changes(record: LineRecord) -> Array:
    """Share of a change of material lot in each bin: spread over 40 min from its first refill.

    Where no lot at all is on record, any refill may have begun one: a change is always under way.
    """
    steps = int(2400 / STEP_S)
    if not record.lots:
        return binned(np.full(record.grid_ms.shape, 1.0 / steps)) * BIN
    share = np.zeros(record.grid_ms.shape)
    for lot in record.lots:
        if not lot.first:
            begin = record.index(lot.start_ms)
            share[begin : begin + steps] += 1.0 / steps
    return binned(share) * BIN


def level_changes(record: LineRecord) -> Array:
    """`lot_changes` of every series channel, (channels, bins); none where no material is seen."""
    of_material = np.array([c.channel not in NOT_OF_MATERIAL for c in SERIES], dtype=np.float64)
    return np.outer(of_material, lot_changes(record))


def _series(record: LineRecord, channel: str) -> Array:
    name, _, feeder = channel.rpartition("_")
    if name == "feed":
        return _feed(record, feeder)
    if name == "feed_factor":
        return _feed_factor(record, feeder)
    return _MEASURES[channel](record)


def _feed(record: LineRecord, feeder: str) -> Array:
    set_point = clean_set_point(record, feeder)
    on = record.producing & ~refill_mask(record, feeder) & (set_point > 1e-6)
    ratio = record.roles[f"{feeder}.flow"] / np.maximum(set_point, 1e-6) - 1.0
    return np.where(on, ratio, np.nan)


def _feed_factor(record: LineRecord, feeder: str) -> Array:
    flow, speed = record.roles[f"{feeder}.flow"], record.roles[f"{feeder}.screw_speed"]
    on = record.producing & ~refill_mask(record, feeder) & (speed > 1.0)
    level = np.log(np.maximum(flow, 1e-3) / np.maximum(speed, 1e-3))
    return np.where(on, level, np.nan)


def _feed_mcc_spread(record: LineRecord) -> Array:
    known = np.isfinite(record.sure("mcc.flow"))
    return rolling_log_sd(np.where(known, _feed(record, "mcc"), np.nan), 300.0)


def _volumetric(record: LineRecord) -> Array:
    mode = record.roles["mgst.mode"]
    return np.where(record.producing & np.isfinite(mode), mode == record.named.volumetric, np.nan)


def _hopper_low(record: LineRecord) -> Array:
    weight = record.roles["api.net_weight"]
    low = record.named.usual["api_hopper_low"]
    return np.where(record.running, np.maximum(low - weight, 0.0), np.nan)


def _ratio(role: str, set_point: str) -> Callable[[LineRecord], Array]:
    def measure_ratio(record: LineRecord) -> Array:
        value = record.roles[role]
        target = record.set_points.get(set_point, _median_known(value[record.producing]))
        return np.where(record.producing, value / target - 1.0, np.nan)

    return measure_ratio


def _plain(role: str) -> Callable[[LineRecord], Array]:
    return lambda record: np.where(record.producing, record.roles[role], np.nan)


def _log(role: str) -> Callable[[LineRecord], Array]:
    def measure_log(record: LineRecord) -> Array:
        value = record.roles[role]
        return np.where(record.producing & (value > 0), np.log(np.maximum(value, 1e-9)), np.nan)

    return measure_log


def _force(record: LineRecord) -> Array:
    set_point = record.roles["press.force_set_point"]
    ratio = record.roles["press.force"] / np.maximum(set_point, 1e-6) - 1.0
    return np.where(record.producing, ratio, np.nan)


def _force_spread(record: LineRecord) -> Array:
    known = np.isfinite(record.sure("press.force"))
    return rolling_log_sd(np.where(known, _force(record), np.nan), 180.0)


def _median_known(values: Array) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else float("nan")


def _fill_spread(record: LineRecord) -> Array:
    depth = np.where(record.producing, record.sure("press.fill_depth"), np.nan)
    return rolling_log_sd(depth / _median_known(depth), 180.0)


def _force_min(record: LineRecord) -> Array:
    ratio = record.roles["press.force_min"] / np.maximum(record.roles["press.force"], 1e-6) - 1.0
    return np.where(record.producing, ratio, np.nan)


def _gate_mismatch(record: LineRecord) -> Array:
    commanded, actual = record.roles["gate.command"], record.roles["gate.feedback"]
    wrong = (commanded == 1) & (actual == 0)
    return np.where(record.running & np.isfinite(actual), wrong, np.nan)


def _line_stop(record: LineRecord) -> Array:
    stopped = np.zeros(record.grid_ms.shape)
    for stop in record.standstills:
        if stop.seconds >= LONG_STOP_S:
            inside = (record.grid_ms >= stop.start_ms) & (record.grid_ms < stop.end_ms)
            stopped[inside] = 1.0
    return stopped


_MEASURES: dict[str, Callable[[LineRecord], Array]] = {
    "feed_mcc_spread": _feed_mcc_spread,
    "volumetric_mgst": _volumetric,
    "hopper_low": _hopper_low,
    "blender_speed": _ratio("blender.speed", "blender_speed"),
    "holdup": _plain("blender.holdup"),
    "nir_api": _plain("nir.api"),
    "nir_water": _plain("nir.water"),
    "nir_q": _plain("nir.q"),
    "paddle_speed": _ratio("paddle.speed", "paddle_speed"),
    "turret_speed": _ratio("turret.speed", "turret_speed"),
    "fill_depth": _log("press.fill_depth"),
    "force": _force,
    "force_spread": _force_spread,
    "fill_spread": _fill_spread,
    "force_srel": _plain("press.force_srel"),
    "force_min": _force_min,
    "pre_force": _log("press.pre_force"),
    "ejection": _log("press.ejection_force"),
    "room_rh": _plain("room.rh"),
    "gate_mismatch": _gate_mismatch,
    "line_stop": _line_stop,
}

ROLES: dict[str, tuple[str, ...]] = {
    "feed_mcc_spread": (),
    "volumetric_mgst": (),
    "hopper_low": ("api.net_weight",),
    "blender_speed": ("blender.speed",),
    "holdup": ("blender.holdup",),
    "nir_api": ("nir.api",),
    "nir_water": ("nir.water",),
    "nir_q": ("nir.q",),
    "paddle_speed": ("paddle.speed",),
    "turret_speed": ("turret.speed",),
    "fill_depth": ("press.fill_depth",),
    "force": ("press.force",),
    "force_spread": (),
    "fill_spread": (),
    "force_srel": ("press.force_srel",),
    "force_min": ("press.force_min", "press.force"),
    "pre_force": ("press.pre_force",),
    "ejection": ("press.ejection_force",),
    "room_rh": ("room.rh",),
    "gate_mismatch": (),
    "line_stop": (),
}


def _points(record: LineRecord) -> tuple[Point, ...]:
    return (*_in_process(record), *_laboratory(record), *_certificates(record))


def _in_process(record: LineRecord) -> list[Point]:
    points, tester = [], record.named.at_line_tester
    for sample in record.samples:
        for test in sample.tests:
            channel = record.named.in_process.get(test.code)
            if channel and test.values:
                span = Span(sample.t_ms - 30_000, sample.t_ms + 30_000)
                value = float(np.median(test.values))
                points.append(
                    Point(channel, span, value, len(test.values), tester, sample.container_id)
                )
    return points


def _laboratory(record: LineRecord) -> list[Point]:
    spans = {c.container_id: c.filled for c in record.containers}
    values: dict[tuple[str, str, str], list[float]] = {}
    for r in record.laboratory:
        channel = record.named.laboratory.get(r.test)
        if channel and r.container_id in spans:
            values.setdefault((channel, r.container_id, r.run_id), []).append(r.result)
    points = []
    for (channel, container, run), results in values.items():
        value = _statistic(channel, results)
        if value is not None:
            points.append(Point(channel, spans[container], value, len(results), run, container))
    return points


def _statistic(channel: str, results: list[float]) -> float | None:
    """What a point channel takes of replicate results: mean of two, median of more, or a spread.

    The median, because one tablet of a bad station must not move the mean of a sample.
    """
    if channel != "lab_cu_spread":
        return float(np.median(results) if len(results) > 2 else np.mean(results))
    if len(results) < FEWEST_FOR_SPREAD:
        return None
    spread = float(np.std(np.array(results), ddof=1))
    return float(np.log10(max(spread, LEAST_SPREAD)))


def _certificates(record: LineRecord) -> list[Point]:
    points = []
    end = int(record.grid_ms[-1])
    for lot in record.lots:
        later = [o.start_ms for o in record.lots if o.feeder == lot.feeder and not o.first]
        until = min([t for t in later if t > lot.start_ms], default=end)
        span = Span(min(lot.start_ms, until), until)
        for channel, test in record.named.certificates.get(lot.feeder, {}).items():
            if channel not in BY_ID:
                continue
            level = _certified(channel, lot, lot.certificate.get(test))
            if level is not None:
                points.append(Point(channel, span, level, 1, lot.lot_id, ""))
    return points


def _certified(channel: str, lot: LotInUse, value: float | None) -> float | None:
    """What a point channel takes of a certificate; None where it says nothing."""
    if value is None:
        return None
    if channel == "lot_api_density":
        return float(np.log(value))
    if channel != "potency_entry":
        return value
    entered = lot.potency_entered_pct
    return None if entered is None else entered - value
