"""Residence time of blender, chute and feed frame from tracer, step and lubricant tests, together.

- All tests go through the same transport code that the simulation uses.
- Numbers of tanks are whole: the combination with the least sum of squares of a fixed list is
  taken; shares and contents are then estimated by least squares.
- Assumed, after the timing of the recorded feed: steps were made at time 0 of each test.
- Amplitudes and levels are free in each test, because tracer recovery and analyser bias must not
  bend residence times.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.process.blender import BlenderParameters, steady_holdup
from investigator.process.transport import carry
from investigator.twin.calibrate.blender_holdup import law
from investigator.twin.calibrate.fit import (
    Calibration,
    FitReport,
    Unknown,
    estimate,
    origin_of,
)
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameter

PULSE, STEP, LUBRICANT = (
    "blender_tracer_pulse.csv",
    "line_step_tests.csv",
    "lubricant_step_tests.csv",
)
GRID_S = 2.0
STEPS = 850
NOISE = {"nir": 0.19, "tablet": 0.185, "mgst": 0.05}
LUBRICANT_SPEED_RPM, LUBRICANT_FLOW_KG_H, LEVEL_PCT = 220.0, 20.0, 61.0

BLENDER_TANKS = tuple(product((5, 6, 8, 10, 12, 16), (1, 2, 3)))
CHUTE_TANKS = (8, 12, 16, 24, 30)
FEED_FRAME_TANKS = (1, 2)

Values = Mapping[str, float]
Counts = tuple[int, int, int, int]
Residuals = Callable[[Values, Counts], Floats]

UNKNOWNS = (
    Unknown("blender.active_share", "-", 0.95, 0.6, 1.0),
    Unknown("blender.port_position", "-", 0.52, 0.2, 0.8),
    Unknown("feed_frame.content_kg", "kg", 0.37, 0.1, 1.0),
)


@dataclass(frozen=True, slots=True)
class _Test:
    """One test: conditions, times, readings, and what entered where."""

    kind: str
    speed_rpm: float
    flow_kg_h: float
    level_pct: float
    time_s: Floats
    reading: Floats


def calibrate_residence(folder: Path, holdup: Values, chute_full_kg: float) -> Calibration:
    """Active share, port position, contents and tank numbers.

    `holdup` holds the hold-up law's estimates, `chute_full_kg` the content at 100 % level.
    """
    tests = _tests(folder)
    blender = law(holdup)

    def residuals(values: Values, counts: Counts) -> Floats:
        return np.concatenate(
            [_residual(test, blender, values, counts, chute_full_kg) for test in tests]
        )

    def best(candidates: list[Counts]) -> Counts:
        return min(candidates, key=lambda c: _least(residuals, c))

    counts = best([(*pair, 16, 1) for pair in BLENDER_TANKS])
    counts = best([(counts[0], counts[1], c, f) for c in CHUTE_TANKS for f in FEED_FRAME_TANKS])
    fit = estimate(UNKNOWNS, lambda v: residuals(v, counts), relative_step=1e-3)
    reports = tuple(
        _report(
            kind, [t for t in tests if t.kind == kind], blender, fit.values, counts, chute_full_kg
        )
        for kind in ("pulse", "nir", "tablet", "mgst")
    )
    origin = origin_of(f"{PULSE}, {STEP}, {LUBRICANT}", sum(t.time_s.size for t in tests))
    found = fit.calibration(origin, reports)
    tanks = {
        "blender.tanks_before_port": counts[0],
        "blender.tanks_after_port": counts[1],
        "chute.tanks": counts[2],
        "feed_frame.tanks": counts[3],
    }
    whole = {
        name: Parameter(
            float(n), 0.0, "-", f"least squares over whole numbers, {origin}", 1.0, 99.0
        )
        for name, n in tanks.items()
    }
    return Calibration({**found.parameters, **whole}, found.reports, found.covariance)


def _least(residuals: Residuals, counts: Counts) -> float:
    """Sum of squares after a short fit of the continuous unknowns."""
    fit = estimate(UNKNOWNS, lambda v: residuals(v, counts), relative_step=1e-3, evaluations=5)
    return float(fit.residuals @ fit.residuals)


def _tests(folder: Path) -> list[_Test]:
    pulse = read_table(folder, PULSE, ("test", "blender_speed_rpm", "nir_api_active_pct"))
    step = read_table(folder, STEP, ("test", "tablet_api_active_pct_mean_of_3", "chute_level_pct"))
    lubricant = read_table(folder, LUBRICANT, ("test", "time_s", "tablet_mgst_pct_icp"))
    tests: list[_Test] = []
    for _, rows in pulse.groupby("test", sort=True):
        tests.append(_test("pulse", rows, "nir_api_active_pct"))
    for _, rows in step.groupby("test", sort=True):
        tests.append(_test("nir", rows, "nir_api_active_pct"))
        tests.append(_test("tablet", rows, "tablet_api_active_pct_mean_of_3"))
    for _, rows in lubricant.groupby("test", sort=True):
        tests.append(_test("mgst", rows, "tablet_mgst_pct_icp"))
    return tests


def _test(kind: str, rows: pd.DataFrame, reading: str) -> _Test:
    def constant(name: str, default: float) -> float:
        return float(column(rows, name).mean()) if name in rows else default

    return _Test(
        kind=kind,
        speed_rpm=constant("blender_speed_rpm", LUBRICANT_SPEED_RPM),
        flow_kg_h=constant("throughput_kg_per_h", LUBRICANT_FLOW_KG_H),
        level_pct=constant("chute_level_pct", LEVEL_PCT),
        time_s=column(rows, "time_s"),
        reading=column(rows, reading),
    )


def _response(
    test: _Test, blender: BlenderParameters, values: Values, counts: Counts, chute_full_kg: float
) -> Floats:
    """Response of unit height at the place of the reading, on the grid of `GRID_S`."""
    n = 600 if test.kind == "pulse" else STEPS
    content = values["blender.active_share"] * steady_holdup(
        blender, test.speed_rpm, test.flow_kg_h
    )
    position = values["blender.port_position"]
    holdup = np.tile(
        [
            position * content,
            (1.0 - position) * content,
            chute_full_kg * test.level_pct / 100.0,
            values["feed_frame.content_kg"],
        ],
        (n + 1, 1),
    )
    step_kg = test.flow_kg_h / 3600.0 * GRID_S
    label = np.ones((n, 1))
    if test.kind == "pulse":
        label[1:] = 0.0
    nothing = np.zeros((n, 1))
    lubricant = test.kind == "mgst"
    probe, die = carry(
        np.full(n, 0.99 * step_kg),
        np.full(n, 0.01 * step_kg),
        holdup,
        np.array(counts, dtype=np.int64),
        nothing if lubricant else label,
        label if lubricant else nothing,
        nothing,
        -1,
        np.zeros((n, 4, 1)),
        np.zeros((4, 1)),
    )
    return np.asarray((probe if test.kind in ("pulse", "nir") else die)[:, 0])


def _residual(
    test: _Test, blender: BlenderParameters, values: Values, counts: Counts, chute_full_kg: float
) -> Floats:
    """Residuals in units of the noise, level and amplitude of the test taken out."""
    response = _response(test, blender, values, counts, chute_full_kg)
    grid = np.arange(response.size) * GRID_S
    shape = np.interp(test.time_s, grid, response, left=0.0)
    away = shape - shape.mean()
    reading = test.reading - test.reading.mean()
    amplitude = float(away @ reading) / float(away @ away)
    noise = NOISE["nir" if test.kind == "pulse" else test.kind]
    return np.asarray((reading - amplitude * away) / noise)


def _report(
    kind: str,
    tests: list[_Test],
    blender: BlenderParameters,
    values: Values,
    counts: Counts,
    chute_full_kg: float,
) -> FitReport:
    noise = NOISE["nir" if kind == "pulse" else kind]
    residual = noise * np.concatenate(
        [_residual(t, blender, values, counts, chute_full_kg) for t in tests]
    )
    centred = np.concatenate([t.reading - t.reading.mean() for t in tests])
    names = {"pulse": PULSE, "nir": STEP, "tablet": STEP, "mgst": LUBRICANT}
    return FitReport(
        experiment=names[kind],
        response={
            "pulse": "NIR API after a pulse",
            "nir": "NIR API after a step",
            "tablet": "tablet API after a step",
            "mgst": "tablet MgSt after a step",
        }[kind],
        n=int(residual.size),
        residual_sd=float(np.sqrt(residual @ residual / residual.size)),
        unit="% w/w",
        r_squared=1.0 - float(residual @ residual) / float(centred @ centred),
        note=f"tanks {counts}",
    )
