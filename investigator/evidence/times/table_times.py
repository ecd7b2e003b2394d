"""The times of a table's rows, out of the columns that its profile names for them."""

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import ImportProfile
from investigator.evidence.tables.table import Table
from investigator.evidence.times.instants import Instants, read_instants


def row_instants(
    table: Table,
    profile: ImportProfile,
    series: NDArray[np.int64] | None = None,
    *,
    role: str = "time",
) -> Instants:
    """The instants of all rows; date and time of day may stand in two columns.

    Args:
        table, profile: the table as the profile reads it; an `offset` column is taken with it.
        role: of the columns that hold the times.
        series: shape (rows,), which series each row continues; tells the passes of an hour that
            comes twice apart.
    """
    return read_instants(_texts(table, role), profile.zone, order=profile.time_order, series=series)


def _texts(table: Table, role: str) -> list[str]:
    parts = table.roles(role)
    offsets = table.role("offset") or [""] * table.lines.size
    joined = [" ".join(filter(None, cells)) for cells in zip(*parts, strict=True)]
    return [f"{text}{offset}" for text, offset in zip(joined, offsets, strict=True)]


def time_assumptions(instants: Instants, profile: ImportProfile, file: str) -> tuple[str, ...]:
    """What was assumed to place the times of a file, a sentence each."""
    said = [f"{file}: {sentence}" for sentence in instants.assumed.sentences()]
    if instants.without_offset > len(instants.unread):
        said.insert(0, f"{file}: times without offset are local times of {profile.zone}")
    return tuple(said)
