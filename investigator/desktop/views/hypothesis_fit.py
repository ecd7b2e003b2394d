"""The right side of the hypotheses: the fit over the data, what speaks against and for it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.alarms_told import NONE_TOLD
from investigator.desktop.view_models.document_links import NO_DOCUMENTS, LinkRow
from investigator.desktop.view_models.fit import AgainstRow, Fit
from investigator.desktop.view_models.hypotheses import CheckRow, HypothesisRow
from investigator.desktop.views.gradual import GradualPlots
from investigator.desktop.views.link_table import links_of_hypothesis
from investigator.desktop.widgets.labels import ElidedLabel, label
from investigator.desktop.widgets.scrolled import scrolled
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.quantities import fixed

GUTTER_PX = 76


class FitPane(QWidget):
    """Plots above, tables beneath.

    Signals:
        contradiction_chosen(AgainstRow): the person went to a channel that speaks against it.
    """

    contradiction_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.stack = PlotStack(self.time)
        self.plots = GradualPlots(self.stack)
        self.against: Table[AgainstRow] = Table(_AGAINST)
        self.checks: Table[CheckRow] = Table(_CHECKS)
        self._title, self._confirm = ElidedLabel("", "strong"), label("", "soft")
        self._without, self._supports = label("", "soft"), label("")
        self.links = links_of_hypothesis()
        self._alarms = label("")
        self._none = tuple(label(t, "soft") for t in ("", "", "", NO_DOCUMENTS, NONE_TOLD))
        self._over, self.tabs = QStackedWidget(), QTabWidget()
        self.tabs.tabBar().setProperty("dense", True)
        self._lay_out()
        self.against.chosen.connect(self._go_to)

    def show_time(self, zone: str, bounds: tuple[int, int]) -> None:
        """The time that is shown, in which zone."""
        self.time.zone = zone
        self.time.show_bounds(*bounds)

    def show_fit(self, row: HypothesisRow | None, fit: Fit | None) -> None:
        """Show the fit of another row; None for no row."""
        self._title.setText(row.title if row else "")
        self.plots.show_plots(fit.plots if fit else ())
        self._over.setCurrentIndex(0 if fit and fit.plots else 1)
        self._without.setText(fit.without if fit else "Select a hypothesis.")
        self.stack.show_instants([fit.onset] if fit and fit.onset else [])
        self._show_words(fit)

    def show_checks(self, checks: Sequence[CheckRow], none: str) -> None:
        """Show what would tell the causes apart; `none` is said where there is nothing."""
        self.checks.show_rows(checks)
        self._none[2].setText(none)
        self._fill_page(2, bool(checks), f"Next checks ({len(checks)})")

    def show_links(self, rows: tuple[LinkRow, ...]) -> None:
        """Show the documents that are linked to the hypothesis."""
        self.links.show_rows(rows, keep=lambda row: row.key)
        self._fill_page(3, bool(rows), f"Documents ({len(rows)})")

    def _show_words(self, fit: Fit | None) -> None:
        against, supports = (fit.against, fit.supports) if fit else ((), ())
        self.against.show_rows(against)
        self._fill_page(0, bool(against), f"Against ({len(against)})")
        self._supports.setText("\n".join(supports))
        for said, words in zip(self._none, _none_said(fit), strict=False):
            said.setText(words)
        self._fill_page(1, bool(supports), f"For ({len(supports)})")
        self._show_alarms(fit.alarms if fit else (), fit.around if fit else ())
        confirm = fit.confirm_by if fit else ""
        self._confirm.setText(f"To confirm on site: {confirm}" if confirm else "")
        self._confirm.setVisible(bool(confirm))

    def _show_alarms(self, told: tuple[str, ...], around: tuple[str, ...]) -> None:
        context = ("Around that time, as context:", *around) if around else ()
        none = () if told else (NONE_TOLD,)
        self._alarms.setText("\n".join((*(told or none), *context)))
        self._fill_page(4, bool(told or around), f"Alarms ({len(told)})")

    def _fill_page(self, place: int, full: bool, title: str) -> None:
        page = self.tabs.widget(place)
        if isinstance(page, QStackedWidget):
            page.setCurrentIndex(0 if full else 1)
        self.tabs.setTabText(place, title)

    def _go_to(self, row: AgainstRow) -> None:
        """Show the time in which it speaks against, with as much again at either side."""
        span = row.contradiction.span
        spare = max(span.end_ms - span.start_ms, 60_000)
        self.time.show_range(span.start_ms - spare, span.end_ms + spare)
        self.contradiction_chosen.emit(row)

    def _lay_out(self) -> None:
        self.against.setObjectName("against")
        self.checks.setObjectName("next-checks")
        self._supports.setObjectName("supports")
        self._alarms.setObjectName("alarms")
        for table in (self.against, self.checks):
            TwoLines.give_to(table)
        pages: tuple[QWidget, ...] = (
            self.against,
            scrolled(self._supports),
            self.checks,
            self.links,
            scrolled(self._alarms),
        )
        for shown, none in zip(pages, self._none, strict=True):
            self.tabs.addTab(_page(shown, none), "")
        self.tabs.tabBar().setDrawBase(False)
        self._over.addWidget(self.stack)
        self._over.addWidget(_centred(self._without))
        lower, split = QWidget(), QSplitter(Qt.Orientation.Vertical)
        column = QVBoxLayout(lower)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(self._confirm)
        column.addWidget(self.tabs, 1)
        split.addWidget(self._over)
        split.addWidget(lower)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([460, 190])
        whole, head = QVBoxLayout(self), QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head.setContentsMargins(GRID, GRID, 2 * GRID, 0)
        head.addWidget(self._title)
        whole.addLayout(head)
        whole.addWidget(split, 1)


def _none_said(fit: Fit | None) -> tuple[str, str]:
    return (fit.none_against, fit.none_for) if fit else ("", "")


def _page(shown: QWidget, none: QWidget) -> QStackedWidget:
    page = QStackedWidget()
    page.addWidget(shown)
    page.addWidget(scrolled(none))
    return page


def _centred(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
    column.addWidget(widget)
    return page


_AGAINST: tuple[Column[AgainstRow], ...] = (
    Column("Channel", lambda r: Cell(f"{r.channel}\n{r.words}", tip=r.words), width=-1),
    Column("Apart", lambda r: Cell(r.sigma, r.contradiction.sigma), "σ", numeric=True, width=80),
)
_CHECKS: tuple[Column[CheckRow], ...] = (
    Column("Check", lambda r: Cell(f"{r.check}\n{r.words}", tip=f"{r.check}\n{r.words}"), width=-1),
    Column(
        "Tells",
        lambda r: Cell(fixed(r.bits, 2), r.bits),
        "bits",
        numeric=True,
        width=80,
        tip="Expected information",
    ),
)
