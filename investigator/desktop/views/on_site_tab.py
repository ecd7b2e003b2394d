"""Checks: those of the twin above, what was entered beneath; the forms that enter a result."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.on_site import (
    EnteredRow,
    OfferedCheck,
    about_check,
    about_entered,
    entered,
    offered,
    why_not_checked,
    why_not_entered,
)
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.on_site_forms import (
    ask_check,
    ask_human_error,
    ask_own_check,
    ask_phase_one,
)
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import line_label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.acts.analysis import HypothesisRaised
from investigator.domain.quantities import UNKNOWN, fixed

_GO_TO_A_CHECK = "Go to a check first."
_GO_TO_A_CAUSE = "Go to a raised hypothesis first."

_CHECKS: tuple[Column[OfferedCheck], ...] = (
    Column(
        "Check",
        lambda r: Cell(f"{r.known.title}\n{r.known.effort}", r.known.title, tip=r.known.reads),
        width=-1,
    ),
    Column("Gives", lambda r: Cell(r.gives), width=120),
    Column(
        "Tells",
        lambda r: Cell(UNKNOWN if r.bits is None else fixed(r.bits, 2), r.bits or 0.0),
        "bits",
        numeric=True,
        width=80,
        tip="Expected information by the latest ranking",
    ),
    Column("Entered", lambda r: Cell(r.entered or UNKNOWN, tip=r.entered), width=150),
)
_ENTERED: tuple[Column[EnteredRow], ...] = (
    Column("Entered", lambda r: Cell(r.when, r.key), width=130),
    Column("What was found", lambda r: Cell(r.what, tip=r.what), width=-1),
    Column("Speaks of", lambda r: Cell(r.of, tip=r.of), width=200),
    Column(
        "Standing",
        lambda r: Cell("◐ stale", tone=Tone.WARN) if r.stale else Cell("counts"),
        width=90,
    ),
)


class ChecksTab(HypothesisTab):
    """The checks of the case.

    Args:
        view: over which its forms lie.
    """

    word: ClassVar[str] = "Checks"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view, self._cause = view, ""
        self._scene: Scene | None = None
        self.checks: Table[OfferedCheck] = Table(_CHECKS)
        self.entered: Table[EnteredRow] = Table(_ENTERED)
        TwoLines.give_to(self.checks)
        self._told: Table[OfferedCheck] | Table[EnteredRow] = self.checks
        self._buttons = {c.id: CommandButton(c) for c in self.commands()}
        self._lay_out()
        self.checks.chosen.connect(lambda _row: self._follow(self.checks))
        self.entered.chosen.connect(lambda _row: self._follow(self.entered))
        self.checks.opened.connect(lambda _row: self._enter())

    def show_scene(self, scene: Scene, cause: str) -> None:
        """Show the checks; the forms on one cause are on the hypothesis gone to."""
        if scene is self._scene and cause == self._cause:
            return
        if scene is not self._scene:
            self.checks.show_rows(offered(scene), keep=lambda row: row.known.check_id)
            self.entered.show_rows(entered(scene), keep=lambda row: row.key)
        self._scene, self._cause = scene, cause
        self._show_buttons()

    def commands(self) -> tuple[Command, ...]:
        """Enter a result of a check, a check of one's own, phase I, the seven questions."""
        return self._entering(), self._own(), self._phase_one(), self._human_error()

    def tell_selected(self) -> None:
        """Tell the check, or what was entered, that was gone to last."""
        scene, check, row = self._scene, self.checks.current_row(), self.entered.current_row()
        if scene is None:
            return
        if self._told is self.entered and row is not None:
            self.inspected.emit(about_entered(scene, row, partial(ask_withdrawal, self._view)))
        elif check is not None:
            self.inspected.emit(about_check(check, (self._entering(),)))

    def enter_result(self, check_id: str) -> None:
        """Ask for the result of one check, if there is such a check and it can be entered."""
        if self.checks.choose(lambda row: row.known.check_id == check_id):
            self._enter()

    def _entering(self) -> Command:
        none = "" if self.checks.current_row() is not None else _GO_TO_A_CHECK
        why_not = why_not_checked(self._scene) or none
        return Command("on_site.check", "Enter a result…", self._enter, why_not=why_not)

    def _own(self) -> Command:
        why_not = why_not_entered(self._scene)
        return Command("on_site.own", "Enter a check of your own…", self._ask_own, why_not=why_not)

    def _phase_one(self) -> Command:
        title = "State phase I of the laboratory…"
        return Command("on_site.phase_one", title, self._ask_phase_one, why_not=self._why_not_on())

    def _human_error(self) -> Command:
        title = "Answer the seven questions…"
        return Command("on_site.human_error", title, self._ask_error, why_not=self._why_not_on())

    def _why_not_on(self) -> str:
        if refused := why_not_entered(self._scene):
            return refused
        case = self._scene.case if self._scene else None
        about = f"hypothesis {self._cause}"
        raised = case is not None and case.standing(HypothesisRaised, about) is not None
        return "" if raised else _GO_TO_A_CAUSE

    def _enter(self) -> None:
        row = self.checks.current_row()
        if self._scene is not None and row is not None and not why_not_checked(self._scene):
            ask_check(self._view, self._scene, row.known)

    def _ask_own(self) -> None:
        if self._scene is not None:
            ask_own_check(self._view, self._scene, "" if self._why_not_on() else self._cause)

    def _ask_phase_one(self) -> None:
        if self._scene is not None:
            ask_phase_one(self._view, self._scene, self._cause)

    def _ask_error(self) -> None:
        if self._scene is not None:
            ask_human_error(self._view, self._scene, self._cause)

    def _follow(self, table: Table[OfferedCheck] | Table[EnteredRow]) -> None:
        self._told = table
        self._show_buttons()
        self.tell_selected()

    def _show_buttons(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)
        self.commands_changed.emit()

    def _lay_out(self) -> None:
        self.checks.setObjectName("checks-of-the-twin")
        self.entered.setObjectName("entered-on-site")
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        for name, made in self._buttons.items():
            made.setObjectName(name)
            bar.addWidget(made)
        bar.addStretch(1)
        lower, split = QWidget(), QSplitter(Qt.Orientation.Vertical)
        beneath = QVBoxLayout(lower)
        beneath.setContentsMargins(0, GRID, 0, 0)
        beneath.addWidget(line_label("Entered", "strong"))
        beneath.addWidget(self.entered, 1)
        split.addWidget(self.checks)
        split.addWidget(lower)
        split.setChildrenCollapsible(False)
        split.setSizes([360, 200])
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.setSpacing(GRID)
        column.addLayout(bar)
        column.addWidget(split, 1)
