"""The predicted side of the comparison: every channel of a run as the twin expects it.

- Without a perturbation the line is run on its set-points, with the potency as entered and nominal
  lot properties: what the plant would show if nothing were wrong.
- With a perturbation, quantities of the line go through the simulation and readings through the
  sensors; the difference to the unperturbed prediction is the signature of a hypothesis.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from investigator.process.line import LineInputs, LineOutputs, LineParameters, simulate
from investigator.twin.channels import BY_ID, POINTS, SERIES
from investigator.twin.feed_reading import weight_slope
from investigator.twin.measured import BIN, Point, binned, clean_set_point, rolling_log_sd
from investigator.twin.quantities import READINGS
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.scenario import Perturbation


@dataclass(frozen=True, slots=True)
class Nominals:
    """Nominal lot properties, room and quiet levels of the line (from the package)."""

    api_d50_um: float
    mcc_lod_pct: float
    room_rh_pct: float
    feed_spread: float
    force_spread: float
    fill_spread: float
    force_srel_pct: float
    force_min: float
    cu_spread: float
    nir_q: float


@dataclass(frozen=True, slots=True)
class Predicted:
    """Every channel as predicted (`series`: channels x bins, `points`: points) and the product."""

    series: Array
    points: Array
    inputs: LineInputs
    outputs: LineOutputs


@dataclass(frozen=True, slots=True)
class Frame:
    """A run made ready for prediction at one time step.

    Attributes:
        coarse: True at the step of the comparison grid, False at that of the record.
        base: unperturbed inputs. running: press turning.
        commanded: share of the step in which rejection is commanded.
        first, last: for each point, the steps that it covers; `ends`: the last of the record's.
        rows: places of the points, by channel.
    """

    record: LineRecord
    points: tuple[Point, ...]
    coarse: bool
    base: LineInputs
    running: Mask
    commanded: Array
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    ends: NDArray[np.int64]
    rows: Mapping[str, NDArray[np.int64]]

    def course(self, value: Array | float) -> Array:
        """A factor or offset of the record's grid, on the steps of this frame."""
        n = self.running.size
        if np.ndim(value) == 0:
            return np.full(n, float(value))
        array = np.asarray(value, dtype=np.float64)
        return binned(array)[:n] if self.coarse else array


