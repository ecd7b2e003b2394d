"""The hour that comes twice when clocks are set back: which of the two passes a row belongs to.

- Rows of one series that run up through the hour, step back once and run up through it again were
  written in two passes: what stands before the step is the first, what stands after the second.
- The step has to be wide: between the two rows beside it at most half of the doubled time may have
  gone by, or as much as the step that the series came with. A narrow step back is disorder.
- In a file that never steps back but there, the step of the file holds for all of its series.
- Whatever this does not tell remains untold. Nothing is guessed from a single pass.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from investigator.evidence.times.zone_changes import Placed

UNTOLD, FIRST, SECOND = 0, 1, 2
"""Pass of a row."""

REGULAR = 0.05
"""Two steps are alike that differ by no more than this part."""


@dataclass(frozen=True, slots=True)
class DoubledRows:
    """Rows whose local time comes twice, in the order of the file; arrays of shape (n,).

    Attributes:
        row: place in the file, rising.
        t_ms: the instant if it is the first pass.
        later_ms: how much later the second pass is.
        change: the instant at which the clock is set back.
        series: what the row is a sample of.
        step_ms: since the row before it of its series; 0 where there is none.
    """

    row: NDArray[np.int64]
    t_ms: NDArray[np.int64]
    later_ms: NDArray[np.int64]
    change: NDArray[np.int64]
    series: NDArray[np.int64]
    step_ms: NDArray[np.int64]

    def of(self, rows: NDArray[np.int64]) -> "DoubledRows":
        """Some of the rows."""
        return DoubledRows(*(getattr(self, field.name)[rows] for field in fields(self)))


def _joined(parts: list[DoubledRows]) -> DoubledRows:
    names = [field.name for field in fields(DoubledRows)]
    return DoubledRows(*(np.concatenate([getattr(p, name) for p in parts]) for name in names))


class DoubledHours:
    """Collects the rows of a file whose time comes twice until the file tells them apart."""

    def __init__(self) -> None:
        self._waiting: list[DoubledRows] = []
        self._in_order = self._series_known = True
        self._last = (np.iinfo(np.int64).min, 0)

    def note(
        self, rows: NDArray[np.int64], placed: Placed, series: NDArray[np.int64] | None
    ) -> None:
        """Take in the rows of a block that state no offset, with what they are samples of."""
        self._watch_order(placed)
        twice = np.flatnonzero(placed.later_ms)
        if not twice.size:
            return
        self._series_known &= series is not None
        of_series = np.zeros(rows.size, np.int64) if series is None else series
        step = _steps(placed.t_ms, of_series)
        self._waiting.append(
            DoubledRows(
                rows[twice],
                placed.t_ms[twice],
                placed.later_ms[twice],
                placed.change[twice],
                of_series[twice],
                step[twice],
            )
        )

    def _watch_order(self, placed: Placed) -> None:
        """Whether the file steps back anywhere but inside a doubled hour."""
        if not placed.t_ms.size:
            return
        t_ms = np.concatenate([[self._last[0]], placed.t_ms])
        change = np.concatenate([[self._last[1]], placed.change])
        same_night = (change[1:] == change[:-1]) & (change[1:] != 0)
        self._in_order &= not ((t_ms[1:] < t_ms[:-1]) & ~same_night).any()
        self._last = (int(t_ms[-1]), int(change[-1]))

    def settle(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """All rows that were noted and not settled: place in the file, instant, whether told."""
        if not self._waiting:
            none = np.zeros(0, np.int64)
            return none, none, np.zeros(0, bool)
        rows = _joined(self._waiting)
        self._waiting = []
        passed = np.zeros(rows.row.size, np.int8)
        for change in np.unique(rows.change):
            night = np.flatnonzero(rows.change == change)
            passed[night] = self._passes(rows.of(night))
        t_ms = rows.t_ms + np.where(passed == SECOND, rows.later_ms, 0)
        return rows.row, t_ms, passed != UNTOLD

    def _passes(self, night: DoubledRows) -> NDArray[np.int8]:
        if self._in_order:
            told = _passes_of_one(night)
            if told.any():
                return told
        return _passes_by_series(night) if self._series_known else np.zeros(night.row.size, np.int8)


def _steps(t_ms: NDArray[np.int64], series: NDArray[np.int64]) -> NDArray[np.int64]:
    """Time since the row before of the same series; 0 for its first."""
    order = np.argsort(series, kind="stable")
    out = np.zeros_like(t_ms)
    same = np.diff(series[order]) == 0
    out[order[1:]] = np.where(same, np.diff(t_ms[order]), 0)
    return out


def _passes_by_series(rows: DoubledRows) -> NDArray[np.int8]:
    out = np.zeros(rows.row.size, np.int8)
    order = np.argsort(rows.series, kind="stable")
    for one in np.split(order, np.flatnonzero(np.diff(rows.series[order])) + 1):
        out[one] = _passes_of_one(rows.of(one))
    return out


def _passes_of_one(rows: DoubledRows) -> NDArray[np.int8]:
    """Passes of rows of one night that were written one after the other."""
    step = np.diff(rows.t_ms)
    back = np.flatnonzero(step < 0)
    if not back.size:
        back = np.flatnonzero(step == 0)
    if back.size != 1:
        return np.zeros(rows.row.size, np.int8)
    at = int(back[0])
    gone_by = rows.later_ms[at] + step[at]
    regular = abs(gone_by - rows.step_ms[0]) <= REGULAR * rows.step_ms[0]
    if gone_by > rows.later_ms[at] / 2 and not regular:
        return np.zeros(rows.row.size, np.int8)
    return np.where(np.arange(rows.row.size) <= at, FIRST, SECOND).astype(np.int8)
