"""Units as plants write them, and how a number in one becomes a number in another.

- German, English and typographic spellings of one unit are one unit; `canonical` names it.
- Per cents of different things are not converted into each other: 80 % relative humidity is no 80 %
  of label claim. A bare `%` may be any of them.
- Turns a minute are a rate of events here, not an angle: 60 rpm are 1 Hz.
- What cannot be converted is refused in one sentence, never guessed.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pint import UnitRegistry

NO_UNIT = ""

SPELLINGS = {
    "": ("", "-", "–", "none", "n/a", "1", "ohne", "dimensionless"),
    "state": ("state", "status", "zustand", "digital", "bool"),
    "tablets": ("tablets", "tablet", "tabletten", "tabl.", "tbl", "stk", "stück", "pcs", "counts"),
    "tablets/h": ("tablets/h", "tabletten/h", "tabl./h", "tbl/h", "stk/h", "stück/h", "pcs/h"),
    "%": ("%", "percent", "prozent", "pct", "vol%", "%o.v."),
    "%RH": ("%rh", "% rh", "%r.h.", "% r.h.", "rh%", "% rf", "%rf", "% r.f.", "%r.f."),
    "% LC": ("% lc", "%lc", "% label claim", "% of label claim", "% d. deklaration", "% dekl."),
    "% w/w": ("% w/w", "%w/w", "% (w/w)", "wt%", "wt.%", "ma%", "gew.-%", "gew%", "% m/m", "%m/m"),
    "°C": ("°c", "degc", "deg c", "deg.c", "grad c", "grad celsius", "celsius", "c"),
    "°F": ("°f", "degf", "deg f", "fahrenheit", "f"),
    "1/min": (
        "1/min",
        "rpm",
        "r/min",
        "u/min",
        "upm",
        "min-1",
        "min^-1",
        "min⁻¹",
        "/min",
        "umdr./min",
        "rev/min",
    ),
    "1/h": ("1/h", "h-1", "h^-1", "h⁻¹", "/h"),
    "kp": ("kp", "kgf", "kilopond"),
    "kg/h": ("kg/h", "kg/hr", "kg/std", "kg/std.", "kg/stunde", "kg h-1", "kg·h⁻¹", "kg pro h"),
    "g/h": ("g/h", "g/hr", "g/std", "g/stunde"),
    "g/min": ("g/min", "g/minute", "g·min⁻¹"),
    "m³/h": ("m³/h", "m3/h", "m^3/h", "cbm/h", "m³/std"),
    "l/min": ("l/min", "lpm"),
    "h": ("h", "hr", "std", "std.", "stunden", "hours"),
    "min": ("min", "minuten", "minutes"),
    "s": ("sec", "sek", "sek.", "sekunden", "seconds"),
    "µm": ("µm", "μm", "um", "micron", "mikrometer"),
}
"""Canonical spelling to what plants write, without regard to case."""

TORQUE = {"Nm": "Nm", "N·m": "Nm", "N*m": "Nm", "N m": "Nm", "NM": "Nm"}
"""With regard to case: nm is a wavelength."""

KINDS = {"%RH": "relative humidity", "% LC": "label claim", "% w/w": "mass fraction"}
KIND_OF_COUNT = {"state": "a state", "tablets": "a number of tablets", NO_UNIT: "without unit"}

PINT_NAMES = {
    "%": "percent",
    "%RH": "percent",
    "% LC": "percent",
    "% w/w": "percent",
    "°C": "degC",
    "°F": "degF",
    "tablets/h": "1/hour",
    "Nm": "newton*meter",
    "kp": "kilogram_force",
    "m³/h": "meter**3/hour",
    "l/min": "liter/minute",
    "µm": "micrometer",
}
COUNTED = frozenset({"tablets/h"})
"""Rates of a thing, not of turns: never converted into another rate."""

TEMPERATURES = frozenset({"°C", "°F", "K"})
FAR = 1000.0
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
POWER = re.compile(r"([A-Za-zµ])\^?(-?\d)")
WORD = r"[A-Za-zµ]+(?:\^?-?[1-9])?"
WRITTEN = re.compile(rf"(?:1(?=/))?(?:{WORD})?(?:[*/ ]{WORD})*")


@dataclass(frozen=True, slots=True)
class Conversion:
    """A number in the new unit is `factor` times the number in the old one plus `offset`."""

    factor: float = 1.0
    offset: float = 0.0


@cache
def _spellings() -> dict[str, str]:
    return {written: unit for unit, many in SPELLINGS.items() for written in many}


@cache
def _registry() -> "UnitRegistry[Any]":
    from pint import UnitRegistry

    return UnitRegistry()


@cache
def canonical(unit: str) -> str | None:
    """The one spelling of a unit in this program; None for a unit that is not known."""
    text = " ".join(unit.split())
    if text[:1] + text[-1:] in {"[]", "()"}:
        text = text[1:-1].strip()
    known = TORQUE.get(text) or _spellings().get(text.casefold())
    if known is not None:
        return known
    return None if _pint_unit(text) is None else text


@cache
def _pint_unit(unit: str) -> Any:
    """The unit as pint holds it; None where pint knows none of that name."""
    from pint.errors import PintError

    name = PINT_NAMES.get(unit)
    if name is None:
        written = unit.translate(SUPERSCRIPTS).replace("·", "*")
        if not WRITTEN.fullmatch(written):
            return None
        name = POWER.sub(r"\1**\2", written).replace(" ", "*")
    try:
        return _registry().Unit(name)
    except (PintError, ValueError, AttributeError):
        return None


def conversion(from_unit: str, to_unit: str) -> Conversion | str:
    """How numbers in `from_unit` become numbers in `to_unit`, or in one sentence why they do not.

    Temperatures are those of a thermometer, so °F to °C has an offset.
    """
    source, target = canonical(from_unit), canonical(to_unit)
    for unit, text in ((source, from_unit), (target, to_unit)):
        if unit is None:
            return f"the unit {text[:40]!r} is not known"
    if source is None or target is None or source == target:
        return Conversion()
    apart = _apart(source, target)
    return apart or _by_pint(source, target)


def _apart(source: str, target: str) -> str:
    """Why two units that differ cannot be one quantity, as far as their names tell."""
    for unit, other in ((source, target), (target, source)):
        if unit in KIND_OF_COUNT:
            return f"{unit or 'a number without unit'} cannot be converted to {other or 'no unit'}"
        if unit in COUNTED:
            return f"{unit} counts tablets, {other} does not"
    if source in KINDS and target in KINDS:
        return f"{source} is a {KINDS[source]}, {target} a {KINDS[target]}"
    return ""


def _by_pint(source: str, target: str) -> Conversion | str:
    old, new = _pint_unit(source), _pint_unit(target)
    if old.dimensionality != new.dimensionality:
        return f"{source} and {target} measure different things"
    quantity = _registry().Quantity
    if source in TEMPERATURES or target in TEMPERATURES:
        zero = float(quantity(0.0, old).to(new).magnitude)
        far = float(quantity(FAR, old).to(new).magnitude)
        return Conversion(_clean((far - zero) / FAR), _clean(zero))
    return Conversion(_clean(float(quantity(1.0, old).to(new).magnitude)))


def _clean(number: float) -> float:
    """Without the last digits, in which conversions by way of base units differ."""
    return float(f"{number:.12g}")
