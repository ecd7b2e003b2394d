"""How fast the die wall follows the lubricant of the blend, from ejection force in lubricant steps.

The lubricant in the tablets is simulated by the residence-time model just estimated, from a step
between the levels that the tablets were analysed at; the ejection force of the first minutes of
each test gives the scale.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.process import press
from investigator.process.blender import steady_holdup
from investigator.process.lag import lagged
from investigator.process.transport import carry
from investigator.twin.calibrate.blender_holdup import law
from investigator.twin.calibrate.by_run import uncertain_by_run
from investigator.twin.calibrate.fit import (
    Calibration,
    Response,
    Unknown,
    estimate,
    origin_of,
    quality,
)
from investigator.twin.calibrate.neutral import unit_with
from investigator.twin.calibrate.table import Floats, column, read_table

FILE = "lubricant_step_tests.csv"
GRID_S = 2.0
BEFORE_S = 200.0
FLOW_KG_H, SPEED_RPM, LEVEL_PCT = 20.0, 220.0, 61.0

Values = Mapping[str, float]

UNKNOWNS = (Unknown("press.wall_response_s", "s", 200.0, 1.0, 2000.0),)


def calibrate_die_wall(folder: Path, known: Values) -> Calibration:
    """Response time of the die wall; `known` holds constants, ejection and residence estimates."""
    table = read_table(
        folder,
        FILE,
        ("test", "time_s", "tablet_mgst_pct_icp", "ejection_force_N", "main_force_kN"),
    )
    tests = [rows for _, rows in table.groupby("test", sort=True)]
    unit = _step_response(known)
    measured = np.concatenate([column(rows, "ejection_force_N") for rows in tests])

    def predicted(values: Values) -> Floats:
        return np.concatenate([_ejection(rows, unit, {**known, **values}) for rows in tests])

    order = pd.concat(tests)
    labels = tuple(str(test) for test in order["test"])
    found = estimate(UNKNOWNS, lambda v: np.log(predicted(v) / measured))
    fit = uncertain_by_run(found, labels)
    fitted = predicted(fit.values)
    response = Response(
        report=quality(FILE, "ejection force", measured, fitted, "N", used=5),
        part=np.arange(measured.size),
        fitted=fitted,
        unit_per_residual=measured,
        rows=tuple(f"{t} at {s:g} s" for t, s in zip(labels, order["time_s"], strict=True)),
        together=labels,
        series=labels,
    )
    return fit.calibration(origin_of(FILE, measured.size), (response,))


def _step_response(known: Values) -> Floats:
    """MgSt at the die after a unit step at the port at time 0, on a grid that starts before it."""
    before, n = int(BEFORE_S / GRID_S), 900
    content = known["blender.active_share"] * steady_holdup(law(known), SPEED_RPM, FLOW_KG_H)
    position = known["blender.port_position"]
    vessels = [
        position * content,
        (1.0 - position) * content,
        known["chute.full_kg"] * LEVEL_PCT / 100.0,
        known["feed_frame.content_kg"],
    ]
    step_kg = FLOW_KG_H / 3600.0 * GRID_S
    label = np.ones((n, 1))
    label[:before] = 0.0
    nothing = np.zeros((n, 1))
    counts = (
        "blender.tanks_before_port",
        "blender.tanks_after_port",
        "chute.tanks",
        "feed_frame.tanks",
    )
    _, die = carry(
        np.full(n, 0.99 * step_kg),
        np.full(n, 0.01 * step_kg),
        np.tile(vessels, (n + 1, 1)),
        np.array([round(known[name]) for name in counts], dtype=np.int64),
        nothing,
        label,
        np.zeros((n, 4, 1)),
        np.zeros((4, 1)),
    )
    return np.asarray(die[:, 0] / die[-1, 0])


def _ejection(rows: pd.DataFrame, unit: Floats, known: Values) -> Floats:
    """Predicted ejection force of one test, scaled to its level before the step."""
    p = unit_with(press.PressParameters, "press", known)
    time, mgst = column(rows, "time_s"), column(rows, "tablet_mgst_pct_icp") / 100.0
    low, high = mgst[time <= 60.0].mean(), mgst[time >= 700.0].mean()
    course = low + (high - low) * unit
    running = np.ones(course.size, dtype=np.bool_)
    wall = lagged(course, running, GRID_S, p.wall_response_s)
    grid = np.arange(course.size) * GRID_S - BEFORE_S
    force = column(rows, "main_force_kN").mean()
    friction = press.wall_friction(p, np.interp(time, grid, wall), np.full(time.shape, 40.0))
    full = np.ones(time.shape)
    predicted = press.ejection_force_n(
        p, force * full, friction, p.turret_ref_rpm * full, p.water_ref_pct * full
    )
    level = column(rows, "ejection_force_N")[time <= 60.0].mean() / predicted[time <= 60.0].mean()
    return np.asarray(predicted * level)
