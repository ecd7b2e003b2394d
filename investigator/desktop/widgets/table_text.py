"""A table as text: divided by tabs to be pasted, by commas to be kept in a file.

- Cells stand as they are shown, one line each; the first line holds the heads with their units.
- Text that a spreadsheet would take for a formula gets an apostrophe before it in a file.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

_FORMULA = ("=", "+", "@", "\t", "-")
MARK = "\ufeff"
"""By which a spreadsheet knows UTF-8."""


class KeepsTables(Protocol):
    """What writes the tables below it to files."""

    def keep_table(self, name: str, text: str) -> None:
        """Ask where, then write the text there; `name` is suggested."""


def keeper_of(widget: QWidget) -> KeepsTables | None:
    """The nearest widget above another that keeps tables; None where there is none."""
    above: QWidget | None = widget.parentWidget()
    while above is not None and not hasattr(above, "keep_table"):
        above = above.parentWidget()
    return above


def tab_divided(lines: Iterable[Sequence[str]]) -> str:
    """Lines of cells divided by tabs."""
    return "\n".join("\t".join(map(one_line, line)) for line in lines)


def comma_divided(lines: Iterable[Sequence[str]]) -> str:
    """Lines of cells as CSV (RFC 4180), with the mark of UTF-8 before it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(cell) for cell in line] for line in lines)
    return MARK + text.getvalue()


def one_line(text: str) -> str:
    """A cell without its line breaks."""
    return text.replace("\n", " ")


def _cell(text: str) -> str:
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line