def frame(
    record: LineRecord, points: tuple[Point, ...], nominals: Nominals, *, coarse: bool
) -> Frame:
    """A run ready for prediction on its comparison grid (`coarse`) or its own."""
    base = nominal_inputs(record, nominals)
    running, commanded = record.running, (record.roles["gate.command"] == 1).astype(np.float64)
    every = BIN if coarse else 1
    if coarse:
        base = _coarse_inputs(base)
        running = binned(running.astype(np.float64)) >= 0.5
        commanded = binned(commanded)
    n = running.size
    place = np.array(
        [[record.index(q.span.start_ms), record.index(q.span.end_ms)] for q in points],
        dtype=np.int64,
    ).reshape(-1, 2)
    place = np.minimum(place // every, n - 1)
    ends = np.array([record.index(q.span.end_ms - 1) for q in points], dtype=np.int64)
    channels = np.array([q.channel for q in points])
    rows = {c.channel: np.flatnonzero(channels == c.channel) for c in POINTS}
    first, last = place[:, 0], place[:, 1]
    return Frame(record, points, coarse, base, running, commanded, first, last, ends, rows)


def _coarse_inputs(base: LineInputs) -> LineInputs:
    changed: dict[str, Array] = {
        f.name: binned(getattr(base, f.name)) for f in fields(LineInputs) if f.name != "step_s"
    }
    return LineInputs(step_s=STEP_S * BIN, **changed)


def nominal_inputs(record: LineRecord, nominals: Nominals) -> LineInputs:
    """The inputs of a run in which everything is as set: recorded set-points, entered potency."""
    n = record.grid_ms.size
    running = record.running
    usual = {**record.named.usual, **record.set_points}
    force = _held(record.roles["press.force_set_point"], usual["main_force"])
    gap = _median(record.roles["press.gap"], record)
    gap = gap if np.isfinite(gap) else usual["main_gap"]
    turret = record.set_points.get("turret_speed", _median(record.roles["turret.speed"], record))
    moving = running | (np.nan_to_num(record.roles["mcc.flow_set_point"]) > 0.1)
    return LineInputs(
        step_s=STEP_S,
        feed_kg_h=np.vstack([np.nan_to_num(clean_set_point(record, f)) for f in FEEDERS]),
        api_potency=_entered_potency(record),
        api_d50_um=np.full(n, nominals.api_d50_um),
        mcc_lod_pct=np.full(n, nominals.mcc_lod_pct),
        mcc_compactability=np.ones(n),
        mcc_bulk=np.ones(n),
        lactose_bulk=np.ones(n),
        blender_rpm=np.where(moving, usual["blender_speed"], 0.0),
        paddle_rpm=np.where(moving, usual["paddle_speed"], 0.0),
        turret_rpm=np.where(running, turret, 0.0),
        chute_level_pct=_filled(record.roles["chute.level"], record.named.usual["chute_level"]),
        main_force_kn=force,
        main_gap_mm=np.full(n, gap),
        room_rh_pct=np.full(n, nominals.room_rh_pct),
    )


def _median(values: Array, record: LineRecord) -> float:
    chosen = values[record.producing & np.isfinite(values)]
    return float(np.median(chosen)) if chosen.size else float("nan")


def _filled(values: Array, default: float) -> Array:
    known = np.flatnonzero(np.isfinite(values))
    if known.size == 0:
        return np.full(values.shape, default)
    return np.interp(np.arange(values.size), known, values[known])


def _held(values: Array, default: float) -> Array:
    known = np.isfinite(values) & (values > 0.5)
    if not known.any():
        return np.full(values.shape, default)
    index = np.maximum.accumulate(np.where(known, np.arange(values.size), -1))
    first = int(np.flatnonzero(known)[0])
    return values[np.maximum(index, first)]


def _entered_potency(record: LineRecord) -> Array:
    """Active mass fraction of the API powder at the screw, by the potency entered for each lot."""
    potency = np.full(record.grid_ms.shape, record.named.usual["api_potency"])
    level = None
    for lot in record.lots:
        if lot.feeder != "api" or lot.potency_entered_pct is None:
            continue
        entered = lot.potency_entered_pct / 100.0
        if level is None:
            potency[:] = entered
        else:
            age = np.maximum((record.grid_ms - lot.start_ms) / 1000.0, 0.0)
            potency = potency + (entered - level) * (1.0 - np.exp(-age / 1300.0))
        level = entered
    return potency


LINE_QUANTITIES = (
    *(f"feed.{name}" for name in FEEDERS),
    "api.potency",
    "api.d50",
    "mcc.lod",
    "mcc.compactability",
    "blender.speed",
    "paddle.speed",
    "turret.speed",
    "main.force",
    "room.rh",
)


def changes_the_line(p: Perturbation) -> bool:
    """Whether anything but readings is perturbed, so that the line must be simulated again."""
    return any(q in p.factors or q in p.offsets for q in LINE_QUANTITIES)


def perturbed_inputs(f: Frame, p: Perturbation) -> LineInputs:
    """The inputs with the line quantities of a perturbation applied."""
    base = f.base

    def factor(quantity: str) -> Array:
        return f.course(p.factor(quantity))

    def offset(quantity: str) -> Array:
        return f.course(p.offset(quantity))

    return replace(
        base,
        feed_kg_h=np.vstack(
            [base.feed_kg_h[i] * factor(f"feed.{name}") for i, name in enumerate(FEEDERS)]
        ),
        api_potency=base.api_potency + offset("api.potency"),
        api_d50_um=np.maximum(base.api_d50_um + offset("api.d50"), 3.0),
        mcc_lod_pct=np.maximum(base.mcc_lod_pct + offset("mcc.lod"), 0.5),
        mcc_compactability=base.mcc_compactability * factor("mcc.compactability"),
        blender_rpm=base.blender_rpm * factor("blender.speed"),
        paddle_rpm=base.paddle_rpm * factor("paddle.speed"),
        turret_rpm=base.turret_rpm * factor("turret.speed"),
        main_force_kn=base.main_force_kn * factor("main.force"),
        room_rh_pct=np.clip(base.room_rh_pct + offset("room.rh"), 5.0, 95.0),
    )


def predict(
    f: Frame,
    p: Perturbation,
    parameters: LineParameters,
    nominals: Nominals,
    unperturbed: Predicted | None = None,
) -> Predicted:
    """Every channel of the run under a perturbation (`UNPERTURBED` for none).

    Args:
        f: the run, ready for prediction.
        p: the perturbation.
        parameters, nominals: of the twin package.
        unperturbed: where at hand, taken over for what the perturbation cannot change.
    """
    if unperturbed is not None and not changes_the_line(p):
        inputs, outputs = unperturbed.inputs, unperturbed.outputs
    else:
        inputs = perturbed_inputs(f, p)
        outputs = simulate(inputs, parameters)
    courses = _series(f, inputs, outputs, p, nominals, parameters)
    size = np.log(np.maximum(outputs.api_d50_um, 1.0) / nominals.api_d50_um)
    courses["nir_api"] = courses["nir_api"] + parameters.nir.api_d50 * size
    series = np.vstack([_read(f, p, c.channel, courses[c.channel]) for c in SERIES])
    return Predicted(
        series if f.coarse else binned(series),
        _points(f, outputs, p, nominals),
        inputs,
        outputs,
    )


def _series(
    f: Frame,
    inputs: LineInputs,
    out: LineOutputs,
    p: Perturbation,
    nom: Nominals,
    line: LineParameters,
) -> dict[str, Array]:
    def factor(quantity: str) -> Array:
        return f.course(p.factor(quantity))

    def offset(quantity: str) -> Array:
        return f.course(p.offset(quantity))

    series: dict[str, Array] = {}
    for name in FEEDERS:
        reading = factor(f"reading.feed_{name}")
        series[f"feed_{name}"] = f.course(weight_slope(p.factor(f"feed.{name}"))) * reading - 1.0
        series[f"feed_factor_{name}"] = np.log(
            np.maximum(factor(f"feed_factor.{name}"), 0.02)
        ) + np.log(reading)
    series["feed_mcc_spread"] = _joined_spread(nom.feed_spread, f.course(_swing(p)))
    series["volumetric_mgst"] = offset("reading.volumetric_mgst")
    series["hopper_low"] = factor("reading.hopper_low") - 1.0
    series["blender_speed"] = factor("blender.speed") - 1.0
    series["holdup"] = _over_bins(f, out.blender_holdup_kg)
    series["nir_api"] = _over_bins(f, out.nir_api_pct) * factor("reading.nir_api")
    series["nir_water"] = _over_bins(f, out.nir_water_pct)
    series["nir_q"] = nom.nir_q + offset("reading.nir_q")
    series["paddle_speed"] = factor("paddle.speed") - 1.0
    series["turret_speed"] = factor("turret.speed") - 1.0
    series["fill_depth"] = np.log(np.maximum(out.fill_depth_mm, 0.1)) - np.log(
        factor("blend.bulk_density")
    )
    signature = line.signature
    swing_force = offset("press.oscillation") / 100.0 / np.sqrt(2.0)
    series["force"] = np.zeros(f.running.size)
    series["force_spread"] = _joined_spread(nom.force_spread, swing_force)
    swing_fill = swing_force * signature.fill_per_force_mm
    series["fill_spread"] = _joined_spread(nom.fill_spread, swing_fill)
    drop = offset("press.punch_loss") * signature.punch_force_per_mm
    series["force_srel"] = np.sqrt(nom.force_srel_pct**2 + (100.0 * drop) ** 2 * 35.0 / 36.0**2)
    series["force_min"] = _lowest_station(nom.force_min, drop, line.stations.force_rsd)
    series["pre_force"] = np.log(np.maximum(out.pre_force_kn, 1e-3))
    series["ejection"] = np.log(np.maximum(out.ejection_n, 1.0))
    series["room_rh"] = inputs.room_rh_pct
    series["gate_mismatch"] = offset("press.gate_failure") * f.commanded
    series["line_stop"] = np.clip(offset("line.standstill") / 10.0, 0.0, 1.0)
    return series


def _read(f: Frame, p: Perturbation, channel: str, course: Array) -> Array:
    """A course as an instrument tells it that reads otherwise by what is added, in its unit."""
    wrong = p.offsets.get(f"reading.{channel}") if channel in READINGS else None
    return course if wrong is None else course + f.course(wrong) / BY_ID[channel].to_unit


def _lowest_station(usual: float, drop: Array, scatter: float) -> Array:
    """Lowest of the usual stations and of one whose force drops, both with their scatter."""
    lowest = -scatter * np.logaddexp(-usual / scatter, drop / scatter)
    return np.asarray(np.where(drop > 0, lowest, usual))


def _over_bins(f: Frame, state: Array) -> Array:
    """A state, which a simulation gives at the start of each step, as the mean over its bin.

    A bin of the comparison grid is the mean of the samples of the record in it, of which the first
    lies at the start of the step.
    """
    if not f.coarse:
        return state
    ahead = np.concatenate([state[1:], state[-1:]])
    return np.asarray(state + (ahead - state) * (BIN - 1) / (2.0 * BIN))


def _swing(p: Perturbation) -> Array | float:
    """Standard deviation over 5 min of a perturbation of the MCC feed."""
    if "feed.mcc" not in p.factors:
        return 0.0
    return np.asarray(10.0 ** np.nan_to_num(rolling_log_sd(p.factors["feed.mcc"], 300.0), nan=-9.0))


def _joined_spread(quiet_log_sd: float, swing: Array) -> Array:
    """log10 of the sd of quiet noise and an independent swing together."""
    return np.asarray(0.5 * np.log10(10.0 ** (2.0 * quiet_log_sd) + np.asarray(swing) ** 2))


def _points(f: Frame, out: LineOutputs, p: Perturbation, nom: Nominals) -> Array:
    values = np.full(len(f.points), np.nan)
    if not f.points:
        return values
    for channel, course in _courses(f, out, p).items():
        chosen = f.rows[channel]
        values[chosen] = _means(course, f.running, f.first[chosen], f.last[chosen])
    spread = f.rows["lab_cu_spread"]
    mean = _means(out.assay_pct, f.running, f.first[spread], f.last[spread])
    square = _means(out.assay_pct**2, f.running, f.first[spread], f.last[spread])
    values[spread] = _joined_spread(nom.cu_spread, np.sqrt(np.maximum(square - mean**2, 0.0)))
    for i, point in enumerate(f.points):
        wrong = p.lab_runs.get((point.channel, point.group))
        if wrong is not None:
            values[i] *= wrong
    _lot_points(f, p, nom, values)
    return values


def _courses(f: Frame, out: LineOutputs, p: Perturbation) -> dict[str, Array]:
    return {
        "ipc_weight": _read(f, p, "ipc_weight", out.weight_mg),
        "ipc_thickness": _read(f, p, "ipc_thickness", out.thickness_mm),
        "ipc_hardness": out.hardness_n * f.course(p.factor("reading.ipc_hardness")),
        "lab_assay": out.assay_pct,
        "lab_q30": out.q30_pct,
        "lab_hardness": out.hardness_n,
        "lab_weight": out.weight_mg,
        "lab_water": out.water_pct,
    }


def _means(
    course: Array, running: Mask, first: NDArray[np.int64], last: NDArray[np.int64]
) -> Array:
    """Means over [first, last] while the press turns; NaN where it never does."""
    total = np.concatenate([np.zeros(1), np.cumsum(np.where(running, course, 0.0))])
    count = np.concatenate([np.zeros(1), np.cumsum(running.astype(np.float64))])
    number = count[last + 1] - count[first]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(number > 0, (total[last + 1] - total[first]) / number, np.nan)


def _lot_points(f: Frame, p: Perturbation, nom: Nominals, values: Array) -> None:
    """Entries and certificates of lots, at the end of the lot's use."""
    grid = f.record.grid_ms.shape

    def course(value: Array | float) -> Array:
        return np.broadcast_to(np.asarray(value, dtype=np.float64), grid)

    lots: dict[str, Array] = {
        "potency_entry": course(p.offset("reading.potency_entry")),
        "lot_mcc_lod": nom.mcc_lod_pct + course(p.offset("mcc.lod")),
        "lot_api_d50": nom.api_d50_um + course(p.offset("api.d50")),
        "lot_api_density": np.log(np.maximum(course(p.factor("feed_factor.api")), 0.02)),
    }
    for channel, values_of in lots.items():
        chosen = f.rows[channel]
        values[chosen] = values_of[f.ends[chosen]]
