"""Ticks of the time axis in the zone of the site: hours and minutes, the date at midnight."""

from typing import NamedTuple

from investigator.domain.instant import to_datetime

_SECOND, _MINUTE, _HOUR, _DAY = 1_000, 60_000, 3_600_000, 86_400_000
STEPS_MS = (
    *(k * _SECOND for k in (1, 2, 5, 10, 15, 30)),
    *(k * _MINUTE for k in (1, 2, 5, 10, 15, 30)),
    *(k * _HOUR for k in (1, 2, 3, 6, 12)),
    *(k * _DAY for k in (1, 2, 7, 14, 28)),
)


class Tick(NamedTuple):
    """One tick: when, and what stands at it."""

    t_ms: int
    label: str


def clock(t_ms: int, zone: str) -> str:
    """Time of day to the second, e.g. "11:20:04"."""
    return f"{to_datetime(t_ms, zone):%H:%M:%S}"


def day(t_ms: int, zone: str) -> str:
    """The date, e.g. "2026-10-31"."""
    return f"{to_datetime(t_ms, zone):%Y-%m-%d}"


def time_ticks(first_ms: int, last_ms: int, zone: str, *, at_most: int) -> list[Tick]:
    """Evenly spaced ticks at round times of the site's clock, at most that many but two.

    Where the clock is changed within the window, later ticks stay evenly spaced; their labels are
    what the clock shows.
    """
    length = max(last_ms - first_ms, 1)
    step = next((s for s in STEPS_MS if length // s < max(at_most, 1)), STEPS_MS[-1])
    offset = to_datetime(first_ms, zone).utcoffset()
    shift = 0 if offset is None else round(offset.total_seconds() * 1000)
    start = -(-(first_ms + shift) // step) * step - shift
    return [Tick(t, _label(t, zone, step)) for t in range(start, last_ms + 1, step)]


def _label(t_ms: int, zone: str, step: int) -> str:
    wall = to_datetime(t_ms, zone)
    if step >= _DAY or (wall.hour, wall.minute, wall.second) == (0, 0, 0):
        return f"{wall:%Y-%m-%d}"
    return f"{wall:%H:%M}" if step >= _MINUTE else f"{wall:%H:%M:%S}"


def duration(length_ms: int) -> str:
    """A length of time, to the second, e.g. "1 h 04 min 56 s"."""
    seconds = round(abs(length_ms) / 1000)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    sign = "−" if length_ms < 0 else ""
    if hours:
        return f"{sign}{hours} h {minutes:02d} min {rest:02d} s"
    return f"{sign}{minutes} min {rest:02d} s" if minutes else f"{sign}{rest} s"
