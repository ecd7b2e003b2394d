"""The entries of a batch record one by one: what can be read is handed on, the rest is counted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from investigator.evidence.batch.record_xml import (
    Element,
    at,
    children,
    id_of,
    line_of,
    name_of,
    text_at,
)
from investigator.evidence.ledger import LossLedger
from investigator.evidence.times.record_times import record_instant

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entries:
    """Reads entries with the zone of the site; those that cannot be read go to the ledger."""

    zone: str
    ledger: LossLedger

    def each(self, elements: Iterable[Element], read: Callable[[Element], T]) -> tuple[T, ...]:
        """What `read` makes of every element; it raises ValueError for one that it cannot read."""
        done = []
        for element in elements:
            self.ledger.rows_read += 1
            try:
                done.append(read(element))
            except ValueError as why:
                self.ledger.note(line_of(element), words_of(element), str(why))
        return tuple(done)

    def reserve(self, element: Element, reason: str) -> None:
        """Enter an element that is used, with a reservation."""
        self.ledger.note(line_of(element), words_of(element), reason, unusable=False)

    def instant(self, element: Element, name: str = "TimeStamp") -> int:
        """The time of an element; ValueError when it has none or it cannot be placed."""
        text = text_at(element, name)
        if not text:
            raise ValueError(f"has no {name}")
        return record_instant(text, self.zone)

    def instant_or_none(self, element: Element, name: str) -> int | None:
        """The time of an element, None where it has none."""
        return self.instant(element, name) if text_at(element, name) else None


def words_of(element: Element) -> str:
    """Name and id of an element, as a person would look for it in the file."""
    return f"{name_of(element)} {id_of(element)}".strip()


def grouped(root: Element, group: str, name: str) -> list[Element]:
    """The entries `name` inside the group of the record; empty where it has no such group."""
    found = at(root, group)
    return [] if found is None else list(children(found, name))
