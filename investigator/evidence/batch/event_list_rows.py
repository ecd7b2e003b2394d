"""The rows of an event list: each with its line, its event, and its cells in the marks of the file.

A row that cannot be read goes to the ledger with the reason; the others go on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from investigator.domain.import_profile import ImportProfile
from investigator.evidence.batch.event_list_words import Event, event_of
from investigator.evidence.batch.material import in_kg, number
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.table import Table
from investigator.evidence.times.record_times import record_instant

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `event` is None for a word that the form does not know; `t_ms` where no time is.

    `cells` holds texts by role; `text` is the row as it stands in the file.
    """

    line: int
    text: str
    event: Event | None
    t_ms: int | None
    cells: Mapping[str, str]

    def __getitem__(self, role: str) -> str:
        return self.cells.get(role, "")

    def at(self) -> int:
        """Its time; ValueError where it has none."""
        if self.t_ms is None:
            raise ValueError(f"{self['event']} without a time")
        return self.t_ms

    def needs(self, role: str) -> str:
        """The text of a role; ValueError where the cell is empty."""
        if not self[role]:
            raise ValueError(f"{self['event']} without {role}")
        return self[role]

    def kg(self, role: str) -> float | None:
        """A mass, kg, in the unit of the row; None where the cell is empty."""
        return in_kg(self[role], self["unit"])


def rows_of(table: Table, profile: ImportProfile, ledger: LossLedger) -> tuple[Row, ...]:
    """The rows in order of the file; one whose time cannot be read is entered and left out."""
    times = profile.columns_of("time")
    uses = {u.role: u for u in reversed(profile.columns) if u.role not in {"time", "unused"}}
    names = [table.column(name) for name in table.header.names]
    found = []
    for n, cells in enumerate(zip(*names, strict=True)):
        line, text = int(table.lines[n]), table.row_text(n)
        said = {role: _figure(cells[use.position], profile) for role, use in uses.items()}
        stamp = " ".join(cells[use.position] for use in times if cells[use.position])
        try:
            t_ms = record_instant(stamp, profile.zone, profile.time_order) if stamp else None
        except ValueError as why:
            ledger.note(line, text, str(why))
            continue
        found.append(Row(line, text, event_of(said.get("event", "")), t_ms, said))
    return tuple(found)


def _figure(text: str, profile: ImportProfile) -> str:
    """A number with a decimal point; any other text as it stands."""
    bare = text.replace(profile.thousands, "") if profile.thousands else text
    bare = bare.replace(profile.decimal, ".")
    try:
        number(bare)
    except ValueError:
        return text
    return bare


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, and the ledger for those that cannot be used."""

    rows: tuple[Row, ...]
    ledger: LossLedger

    def of(self, *events: Event | None) -> Iterator[Row]:
        """The rows of these events, in order of the file."""
        return (row for row in self.rows if row.event in events)

    def each(self, rows: Iterable[Row], read: Callable[[Row], T]) -> tuple[T, ...]:
        """What `read` makes of every row; it raises ValueError for one that it cannot read."""
        done = []
        for row in rows:
            try:
                done.append(read(row))
            except ValueError as why:
                self.refuse(row, str(why))
        return tuple(done)

    def refuse(self, row: Row, reason: str) -> None:
        """Enter a row that is not used."""
        self.ledger.note(row.line, row.text, reason)

    def reserve(self, row: Row, reason: str) -> None:
        """Enter a row that is used, with a reservation."""
        self.ledger.note(row.line, row.text, reason, unusable=False)
