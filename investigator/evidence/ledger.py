"""The loss ledger: every row that was not used, or used with a reservation, is counted.

- A row is counted once, however many things are wrong with it.
- The count is exact; the list that goes with it holds the first rows only, so that a ruined file
  of a million rows does not become a million sentences.
- A file of which more than half of the rows cannot be used is refused as a whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import RowProblem

LISTED = 200
"""How many problems of one file are written out."""

TEXT_LENGTH = 160
"""How much of a row is quoted."""

REPORTED, UNUSABLE = 1, 2
"""Marks of a line."""


@dataclass(slots=True)
class LossLedger:
    """Collects what happens to the rows of one file while it is read."""

    rows_read: int = 0
    _problems: list[RowProblem] = field(default_factory=list)
    _marks: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(1 << 10, dtype=np.uint8))

    def note(self, line: int, text: str, reason: str, *, unusable: bool = True) -> None:
        """Enter the row on `line` with the text it had and why it is reported.

        `unusable` False means that the row was used, with a reservation.
        """
        self.note_rows([line], lambda _: text, reason, unusable=unusable)

    def note_rows(
        self,
        lines: Iterable[int],
        text: Callable[[int], str],
        reason: str,
        *,
        unusable: bool = True,
    ) -> None:
        """Enter many rows with one reason; `text` gives the words of the n-th of them.

        Words are asked for only of the rows that will be listed.
        """
        at = np.fromiter(lines, np.int64) if not isinstance(lines, np.ndarray) else lines
        if not at.size:
            return
        self._grow(int(at.max()))
        self._marks[at] |= REPORTED | (UNUSABLE if unusable else 0)
        for n, line in enumerate(at[: self.room].tolist()):
            self._problems.append(RowProblem(line, text(n)[:TEXT_LENGTH], reason))

    def _grow(self, line: int) -> None:
        if line >= self._marks.size:
            more = max(line + 1, 2 * self._marks.size) - self._marks.size
            self._marks = np.concatenate([self._marks, np.zeros(more, dtype=np.uint8)])

    @property
    def room(self) -> int:
        """How many more rows will be listed with their words."""
        return LISTED - len(self._problems)

    @property
    def rows_reported(self) -> int:
        """Number of rows with at least one entry."""
        return int(np.count_nonzero(self._marks))

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """The first entries, in order of line."""
        return tuple(sorted(self._problems, key=lambda p: p.line))

    def refuse_if_ruined(self, file: str) -> None:
        """Raise UnusableInput when more than half of the rows cannot be used."""
        unusable = np.flatnonzero(self._marks & UNUSABLE)
        if not unusable.size or 2 * unusable.size <= self.rows_read:
            return
        first = int(unusable[0])
        reasons = (p.reason for p in self._problems if p.line == first)
        raise UnusableInput(
            file,
            f"{unusable.size} of {self.rows_read} rows cannot be used"
            f" (first: line {first}, {next(reasons, 'for reasons not listed')})",
            "export it again in a known layout",
        )
