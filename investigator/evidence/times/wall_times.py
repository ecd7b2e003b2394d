"""Time stamps as they stand on the wall: date, clock and stated offset of every row of a column.

- The forms that a column is written in are few: texts of one form are read together.
- What shares its form with few others is read text by text, every different text once.
- A date or clock that does not exist (31 February, 25 o'clock) is not readable.
"""

from dataclasses import dataclass
from re import Match
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import TimeOrder
from investigator.evidence.tables.cells import Cells, cells_of
from investigator.evidence.times.time_forms import LONGEST, MONTHS, full_year, match
from investigator.evidence.times.time_shapes import NUMBERS, Fields, Shape, fields_of, shape_of

NO_OFFSET = -32768
"""Stands in `WallTimes.offset_min` where a text states no offset."""

CHUNK = 32768
"""Rows that are taken together, so that they stay in the processor's cache."""

SHAPES = 64
"""How many forms of one column are told apart; `1/2/2026 3:04:05 PM` alone has sixteen."""

TRIES = 4
"""How many texts of one length are tried for a form before the rest is read singly."""

_MONTHS = np.arange("0001-01", "10000-02", dtype="datetime64[M]").astype("datetime64[D]")
MONTH_START = np.concatenate([np.zeros(12, np.int32), _MONTHS.astype(np.int32)])
"""Day since 1970 on which month `12 * year + month - 1` begins, from year 1 on."""


@dataclass(frozen=True, slots=True)
class WallTimes:
    """What n texts say.

    Attributes:
        wall_ms: int64, shape (n,): date and clock, in ms since 1970-01-01 00:00 on that clock.
        offset_min: int16, shape (n,): minutes ahead of UTC as stated; NO_OFFSET where none is.
        readable: bool, shape (n,).
        short_years, without_clock, without_day: how many readable texts have a year of two digits,
            no clock (read as midnight), no day (read as the first of the month).
    """

    wall_ms: NDArray[np.int64]
    offset_min: NDArray[np.int16]
    readable: NDArray[np.bool_]
    short_years: int = 0
    without_clock: int = 0
    without_day: int = 0


class _Collected:
    """Wall times that are filled in part by part."""

    def __init__(self, rows: int) -> None:
        self.wall_ms = np.zeros(rows, np.int64)
        self.offset_min = np.full(rows, NO_OFFSET, np.int16)
        self.readable = np.zeros(rows, bool)
        self.short_years = self.without_clock = self.without_day = 0

    def put(
        self, rows: NDArray[np.int64], fields: Fields, *, short_year: bool
    ) -> NDArray[np.bool_]:
        """Enter rows with the parts that were read of them; which of them are real times."""
        wall, good = _wall(fields)
        ahead, stated = _offset(fields)
        good &= stated
        self.wall_ms[rows] = np.where(good, wall, 0)
        self.offset_min[rows] = ahead
        self.readable[rows] = good
        n = int(np.count_nonzero(good))
        self.short_years += n * short_year
        self.without_clock += n * ("hour" not in fields)
        self.without_day += n * ("day" not in fields)
        return good

    def finished(self) -> WallTimes:
        """All rows."""
        return WallTimes(
            self.wall_ms,
            self.offset_min,
            self.readable,
            self.short_years,
            self.without_clock,
            self.without_day,
        )


