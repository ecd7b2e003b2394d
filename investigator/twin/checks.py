"""Checks that would tell causes apart, as data: `checks.toml` of the package of a line.

- An inspection passes or fails: how likely it fails with each cause at work, and with none of them.
- A measurement gives a quantity of product or of a lot that the twin predicts, with an uncertainty.
- Strict: an unknown key, cause, quantity or unit, or a number that cannot be, is refused. A package
  without the file has no checks. Adding one needs no Python.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from investigator.twin.strict_fields import (
    above_zero,
    chance,
    entries_of,
    no_other_keys,
    none_twice,
    number,
    one_of,
    rows,
    words,
)

CHECKS = "checks.toml"
FORMAT = 1

_KEYS = frozenset({"id", "kind", "title", "reads", "effort_h", "effort", "origin"})
_INSPECTION = frozenset({"false_alarm", "fails_with"})
_MEASUREMENT = frozenset({"quantity", "unit", "uncertainty", "unlisted_sd", "unlisted_share"})


class CheckKind(StrEnum):
    """What a check gives: passed or failed, or a value."""

    INSPECTION = "inspection"
    MEASUREMENT = "measurement"


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that the twin predicts: its unit, the channel whose usual spread it has (empty for
    none), and the feeder whose lot it is of (empty: of the product in a container)."""

    unit: str
    channel: str
    feeder: str = ""


QUANTITIES: Mapping[str, Quantity] = MappingProxyType(
    {
        "assay": Quantity("% LC", "lab_assay"),
        "q30": Quantity("% LC", "lab_q30"),
        "hardness": Quantity("N", "lab_hardness"),
        "weight": Quantity("mg", "lab_weight"),
        "thickness": Quantity("mm", "ipc_thickness"),
        "water": Quantity("%", "lab_water"),
        "lubricant": Quantity("% w/w", ""),
        "lot_api_d50": Quantity("um", "lot_api_d50", "api"),
        "lot_mcc_lod": Quantity("%", "lot_mcc_lod", "mcc"),
    }
)
"""What a measurement can be of."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        check_id: id in the package. title: what is done. reads: what it reads.
        effort_h, effort: working hours, and what it takes in words.
        origin: where its numbers are from; a judgement says that it is one.
        false_alarm: probability that an inspection fails with none of `fails_with` at work.
        fails_with: probability that it fails, by cause at work.
        quantity, unit: of a measurement, see `QUANTITIES`.
        uncertainty: standard uncertainty of its result, in `unit`.
        unlisted_share: how likely a cause that is on no list moves the quantity in a place.
        unlisted_sd: how far it then moves it (sd about the prediction), in `unit`.
    """

    check_id: str
    title: str
    reads: str
    kind: CheckKind
    effort_h: float
    effort: str
    origin: str
    false_alarm: float = 0.0
    fails_with: Mapping[str, float] = field(default_factory=dict)
    quantity: str = ""
    unit: str = ""
    uncertainty: float = 0.0
    unlisted_sd: float = 0.0
    unlisted_share: float = 0.0

    @property
    def of_lot(self) -> bool:
        """Whether it measures a lot of material."""
        return self.kind is CheckKind.MEASUREMENT and bool(QUANTITIES[self.quantity].feeder)

    @property
    def of_container(self) -> bool:
        """Whether it measures the product in a container."""
        return self.kind is CheckKind.MEASUREMENT and not QUANTITIES[self.quantity].feeder


def read_checks(folder: Path, causes: Collection[str]) -> tuple[Check, ...]:
    """The checks of a package folder in the order of the file; none where it has no such file.

    Args:
        folder: of the package.
        causes: ids of its failure modes.

    Raises:
        UnusableInput: the file is no TOML, of another format, or has an entry that cannot be used.
    """
    return entries_of(folder, CHECKS, FORMAT, lambda found: _checks(found, causes), ())


def _checks(document: Mapping[str, Any], causes: Collection[str]) -> tuple[Check, ...]:
    no_other_keys(document, {"format", "check"}, "the file")
    found = rows(document, "check", "the file", "check")
    checks = tuple(_check(row, where, causes) for row, where in found)
    none_twice((check.check_id for check in checks), "check")
    return checks


def _check(row: Mapping[str, Any], where: str, causes: Collection[str]) -> Check:
    name = words(row, "id", where)
    kind = one_of(row, "kind", name, CheckKind)
    own = _INSPECTION if kind == CheckKind.INSPECTION else _MEASUREMENT
    no_other_keys(row, _KEYS | own, name)
    head: dict[str, Any] = {
        "check_id": name,
        "title": words(row, "title", name),
        "reads": words(row, "reads", name),
        "kind": CheckKind(kind),
        "effort_h": number(row, "effort_h", name),
        "effort": words(row, "effort", name),
        "origin": words(row, "origin", name),
    }
    if kind == CheckKind.INSPECTION:
        return Check(**head, **_inspection(row, name, causes))
    return Check(**head, **_measurement(row, name))


def _inspection(row: Mapping[str, Any], name: str, causes: Collection[str]) -> dict[str, Any]:
    found = [
        _sensitivity(entry, where, causes)
        for entry, where in rows(row, "fails_with", name, f"{name}.fails_with")
    ]
    if not found:
        raise ValueError(f"{name}.fails_with is empty: the check would tell nothing")
    none_twice((cause for cause, _ in found), f"{name}.fails_with: cause")
    return {"false_alarm": chance(row, "false_alarm", name), "fails_with": dict(found)}


def _sensitivity(
    entry: Mapping[str, Any], where: str, causes: Collection[str]
) -> tuple[str, float]:
    no_other_keys(entry, {"cause", "sensitivity", "origin"}, where)
    words(entry, "origin", where)
    return one_of(entry, "cause", where, causes), chance(entry, "sensitivity", where)


def _measurement(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    quantity = one_of(row, "quantity", name, QUANTITIES)
    unit = one_of(row, "unit", name, (QUANTITIES[quantity].unit,))
    return {
        "quantity": quantity,
        "unit": unit,
        "uncertainty": above_zero(row, "uncertainty", name),
        "unlisted_sd": above_zero(row, "unlisted_sd", name),
        "unlisted_share": chance(row, "unlisted_share", name),
    }
