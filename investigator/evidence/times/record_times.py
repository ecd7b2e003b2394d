"""Times of records and extracts, one text at a time, inside the years that production knows."""

from datetime import date

from investigator.domain.import_profile import TimeOrder
from investigator.domain.instant import to_datetime
from investigator.evidence.times.instants import read_instant, read_instants
from investigator.evidence.times.zone_changes import FIRST_YEAR, LAST_YEAR

IN_WORDS = frozenset({TimeOrder.ISO, TimeOrder.DAY_FIRST, TimeOrder.MONTH_FIRST})
FIRST_MS, LAST_MS = -2_208_902_400_000, 7_258_032_000_000
"""2 January 1900 and 31 December 2199, UTC: a day inside, so that every zone can write them."""


def record_instant(text: str, zone: str, order: TimeOrder = TimeOrder.ISO) -> int:
    """The instant that a text names, in ms since the epoch.

    Args:
        text: date and time, or a number where the order says so.
        zone: IANA zone for a text without offset.
        order: how it is written.

    Raises:
        ValueError: the text cannot be read or placed, or is of another century.
    """
    if order in IN_WORDS:
        t_ms = read_instant(text, zone, order)
    else:
        read = read_instants([text], zone, order=order)
        for _, reason in read.unread:
            raise ValueError(reason)
        t_ms = int(read.t_ms[0])
    if not FIRST_MS <= t_ms < LAST_MS:
        raise ValueError(f"time is not of the years {FIRST_YEAR} to {LAST_YEAR}")
    return t_ms


def record_day(text: str, order: TimeOrder = TimeOrder.ISO) -> date | None:
    """The day that a text names; None for an empty one. ValueError as `record_instant`."""
    return to_datetime(record_instant(text, "UTC", order)).date() if text else None
