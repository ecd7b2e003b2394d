"""Drawing a cause of the list: how large, from when, how long, in which shape.

- Severity runs from 0.03 to 1. Sizes at severity 0 and 1 are those of the plant's own deviations,
  where they tell; elsewhere they reach from the least that the mode names to twice its usual size.
- A cause that lives on what is recorded (bridging, a swinging feed, a run-out) gets a course of its
  own here; others take a shape that their failure mode declares, the usual one or, where that is
  asked for, one of the others in a third of the draws.
- Which shape is drawn apart: size, onset and length are those that the usual shape would have, as
  far as a shape leaves them.
"""

from dataclasses import dataclass

import numpy as np

from investigator.twin.failure_mode import REPEATED, Anchor, FailureMode, Shape
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.scenario import Perturbation, Window, perturbation

MIN_MS = 60_000
SEVERITY = (0.03, 1.0)
# By magnitude of the mode: size at severity 0 and at severity 1, in the unit of the mode.
SIZES: dict[str, tuple[tuple[float, float], ...]] = {
    "api_refill_surge": ((10.0, 72.0),),
    "api_bridging": ((10.0, 85.0),),
    "api_loadcell_drift": ((1.8, 13.0),),
    "mgst_overfeed": ((30.0, 220.0), (0.0, 0.0)),
    "mgst_stoppage": ((30.0, 100.0),),
    "mcc_feed_disturbance": ((7.0, 38.0),),
    "blender_speed_deviation": ((12.0, 60.0),),
    "api_lot_psd_change": ((2.0, 13.0), (3.0, 32.0), (0.0, 0.7)),
    "mcc_lot_moisture": ((0.9, 3.4), (3.0, 24.0)),
    "api_potency_misentry": ((1.9, 7.7),),
    "humidity_excursion": ((11.0, 38.0),),
    "force_sensor_drift": ((3.0, 20.0),),
    "punch_damage": ((0.08, 0.48),),
    "turret_speed_high": ((7.0, 30.0),),
    "paddle_overspeed": ((40.0, 180.0),),
    "weight_control_mistuned": ((1.0, 8.0),),
    "nir_fouling": ((3.6, 10.0), (0.8, 5.0)),
    "hardness_tester_bias": ((4.0, 20.0),),
    "lab_analytical_error": ((2.0, 12.0),),
    "reject_gate_fail": ((1.0, 1.0),),
    "hopper_runout_segregation": ((0.15, 1.0),),
}
# Shortest and longest, in minutes, as the plant's own deviations last.
USUAL_MIN = (20.0, 150.0)
LENGTH_MIN: dict[str, tuple[float, float]] = {
    "api_bridging": (4.0, 30.0),
    "api_loadcell_drift": (100.0, 250.0),
    "force_sensor_drift": (250.0, 420.0),
    "hardness_tester_bias": (150.0, 400.0),
    "humidity_excursion": (150.0, 300.0),
    "mgst_stoppage": (12.0, 60.0),
    "punch_damage": (150.0, 400.0),
}
VOLUMETRIC_SHARE = 0.7
OTHER_SHAPES = 1.0 / 3.0
"""Share of the draws in which a cause takes another than its usual time shape, where it has one."""
PERIODS = 1.6
"""Fewest periods of what repeats: with one pulse and a half it cannot be anything else."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cause at work: its mode, severity, window, sizes, and what it does to the line."""

    mode: FailureMode
    severity: float
    window: Window
    sizes: tuple[float, ...]
    perturbation: Perturbation


def draw_cause(
    mode: FailureMode,
    record: LineRecord,
    draw: np.random.Generator,
    severity: float | None = None,
    shapes: np.random.Generator | None = None,
) -> Drawn | None:
    """One cause of the list in a run; None where the run has no place for it.

    `severity` is drawn where none is asked for. `shapes`: draws the time shape; without it the
    cause takes its usual one.
    """
    if mode.cause not in SIZES:
        return None
    drawn = float(draw.uniform(*SEVERITY))
    severity = drawn if severity is None else severity
    window = _window(mode, record, draw)
    if window is None:
        return None
    sizes = _sizes(mode, severity, draw)
    if shapes is not None:
        mode, window = in_a_shape(mode, window, record, shapes)
    if mode.shape is Shape.RECORDED:
        acting = _recorded(mode, window, sizes[0], record, draw)
    else:
        acting = perturbation(mode, window, sizes, record, {})
    return Drawn(mode, severity, window, sizes, acting)


