"""The tests of residence time: what was put in and read where, and what the tanks would show.

- Tests at one operating point share one simulation, and so do the two readings of a step.
- Amplitude and level of every test are free: tracer recovery and analyser bias must not bend
  residence times.
- Assumed, after the timing of the recorded feed: steps were made at time 0 of each test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.process.blender import BlenderParameters, steady_holdup
from investigator.process.transport import carry
from investigator.twin.calibrate.table import Floats, column, read_table

PULSE, STEP, LUBRICANT = (
    "blender_tracer_pulse.csv",
    "line_step_tests.csv",
    "lubricant_step_tests.csv",
)
GRID_S = 2.0
STEPS = 850
NOISE = {"pulse": 0.19, "nir": 0.19, "tablet": 0.185, "mgst": 0.05}
AT_PROBE = ("pulse", "nir")
LUBRICANT_SPEED_RPM, LUBRICANT_FLOW_KG_H, LEVEL_PCT = 220.0, 20.0, 61.0

Values = Mapping[str, float]
Counts = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ResidenceTest:
    """One reading of one test: conditions, times, readings; the kind tells what entered where."""

    name: str
    kind: str
    speed_rpm: float
    flow_kg_h: float
    level_pct: float
    time_s: Floats
    reading: Floats


def residence_tests(folder: Path) -> list[ResidenceTest]:
    """All readings of all tests, in order of test.

    Raises:
        UnusableInput: a table cannot be read or lacks a column.
    """
    pulse = read_table(folder, PULSE, ("test", "blender_speed_rpm", "nir_api_active_pct"))
    step = read_table(folder, STEP, ("test", "tablet_api_active_pct_mean_of_3", "chute_level_pct"))
    lubricant = read_table(folder, LUBRICANT, ("test", "time_s", "tablet_mgst_pct_icp"))
    tests: list[ResidenceTest] = []
    for name, rows in pulse.groupby("test", sort=True):
        tests.append(_test(str(name), "pulse", rows, "nir_api_active_pct"))
    for name, rows in step.groupby("test", sort=True):
        tests.append(_test(str(name), "nir", rows, "nir_api_active_pct"))
        tests.append(_test(str(name), "tablet", rows, "tablet_api_active_pct_mean_of_3"))
    for name, rows in lubricant.groupby("test", sort=True):
        tests.append(_test(str(name), "mgst", rows, "tablet_mgst_pct_icp"))
    return tests


def _test(name: str, kind: str, rows: pd.DataFrame, reading: str) -> ResidenceTest:
    def constant(quantity: str, default: float) -> float:
        return float(column(rows, quantity).mean()) if quantity in rows else default

    return ResidenceTest(
        name=name,
        kind=kind,
        speed_rpm=constant("blender_speed_rpm", LUBRICANT_SPEED_RPM),
        flow_kg_h=constant("throughput_kg_per_h", LUBRICANT_FLOW_KG_H),
        level_pct=constant("chute_level_pct", LEVEL_PCT),
        time_s=column(rows, "time_s"),
        reading=column(rows, reading),
    )


def residuals(
    tests: list[ResidenceTest],
    blender: BlenderParameters,
    values: Values,
    counts: Counts,
    chute_full_kg: float,
) -> list[Floats]:
    """Residuals of each test in units of the noise of its reading.

    Args:
        tests: readings to compare with.
        blender: the hold-up law.
        values: active share, port position and content of the feed frame by name.
        counts: tanks of blender before and after the port, chute and feed frame.
        chute_full_kg: content of the chute at 100 % level.
    """
    simulated: dict[tuple[str, float, float, float], tuple[Floats, Floats]] = {}
    found = []
    for test in tests:
        entered = test.kind if test.kind in ("pulse", "mgst") else "step"
        point = (entered, test.speed_rpm, test.flow_kg_h, test.level_pct)
        if point not in simulated:
            simulated[point] = _unit_response(*point, blender, values, counts, chute_full_kg)
        probe, die = simulated[point]
        found.append(_left(test, probe if test.kind in AT_PROBE else die))
    return found


def _unit_response(
    entered: str,
    speed_rpm: float,
    flow_kg_h: float,
    level_pct: float,
    blender: BlenderParameters,
    values: Values,
    counts: Counts,
    chute_full_kg: float,
) -> tuple[Floats, Floats]:
    """Response of unit height at probe and die, on the grid of `GRID_S`."""
    n = 600 if entered == "pulse" else STEPS
    content = values["blender.active_share"] * steady_holdup(blender, speed_rpm, flow_kg_h)
    position = values["blender.port_position"]
    contents = [
        position * content,
        (1.0 - position) * content,
        chute_full_kg * level_pct / 100.0,
        values["feed_frame.content_kg"],
    ]
    step_kg = flow_kg_h / 3600.0 * GRID_S
    label, nothing = np.ones((n, 1)), np.zeros((n, 1))
    if entered == "pulse":
        label[1:] = 0.0
    lubricant = entered == "mgst"
    probe, die = carry(
        np.full(n, 0.99 * step_kg),
        np.full(n, 0.01 * step_kg),
        np.tile(contents, (n + 1, 1)),
        np.array(counts, dtype=np.int64),
        nothing if lubricant else label,
        label if lubricant else nothing,
        np.zeros((n, 4, 1)),
        np.zeros((4, 1)),
    )
    return np.asarray(probe[:, 0]), np.asarray(die[:, 0])


def _left(test: ResidenceTest, response: Floats) -> Floats:
    """Residuals of a test in units of the noise, its level and amplitude taken out."""
    grid = np.arange(response.size) * GRID_S
    shape = np.interp(test.time_s, grid, response, left=0.0)
    away = shape - shape.mean()
    reading = test.reading - test.reading.mean()
    amplitude = float(away @ reading) / float(away @ away)
    return np.asarray((reading - amplitude * away) / NOISE[test.kind])
