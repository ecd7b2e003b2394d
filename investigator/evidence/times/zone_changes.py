"""Local times of a named zone into instants, many at once.

`zoneinfo` answers one time after the other. Here the changes of a zone's offset are found once, and
every local time is placed between them. Around a change that sets clocks back lies an hour that
every wall shows twice; around one that sets them forward an hour that no wall shows.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Times outside these years are damage, not measurements."""

DAY_MS = 86_400_000


@lru_cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name.

    Raises:
        UnusableInput: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise UnusableInput(
            name, "is not the name of a time zone", "give an IANA name such as Europe/Berlin"
        ) from unknown


def _offset_s(zone: ZoneInfo, t_s: int) -> int:
    moment = datetime.fromtimestamp(t_s, UTC).astimezone(zone)
    return int((moment.utcoffset() or timedelta()).total_seconds())


def _change_between(zone: ZoneInfo, early_s: int, late_s: int) -> int:
    """The first second with the offset that holds at `late_s`."""
    before = _offset_s(zone, early_s)
    while late_s - early_s > 1:
        middle = (early_s + late_s) // 2
        if _offset_s(zone, middle) == before:
            early_s = middle
        else:
            late_s = middle
    return late_s


@lru_cache(maxsize=1024)
def _changes(name: str, year: int) -> tuple[tuple[int, int], ...]:
    """Second of every change of offset in a year of UTC, and the offset in s from then on."""
    zone = zone_of(name)
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-02", dtype="datetime64[D]")
    seconds = (days.astype(np.int64) * 86400).tolist()
    offsets = [_offset_s(zone, t_s) for t_s in seconds]
    return tuple(
        (_change_between(zone, seconds[n - 1], seconds[n]), offsets[n])
        for n in range(1, len(seconds))
        if offsets[n] != offsets[n - 1]
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Local times of one zone, placed.

    Attributes:
        t_ms: int64, shape (n,), ms since the epoch; of a time that comes twice, the first pass; of
            one that does not exist, what a clock that was not set forward would have shown.
        later_ms: int64, shape (n,): how much later the second pass of a time is that comes
            twice; 0 for others.
        missing: bool, shape (n,): times that do not exist.
        change: int64, shape (n,): a number for the change of the clock that a doubled time
            belongs to, the same in every block.
    """

    t_ms: NDArray[np.int64]
    later_ms: NDArray[np.int64]
    missing: NDArray[np.bool_]
    change: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Changes:
    """Changes of a zone over some years; offsets has one more than the others, all in ms."""

    at_ms: NDArray[np.int64]
    offset_ms: NDArray[np.int64]


def _year(wall_ms: int) -> int:
    return int(np.datetime64(wall_ms, "ms").astype("datetime64[Y]").astype(int)) + 1970


@lru_cache(maxsize=64)
def _over(name: str, first: int, last: int) -> _Changes:
    start = int(np.datetime64(f"{first}-01-01", "s").astype(int))
    changes = [change for year in range(first, last + 1) for change in _changes(name, year)]
    offsets = [_offset_s(zone_of(name), start)] + [offset for _, offset in changes]
    return _Changes(
        np.array([at for at, _ in changes], np.int64) * 1000, np.array(offsets, np.int64) * 1000
    )


_LOW = int(np.datetime64(f"{FIRST_YEAR}-01-01", "ms").astype(int))
_HIGH = int(np.datetime64(f"{LAST_YEAR + 1}-01-01", "ms").astype(int))


def outside_years(t_ms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which times lie outside the years that are placed."""
    return (t_ms < _LOW) | (t_ms >= _HIGH)


def place(wall_ms: NDArray[np.int64], zone: str) -> Placed:
    """Local times of an IANA zone into instants.

    Args:
        wall_ms: int64, shape (n,): date and clock in ms since 1970-01-01 00:00 of the wall; of
            other years than those that are placed, the nearest time of these is taken.
        zone: IANA name.

    Raises:
        UnusableInput: there is no such zone.
    """
    zone_of(zone)
    inside = np.clip(wall_ms, _LOW, _HIGH - 1)
    missing = np.zeros(wall_ms.shape, bool)
    if not wall_ms.size:
        return Placed(wall_ms, wall_ms, missing, wall_ms)
    first, last = _year(int(inside.min()) - DAY_MS), _year(int(inside.max()) + DAY_MS)
    table = _over(zone, first, last)
    before, after = table.offset_ms[:-1], table.offset_ms[1:]
    starts = table.at_ms + np.minimum(before, after)
    ends = table.at_ms + np.maximum(before, after)
    settled = int(np.searchsorted(ends, inside.min(), side="right"))
    zero = np.zeros_like(wall_ms)
    if settled == np.searchsorted(starts, inside.max(), side="right"):
        return Placed(inside - table.offset_ms[settled], zero, missing, zero)
    past = np.searchsorted(ends, inside, side="right")
    doubtful = np.flatnonzero(np.searchsorted(starts, inside, side="right") > past)
    later, change = zero, np.zeros_like(wall_ms)
    if doubtful.size:
        at = past[doubtful]
        back = before[at] - after[at]
        later[doubtful] = np.maximum(back, 0)
        missing[doubtful] = back < 0
        change[doubtful] = table.at_ms[at]
    return Placed(inside - table.offset_ms[past], later, missing, change)
