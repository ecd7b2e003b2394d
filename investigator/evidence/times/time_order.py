"""How a column of times is written, decided from all of its texts.

- A year of four digits in front, a named month or points between the numbers leave no choice.
- `3/4/2026` is day first or month first. One number above 12 anywhere in the column decides;
  failing that the order of the rows: a recording runs forward, and in short steps. What is decided
  by the steps is not certain, and neither is a column that contradicts itself.
- Bare numbers are told by their size: days of a spreadsheet, seconds, milliseconds.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import TimeOrder
from investigator.evidence.tables.cells import as_texts
from investigator.evidence.tables.numbers import read_numbers
from investigator.evidence.times.wall_times import WallTimeReader, WallTimes

SIZES = (
    (61, 1e6, TimeOrder.SPREADSHEET),
    (1e8, 1.5e10, TimeOrder.EPOCH_S),
    (1.5e10, 1e11, TimeOrder.SPREADSHEET),
    (1e11, 1e14, TimeOrder.EPOCH_MS),
)
"""From, below, and what a number of this size is; 1.5e10 to 1e11 are WinCC's millionths of days."""


@dataclass(frozen=True, slots=True)
class OrderDecision:
    """How times are written, whether that is beyond doubt, and why, in one sentence."""

    order: TimeOrder
    certain: bool
    why: str


def decide_order(column: Any) -> OrderDecision:
    """How the times of a whole column are written.

    Args:
        column: Arrow array or sequence of texts; empty ones say nothing.
    """
    import pyarrow.compute as pc

    texts = as_texts(column)
    texts = texts.filter(pc.not_equal(pc.utf8_trim_whitespace(texts), ""))
    read = {order: WallTimeReader(order).read(texts) for order in _WRITTEN}
    most = max(int(walls.readable.sum()) for walls in read.values())
    value, is_number = read_numbers(texts, decimal_comma=True)
    if int(is_number.sum()) > most:
        return _by_size(value[is_number])
    if not most:
        return OrderDecision(TimeOrder.ISO, False, "the column holds no times that are known")
    if int(read[TimeOrder.ISO].readable.sum()) == most:
        return _without_choice(texts, read[TimeOrder.ISO])
    return _by_numbers(texts, read[TimeOrder.DAY_FIRST], read[TimeOrder.MONTH_FIRST])


_WRITTEN = (TimeOrder.ISO, TimeOrder.DAY_FIRST, TimeOrder.MONTH_FIRST)


def _by_size(value: NDArray[np.float64]) -> OrderDecision:
    middle = float(np.median(value))
    for least, below, order in SIZES:
        if least <= middle < below:
            return OrderDecision(order, True, f"numbers of the size of {order}")
    return OrderDecision(TimeOrder.EPOCH_S, False, "numbers too large or too small to be times")


def _without_choice(texts: Any, walls: WallTimes) -> OrderDecision:
    import pyarrow.compute as pc

    read = texts.filter(walls.readable)
    year_first = pc.sum(pc.match_substring_regex(read, r"^\s*[0-9]{4}")).as_py() or 0
    if 2 * year_first >= len(read):
        return OrderDecision(TimeOrder.ISO, True, "the year stands first")
    return OrderDecision(
        TimeOrder.DAY_FIRST, True, "named months or points between the numbers leave one reading"
    )


def _by_numbers(texts: Any, day: WallTimes, month: WallTimes) -> OrderDecision:
    only_day = np.flatnonzero(day.readable & ~month.readable)
    only_month = np.flatnonzero(month.readable & ~day.readable)
    if only_day.size and only_month.size:
        order = TimeOrder.DAY_FIRST if only_day.size >= only_month.size else TimeOrder.MONTH_FIRST
        why = (
            f"{only_day.size} times can only be day first, as {texts[int(only_day[0])]}, and"
            f" {only_month.size} only month first, as {texts[int(only_month[0])]}"
        )
        return OrderDecision(order, False, why)
    for only, order in ((only_day, TimeOrder.DAY_FIRST), (only_month, TimeOrder.MONTH_FIRST)):
        if only.size:
            return OrderDecision(order, True, f"{texts[int(only[0])]} can only be {order}")
    return _by_course(day.wall_ms[day.readable], month.wall_ms[month.readable])


def _by_course(day: NDArray[np.int64], month: NDArray[np.int64]) -> OrderDecision:
    """The order under which the column runs forward, or else in the shorter steps."""
    if np.array_equal(day, month):
        return OrderDecision(
            TimeOrder.DAY_FIRST, False, "day and month have the same number in every time"
        )
    back = [int(np.count_nonzero(np.diff(wall) < 0)) for wall in (day, month)]
    if back[0] != back[1]:
        order = TimeOrder.DAY_FIRST if back[0] < back[1] else TimeOrder.MONTH_FIRST
        why = f"read as {order} the times step back {min(back)} times, otherwise {max(back)} times"
        return OrderDecision(order, min(back) == 0, why)
    longest = [int(np.abs(np.diff(wall)).max(initial=0)) for wall in (day, month)]
    order = TimeOrder.DAY_FIRST if longest[0] <= longest[1] else TimeOrder.MONTH_FIRST
    why = f"no number is above 12; read as {order} the longest step between two times is shorter"
    return OrderDecision(order, False, why)
