"""Reading the characterisation tables of a twin package."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput

Floats = NDArray[np.float64]

FILE = "file"
FIRST_LINE = 2


def read_table(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """A table of `folder/characterisation` with at least these columns.

    Raises:
        UnusableInput: the file is not there, cannot be read, or lacks a column.
    """
    path = folder / "characterisation" / name
    try:
        table = pd.read_csv(path)
    except FileNotFoundError:
        raise UnusableInput(
            f"characterisation/{name}", "is not there", "put this line's own data there"
        ) from None
    except (OSError, ValueError) as error:
        raise UnusableInput(
            f"characterisation/{name}",
            f"cannot be read ({type(error).__name__})",
            "restore the twin package",
        ) from None
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise UnusableInput(
            f"characterisation/{name}", f"has no column {missing[0]}", "restore the twin package"
        )
    table.attrs[FILE] = f"characterisation/{name}"
    return table


def column(table: pd.DataFrame, name: str) -> Floats:
    """A column of a table, or of a part of its rows, as float64.

    Raises:
        UnusableInput: a cell is empty or no number; the file and its line are named.
    """
    values: Floats = np.asarray(pd.to_numeric(table[name], errors="coerce"), dtype=np.float64)
    wrong = np.flatnonzero(~np.isfinite(values))
    if wrong.size:
        line, cell = int(table.index[wrong[0]]) + FIRST_LINE, table[name].iloc[wrong[0]]
        told = "is empty" if pd.isna(cell) else f"is {cell!r}, no number"
        raise UnusableInput(
            str(table.attrs[FILE]), f"line {line}: {name} {told}", "restore the twin package"
        )
    return values