def _wall(fields: Fields) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Date and clock in ms, and whether there is such a time."""
    year, month = fields["year"], fields["month"]
    good = (year >= 1) & (month >= 1) & (month <= 12)
    at = np.where(good, year * 12 + month - 1, 12)
    day = MONTH_START[at]
    if "day" in fields:
        good &= (fields["day"] >= 1) & (fields["day"] <= MONTH_START[at + 1] - day)
        day = day + fields["day"] - 1
    wall = day.astype(np.int64) * 86_400_000
    if "hour" not in fields:
        return wall, good
    hour, minute = fields["hour"], fields["minute"]
    if "half" in fields:
        good &= (hour >= 1) & (hour <= 12) & np.isin(fields["half"], (ord("a"), ord("p")))
        hour = hour % 12 + 12 * (fields["half"] == ord("p"))
    good &= (hour <= 23) & (minute <= 59)
    wall += (hour * 60 + minute) * 60_000
    if "second" in fields:
        good &= fields["second"] <= 59
        wall += fields["second"] * 1000
    if "ms" in fields:
        wall += fields["ms"]
    return wall, good


def _offset(fields: Fields) -> tuple[NDArray[np.int32] | int, NDArray[np.bool_] | bool]:
    """Minutes ahead of UTC, and whether there is such an offset."""
    if "sign" not in fields:
        return NO_OFFSET, True
    good = (fields["sign"] != 0) & (fields["offset_hour"] <= 23)
    ahead = fields["offset_hour"] * 60
    if "offset_minute" in fields:
        good &= fields["offset_minute"] <= 59
        ahead = ahead + fields["offset_minute"]
    return fields["sign"] * ahead, good


def parts_of(found: Match[str]) -> dict[str, int]:
    """The parts of one text as numbers."""
    parts = {name: text for name, text in found.groupdict().items() if text is not None}
    out = {name: int(parts[name]) for name in NUMBERS if name in parts}
    out["year"] = full_year(out["year"], len(parts["year"]))
    if "name" in parts:
        out["month"] = MONTHS.get(parts["name"].casefold(), 0)
    if "fraction" in parts:
        out["ms"] = int(parts["fraction"][:3].ljust(3, "0"))
    if "half" in parts:
        out["half"] = ord(parts["half"].lower())
    if "zulu" in parts:
        out["sign"], out["offset_hour"] = 1, 0
    elif "sign" in parts:
        out["sign"] = 1 if parts["sign"] == "+" else -1
    return out


class WallTimeReader:
    """Reads a column, block by block, and remembers the forms that it has met."""

    def __init__(self, order: TimeOrder) -> None:
        self._order = order
        self._shapes: list[Shape] = []

    def read(self, texts: Any) -> WallTimes:
        """What the texts of an Arrow array of strings without nulls say."""
        cells, n = cells_of(texts), len(texts)
        out = _Collected(n)
        odd: list[NDArray[np.int64]] = []
        for first in range(0, n, CHUNK):
            part = cells.part(first, min(first + CHUNK, n))
            for length in np.unique(part.lengths).tolist():
                if 0 < length <= LONGEST:
                    rows = np.flatnonzero(part.lengths == length)
                    odd += [left + first for left in self._of_length(part, rows, out, first)]
        if odd:
            self._singly(texts, np.concatenate(odd), out)
        return out.finished()

    def _of_length(
        self, cells: Cells, rows: NDArray[np.int64], out: _Collected, first: int
    ) -> list[NDArray[np.int64]]:
        """Read rows whose texts have one length; those that have to be read singly."""
        length = int(cells.lengths[rows[0]])
        left: list[NDArray[np.int64]] = []
        for shape in [one for one in self._shapes if one.length == length]:
            rows = _take(shape, cells, rows, out, first, left)
        for _ in range(TRIES):
            if not rows.size or len(self._shapes) == SHAPES:
                break
            learnt = self._learnt(cells.text(int(rows[0])))
            if learnt is None:
                left.append(rows[:1])
                rows = rows[1:]
            else:
                rows = _take(learnt, cells, rows, out, first, left)
        return [*left, rows]

    def _learnt(self, text: str) -> Shape | None:
        found = match(text, self._order) if text.isascii() else None
        if found is None:
            return None
        self._shapes.append(shape_of(text, found))
        return self._shapes[-1]

    def _singly(self, texts: Any, rows: NDArray[np.int64], out: _Collected) -> None:
        coded = texts.take(rows).dictionary_encode()
        code = coded.indices.to_numpy(zero_copy_only=False)
        alike: dict[tuple[bool, tuple[str, ...]], list[tuple[int, dict[str, int]]]] = {}
        for position, text in enumerate(coded.dictionary.to_pylist()):
            if found := match(text, self._order):
                parts = parts_of(found)
                key = (len(found["year"]) == 2, tuple(parts))
                alike.setdefault(key, []).append((position, parts))
        for (short_year, names), members in alike.items():
            group = np.full(len(coded.dictionary), -1)
            group[[position for position, _ in members]] = np.arange(len(members))
            here = group[code]
            fields = {
                name: np.array([parts[name] for _, parts in members], np.int32)[here[here >= 0]]
                for name in names
            }
            out.put(rows[here >= 0], fields, short_year=short_year)


def _take(
    shape: Shape,
    cells: Cells,
    rows: NDArray[np.int64],
    out: _Collected,
    first: int,
    left: list[NDArray[np.int64]],
) -> NDArray[np.int64]:
    """Read the rows of one form; what looks like it but is no time goes to `left`, others back."""
    block = cells.block(rows, shape.length)
    fits = shape.fits(block)
    whole = bool(fits.all())
    here = rows if whole else rows[fits]
    fields = fields_of(shape, block if whole else block[:, fits])
    good = out.put(here + first, fields, short_year=shape.short_year)
    left.append(here[~good])
    return rows[~fits]
