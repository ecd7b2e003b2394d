"""The applicability domain from the data that the twin was calibrated with.

- A quantity is bounded by the range that its experiments covered; one unit of distance outside is
  half of that range. What no experiment varied is bounded by the validated range of the process.
- The joint limit: settings of the designed experiment on compaction. It varied one setting at a
  time, so a run at the edge of several at once is far from every run of it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import f as f_distribution

from investigator.domain.applicability import DomainLimit
from investigator.domain.errors import UnusableInput
from investigator.twin.calibrate.compaction import STRENGTH_LIMIT_KN
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.domain import JOINT, ApplicabilityDomain, JointLimit
from investigator.twin.package import SPECIFICATIONS
from investigator.twin.specification import read_specifications

DOE = "compaction_doe.csv"
FORCE = "main_force_kN"
JOINT_LEVEL = 0.99


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the bounds of a quantity come from: a column of an experiment."""

    quantity: str
    title: str
    unit: str
    file: str
    column: str


_SOURCES = (
    _Source("throughput", "Throughput", "kg/h", "blender_holdup.csv", "throughput_kg_per_h"),
    _Source("blender_speed", "Blender speed", "rpm", "blender_holdup.csv", "blender_speed_rpm"),
    _Source("holdup", "Blender hold-up", "kg", "blender_holdup.csv", "holdup_kg"),
    _Source("paddle_speed", "Feed-frame paddle speed", "rpm", DOE, "paddle_speed_rpm"),
    _Source("turret_speed", "Turret speed", "rpm", DOE, "turret_speed_rpm"),
    _Source("main_force", "Main compression force", "kN", DOE, FORCE),
    _Source("main_gap", "Main roller position", "mm", DOE, "main_gap_mm"),
    _Source("api_fraction", "Active API in the tablet", "% w/w", DOE, "api_active_pct"),
    _Source("mgst_fraction", "Magnesium stearate in the tablet", "% w/w", DOE, "mgst_pct"),
    _Source("api_d50", "d50 of the API", "um", DOE, "api_d50_um"),
    _Source("water", "Water of the blend", "%", DOE, "blend_water_lod_pct"),
    _Source(
        "room_rh",
        "Relative humidity of the room",
        "%RH",
        "moisture_sorption.csv",
        "relative_humidity_pct",
    ),
)
_JOINED = (
    "turret_speed",
    "paddle_speed",
    "main_force",
    "api_fraction",
    "mgst_fraction",
    "api_d50",
    "water",
)
_VALIDATED = (("chute_level", "Chute level", "%", "Chute level"),)
"""Quantities that no experiment varied: with the parameter of the list of specifications."""


def applicability(folder: Path) -> ApplicabilityDomain:
    """The domain that the characterisation data and specifications of a package give.

    Raises:
        UnusableInput: a table cannot be read, or a column or specification is missing.
    """
    measured = tuple(_measured(folder, source) for source in _SOURCES)
    validated = tuple(_validated(folder, *row) for row in _VALIDATED)
    return ApplicabilityDomain((*measured, *validated), _joint(folder))


def _measured(folder: Path, source: _Source) -> DomainLimit:
    values = _runs(folder, source.file, (source.column,))[source.column]
    origin = f"range of {source.column} in characterisation/{source.file}, n={len(values)}"
    if source.column == FORCE:
        origin += f", runs up to {STRENGTH_LIMIT_KN:g} kN (no over-compression)"
    low, high = float(values.min()), float(values.max())
    return _limit(source.quantity, source.title, source.unit, low, high, origin)


def _validated(folder: Path, quantity: str, title: str, unit: str, parameter: str) -> DomainLimit:
    stated = [s for s in read_specifications(folder / SPECIFICATIONS) if s.title == parameter]
    if len(stated) != 1 or stated[0].low is None or stated[0].high is None:
        raise UnusableInput(
            SPECIFICATIONS, f"has no single row with both limits of {parameter}", "complete it"
        )
    origin = f"validated range of the process, {SPECIFICATIONS}; no experiment varied it"
    low, high = stated[0].low, stated[0].high
    return _limit(quantity, title, unit, low, high, origin)


def _limit(
    quantity: str, title: str, unit: str, low: float, high: float, origin: str
) -> DomainLimit:
    return DomainLimit(quantity, title, unit, low, high, _rounded(0.5 * (high - low)), origin)


def _runs(folder: Path, file: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """An experiment, of the designed one only the runs that the strength was fitted to."""
    table = read_table(folder, file, columns)
    return table[table[FORCE] < STRENGTH_LIMIT_KN] if FORCE in table.columns else table


def _joint(folder: Path) -> JointLimit:
    columns = {s.quantity: s.column for s in _SOURCES}
    table = _runs(folder, DOE, tuple(columns[q] for q in _JOINED))
    points: Floats = np.vstack([column(table, columns[q]) for q in _JOINED])
    p, n = points.shape
    quantile = float(f_distribution.ppf(JOINT_LEVEL, p, n - p))
    high = float(np.sqrt(p * (n * n - 1.0) / (n * (n - p)) * quantile))
    limit = DomainLimit(
        JOINT,
        "Operating point, distance to the designed experiment",
        "-",
        0.0,
        _rounded(high),
        _rounded(high),
        f"Mahalanobis distance of {', '.join(_JOINED)} to characterisation/{DOE}, n={n}, "
        f"{100 * JOINT_LEVEL:g} % limit of a new run",
    )
    covariance = np.cov(points)
    return JointLimit(
        limit,
        _JOINED,
        tuple(_rounded(float(v)) for v in points.mean(axis=1)),
        tuple(tuple(_rounded(float(v)) for v in row) for row in covariance),
    )


def _rounded(value: float) -> float:
    """To the six digits that are written, so that what is read back is the same."""
    return float(f"{value:.6g}")
