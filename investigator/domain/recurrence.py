"""Has this happened before: earlier deviations with the same cause, equipment or lot.

- Looked for are deviations before the day of this one, in the last 12 and the last 24 months
  (calendar months; the first day counts).
- A cause is the same where its id or its title is, in whatever case and spacing; in other words it
  is not recognised, and the person who admitted the document is asked for the id.
- That nothing was found is said too: it speaks of what was handed in and of this workspace only.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Likeness(StrEnum):
    """In what an earlier deviation is like this one."""

    CAUSE = "cause"
    EQUIPMENT = "equipment"
    LOT = "material lot"


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """An earlier deviation, and where it is known from: a document or a case of the workspace.

    `causes` are ids of failure modes or words. What is not known is empty.
    """

    number: str
    dated: date
    causes: tuple[str, ...]
    batch_id: str
    equipment: tuple[str, ...]
    lots: tuple[str, ...]
    conclusion: str
    known_from: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked for: the id, and further names under which it may stand."""

    likeness: Likeness
    subject_id: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The earlier deviations with one subject, the latest first.

    `within_12`, `within_24`: how many of them lie in the last 12 and 24 months; older ones are
    listed and counted in neither.
    """

    subject: Subject
    earlier: tuple[EarlierCase, ...]
    within_12: int
    within_24: int


def recurrences(
    subjects: Iterable[Subject], earlier: Iterable[EarlierCase], *, day: date
) -> tuple[Recurrence, ...]:
    """What came before `day` with each of the subjects, in their order; also where nothing did."""
    before = sorted(
        {case.number: case for case in earlier if case.dated < day}.values(),
        key=lambda case: (case.dated, case.number),
        reverse=True,
    )
    return tuple(_recurrence(subject, before, day) for subject in subjects)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _recurrence(subject: Subject, before: Iterable[EarlierCase], day: date) -> Recurrence:
    like = tuple(case for case in before if _is_like(case, subject))
    since = [months_before(day, months) for months in (12, 24)]
    within = [sum(case.dated >= first for case in like) for first in since]
    return Recurrence(subject, like, *within)


def _is_like(case: EarlierCase, subject: Subject) -> bool:
    said = {
        Likeness.CAUSE: case.causes,
        Likeness.EQUIPMENT: case.equipment,
        Likeness.LOT: case.lots,
    }[subject.likeness]
    wanted = {_plain(name) for name in (subject.subject_id, *subject.names)}
    return any(_plain(name) in wanted for name in said)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
