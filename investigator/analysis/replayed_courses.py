"""Signals and quality attributes over time, replayed from the recorded inputs, with their bands.

- Attributes stand first, in the order of the twin; then the signals, loudest first: those whose
  readings lie farthest outside their bands.
- Nothing is said while the press stands. Outside the domain bands are wider by `EXTRAPOLATION`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from investigator.domain.panel import Curve
from investigator.domain.replayed import ReplayedCourse
from investigator.twin.attribute_kind import ATTRIBUTES, AttributeKind
from investigator.twin.attribute_models import Measurements
from investigator.twin.batch_measurements import BatchMeasurements
from investigator.twin.channels import BY_ID, GRID_S
from investigator.twin.domain import EXTRAPOLATION
from investigator.twin.ensemble import SIGNAL_COURSES
from investigator.twin.measured import BIN, binned
from investigator.twin.record import STEP_S, LineRecord, Mask
from investigator.twin.replay_bands import Band
from investigator.twin.replay_statistics import measured_signal
from investigator.twin.specification import Specification

TITLES = {
    "assay": "Assay",
    "hardness": "Hardness",
    "q30": "Dissolution Q30",
    "water": "Water",
    "weight": "Weight",
}
OWN_UNITS = {"fill_depth": "mm", "pre_force": "kN", "ejection": "N"}
"""Of signals that are compared as logarithms and replayed as they are."""


def replayed_courses(
    record: LineRecord,
    bands: Mapping[str, Band],
    told: Measurements,
    beyond: Mask,
    specifications: Sequence[Specification],
) -> tuple[ReplayedCourse, ...]:
    """The courses of all attributes and signals.

    Args:
        record: the run.
        bands: of attributes and signals by name, on the comparison grid.
        told: what was measured of the attributes.
        beyond: where product is made outside the domain, on the grid of the record, (n,).
        specifications: limits of the product.
    """
    widened = _widened(record, bands, beyond)
    limits = {
        s.attribute: tuple(v for v in (s.low, s.high) if v is not None) for s in specifications
    }
    attributes = [
        _attribute(record, kind, widened[kind.attribute], told, limits.get(kind.attribute, ()))
        for kind in ATTRIBUTES
    ]
    signals = [_signal(record, channel, widened[channel]) for channel in SIGNAL_COURSES]
    return (*attributes, *sorted(signals, key=_loudness, reverse=True))


def _widened(record: LineRecord, bands: Mapping[str, Band], beyond: Mask) -> dict[str, Band]:
    """Wider where product is made outside the domain, unknown where the press stands."""
    running = binned(record.running.astype(np.float64)) >= 0.5
    factor = np.where(binned(beyond.astype(np.float64)) > 0.0, EXTRAPOLATION, 1.0)
    return {
        name: Band(np.where(running, band.middle, np.nan), factor * band.sd)
        for name, band in bands.items()
    }


def _bin_times(record: LineRecord) -> NDArray[np.int64]:
    bins = record.grid_ms.size // BIN
    return record.grid_ms[: bins * BIN : BIN] + int(500 * (GRID_S - STEP_S))


def _attribute(
    record: LineRecord,
    kind: AttributeKind,
    band: Band,
    told: Measurements,
    limits: tuple[float, ...],
) -> ReplayedCourse:
    return _course(
        record,
        band,
        attribute=kind.attribute,
        title=TITLES[kind.attribute],
        unit=kind.unit,
        measured=_laboratory(record, told[kind.attribute]),
        in_process=_in_process(record, kind),
        limits=limits,
    )


def _laboratory(record: LineRecord, own: BatchMeasurements) -> Curve | None:
    """Means that the laboratory reports, in the middle of the fill span of each container."""
    known = np.isfinite(own.laboratory)
    if not known.any():
        return None
    spans = {c.container_id: c.filled for c in record.containers}
    filled = [spans[own.containers[i]] for i in np.flatnonzero(known)]
    middles = np.array([(s.start_ms + s.end_ms) // 2 for s in filled], dtype=np.int64)
    return Curve("laboratory", middles, own.laboratory[known])


def _in_process(record: LineRecord, kind: AttributeKind) -> Curve | None:
    """Means of the in-process samples of an attribute."""
    found = [
        (sample.t_ms, float(np.mean(test.values)))
        for sample in record.samples
        for test in sample.tests
        if record.named.in_process.get(test.code) == kind.in_process and test.values
    ]
    if not found:
        return None
    t_ms, values = zip(*sorted(found), strict=True)
    return Curve("in process", np.array(t_ms, dtype=np.int64), np.array(values))


def _signal(record: LineRecord, channel: str, band: Band) -> ReplayedCourse:
    reading = measured_signal(record, channel)
    known = np.isfinite(reading)
    return _course(
        record,
        band,
        attribute="",
        title=record.named.title(BY_ID[channel]).removesuffix(" (log)"),
        unit=OWN_UNITS.get(channel, BY_ID[channel].unit),
        measured=Curve("measured", _bin_times(record), reading) if known.any() else None,
        in_process=None,
        limits=(),
    )


def _course(
    record: LineRecord,
    band: Band,
    *,
    attribute: str,
    title: str,
    unit: str,
    measured: Curve | None,
    in_process: Curve | None,
    limits: tuple[float, ...],
) -> ReplayedCourse:
    low50, high50 = band.limits(0.5)
    low95, high95 = band.limits(0.95)
    return ReplayedCourse(
        attribute=attribute,
        title=title,
        unit=unit,
        t_ms=_bin_times(record),
        middle=band.middle,
        low50=low50,
        high50=high50,
        low95=low95,
        high95=high95,
        measured=measured,
        in_process=in_process,
        limits=limits,
    )


def _loudness(course: ReplayedCourse) -> float:
    """Mean square of reading minus replay, in half widths of the 95 % band; 0 without readings."""
    if course.measured is None:
        return 0.0
    off = (course.measured.value - course.middle) / (course.high95 - course.middle)
    known = np.isfinite(off)
    return float(np.mean(off[known] ** 2)) if known.any() else 0.0
