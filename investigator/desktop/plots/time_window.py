"""The time that is seen, shared by everything that is drawn over it: range, cursors, brush.

- Times are integer milliseconds since 1970 (UTC); labels are in the zone of the site.
- The range stays within the bounds and never becomes shorter than a second.
- All that shares a window starts at the same pixel, `gutter_px` from the left.
"""

from typing import Literal

from PySide6.QtCore import QObject, Signal

CursorName = Literal["A", "B"]
CURSORS: tuple[CursorName, ...] = ("A", "B")
Range = tuple[int, int]
RIGHT_PX = 16
_SHORTEST_MS = 1_000


class TimeWindow(QObject):
    """One shared time axis.

    Signals:
        range_changed(): another stretch of time is seen.
        cursors_changed(): a cursor was put, moved or taken away.
        brush_changed(): the brush is being drawn or was taken away.
        brushed(tuple[int, int] | None): the person has brushed a span and let go, or dropped it.
    """

    range_changed = Signal()
    cursors_changed = Signal()
    brush_changed = Signal()
    brushed = Signal(object)

    def __init__(self, zone: str, bounds: Range, *, gutter_px: int = 64) -> None:
        super().__init__()
        self.zone, self.gutter_px = zone, gutter_px
        self._bounds = self._range = _proper(bounds)
        self._cursors: dict[CursorName, int] = {}
        self._brush: Range | None = None

    @property
    def bounds(self) -> Range:
        """First and last instant that can be seen."""
        return self._bounds

    @property
    def range(self) -> Range:
        """First and last instant that are seen now."""
        return self._range

    @property
    def brush(self) -> Range | None:
        """The span that is brushed; None for none."""
        return self._brush

    def cursor(self, name: CursorName) -> int | None:
        """Where a cursor stands; None where it is not put."""
        return self._cursors.get(name)

    def show_bounds(self, first_ms: int, last_ms: int) -> None:
        """Take other bounds and show all of them."""
        self._bounds = self._range = _proper((first_ms, last_ms))
        self.range_changed.emit()

    def show_range(self, first_ms: int, last_ms: int) -> None:
        """Show a stretch of time, moved and cut to lie within the bounds."""
        low, high = self._bounds
        length = min(max(last_ms - first_ms, _SHORTEST_MS), high - low)
        first = min(max(first_ms, low), high - length)
        if (first, first + length) != self._range:
            self._range = (first, first + length)
            self.range_changed.emit()

    def show_all(self) -> None:
        """Show all there is."""
        self.show_range(*self._bounds)

    def zoom(self, factor: float, around_ms: int) -> None:
        """Show more (factor above 1) or less, with an instant staying at its place."""
        first, last = self._range
        length = max((last - first) * factor, _SHORTEST_MS)
        share = (around_ms - first) / (last - first)
        start = round(around_ms - share * length)
        self.show_range(start, start + round(length))

    def pan(self, by_ms: int) -> None:
        """Show later (above 0) or earlier."""
        first, last = self._range
        self.show_range(first + by_ms, last + by_ms)

    def put_cursor(self, name: CursorName, t_ms: int | None) -> None:
        """Put or move a cursor; None takes it away."""
        self._cursors.pop(name, None)
        if t_ms is not None:
            self._cursors[name] = min(max(t_ms, self._bounds[0]), self._bounds[1])
        self.cursors_changed.emit()

    def draw_brush(self, span: Range | None, *, done: bool) -> None:
        """Brush a span, from either end; with `done` it is told."""
        self._brush = None if span is None else (min(span), max(span))
        self.brush_changed.emit()
        if done:
            self.brushed.emit(self._brush)

    def x_of(self, t_ms: float, width_px: int) -> float:
        """Where an instant lies in a widget of a width."""
        first, last = self._range
        inner = max(width_px - self.gutter_px - RIGHT_PX, 1)
        return self.gutter_px + (t_ms - first) / (last - first) * inner

    def t_of(self, x: float, width_px: int) -> int:
        """Which instant lies at a place of a widget of a width."""
        first, last = self._range
        inner = max(width_px - self.gutter_px - RIGHT_PX, 1)
        return round(first + (x - self.gutter_px) / inner * (last - first))


def _proper(bounds: Range) -> Range:
    first, last = bounds
    return first, max(last, first + _SHORTEST_MS)
