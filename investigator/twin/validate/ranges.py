"""Ranges of the inputs in normal production, from `input_ranges.toml` of a package."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.twin.validate.operating_point import INPUTS

FILE = "input_ranges.toml"


@dataclass(frozen=True, slots=True)
class InputRange:
    """Within which bounds an input lies in normal production; `quantity` as in `INPUTS`."""

    quantity: str
    title: str
    unit: str
    low: float
    high: float
    origin: str


def read_ranges(folder: Path) -> tuple[InputRange, ...]:
    """The ranges of a package folder, in the order of the file.

    Raises:
        UnusableInput: the file cannot be read, names an unknown input, or a range is empty.
    """
    try:
        tables = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        return tuple(_range(name, table) for name, table in tables.items())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        wrong = f"cannot be read ({type(error).__name__}: {error})"
    except (TypeError, ValueError, RecursionError) as error:
        wrong = f"holds an unusable range ({error})"
    raise UnusableInput(f"{folder.name}/{FILE}", wrong, "restore the twin package")


def _range(quantity: str, table: Mapping[str, Any]) -> InputRange:
    if quantity not in INPUTS:
        raise ValueError(f"{quantity} is none of {', '.join(INPUTS)}")
    made = InputRange(
        quantity=quantity,
        title=str(table["title"]),
        unit=str(table["unit"]),
        low=float(table["low"]),
        high=float(table["high"]),
        origin=str(table["origin"]),
    )
    if not (math.isfinite(made.low) and math.isfinite(made.high) and made.low < made.high):
        raise ValueError(f"{quantity} needs two numbers, low below high")
    return made
