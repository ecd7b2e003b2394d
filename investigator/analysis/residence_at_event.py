"""Residence times of the line as it ran while a cause was at work."""

import numpy as np

from investigator.analysis.fitting import Fit
from investigator.analysis.line_paths import OperatingPoint, at_work, operating_point
from investigator.domain.panel import Curve
from investigator.process.residence import residence_time
from investigator.process.trace import Entry
from investigator.twin.package import TwinPackage
from investigator.twin.record import LineRecord

STEP_S, HORIZON_S = 5.0, 1800.0
ENTRIES = (("from the feeders", Entry.BLENDER), ("from the lubricant port", Entry.PORT))


def point_of_event(record: LineRecord, fits: tuple[Fit, ...]) -> OperatingPoint:
    """Flow, blender speed and chute level as recorded while the causes were at work; of the whole
    production where none was."""
    inside = at_work(record, fits)
    return operating_point(record, inside if inside.any() else record.producing)


def residence_at_event(
    package: TwinPackage, record: LineRecord, fits: tuple[Fit, ...]
) -> tuple[tuple[tuple[str, Curve], ...], str]:
    """Densities to the press outlet by entry (age in ms, 1/s), and a sentence on what they are."""
    point = point_of_event(record, fits)
    when = "while the cause was at work" if fits else "during production"
    return _densities(package, point), (
        f"Residence times are shown for {point.flow_kg_h:.1f} kg/h, {point.blender_rpm:.0f} rpm in "
        f"the blender and a chute level of {point.level_pct:.0f} %, the middle of what was recorded"
        f" {when}."
    )


def nominal_residence(package: TwinPackage) -> tuple[tuple[str, Curve], ...]:
    """The same densities at the set-points of the manifest."""
    usual = package.record_map.usual
    point = OperatingPoint(usual["throughput"], usual["blender_speed"], usual["chute_level"])
    return _densities(package, point)


def _densities(package: TwinPackage, point: OperatingPoint) -> tuple[tuple[str, Curve], ...]:
    curves = []
    for label, entry in ENTRIES:
        found = residence_time(
            package.parameters.line(),
            entry,
            flow_kg_h=point.flow_kg_h,
            blender_rpm=point.blender_rpm,
            level_pct=point.level_pct,
            step_s=STEP_S,
            horizon_s=HORIZON_S,
        )
        ages = (found.age_s * 1000.0).astype(np.int64)
        curves.append((label, Curve(label, ages, found.density)))
    return tuple(curves)
