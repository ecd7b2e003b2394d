"""Reading the characterisation tables of a twin package."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput

Floats = NDArray[np.float64]


def read_table(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """A table of `folder/characterisation` with at least these columns.

    Raises:
        UnusableInput: the file cannot be read or a column is missing.
    """
    path = folder / "characterisation" / name
    try:
        table = pd.read_csv(path)
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
    return table


def column(table: pd.DataFrame, name: str) -> Floats:
    """A column as float64."""
    return np.asarray(table[name], dtype=np.float64)
