"""The signal around the finding that is gone to; a span that is brushed can be doubted, too."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.finding_plot import NO_SIGNAL, FindingPlot
from investigator.desktop.widgets.labels import ElidedLabel, label
from investigator.domain.instant import Span

GUTTER_PX, LOWEST_PX = 88, 200
_GONE_TO = "Go to a finding to see its signal."


class FindingPane(QWidget):
    """A plot with the stretch of the finding brushed, and all findings on the signal beneath.

    Signals:
        brushed(): the person brushed another stretch, or took it away.
        span_chosen(str): id of a finding on the ribbon that was clicked.
    """

    brushed = Signal()
    span_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.stack = PlotStack(self.time)
        self.tag = ""
        self._note, self._none = ElidedLabel("", "soft"), label(_GONE_TO, "soft")
        self.time.brushed.connect(lambda _span: self.brushed.emit())
        self.stack.span_chosen.connect(self._tell_span)
        page, column = QWidget(), QVBoxLayout()
        page.setLayout(column)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._note)
        column.addWidget(self.stack, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._none)
        self._pages.setCurrentIndex(1)
        self.setMinimumHeight(LOWEST_PX)

    @property
    def note(self) -> str:
        """How many samples are left out and widened, or why nothing is plotted."""
        return self._none.text() if self._pages.currentIndex() else self._note.text()

    @property
    def span(self) -> Span | None:
        """The stretch that is brushed; None for none, or an empty one."""
        brush = self.time.brush
        return Span(*brush) if brush is not None and brush[1] > brush[0] else None

    def show_plot(self, made: FindingPlot | None, zone: str, *, selected: str) -> None:
        """Show the signal of a finding; None where it is about no signal.

        Args:
            made: what is drawn.
            zone: in which times are shown.
            selected: id of the finding.
        """
        self.tag = made.plot.key if made else ""
        self._pages.setCurrentIndex(0 if made else 1)
        if made is None:
            self._none.setText(NO_SIGNAL if selected else _GONE_TO)
            return
        self._note.setText(made.note)
        self.time.zone = zone
        self.time.show_bounds(*made.bounds)
        span = made.span
        self.time.draw_brush((span.start_ms, span.end_ms) if span else None, done=False)
        self.stack.show_plots([made.plot])
        self.stack.show_ribbons([made.ribbon], selected=selected)

    def _tell_span(self, span: RibbonSpan) -> None:
        self.span_chosen.emit(span.key)
