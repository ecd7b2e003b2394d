"""The report itself: its pages at the left; standing, outline and signatures at the right."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.pdf_pages import Bookmark
from investigator.desktop.scene import Scene
from investigator.desktop.view_models import report_sections
from investigator.desktop.view_models.report_readiness import points, standing
from investigator.desktop.view_models.report_signatures import signatures, voided
from investigator.desktop.views.report_commands import report_commands
from investigator.desktop.views.report_panel import ReportPanel
from investigator.desktop.views.report_reading import ReportReading
from investigator.desktop.widgets.empty import EmptyState
from investigator.domain.acts.closing import SignatureField
from investigator.domain.investigation import Investigation

_NO_REPORT = ("No report yet", "What it still needs is listed at the right; then issue it.")
_PANEL_PX = 296


class DocumentPart(QWidget):
    """Pages and panel.

    Signals:
        point_asked(Point): the person wants to see to what the report needs.
    """

    point_asked = Signal(object)

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._scene: Scene | None = None
        self.reading, self.panel = ReportReading(), ReportPanel()
        self.pages = self.reading.pages
        self._stack = QStackedWidget()
        self._lay_out()
        self.pages.page_changed.connect(self._follow_page)
        self.pages.pointed_at.connect(self._inspect_point)
        self.panel.outline.gone_to.connect(self._go_to)
        self.panel.points.gone_to.connect(self.point_asked)

    def show_scene(self, scene: Scene) -> None:
        """Show the report of the case and how it stands."""
        case = scene.case
        if case is None:
            return
        self._scene = scene
        if self.reading.show_pdf(scene.pdf):
            self.panel.show_bookmarks(self.pages.bookmarks)
            self._follow_page(self.pages.page)
        self._stack.setCurrentIndex(1 if scene.pdf is None else 0)
        self.panel.show_standing(standing(case))
        self.panel.points.show_points(points(scene))
        self.panel.signatures.show_signatures(signatures(scene), voided(scene))
        self._show_commands(scene, case)

    def commands(self) -> tuple[Command, ...]:
        """All that can be done with the report now."""
        if self._scene is None or self._scene.case is None:
            return ()
        return tuple(report_commands(self._view, self._scene, self._scene.case).values())

    def things(self) -> tuple[Thing, ...]:
        """The sections of the report."""
        return tuple(
            Thing(mark.title, "section", partial(self._go_to, mark))
            for mark in self.pages.bookmarks
            if mark.level == 0
        )

    def _lay_out(self) -> None:
        self._stack.addWidget(self.reading)
        self._stack.addWidget(EmptyState(*_NO_REPORT))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self._stack)
        halves.addWidget(self.panel)
        halves.setStretchFactor(0, 1)
        halves.setSizes([_PANEL_PX * 2, _PANEL_PX])
        halves.setChildrenCollapsible(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(halves)

    def _show_commands(self, scene: Scene, case: Investigation) -> None:
        made = report_commands(self._view, scene, case)
        complete = len(case.signatures) == len(SignatureField)
        primary = "close" if complete else "sign" if case.report_in_force else "issue"
        for name, command in made.items():
            self.panel.show_command(name, command, "primary" if name == primary else "")
        self.panel.buttons["sign"].setVisible(not complete)
        self.panel.buttons["close"].setVisible(complete)
        self.panel.show_why_not(made[primary].why_not)

    def _go_to(self, mark: Bookmark) -> None:
        self.pages.go_to(mark)
        self._inspect(mark)

    def _follow_page(self, page: int) -> None:
        self.panel.outline.mark_page(page)

    def _inspect_point(self, page: int, below_pt: float) -> None:
        mark = self.pages.bookmark_at(page, below_pt)
        if mark is not None:
            self._inspect(mark)

    def _inspect(self, mark: Bookmark) -> None:
        if self._scene is None:
            return
        marks = self.pages.bookmarks
        sections = [m for m in marks[: marks.index(mark) + 1] if m.level == 0]
        thing = report_sections.inspected(
            self._scene,
            section=sections[-1].title if sections else mark.title,
            heading=mark.title,
            page=mark.page,
            go=self._view.go_requested.emit,
        )
        self._view.inspected.emit(thing)
