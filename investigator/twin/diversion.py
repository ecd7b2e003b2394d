"""The alarms of a line on the composition of the blend, and what is rejected after each today.

- Read from `diversion.toml` of the package; a line without such a file has no such alarms.
- Strict: an unknown key, sensor, component or word, or a number that cannot be, is refused.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.twin.manifest import Manifest

DIVERSION = "diversion.toml"
FORMAT = 1
COMPONENTS = ("api", "mgst")


class Sees(StrEnum):
    """What an alarm looks at."""

    COMPOSITION = "composition"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class CompositionAlarm:
    """An alarm at `limit_pct` of the set-point, to either side, of the mean over `mean_s`.

    `sensor`: equipment id. `component`: api or mgst. `rejected_after_s`: tablets that are made from
    so long after the alarm until so long after its end are rejected today; None where none are.
    """

    sensor: str
    component: str
    sees: Sees
    limit_pct: float
    mean_s: float
    rejected_after_s: tuple[float, float] | None
    origin: str


_KEYS = frozenset(
    {"sensor", "component", "sees", "limit_pct", "mean_s", "rejected_after_s", "origin"}
)


def read_alarms(folder: Path, manifest: Manifest) -> tuple[CompositionAlarm, ...]:
    """The alarms of a package folder, in the order of the file; none where it has no such file.

    Raises:
        UnusableInput: the file is no TOML, of a newer format, or has an entry that cannot be used.
    """
    if not (folder / DIVERSION).exists():
        return ()
    where = f"{folder.name}/{DIVERSION}"
    try:
        document = tomllib.loads((folder / DIVERSION).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(where, f"cannot be read ({error})", "restore the package") from None
    form = document.get("format")
    if form != FORMAT:
        raise UnusableInput(
            where, f"has format {form!r}, this version reads format {FORMAT}", "update the program"
        )
    try:
        return tuple(_alarm(row, manifest) for row in document["alarm"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnusableInput(where, f"has an unusable alarm ({error})", "correct it") from None


def _alarm(row: Mapping[str, Any], manifest: Manifest) -> CompositionAlarm:
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]}")
    if row["sensor"] not in manifest.equipment:
        raise ValueError(f"sensor {row['sensor']} is no equipment of the manifest")
    if row["component"] not in COMPONENTS:
        raise ValueError(f"component {row['component']} is none of {', '.join(COMPONENTS)}")
    return CompositionAlarm(
        sensor=manifest.equipment[row["sensor"]],
        component=str(row["component"]),
        sees=Sees(row["sees"]),
        limit_pct=_number(row, "limit_pct"),
        mean_s=_number(row, "mean_s"),
        rejected_after_s=_window(row),
        origin=str(row["origin"]),
    )


def _window(row: Mapping[str, Any]) -> tuple[float, float] | None:
    if "rejected_after_s" not in row:
        return None
    start, end = (float(v) for v in row["rejected_after_s"])
    if not (math.isfinite(start) and math.isfinite(end) and start >= 0.0 and end >= 0.0):
        raise ValueError(f"rejected_after_s {row['rejected_after_s']} are no two times")
    return start, end


def _number(row: Mapping[str, Any], name: str) -> float:
    value = float(row[name])
    if not (math.isfinite(value) and value > 0.0):
        raise ValueError(f"{name} {row[name]} is no positive number")
    return value
