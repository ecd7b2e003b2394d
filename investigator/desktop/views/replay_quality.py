"""Quality as replayed: each attribute over time, containers beneath, and a table of both.

The plots come one at a time, once the page is seen; ribbon and table share one selection.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.plots.content import MarkedInstant, RibbonSpan
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.replay import Replay
from investigator.desktop.view_models.replay_quality import (
    NO_QUALITY,
    NOT_LEARNED,
    NOT_YET,
    ContainerRow,
    about_attribute,
    about_container,
    attributes,
    container_rows,
    quality_plot,
    quality_ribbons,
    summary,
    told_apart,
)
from investigator.desktop.view_models.replay_told import ReplayTeller
from investigator.desktop.view_models.ribbons import Ribbons
from investigator.desktop.views.cursor_told import CursorTold
from investigator.desktop.views.gradual import GradualPlots
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.instant import Span
from investigator.domain.replayed import ReplayedCourse

GUTTER_PX = 104
_CONTAINER = "container/"
_TIP = "Replayed, with the 95 % interval of the mean that the laboratory reports"
_NONE, _NO_RIBBONS = Replay((), None, (0, 1)), Ribbons((), {})


class QualityPage(QWidget):
    """Attributes over time, and containers.

    Signals:
        inspected(Inspected): an attribute, a container or a stretch of a ribbon was selected.
    """

    inspected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._replay, self._ribbons = _NONE, _NO_RIBBONS
        self._teller: ReplayTeller | None = None
        self._rows: tuple[ContainerRow, ...] = ()
        self._courses: tuple[ReplayedCourse, ...] = ()
        self._attribute = ""
        self._plotted = True
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.stack = PlotStack(self.time)
        self.plots = GradualPlots(self.stack)
        self.table: Table[ContainerRow] = Table(())
        self._summary = ElidedLabel("", "soft")
        self._empty = EmptyState(NO_QUALITY, NOT_YET)
        self.told = CursorTold(self, self.time, self.tell_selected)
        self._lay_out()
        self.stack.plot_chosen.connect(lambda plot: self.select_attribute(plot.key))
        self.stack.span_chosen.connect(self._tell_span)

    @property
    def rows(self) -> tuple[ContainerRow, ...]:
        """The containers."""
        return self._rows

    @property
    def courses(self) -> tuple[ReplayedCourse, ...]:
        """The attributes."""
        return self._courses

    def show_replay(self, replay: Replay, teller: ReplayTeller | None, again: Command) -> None:
        """Show another replay; `again`: makes one that replays quality, where this does not."""
        replayed = replay.replayed
        self._replay, self._teller, self._plotted = replay, teller, False
        self._courses = attributes(replayed) if replayed else ()
        self._rows = (
            container_rows(replayed, teller.scene) if replayed and self._courses and teller else ()
        )
        self.time.zone = teller.zone if teller else "UTC"
        self.time.show_bounds(*replay.bounds)
        self._summary.setText(summary(replayed) if replayed else "")
        self._show_table()
        self._show_ribbons()
        self._pages.setCurrentIndex(0 if self._courses else 1)
        self.offer(again)
        if self.isVisible():
            self._plot()

    def offer(self, again: Command) -> None:
        """What is offered where quality is not replayed."""
        why = NOT_LEARNED if self._replay.replayed else NOT_YET
        self._empty.show_empty(NO_QUALITY, why, None if self._replay.replayed else again)

    def tell_by(self, teller: ReplayTeller) -> None:
        """The case has changed and the replay has not: what is selected is told anew from now."""
        self._teller = teller
        self._show_ribbons()

    def show_onset(self, marked: MarkedInstant | None) -> None:
        """Mark the onset of the leading hypothesis."""
        self.stack.show_instants([marked] if marked else [])

    def select_attribute(self, attribute: str) -> None:
        """Go to an attribute: the inspector, with its value at cursor A."""
        self._attribute, self.told.wanted = attribute, True
        course = next((c for c in self._courses if c.attribute == attribute), None)
        replayed, teller = self._replay.replayed, self._teller
        if course is not None and replayed is not None and teller is not None:
            told = about_attribute(teller, replayed, course, self.time.cursor("A"))
            self.inspected.emit(told)

    def select_container(self, container_id: str) -> None:
        """Go to a container: its stretch, its row, the inspector."""
        row = next((r for r in self._rows if r.container_id == container_id), None)
        replayed, teller = self._replay.replayed, self._teller
        if row is None or replayed is None or teller is None:
            return
        self._attribute, self.told.wanted = "", False
        self.stack.show_ribbons(self._ribbons.rows, selected=f"{_CONTAINER}{container_id}")
        if self.table.current_row() is not row:
            self.table.choose(lambda other: other is row, tell=False)
        self.inspected.emit(about_container(teller, replayed, row))

    def tell_selected(self) -> None:
        """Tell the attribute or the container that was gone to last."""
        row = self.table.current_row()
        if self._attribute:
            self.select_attribute(self._attribute)
        elif row is not None:
            self.select_container(row.container_id)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Plots are made for who looks."""
        super().showEvent(event)
        self._plot()

    def _plot(self) -> None:
        if not self._plotted:
            self._plotted = True
            self.plots.show_plots([quality_plot(course) for course in self._courses])

    def _show_ribbons(self) -> None:
        made = _NO_RIBBONS
        if self._replay.replayed is not None and self._teller is not None:
            whole = Span(*self._replay.bounds)
            made = quality_ribbons(self._replay.replayed, self._rows, whole, self._teller)
        if made.rows != self._ribbons.rows:
            self.stack.show_ribbons(made.rows)
        self._ribbons = made

    def _show_table(self) -> None:
        """The columns are the attributes of the replay: another set of them is another table."""
        columns = container_columns(self._courses)
        if [c.head for c in columns] != [c.head for c in self.table.rows_model.columns]:
            self._put_table(Table(columns))
        self.table.show_rows(self._rows, keep=lambda row: row.container_id)

    def _put_table(self, table: Table[ContainerRow]) -> None:
        before, self.table = self.table, table
        self.table.setObjectName("replayed-containers")
        self.table.setAccessibleName("Replayed containers")
        TwoLines.give_to(self.table)
        self.table.chosen.connect(lambda row: self.select_container(row.container_id))
        self._below.replaceWidget(before, self.table)
        before.hide()
        before.deleteLater()

    def _tell_span(self, span: RibbonSpan) -> None:
        name = span.key.removeprefix(_CONTAINER)
        if any(row.container_id == name for row in self._rows):
            self.select_container(name)
            return
        self.told.wanted = False
        self.stack.show_ribbons(self._ribbons.rows, selected=span.key)
        self.inspected.emit(self._ribbons.things[span.key])

    def _lay_out(self) -> None:
        lower, page, split = QWidget(), QWidget(), QSplitter(Qt.Orientation.Vertical)
        self._below = QVBoxLayout(lower)
        self._below.setContentsMargins(0, GRID // 2, 0, 0)
        self._below.setSpacing(GRID // 2)
        said = QHBoxLayout()
        said.setContentsMargins(GRID, 0, 2 * GRID, 0)
        said.addWidget(self._summary)
        self._below.addLayout(said)
        self._below.addWidget(self.table, 1)
        for part in (self.stack, lower):
            split.addWidget(part)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([430, 250])
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)


def container_columns(courses: Sequence[ReplayedCourse]) -> tuple[Column[ContainerRow], ...]:
    """The container, a column for each attribute, the domain."""
    return (
        Column("Container", _container, width=112),
        *(_attribute_column(course) for course in courses),
    )


def _attribute_column(course: ReplayedCourse) -> Column[ContainerRow]:
    name = course.attribute

    def read(row: ContainerRow) -> Cell:
        value = row.by_attribute.get(name)
        if value is None:
            return Cell("–", None)
        tone = Tone.BAD if value.inside is False else Tone.PLAIN
        return Cell(told_apart(value), value.predicted, tone)

    unit = "" if course.unit == "-" else course.unit
    return Column(course.title, read, unit, numeric=True, width=-1, tip=_TIP)


def _container(row: ContainerRow) -> Cell:
    if row.extrapolated:
        tip = f"{row.container_id}: extrapolating"
        words = f"{row.short}\n{Tone.WARN.said('extrapolating')}"
        return Cell(words, row.container_id, tip=tip)
    return Cell(row.short, row.container_id, tip=row.container_id)
