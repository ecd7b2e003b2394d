"""Files and fields of a package, read strictly: each fault names its place.

- A missing field is a KeyError of its name, what cannot be a ValueError or TypeError.
- `entries_of` makes one sentence of any of them.
"""

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path
from typing import Any, TypeVar

from investigator.domain.errors import UnusableInput

Made = TypeVar("Made")


def entries_of(
    folder: Path, name: str, form: int, made_of: Callable[[Mapping[str, Any]], Made], absent: Made
) -> Made:
    """What is made of the entries of a TOML file of a package folder.

    Args:
        folder: of the package.
        name: of the file.
        form: the format that is read.
        made_of: makes it, and finds the faults.
        absent: what holds where the package has no such file.

    Raises:
        UnusableInput: the file is no TOML, of another format, or has an entry that cannot be used.
    """
    if not (folder / name).exists():
        return absent
    where = f"{folder.name}/{name}"
    try:
        document = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(where, f"cannot be read ({error})", "restore the package") from None
    found = document.get("format")
    if found != form or isinstance(found, bool):
        raise UnusableInput(
            where,
            f"has format {found!r}, this version reads format {form}",
            "update the program or take an older package",
        )
    try:
        return made_of(document)
    except KeyError as error:
        fault = f"lacks the entry {error.args[0]}"
    except (TypeError, ValueError) as error:
        fault = str(error)
    raise UnusableInput(where, fault, "correct it; docs/twin-packages.md lists the entries")


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


def finite(table: Mapping[str, Any], key: str, where: str) -> float:
    """A finite number."""
    value = _entry(table, key, where)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{where}: {key} needs a number, not {value!r}")
    try:
        found = float(value)
    except OverflowError:  # a whole number of more digits than a float reaches
        found = math.inf if value > 0 else -math.inf
    if not math.isfinite(found):
        raise ValueError(f"{where}: {key} {found} is no finite number")
    return found


def number(table: Mapping[str, Any], key: str, where: str) -> float:
    """A finite number of 0 or more."""
    value = finite(table, key, where)
    if value < 0.0:
        raise ValueError(f"{where}: {key} {table[key]!r} is no finite number of 0 or more")
    return value


def above_zero(table: Mapping[str, Any], key: str, where: str) -> float:
    """A finite number above 0."""
    value = number(table, key, where)
    if value == 0.0:
        raise ValueError(f"{where}: {key} must be above 0")
    return value


def chance(table: Mapping[str, Any], key: str, where: str) -> float:
    """A probability that leaves room for the other outcome: nothing is infallible."""
    value = number(table, key, where)
    if not 0.0 < value < 1.0:
        raise ValueError(f"{where}: {key} {value:g} must lie above 0 and below 1")
    return value


def count(table: Mapping[str, Any], key: str, where: str) -> int:
    """A whole number of 0 or more."""
    value = number(table, key, where)
    if value != int(value):
        raise ValueError(f"{where}: {key} must be a whole number")
    return int(value)


def yes_or_no(table: Mapping[str, Any], key: str, where: str) -> bool:
    """True or false."""
    value = _entry(table, key, where)
    if not isinstance(value, bool):
        raise TypeError(f"{where}: {key} needs true or false, not {value!r}")
    return value


def one_of(table: Mapping[str, Any], key: str, where: str, allowed: Iterable[str]) -> str:
    """A word of a list."""
    word, known = words(table, key, where), list(allowed)
    if word not in known:
        raise ValueError(f"{where}: {key} {word} is none of {', '.join(known)}")
    return word


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


def texts_among(
    table: Mapping[str, Any], key: str, where: str, allowed: Iterable[str], what: str
) -> tuple[str, ...]:
    """A list of texts, at least one, each of which names one of those allowed, a `what`."""
    found, known = texts(table, key, where), set(allowed)
    unknown = [text for text in found if text not in known]
    if unknown:
        raise ValueError(f"{where}: {key} names {unknown[0]}, which is no {what}")
    return found


def rows(
    table: Mapping[str, Any], key: str, where: str, each: str
) -> list[tuple[dict[str, Any], str]]:
    """A list of tables, with the place of each: `each` and its number, from 1."""
    places = ((row, f"{each} {k}") for k, row in enumerate(listed(table, key, where), 1))
    return [(_table(row, place), place) for row, place in places]


def inner(table: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    """A table within a table."""
    return _table(_entry(table, key, where), f"{where}.{key}")


def none_twice(names: Iterable[str], what: str) -> None:
    """Refuse a `what` that stands twice."""
    held = list(names)
    twice = sorted({name for name in held if held.count(name) > 1})
    if twice:
        raise ValueError(f"{what} {twice[0]} stands twice")


def listed(table: Mapping[str, Any], key: str, where: str) -> list[Any]:
    """A list."""
    found = _entry(table, key, where)
    if not isinstance(found, list):
        raise TypeError(f"{where}: {key} needs a list, not {found!r}")
    return found


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{where} is no table")
    return value


def _entry(table: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in table:
        raise KeyError(f"{where}.{key}")
    return table[key]