def in_a_shape(
    mode: FailureMode, window: Window, record: LineRecord, draw: np.random.Generator
) -> tuple[FailureMode, Window]:
    """The mode and its window in a shape that is drawn; the usual one where a repeating shape would
    not repeat in the time that there is."""
    _, *others = mode.in_each_shape()
    if draw.uniform() >= OTHER_SHAPES or not others:
        return mode, window
    other = others[int(draw.integers(len(others)))]
    if other.shape is Shape.WHOLE_BATCH:
        return other, Window(record.span.start_ms, record.span.end_ms)
    tau = float(draw.choice(other.tau_s)) * float(draw.uniform(0.7, 1.4))
    if other.shape in REPEATED:
        longest = (window.end_ms - window.onset_ms) / 1000.0 / PERIODS
        if longest < 0.7 * min(other.tau_s):
            return mode, window
        tau = min(tau, longest)
    return other, Window(window.onset_ms, window.end_ms, tau)


def _sizes(mode: FailureMode, severity: float, draw: np.random.Generator) -> tuple[float, ...]:
    side = float(draw.choice([-1.0, 1.0]))
    sizes = [
        (low + severity * (high - low)) * (m.sign or side)
        for m, (low, high) in zip(mode.magnitudes, SIZES[mode.cause], strict=True)
    ]
    if mode.cause == "mgst_overfeed":
        sizes[1] = float(draw.uniform() < VOLUMETRIC_SHARE)
    if mode.cause == "mgst_stoppage":
        sizes[0] = min(sizes[0] * 1.4, 100.0)
    return tuple(sizes)


def _window(mode: FailureMode, record: LineRecord, draw: np.random.Generator) -> Window | None:
    made = record.grid_ms[record.producing]
    first, last = int(made[0]), int(made[-1])
    tau = float(draw.choice(mode.tau_s)) * float(draw.uniform(0.7, 1.4))
    if mode.cause == "reject_gate_fail":
        return _rejected(record)
    match mode.anchor:
        case Anchor.LOT:
            window = _of_lot(mode, record, tau)
        case Anchor.REFILL:
            window = _refills(mode, record, tau, first, last, draw)
        case Anchor.START:
            window = _of_laboratory(record, draw)
        case Anchor.END_OF_RUN:
            window = Window(last - int(draw.uniform(10.0, 40.0) * MIN_MS), last, tau)
        case _:
            window = _anywhere(mode, tau, first, last, draw)
    return window


def _anywhere(
    mode: FailureMode, tau: float, first: int, last: int, draw: np.random.Generator
) -> Window:
    length = np.exp(draw.uniform(*np.log(LENGTH_MIN.get(mode.cause, USUAL_MIN))))
    latest = max(last - int(length * MIN_MS), first + int(0.1 * (last - first)))
    onset = int(draw.uniform(first + 0.05 * (last - first), latest))
    return Window(onset, min(onset + int(length * MIN_MS), last), tau)


def _rejected(record: LineRecord) -> Window | None:
    """The first time that rejection is commanded while the press turns."""
    at = np.flatnonzero(record.running & (record.roles["gate.command"] == 1))
    if not at.size:
        return None
    end = at[0] + int(np.argmax(np.append(np.diff(at), 2) > 1))
    return Window(int(record.grid_ms[at[0]]), int(record.grid_ms[end]) + int(STEP_S * 1000))


def _of_lot(mode: FailureMode, record: LineRecord, tau: float) -> Window | None:
    feeder = record.named.feeder_of(mode.unit)
    later = [lot.start_ms for lot in record.lots if lot.feeder == feeder and not lot.first]
    end = int(record.grid_ms[-1])
    if later:
        return Window(later[0], end, tau)
    whole = mode.cause == "api_potency_misentry"
    return Window(int(record.grid_ms[0]), end, STEP_S) if whole else None


