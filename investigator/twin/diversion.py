"""The alarms of a line on the composition of the blend, and what is rejected after each today.

- Read from `diversion.toml` of the package; a line without such a file has no such alarms.
- Strict: an unknown key, sensor, component or word, or a number that cannot be, is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from investigator.twin.manifest import Manifest
from investigator.twin.strict_fields import (
    above_zero,
    entries_of,
    no_other_keys,
    one_of,
    pair,
    rows,
    words,
)

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
        UnusableInput: the file is no TOML, of another format, or has an entry that cannot be used.
    """
    return entries_of(folder, DIVERSION, FORMAT, lambda found: _alarms(found, manifest), ())


def _alarms(document: Mapping[str, Any], manifest: Manifest) -> tuple[CompositionAlarm, ...]:
    no_other_keys(document, {"format", "alarm"}, "the file")
    found = rows(document, "alarm", "the file", "alarm")
    return tuple(_alarm(row, manifest, where) for row, where in found)


def _alarm(row: Mapping[str, Any], manifest: Manifest, where: str) -> CompositionAlarm:
    no_other_keys(row, _KEYS, where)
    sensor = words(row, "sensor", where)
    if sensor not in manifest.equipment:
        raise ValueError(f"{where}: sensor {sensor} is no equipment of the manifest")
    return CompositionAlarm(
        sensor=manifest.equipment[sensor],
        component=one_of(row, "component", where, COMPONENTS),
        sees=Sees(one_of(row, "sees", where, Sees)),
        limit_pct=above_zero(row, "limit_pct", where),
        mean_s=above_zero(row, "mean_s", where),
        rejected_after_s=pair(row, "rejected_after_s", where)
        if "rejected_after_s" in row
        else None,
        origin=words(row, "origin", where),
    )
