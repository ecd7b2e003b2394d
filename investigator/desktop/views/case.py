"""The case: the list of all while none is shown, else what the case is about and all its acts."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import ShowCase
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.case import (
    Asks,
    BatchRow,
    Particular,
    case_page,
    commands,
    inspected_batch,
    inspected_particular,
)
from investigator.desktop.view_models.case_acts import ActRow, inspected_act
from investigator.desktop.view_models.cases import CaseRow, cases, inspected, why_not_open
from investigator.desktop.views import case_forms
from investigator.desktop.views.case_list import CaseList
from investigator.desktop.views.case_page import CasePageWidget
from investigator.desktop.views.withdrawing import ask_withdrawal

_NO_ROW = "Select a case first."


class CaseView(View):
    """List and page; which of them is seen follows the scene."""

    place: ClassVar[Place] = Place.CASE

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.list, self.page = CaseList(), CasePageWidget()
        self._asks = self._made_asks()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.page)
        self.list.chosen.connect(self._choose_case)
        self.list.opened.connect(self._show_case)
        self.page.particular_chosen.connect(self._choose_particular)
        self.page.batch_chosen.connect(self._choose_batch)
        self.page.batch_opened.connect(self._decide_on)
        self.page.act_chosen.connect(self._choose_act)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the case, or the list of cases."""
        self._scene = snapshot
        page = case_page(snapshot)
        self._stack.setCurrentIndex(0 if page is None else 1)
        if page is not None:
            self.page.show_page(page)
            self.page.tell_again()
        else:
            self.list.show_cases(cases(snapshot), self._open_command(), self._show_command())
        self._follow()

    def inspect_selected(self) -> None:
        """Tell what is gone to on the page, or the case that is in the list."""
        row = self.list.table.current_row()
        if self._scene is not None and self._scene.case is not None:
            self.page.tell_again()
        elif row is not None:
            self._choose_case(row)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the list, or with the case."""
        if self._scene is None:
            return ()
        if self._scene.case is None:
            return (self._open_command(), self._show_command())
        return (self._open_command(), *commands(self._scene, self._batch(), self._asks))

    def things(self) -> tuple[Thing, ...]:
        """The other batches."""
        page = case_page(self._scene) if self._scene else None
        return tuple(
            Thing(row.batch_id, "batch", partial(self._go_to_batch, row.batch_id))
            for row in (page.batches if page else ())
        )

    def _made_asks(self) -> Asks:
        return Asks(
            classify=lambda: self._scene and case_forms.ask_classify(self, self._scene),
            extend=lambda: self._scene and case_forms.ask_extend(self, self._scene),
            contain=lambda: self._scene and case_forms.ask_contain(self, self._scene),
            related=lambda _batch: case_forms.ask_related(self, self.page.batches.current_row()),
            scope=lambda: self._scene and case_forms.ask_scope(self, self._scene),
            close=lambda: case_forms.ask_close(self),
            reopen=lambda: case_forms.ask_reopen(self),
        )

    def _open_command(self) -> Command:
        def run() -> None:
            if self._scene is not None:
                case_forms.ask_open(self, self._scene)

        why_not = why_not_open(self._scene) if self._scene else ""
        return Command("case.open", "Open a case…", run, "Ctrl+N", why_not)

    def _show_command(self) -> Command:
        row = self.list.table.current_row()
        why_not = "" if row else _NO_ROW
        return Command("case.show", "Show the case", partial(self._show_case, row), "", why_not)

    def _list_command(self) -> Command:
        return Command("case.list", "All cases", lambda: self.act_requested.emit(ShowCase(None)))

    def _batch(self) -> str:
        row = self.page.batches.current_row()
        return row.batch_id if row else ""

    def _follow(self) -> None:
        if self._scene is not None and self._scene.case is not None:
            own = commands(self._scene, self._batch(), self._asks)
            self.page.show_commands((*own, self._list_command()))

    def _show_case(self, row: CaseRow | None) -> None:
        if row is not None:
            self.act_requested.emit(ShowCase(row.case_id))

    def _choose_case(self, row: CaseRow) -> None:
        self.list.show_button.show_command(self._show_command())
        self.inspected.emit(inspected(row, partial(self._show_case, row)))
        self.commands_changed.emit()

    def _choose_particular(self, row: Particular) -> None:
        if self._scene is not None:
            take = partial(ask_withdrawal, self)
            self.inspected.emit(inspected_particular(self._scene, row, take))

    def _choose_batch(self, row: BatchRow) -> None:
        if self._scene is not None:
            take = partial(ask_withdrawal, self)
            own = commands(self._scene, row.batch_id, self._asks)
            decide = next(command for command in own if command.id == "case.related")
            self.inspected.emit(inspected_batch(self._scene, row, take, decide))

    def _decide_on(self, row: BatchRow) -> None:
        own = commands(self._scene, row.batch_id, self._asks) if self._scene else ()
        for command in own:
            if command.id == "case.related" and command.enabled:
                command.run()

    def _choose_act(self, row: ActRow) -> None:
        if self._scene is not None:
            take = partial(ask_withdrawal, self)
            go = self.page.go_to_act
            self.inspected.emit(inspected_act(self._scene, row, take, go))

    def _go_to_batch(self, batch_id: str) -> None:
        self.page.batches.choose(lambda row: row.batch_id == batch_id)
