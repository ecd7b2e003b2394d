"""Earlier deviations of the walk: one with its cause, on a unit of it, and an old one."""

from datetime import date

from investigator.domain.recurrence import EarlierCase, Likeness, Recurrence, Subject
from support.investigations import FILTER

LATELY = EarlierCase(
    "DEV-2025-7",
    date(2025, 6, 4),
    (FILTER,),
    "B-70",
    ("LW-311",),
    ("A1",),
    "Filter replaced.",
    "document DOC-1",
)
LONG_AGO = EarlierCase("DEV-2022-1", date(2022, 1, 2), (), "", ("BL-321",), (), "", "a case")


def recurrences_found() -> tuple[Recurrence, ...]:
    """In the order in which they are looked for: causes, units, lots."""
    return (
        Recurrence(Subject(Likeness.CAUSE, "feeder_drift"), (), 0, 0),
        Recurrence(Subject(Likeness.CAUSE, FILTER, ("Filter blocked",)), (LATELY,), 1, 1),
        Recurrence(Subject(Likeness.EQUIPMENT, "BL-321"), (LONG_AGO,), 0, 0),
        Recurrence(Subject(Likeness.EQUIPMENT, "LW-311"), (LATELY, LONG_AGO), 1, 1),
        Recurrence(Subject(Likeness.LOT, "A9"), (), 0, 0),
    )