def _refills(
    mode: FailureMode,
    record: LineRecord,
    tau: float,
    first: int,
    last: int,
    draw: np.random.Generator,
) -> Window | None:
    at = [t for t in record.refills_at(mode.unit) if first < t < last - 10 * MIN_MS]
    if not at:
        return None
    start = int(draw.integers(len(at)))
    final = min(start + int(draw.integers(1, 5)), len(at)) - 1
    return Window(at[start], at[final] + int(4.0 * tau * 1000), tau)


def _of_laboratory(record: LineRecord, draw: np.random.Generator) -> Window | None:
    """An analytical run of the laboratory, of a method that the twin knows."""
    called = record.named.laboratory
    runs = sorted(
        {
            (called[r.test], r.run_id)
            for r in record.laboratory
            if called.get(r.test) in ("lab_assay", "lab_q30", "lab_hardness", "lab_water")
        }
    )
    if not runs:
        return None
    chosen = runs[int(draw.integers(len(runs)))]
    return Window(int(record.grid_ms[0]), int(record.grid_ms[-1]), 0.0, chosen)


def _recorded(
    mode: FailureMode, window: Window, size: float, record: LineRecord, draw: np.random.Generator
) -> Perturbation:
    if mode.cause == "mcc_feed_disturbance":
        return Perturbation({"feed.mcc": 1.0 + _swing(window, size / 100.0, record, draw)})
    if mode.cause == "api_bridging":
        away = _bridges(window, size / 100.0, record, draw)
        seen = 1.0 + away * draw.uniform(1.0, 1.2)
        return Perturbation({"feed.api": 1.0 + away, "feed_factor.api": np.maximum(seen, 0.05)})
    emptied, away = _run_out(window, size, record, draw)
    return Perturbation(
        {
            "feed.api": 1.0 + away,
            "feed_factor.api": 1.0 + away * draw.uniform(0.8, 1.1),
            "reading.hopper_low": 1.0 + emptied,
        }
    )


def _inside(window: Window, record: LineRecord) -> tuple[Array, Array]:
    """Minutes since the onset, and 1 inside the window, (n,)."""
    minutes = (record.grid_ms - window.onset_ms) / MIN_MS
    inside = (record.grid_ms >= window.onset_ms) & (record.grid_ms < window.end_ms)
    return minutes, inside.astype(np.float64)


def _swing(
    window: Window, amplitude: float, record: LineRecord, draw: np.random.Generator
) -> Array:
    minutes, inside = _inside(window, record)
    period_min = draw.uniform(2.5, 6.5)
    beat = 1.0 + 0.25 * np.sin(2.0 * np.pi * minutes / (7.3 * period_min))
    return np.asarray(amplitude * beat * np.sin(2.0 * np.pi * minutes / period_min) * inside)


def _bridges(window: Window, depth: float, record: LineRecord, draw: np.random.Generator) -> Array:
    """Under-feed in one to three episodes, each followed by a short collapse."""
    minutes, inside = _inside(window, record)
    length = (window.end_ms - window.onset_ms) / MIN_MS
    episodes = int(draw.integers(1, 4))
    away = np.zeros(minutes.shape)
    for k in range(episodes):
        begin = k * length / episodes
        lasts = min(float(draw.uniform(2.0, 6.0)), 0.8 * length / episodes)
        age = minutes - begin
        away -= depth * draw.uniform(0.7, 1.0) * ((age >= 0) & (age < lasts))
        away += 0.35 * depth * ((age >= lasts) & (age < lasts + 0.8))
    return np.asarray(away * inside)


def _run_out(
    window: Window, size: float, record: LineRecord, draw: np.random.Generator
) -> tuple[Array, Array]:
    """How far the hopper is below its refill level, kg, and the irregular feed, (n,)."""
    minutes, inside = _inside(window, record)
    length = (window.end_ms - window.onset_ms) / MIN_MS
    emptied = np.clip(minutes / length, 0.0, 1.0) * draw.uniform(0.4, 0.9) * inside
    period = draw.uniform(3.0, 8.0)
    rough = -0.5 * emptied - 0.25 * np.sin(2.0 * np.pi * minutes / period)
    return emptied, np.asarray(np.clip((0.6 + 1.2 * size) * rough * inside, -0.9, 0.9))
