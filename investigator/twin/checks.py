"""Checks that would tell causes apart, as data: `checks.toml` of the package of a line.

- An inspection passes or fails: how likely it fails with each cause at work, and with none of them.
- A measurement gives a quantity of product or of a lot that the twin predicts, with an uncertainty.
- Strict: an unknown key, cause, quantity or unit, or a number that cannot be, is refused. A package
  without the file has no checks. Adding one needs no Python.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.twin.strict_fields import above_zero, listed, no_other_keys, number, words

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
    if not (folder / CHECKS).exists():
        return ()
    where = f"{folder.name}/{CHECKS}"
    try:
        document = tomllib.loads((folder / CHECKS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(where, f"cannot be read ({error})", "restore the package") from None
    form = document.get("format")
    if form != FORMAT or isinstance(form, bool):
        raise UnusableInput(
            where,
            f"has format {form!r}, this version reads format {FORMAT}",
            "update the program or take an older package",
        )
    try:
        return _checks(document, causes)
    except KeyError as error:
        fault = f"lacks the entry {error.args[0]}"
    except (TypeError, ValueError, AttributeError) as error:
        fault = str(error)
    raise UnusableInput(where, fault, "correct it; docs/twin-packages.md lists the entries")


def _checks(document: Mapping[str, Any], causes: Collection[str]) -> tuple[Check, ...]:
    no_other_keys(document, {"format", "check"}, "the file")
    checks = tuple(_check(row, causes) for row in listed(document, "check", "the file"))
    ids = [check.check_id for check in checks]
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if repeated:
        raise ValueError(f"has the check {repeated[0]} twice")
    return checks


def _check(row: Mapping[str, Any], causes: Collection[str]) -> Check:
    name = words(row, "id", "a check")
    kind = _one_of(words(row, "kind", name), [k.value for k in CheckKind], f"{name}: kind")
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
    fails_with: dict[str, float] = {}
    for entry in listed(row, "fails_with", name):
        where = f"{name}.fails_with"
        no_other_keys(entry, {"cause", "sensitivity", "origin"}, where)
        cause = _one_of(words(entry, "cause", where), causes, f"{where}: cause")
        if cause in fails_with:
            raise ValueError(f"{where} names {cause} twice")
        words(entry, "origin", where)
        fails_with[cause] = _chance(entry, "sensitivity", where)
    if not fails_with:
        raise ValueError(f"{name}.fails_with is empty: the check would tell nothing")
    return {"false_alarm": _chance(row, "false_alarm", name), "fails_with": fails_with}


def _measurement(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    quantity = _one_of(words(row, "quantity", name), QUANTITIES, f"{name}: quantity")
    unit = _one_of(words(row, "unit", name), [QUANTITIES[quantity].unit], f"{name}: unit")
    return {
        "quantity": quantity,
        "unit": unit,
        "uncertainty": above_zero(row, "uncertainty", name),
        "unlisted_sd": above_zero(row, "unlisted_sd", name),
        "unlisted_share": _chance(row, "unlisted_share", name),
    }


def _one_of(word: str, allowed: Collection[str], where: str) -> str:
    if word not in allowed:
        raise ValueError(f"{where} {word!r} is none of {', '.join(allowed)}")
    return word


def _chance(row: Mapping[str, Any], key: str, where: str) -> float:
    """A probability that leaves room for the other outcome: no check is infallible."""
    chance = above_zero(row, key, where)
    if chance >= 1.0:
        raise ValueError(f"{where}: {key} {chance:g} must be below 1")
    return chance
