"""The report: the conclusion, the actions, and the pages with their signatures."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models import report_actions, report_conclusion
from investigator.desktop.view_models.recorded import case_id_of
from investigator.desktop.view_models.report_actions import ActionRow
from investigator.desktop.view_models.report_readiness import ACTIONS, CONCLUSION, Point
from investigator.desktop.view_models.report_signatures import signing
from investigator.desktop.views.report_actions import ActionsPart, ask_action
from investigator.desktop.views.report_conclusion import ConclusionPart
from investigator.desktop.views.report_document import DocumentPart
from investigator.desktop.views.report_signing import put_away_signing
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.sheet import close_sheets
from investigator.domain.acts.case import Classification

PARTS = (CONCLUSION, ACTIONS, "Report")
_NO_CASE = ("No case is open", "Open a case in the list of cases.")


class ReportView(View):
    """Three parts, one tab each."""

    place: ClassVar[Place] = Place.REPORT

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.conclusion_part, self.actions_part = ConclusionPart(), ActionsPart()
        self.document_part = DocumentPart(self)
        self.tabs = QTabWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self.conclusion_part.stated.connect(self._state)
        self.conclusion_part.source_asked.connect(self._inspect_conclusion)
        self.actions_part.chosen.connect(self._inspect_action)
        self.actions_part.proposal_asked.connect(self._propose)
        self.document_part.point_asked.connect(self._go_to)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show conclusion, actions and pages of the case."""
        before, self._scene = self._scene, snapshot
        case = snapshot.case
        self._put_away(before, snapshot)
        self._stack.setCurrentIndex(1 if case is None else 0)
        if case is None:
            return
        self.conclusion_part.show_conclusion(report_conclusion.conclusion(snapshot))
        minor = case.grade is Classification.MINOR
        self.actions_part.show_actions(report_actions.actions(snapshot), minor)
        self.document_part.show_scene(snapshot)
        self.commands_changed.emit()

    def show_part(self, title: str) -> None:
        """Show one of the parts."""
        self.tabs.setCurrentIndex(PARTS.index(title))

    def commands(self) -> tuple[Command, ...]:
        """Show a part, propose an action; issue, save, sign, return, close."""
        parts = (
            Command(
                f"report.{title.lower()}", f"Show {title.lower()}", partial(self.show_part, title)
            )
            for title in PARTS
        )
        return (*parts, self.actions_part.propose_command(), *self.document_part.commands())

    def things(self) -> tuple[Thing, ...]:
        """The actions and the sections of the report."""
        if self._scene is None or self._scene.case is None:
            return ()
        rows = report_actions.actions(self._scene).rows
        actions = (
            Thing(row.act.action_id, "action", partial(self._go_to_action, row)) for row in rows
        )
        return (*actions, *self.document_part.things())

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(self.tabs)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for title, part in zip(
            PARTS, (self.conclusion_part, self.actions_part, self.document_part), strict=True
        ):
            self.tabs.addTab(part, title)
        self._stack.addWidget(page)
        self._stack.addWidget(EmptyState(*_NO_CASE))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _put_away(self, before: Scene | None, now: Scene) -> None:
        """Nothing begun on one case goes to another; nothing is signed but what is shown."""
        if case_id_of(before) != case_id_of(now):
            close_sheets(self)
            self.conclusion_part.forget()
        put_away_signing(self, signing(now))

    def _go_to(self, point: Point) -> None:
        if point.title in PARTS:
            self.show_part(point.title)
        else:
            self.go_requested.emit(point.place)

    def _go_to_action(self, row: ActionRow) -> None:
        self.show_part(ACTIONS)
        self.actions_part.table.choose(lambda other: other.act.action_id == row.act.action_id)
        self._inspect_action(row)

    def _state(self, values: dict[str, Any]) -> None:
        if self._scene is None or self._scene.case is None:
            return
        act = report_conclusion.stated(self._scene.case, values)
        self.act_requested.emit(Do((act,), values["reason"], refused=self.conclusion_part.refuse))

    def _propose(self, row: ActionRow | None) -> None:
        if self._scene is not None and self._scene.case is not None:
            shown = report_actions.actions(self._scene)
            action_id = row.act.action_id if row else shown.next_id
            ask_action(self, action_id, row, self._scene.case.due.act.due)

    def _inspect_conclusion(self) -> None:
        case = self._scene.case if self._scene else None
        if self._scene is not None and case is not None and case.conclusion is not None:
            take = partial(ask_withdrawal, self)
            self.inspected.emit(report_conclusion.inspected(self._scene, case.conclusion, take))

    def _inspect_action(self, row: ActionRow) -> None:
        if self._scene is not None:
            take = partial(ask_withdrawal, self)
            self.inspected.emit(report_actions.inspected(self._scene, row, take))
