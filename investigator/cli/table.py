"""Rows of text in columns."""

from collections.abc import Iterable, Sequence


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """One line for each row; columns as wide as their widest cell, the last of a row runs free.

    Rows may be of different length; a cell that ends its row does not widen its column.
    """
    widths = [
        max((len(row[column]) for row in rows if len(row) > column + 1), default=0)
        for column in range(max((len(row) for row in rows), default=0))
    ]
    return [_line(row, widths) for row in rows]


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)).rstrip()
