"""What the offset of a clock rests on: the pairs over time, or the match of two courses."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.view_models.clock_plot import (
    NOTHING_COMPARED,
    MatchPlot,
    PairsPlot,
    clock_plot,
)
from investigator.desktop.view_models.clocks import ClockRow
from investigator.desktop.views.match_plot import MatchPlotWidget
from investigator.desktop.widgets.labels import label

_GUTTER_PX, _LOWEST_PX = 64, 200
_GONE_TO = "Go to a clock to see what its offset rests on."


class ClockPane(QWidget):
    """One of the two plots, or why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.time = TimeWindow("UTC", (0, 1), gutter_px=_GUTTER_PX)
        self.stack, self.match = PlotStack(self.time), MatchPlotWidget()
        self._none = label(_GONE_TO, "soft")
        self._row: ClockRow | None = None
        self._pages = QStackedLayout(self)
        for page in (self._none, self.stack, self.match):
            self._pages.addWidget(page)
        self.setMinimumHeight(_LOWEST_PX)

    def show_nothing(self) -> None:
        """Show that no clock was gone to yet."""
        self._row = None
        self._none.setText(_GONE_TO)
        self._pages.setCurrentWidget(self._none)

    def show_clock(self, row: ClockRow, zone: str) -> None:
        """Show another clock, or the same as it stands now; `zone`: of the times shown."""
        if row == self._row:
            return
        self._row = row
        match clock_plot(row):
            case PairsPlot() as pairs:
                self.time.zone = zone
                self.time.show_bounds(*pairs.bounds)
                self.stack.show_plots([pairs.plot])
                self._pages.setCurrentWidget(self.stack)
            case MatchPlot() as match:
                self.match.show_match(match)
                self._pages.setCurrentWidget(self.match)
            case None:
                self._none.setText(NOTHING_COMPARED)
                self._pages.setCurrentWidget(self._none)
