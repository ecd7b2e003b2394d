"""Fields of the tables of a package, read strictly: each fault names its place.

A missing field is a KeyError of its name, what cannot be a ValueError or TypeError.
"""

import math
from collections.abc import Mapping, Set
from typing import Any


def no_other_keys(table: Mapping[str, Any], allowed: Set[str], where: str) -> None:
    """Refuse keys that mean nothing there."""
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise ValueError(f"{where}: {unknown[0]} means nothing here")


def words(table: Mapping[str, Any], key: str, where: str) -> str:
    """A text with something in it."""
    text = _entry(table, key, where)
    if not isinstance(text, str) or not text.strip():
        raise TypeError(f"{where}: {key} needs words, not {text!r}")
    return text


def number(table: Mapping[str, Any], key: str, where: str) -> float:
    """A finite number of 0 or more."""
    value = _entry(table, key, where)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{where}: {key} needs a number, not {value!r}")
    if not (math.isfinite(value) and value >= 0.0):
        raise ValueError(f"{where}: {key} {value!r} is no finite number of 0 or more")
    return float(value)


def above_zero(table: Mapping[str, Any], key: str, where: str) -> float:
    """A finite number above 0."""
    value = number(table, key, where)
    if value == 0.0:
        raise ValueError(f"{where}: {key} must be above 0")
    return value


def pair(table: Mapping[str, Any], key: str, where: str) -> tuple[float, float]:
    """Two numbers, the lesser first."""
    values = listed(table, key, where)
    if len(values) != 2:
        raise ValueError(f"{where}: {key} needs two numbers")
    low, high = (number({key: value}, key, where) for value in values)
    if low > high:
        raise ValueError(f"{where}: {key} needs the lesser number first")
    return low, high


def texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of texts, at least one."""
    found = tuple(words({key: text}, key, where) for text in listed(table, key, where))
    if not found:
        raise ValueError(f"{where}: {key} is empty")
    return found


def listed(table: Mapping[str, Any], key: str, where: str) -> list[Any]:
    """A list."""
    found = _entry(table, key, where)
    if not isinstance(found, list):
        raise TypeError(f"{where}: {key} needs a list, not {found!r}")
    return found


def _entry(table: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in table:
        raise KeyError(f"{where}.{key}")
    return table[key]
