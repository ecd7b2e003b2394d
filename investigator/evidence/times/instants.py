"""Time stamps as text into instants, by the column.

- How the column is written is decided before (`time_order.decide_order`) and only carried out here.
- A time with its own offset needs no zone. A time without is placed in the zone that goes with the
  file.
- In the hour that an autumn night has twice, a time without offset is placed where the order of the
  rows tells which pass it belongs to, and reported where it does not; in the hour that a spring
  night has not, it is reported.
- Whatever had to be assumed is counted and said. No text is changed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import TimeOrder
from investigator.domain.instant import from_datetime
from investigator.evidence.tables.cells import as_texts
from investigator.evidence.times.doubled_hour import DoubledHours
from investigator.evidence.times.numeric_times import days_ms, epoch_ms
from investigator.evidence.times.time_forms import match
from investigator.evidence.times.times_assumed import NOTHING_ASSUMED, TimesAssumed
from investigator.evidence.times.wall_times import NO_OFFSET, WallTimeReader, WallTimes, parts_of
from investigator.evidence.times.zone_changes import (
    FIRST_YEAR,
    LAST_YEAR,
    outside_years,
    place,
    zone_of,
)

READ, UNREADABLE, MISSING, TWICE, OUTSIDE, HELD = 0, 1, 2, 3, 4, 255

REASONS = {
    UNREADABLE: "time cannot be read",
    MISSING: "time does not exist on the night of the clock change",
    TWICE: "time occurs twice on the night of the clock change and has no offset",
    OUTSIDE: f"time is not of the years {FIRST_YEAR} to {LAST_YEAR}",
}
"""Why a time could not be placed, by what stands in `Instants.reason`."""


@dataclass(frozen=True, slots=True)
class Instants:
    """Instants of many texts.

    Attributes:
        t_ms: int64 of shape (n,), ms since the epoch; 0 where a text could not be placed.
        reason: uint8 of shape (n,), 0 where it could, else a key of REASONS; HELD where
            `InstantReader.finish` will tell.
        without_offset: how many of the texts do not say where they stand to UTC.
        offsets: the offsets that the others state, such as `+02:00`, sorted.
        assumed: what was assumed to read them.
    """

    t_ms: NDArray[np.int64]
    reason: NDArray[np.uint8]
    without_offset: int
    offsets: tuple[str, ...]
    assumed: TimesAssumed = NOTHING_ASSUMED

    @property
    def unread(self) -> tuple[tuple[int, str], ...]:
        """Positions that could not be placed, each with the reason."""
        rows = np.flatnonzero((self.reason != READ) & (self.reason != HELD))
        return tuple((n, REASONS[int(self.reason[n])]) for n in rows.tolist())

    def zone(self, otherwise: str) -> str:
        """In words, the zone that the times were written in."""
        return ", ".join(f"UTC{offset}" for offset in self.offsets) or otherwise


def _written(offset_min: int) -> str:
    hours, minutes = divmod(abs(offset_min), 60)
    return f"{'-' if offset_min < 0 else '+'}{hours:02d}:{minutes:02d}"


class InstantReader:
    """Reads the time column of one file, block by block.

    Args:
        order: how the column is written.
        zone: IANA zone of times without offset.
        hold: rows of an hour that comes twice are held back (reason HELD) until `finish` has seen
            the whole file; otherwise every block has to tell for itself.

    Raises:
        UnusableInput: there is no such zone.
    """

    def __init__(self, order: TimeOrder, zone: str, *, hold: bool = False) -> None:
        zone_of(zone)
        self._order, self._zone, self._hold = order, zone, hold
        self._walls = WallTimeReader(order)
        self._doubled = DoubledHours()
        self._rows = 0

    def read(self, column: Any, series: NDArray[np.int64] | None = None) -> Instants:
        """Instants of a block of the column.

        Args:
            column: Arrow array or sequence of n texts.
            series: shape (n,), a number for what each row is a sample of, the same in all blocks;
                None where that is not known: then only a file in order of time tells the two
                passes of a doubled hour apart.
        """
        texts = as_texts(column)
        first, self._rows = self._rows, self._rows + len(texts)
        if self._order in {TimeOrder.EPOCH_S, TimeOrder.EPOCH_MS}:
            t_ms, good = epoch_ms(texts, self._order)
            reason = np.where(good, READ, UNREADABLE).astype(np.uint8)
            _leave_out(reason, outside_years(t_ms), t_ms)
            return Instants(t_ms, reason, 0, ("+00:00",) if good.any() else ())
        return self._placed(self._wall_times(texts), series, first)

    def finish(self) -> tuple[NDArray[np.int64], Instants]:
        """The rows that were held back, by their place in the file (from 0), and their instants."""
        rows, t_ms, told = self._doubled.settle()
        t_ms[~told] = 0
        reason = np.where(told, READ, TWICE).astype(np.uint8)
        assumed = TimesAssumed(told_apart=int(np.count_nonzero(told)))
        return rows, Instants(t_ms, reason, 0, (), assumed)

    def _wall_times(self, texts: Any) -> WallTimes:
        if self._order is not TimeOrder.SPREADSHEET:
            return self._walls.read(texts)
        wall_ms, good = days_ms(texts)
        return WallTimes(wall_ms, np.full(len(texts), NO_OFFSET, np.int16), good)

    def _placed(self, walls: WallTimes, series: NDArray[np.int64] | None, first: int) -> Instants:
        stated = walls.offset_min != NO_OFFSET
        ahead_min = np.where(stated, walls.offset_min, 0).astype(np.int64)
        t_ms = walls.wall_ms - ahead_min * 60_000
        reason = np.where(walls.readable, READ, UNREADABLE).astype(np.uint8)
        assumed = TimesAssumed(walls.short_years, walls.without_clock, walls.without_day)
        naive = np.flatnonzero(walls.readable & ~stated)
        if naive.size:
            local = place(walls.wall_ms[naive], self._zone)
            t_ms[naive] = local.t_ms
            reason[naive] = np.select((local.missing, local.later_ms > 0), (MISSING, HELD), READ)
            self._doubled.note(naive + first, local, None if series is None else series[naive])
            if not self._hold:
                rows, told = self.finish()
                t_ms[rows - first], reason[rows - first] = told.t_ms, told.reason
                assumed += told.assumed
        _leave_out(reason, outside_years(walls.wall_ms), t_ms)
        offsets = np.unique(walls.offset_min[walls.readable & stated]).tolist()
        return Instants(t_ms, reason, naive.size, tuple(map(_written, offsets)), assumed)


def _leave_out(
    reason: NDArray[np.uint8], outside: NDArray[np.bool_], t_ms: NDArray[np.int64]
) -> None:
    """Give times of another age their reason, and no instant to what has one."""
    reason[(reason != UNREADABLE) & outside] = OUTSIDE
    t_ms[reason != READ] = 0


def read_instants(
    texts: Any,
    zone: str,
    *,
    order: TimeOrder = TimeOrder.ISO,
    series: NDArray[np.int64] | None = None,
) -> Instants:
    """Instants of a whole column; arguments as of `InstantReader`."""
    return InstantReader(order, zone).read(texts, series)


def read_instant(text: str, zone: str, order: TimeOrder = TimeOrder.ISO) -> int:
    """The instant that `text` names, in ms since the epoch.

    Args:
        text: date and time, with or without offset.
        zone: IANA zone for a text without offset.
        order: how it is written.

    Raises:
        ValueError: the text cannot be read or placed; its words say why.
    """
    found = match(text, order)
    if found is None:
        raise ValueError(REASONS[UNREADABLE])
    parts = parts_of(found)
    try:
        moment = datetime(*_calendar(parts))  # noqa: DTZ001 - placed below
    except ValueError:
        raise ValueError(REASONS[UNREADABLE]) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(REASONS[OUTSIDE])
    if "sign" not in parts:
        return from_datetime(_local(moment, zone_of(zone)))
    ahead = parts["sign"] * (parts["offset_hour"] * 60 + parts.get("offset_minute", 0))
    if parts["offset_hour"] > 23 or parts.get("offset_minute", 0) > 59:
        raise ValueError(REASONS[UNREADABLE])
    return from_datetime(moment.replace(tzinfo=UTC)) - ahead * 60_000


def _calendar(parts: dict[str, int]) -> tuple[int, int, int, int, int, int, int]:
    hour = parts.get("hour", 0)
    if "half" in parts:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + 12 * (parts["half"] == ord("p"))
    return (
        parts["year"],
        parts["month"],
        parts.get("day", 1),
        hour,
        parts.get("minute", 0),
        parts.get("second", 0),
        parts.get("ms", 0) * 1000,
    )


def _local(naive: datetime, zone: ZoneInfo) -> datetime:
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    missing = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive
    raise ValueError(REASONS[MISSING if missing else TWICE])
