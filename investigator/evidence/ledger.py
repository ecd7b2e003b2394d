"""The loss ledger: every row that was not used, or used with a reservation, is counted.

- A row is counted once, however many things are wrong with it.
- The count is exact; the list that goes with it holds the first rows only, so that a ruined file
  of a million rows does not become a million sentences.
- A file of which more than half of the rows cannot be used is refused as a whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import RowProblem

LISTED = 200
"""How many problems of one file are written out."""

TEXT_LENGTH = 160
"""How much of a row is quoted."""


@dataclass(slots=True)
class LossLedger:
    """Collects what happens to the rows of one file while it is read."""

    rows_read: int = 0
    _problems: list[RowProblem] = field(default_factory=list)
    _reported: set[int] = field(default_factory=set)
    _unusable: set[int] = field(default_factory=set)

    def note(self, line: int, text: str, reason: str, *, unusable: bool = True) -> None:
        """Enter the row on `line` with the text it had and why it is reported.

        `unusable` False means that the row was used, with a reservation.
        """
        self._reported.add(line)
        if unusable:
            self._unusable.add(line)
        if len(self._problems) < LISTED:
            self._problems.append(RowProblem(line, text[:TEXT_LENGTH], reason))

    def note_rows(
        self,
        lines: Iterable[int],
        text: Callable[[int], str],
        reason: str,
        *,
        unusable: bool = True,
    ) -> None:
        """Enter many rows with one reason; `text` gives the words of the n-th of them."""
        for n, line in enumerate(lines):
            if len(self._problems) < LISTED:
                self.note(int(line), text(n), reason, unusable=unusable)
                continue
            self._reported.add(int(line))
            if unusable:
                self._unusable.add(int(line))

    @property
    def rows_reported(self) -> int:
        """Number of rows with at least one entry."""
        return len(self._reported)

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """The first entries, in order of line."""
        return tuple(sorted(self._problems, key=lambda p: p.line))

    def refuse_if_ruined(self, file: str) -> None:
        """Raise UnusableInput when more than half of the rows cannot be used."""
        if not self._unusable or 2 * len(self._unusable) <= self.rows_read:
            return
        first = min((p for p in self._problems if p.line in self._unusable), key=lambda p: p.line)
        raise UnusableInput(
            file,
            f"{len(self._unusable)} of {self.rows_read} rows cannot be used"
            f" (first: line {first.line}, {first.reason})",
            "export it again in a known layout",
        )
