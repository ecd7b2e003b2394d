"""Curves and bands as items of pyqtgraph: each draws what a window of time shows of it."""

from collections.abc import Iterable
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from investigator.desktop.plots.content import Band, Curve, Floats
from investigator.desktop.plots.course import Course, core, lowest_and_highest
from investigator.desktop.theme.tokens import Theme
from investigator.domain.decimate import runs, thin_band

_DOT_PX = 5
_REACH = 3.0
Extent = tuple[float, float] | None


class Drawn(Protocol):
    """One item; its x is in seconds after `base_ms`."""

    def show(self, first_ms: int, last_ms: int, columns: int, base_ms: int) -> Extent:
        """Draw what a window shows; lowest and highest value in it, None for nothing."""


def colour_of(theme: Theme, colour: int | None) -> str:
    """A colour of the palette; ink for None."""
    return theme.ink if colour is None else theme.series[colour % len(theme.series)]


class DrawnCurve:
    """A curve in a plot."""

    def __init__(self, plot: pg.PlotItem, curve: Curve, theme: Theme) -> None:
        self.curve, self.course = curve, Course(curve.t_ms, curve.value)
        colour = QColor(colour_of(theme, curve.colour))
        pen = QPen(colour, 1)
        pen.setCosmetic(True)
        if curve.dots:
            self._item = pg.ScatterPlotItem(size=_DOT_PX, pen=None, brush=colour)
        else:
            self._item = pg.PlotCurveItem(pen=pen, connect="finite")
        plot.addItem(self._item)
        self._drawn = (np.empty(0), np.empty(0))

    def keep_within(self, low: float, high: float) -> None:
        """Draw dots that lie outside a range at its edge."""
        x, value = self._drawn
        if self.curve.dots and x.size:
            self._item.setData(x, np.clip(value, low, high))

    def show(self, first_ms: int, last_ms: int, columns: int, base_ms: int) -> Extent:
        """Draw what a window shows."""
        t_ms, value = self.course.seen(first_ms, last_ms, columns)
        x = (t_ms - base_ms) / 1000
        if self.curve.dots:
            known = np.isfinite(value)
            self._drawn = (x[known], value[known])
            self._item.setData(*self._drawn)
        else:
            if self.curve.held:
                x, value = np.repeat(x, 2)[1:], np.repeat(value, 2)[:-1]
            self._item.setData(x, value, antialias=x.size < columns and not self.curve.held)
        return lowest_and_highest(core(value) if self.curve.trimmed else value)


class DrawnBand:
    """A band in a plot; it is thinned outwards, never narrower than it is."""

    def __init__(self, plot: pg.PlotItem, band: Band, theme: Theme) -> None:
        self._band, self._item = band, QGraphicsPathItem()
        colour = QColor(colour_of(theme, band.colour))
        colour.setAlphaF(band.opacity)
        self._item.setBrush(colour)
        self._item.setPen(QPen(Qt.PenStyle.NoPen))
        plot.addItem(self._item, ignoreBounds=True)

    def show(self, first_ms: int, last_ms: int, columns: int, base_ms: int) -> Extent:
        """Draw what a window shows."""
        band = self._band
        start = max(int(np.searchsorted(band.t_ms, first_ms)) - 1, 0)
        end = int(np.searchsorted(band.t_ms, last_ms, side="right")) + 1
        t_ms, lower, upper = thin_band(
            band.t_ms[start:end], band.lower[start:end], band.upper[start:end], columns
        )
        self._item.setPath(_closed((t_ms - base_ms) / 1000, lower, upper))
        if band.trimmed:
            lower, upper = core(lower), core(upper)
        return lowest_and_highest(lower, upper)


def value_range(extents: Iterable[Extent], aside: Iterable[Extent]) -> tuple[float, float]:
    """Lowest and highest value of a plot.

    What lies aside widens the range by at most `_REACH` times its height at either side, so that
    one absurd value does not flatten all others.
    """
    inner, outer = _enclosing(extents), _enclosing(aside)
    if inner is None or outer is None:
        return inner or outer or (0.0, 1.0)
    reach = _REACH * ((inner[1] - inner[0]) or abs(inner[1]) or 1.0)
    low = min(inner[0], max(outer[0], inner[0] - reach))
    return low, max(inner[1], min(outer[1], inner[1] + reach))


def _enclosing(extents: Iterable[Extent]) -> Extent:
    known = [extent for extent in extents if extent is not None]
    return (min(e[0] for e in known), max(e[1] for e in known)) if known else None


def _closed(x: Floats, lower: Floats, upper: Floats) -> QPainterPath:
    """The outlines of a band, one for each stretch without a gap."""
    path = QPainterPath()
    for run in runs(np.isfinite(lower) & np.isfinite(upper)):
        there, back = x[run], x[run][::-1]
        outline = pg.arrayToQPath(
            np.concatenate([there, back]),
            np.concatenate([upper[run], lower[run][::-1]]),
            connect="all",
        )
        path.addPath(outline)
    return path
