"""The alarms of a line on the composition of the blend, and what is rejected after each today.

- Read from `diversion.toml` of the package; a line without such a file has no such alarms.
- Strict: an unknown key, sensor, component or word, or a number that cannot be, is refused.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.twin.manifest import Manifest
from investigator.twin.strict_fields import above_zero, listed, no_other_keys, pair, words

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
    if not (folder / DIVERSION).exists():
        return ()
    where = f"{folder.name}/{DIVERSION}"
    try:
        document = tomllib.loads((folder / DIVERSION).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(where, f"cannot be read ({error})", "restore the package") from None
    form = document.get("format")
    if form != FORMAT or isinstance(form, bool):
        raise UnusableInput(
            where, f"has format {form!r}, this version reads format {FORMAT}", "update the program"
        )
    try:
        no_other_keys(document, {"format", "alarm"}, "the file")
        rows = enumerate(listed(document, "alarm", "the file"), start=1)
        return tuple(_alarm(row, manifest, f"alarm {k}") for k, row in rows)
    except KeyError as error:
        fault = f"lacks the entry {error.args[0]}"
    except (TypeError, ValueError) as error:
        fault = str(error)
    raise UnusableInput(where, fault, "correct it; docs/twin-packages.md lists the entries")


def _alarm(row: object, manifest: Manifest, where: str) -> CompositionAlarm:
    if not isinstance(row, dict):
        raise TypeError(f"{where} is no table")
    no_other_keys(row, _KEYS, where)
    sensor, component = words(row, "sensor", where), words(row, "component", where)
    if sensor not in manifest.equipment:
        raise ValueError(f"{where}: sensor {sensor} is no equipment of the manifest")
    if component not in COMPONENTS:
        raise ValueError(f"{where}: component {component} is none of {', '.join(COMPONENTS)}")
    sees = words(row, "sees", where)
    if sees not in set(Sees):
        raise ValueError(f"{where}: sees {sees} is none of {', '.join(Sees)}")
    return CompositionAlarm(
        sensor=manifest.equipment[sensor],
        component=component,
        sees=Sees(sees),
        limit_pct=above_zero(row, "limit_pct", where),
        mean_s=above_zero(row, "mean_s", where),
        rejected_after_s=pair(row, "rejected_after_s", where)
        if "rejected_after_s" in row
        else None,
        origin=words(row, "origin", where),
    )
