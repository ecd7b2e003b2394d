"""Hold-up law of the blender from weighings at steady state over speed and throughput."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from investigator.process.blender import BlenderParameters, steady_holdup
from investigator.twin.calibrate.fit import (
    Calibration,
    Response,
    Unknown,
    estimate,
    origin_of,
    quality,
)
from investigator.twin.calibrate.table import Floats, column, read_table

FILE = "blender_holdup.csv"

UNKNOWNS = (
    Unknown("blender.holdup_ref_kg", "kg", 0.8, 0.1, 4.0),
    Unknown("blender.speed_exponent", "-", 0.7, 0.0, 2.0),
    Unknown("blender.flow_exponent", "-", 0.8, 0.0, 2.0),
)


def law(values: Mapping[str, float]) -> BlenderParameters:
    """A hold-up law with these values; what the law does not need is neutral."""
    return BlenderParameters(
        holdup_ref_kg=values["blender.holdup_ref_kg"],
        speed_ref_rpm=values["blender.speed_ref_rpm"],
        flow_ref_kg_h=values["blender.flow_ref_kg_h"],
        speed_exponent=values["blender.speed_exponent"],
        flow_exponent=values["blender.flow_exponent"],
        holdup_cells=1,
        active_share=1.0,
        port_position=0.5,
        tanks_before_port=1,
        tanks_after_port=1,
    )


def calibrate_holdup(folder: Path, known: Mapping[str, float]) -> Calibration:
    """Reference hold-up and exponents, fitted in per cent of the weighing.

    `known` holds the speed and the flow that the reference stands for.
    """
    table = read_table(
        folder, FILE, ("blender_speed_rpm", "throughput_kg_per_h", "holdup_kg", "test")
    )
    speed, flow = column(table, "blender_speed_rpm"), column(table, "throughput_kg_per_h")
    weighed = column(table, "holdup_kg")

    def predicted(values: Mapping[str, float]) -> Floats:
        p = law({**known, **values})
        return np.array([steady_holdup(p, n, f) for n, f in zip(speed, flow, strict=True)])

    fit = estimate(UNKNOWNS, lambda v: np.log(predicted(v) / weighed))
    fitted = predicted(fit.values)
    settings = tuple(f"{n:g} rpm, {f:g} kg/h" for n, f in zip(speed, flow, strict=True))
    response = Response(
        report=quality(FILE, "hold-up", weighed, fitted, "kg", used=3),
        part=np.arange(weighed.size),
        fitted=fitted,
        unit_per_residual=weighed,
        rows=tuple(str(test) for test in table["test"]),
        together=settings,
        series=("tests",) * weighed.size,
        settings=settings,
    )
    return fit.calibration(origin_of(FILE, weighed.size), (response,))
