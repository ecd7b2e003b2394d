"""The signals of a replay: residual heat map, the selected one against the twin, table.

All three show the same signals in the same order and share one selection; only the selected one is
plotted. Under the plot lie the applicability domain and what the selected signal lacks.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import MarkedInstant, Plot
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.view_models.replay import AS_DOTS, Replay, SignalRow
from investigator.desktop.view_models.replay_ribbons import (
    EXCURSION,
    domain_rows,
    input_rows,
    quality_rows,
)
from investigator.desktop.view_models.replay_signal import (
    about_signal,
    channel_of,
    course_of,
    signal_plots,
)
from investigator.desktop.view_models.replay_told import ReplayTeller
from investigator.desktop.view_models.ribbons import Ribbons, ribbons_of
from investigator.desktop.views.cursor_told import CursorTold
from investigator.desktop.views.heat_scroll import HeatScroll
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.instant import Span

GUTTER_PX = 232
_NONE, _NO_RIBBONS = Replay((), None, (0, 1)), Ribbons((), {})


class SignalsPage(QWidget):
    """Heat map, plot of the selected signal, table.

    Signals:
        inspected(Inspected): a signal or a stretch of a ribbon was selected.
    """

    inspected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._replay, self._ribbons = _NONE, _NO_RIBBONS
        self._teller: ReplayTeller | None = None
        self._plots: dict[str, tuple[Plot, ...]] = {}
        self._selected = ""
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.heat, self.stack = HeatScroll(self.time), PlotStack(self.time)
        self.table: Table[SignalRow] = Table(_columns())
        self.told = CursorTold(self, self.time, self.tell_selected)
        self._lay_out()
        self.heat.map.chosen.connect(self.select)
        self.table.chosen.connect(lambda row: self.select(row.title))
        self.stack.plot_chosen.connect(lambda plot: self.select(plot.key))
        self.stack.span_chosen.connect(lambda span: self.tell_span(span.key))

    @property
    def selected(self) -> str:
        """Title of the selected signal; empty for none."""
        return self._selected

    def show_replay(self, replay: Replay, teller: ReplayTeller | None) -> None:
        """Another replay: a signal that was selected stays so; without one nothing stays."""
        self._replay, self._teller, self._plots = replay, teller, {}
        self.time.zone = teller.zone if teller else "UTC"
        self.time.show_bounds(*replay.bounds)
        titles = [row.title for row in replay.rows]
        selected = self._selected if self._selected in titles else next(iter(titles), "")
        self.heat.show_heat(replay.heat, selected=selected)
        self.table.show_rows(replay.rows)
        if not titles:
            self._selected = ""
            self.stack.show_plots([])
            self.stack.show_ribbons([])
        self._show(selected)

    def tell_by(self, teller: ReplayTeller) -> None:
        """The case has changed and the replay has not: what is selected is told anew from now."""
        self._teller = teller
        self._show_ribbons()

    def show_onset(self, marked: MarkedInstant | None) -> None:
        """Mark the onset of the leading hypothesis."""
        instants = [marked] if marked else []
        self.stack.show_instants(instants)
        self.heat.map.show_instants(instants)

    def excursions(self) -> list[tuple[str, Inspected]]:
        """Stretches outside the domain, by the keys of their spans."""
        things = self._ribbons.things.items()
        return [(key, told) for key, told in things if key.startswith(EXCURSION)]

    def select(self, title: str) -> None:
        """Go to a signal: its plot, its rows, the inspector."""
        self._show(title)
        self.tell_selected()

    def tell_selected(self) -> None:
        """Tell the selected signal, with its values at cursor A."""
        row = self._replay.row(self._selected)
        self.told.wanted = True
        if row is not None and self._teller is not None:
            course = course_of(row, self._replay.replayed)
            told = about_signal(self._teller, row, course, self.time.cursor("A"))
            self.inspected.emit(told)

    def _show(self, title: str) -> None:
        row = self._replay.row(title)
        if row is None:
            return
        self._selected = title
        if title not in self._plots:
            self._plots[title] = signal_plots(row, course_of(row, self._replay.replayed))
        self.stack.show_plots(self._plots[title])
        self._show_ribbons()
        self.heat.select(title)
        current = self.table.current_row()
        if current is None or current.title != title:
            self.table.choose(lambda other: other.title == title, tell=False)

    def _show_ribbons(self) -> None:
        replayed, row = self._replay.replayed, self._replay.row(self._selected)
        made = _NO_RIBBONS
        if replayed is not None and row is not None and self._teller is not None:
            whole, teller = Span(*self._replay.bounds), self._teller
            course = row.departure.panel.measured.t_ms.size > AS_DOTS
            quality = quality_rows(
                replayed, channel_of(row), judged=course, whole=whole, teller=teller
            )
            domain, inputs = domain_rows(replayed, whole, teller), input_rows(replayed, teller)
            made = ribbons_of([*domain, *quality, *inputs])
        if made.rows != self._ribbons.rows:
            self.stack.show_ribbons(made.rows)
        self._ribbons = made

    def tell_span(self, key: str) -> None:
        """Tell a stretch of a ribbon by its key."""
        self.told.wanted = False
        self.stack.show_ribbons(self._ribbons.rows, selected=key)
        self.inspected.emit(self._ribbons.things[key])

    def _lay_out(self) -> None:
        self.table.setObjectName("replayed")
        self.table.setAccessibleName("Replayed signals")
        split = QSplitter(Qt.Orientation.Vertical)
        for part, share in ((self.heat, 5), (self.stack, 4), (self.table, 4)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setChildrenCollapsible(False)
        split.setSizes([230, 290, 160])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)


def _columns() -> tuple[Column[SignalRow], ...]:
    return (
        Column("Signal", lambda r: r.title, width=-1),
        Column("Left", _left, numeric=True, width=56, tip="When it left the 95 % band"),
        Column(
            "Farthest",
            lambda r: Cell(r.farthest, -abs(r.departure.farthest)),
            "σ",
            numeric=True,
            width=88,
            tip="The residual farthest from zero",
        ),
        Column("n", lambda r: _number(r.samples, r, "samples"), numeric=True, width=52),
        Column("Bias", lambda r: _number(r.bias, r, "bias"), numeric=True, width=68),
        Column("rms", lambda r: _number(r.rmse, r, "rmse"), numeric=True, width=68),
        Column("sd twin", lambda r: _number(r.sd, r, "sd_predicted"), numeric=True, width=68),
        Column("Unit", lambda r: r.unit, width=72),
        Column(
            "In band",
            lambda r: _number(r.coverage, r, "coverage95"),
            "%",
            numeric=True,
            width=80,
            tip="Share of the values in the 95 % band",
        ),
    )


def _left(row: SignalRow) -> Cell:
    return Cell(row.left, row.departure.left_ms)


def _number(text: str, row: SignalRow, name: str) -> Cell:
    return Cell(text, None if row.figures is None else getattr(row.figures, name))
