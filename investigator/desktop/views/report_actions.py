"""Corrective and preventive actions: the table, and the sheet in which one is proposed or changed.

A changed action keeps its id and takes the place of the one before; both stay in the log.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.report_actions import KINDS, ActionRow, Actions, proposed
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import SectionHeader
from investigator.desktop.widgets.sheet import Sheet
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines

_NONE_CHOSEN = "Choose an action of the table first."


class ActionsPart(QWidget):
    """The actions of the case.

    Signals:
        chosen(ActionRow): the person went to an action.
        proposal_asked(ActionRow | None): an action is to be proposed; with a row, changed.
    """

    chosen = Signal(object)
    proposal_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = Actions((), "", "", "")
        self.table: Table[ActionRow] = Table(_COLUMNS)
        self.table.setObjectName("actions")
        TwoLines.give_to(self.table)
        self.propose = CommandButton(self.propose_command(), "primary")
        self.propose.setObjectName("propose")
        self.change = CommandButton(self._change_command())
        self.change.setObjectName("change")
        self._head = SectionHeader("Actions", "", self.change, self.propose)
        self._empty = EmptyState("No action was proposed", "", self.propose_command())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self.change.click())

    def show_actions(self, shown: Actions, minor: bool) -> None:
        """Show the actions of a scene; `minor`: whether the case needs none."""
        if shown != self._shown:
            self.table.show_rows(shown.rows, keep=lambda row: row.act.action_id)
        self._shown = shown
        self._head.show_note("  ·  ".join(filter(None, (shown.note, shown.why_not))))
        need = "A minor deviation needs none." if minor else "The report needs at least one."
        self._empty.show_empty("No action was proposed", need, self.propose_command())
        self._stack.setCurrentIndex(0 if shown.rows else 1)
        self.propose.show_command(self.propose_command())
        self.change.show_command(self._change_command())

    def propose_command(self) -> Command:
        """Propose another action."""
        return Command(
            "report.propose_action",
            "Propose an action…",
            lambda: self.proposal_asked.emit(None),
            why_not=self._shown.why_not,
        )

    def _change_command(self) -> Command:
        row = self.table.current_row()
        return Command(
            "report.change_action",
            f"Change {row.act.action_id}…" if row else "Change…",
            lambda: self.proposal_asked.emit(self.table.current_row()),
            why_not=self._shown.why_not or ("" if row else _NONE_CHOSEN),
        )

    def _choose(self, row: ActionRow) -> None:
        self.change.show_command(self._change_command())
        self.chosen.emit(row)


def ask_action(view: View, action_id: str, row: ActionRow | None, due: date) -> Sheet:
    """Ask over a view what an action is, then let the view ask for its proposal.

    Args:
        view: that asks.
        action_id: of the action.
        row: the action as it stands, where it is changed.
        due: day that the form begins with for a new one.
    """
    form = _form(row, due)
    title = f"Change action {action_id}" if row else f"Propose action {action_id}"
    sheet = Sheet(view, title, form, send="Record")
    ask: Callable[[object], None] = view.act_requested.emit

    def send() -> None:
        act = proposed(action_id, form.values())
        ask(Do((act,), done=sheet.close_sheet, refused=sheet.refuse))

    sheet.sent.connect(send)
    sheet.open_sheet()
    return sheet


def _form(row: ActionRow | None, due: date) -> Form:
    act, form = row.act if row else None, Form()
    form.choice("kind", "Kind", KINDS, required=True, value=act.kind.value if act else "")
    form.lines("text", "Action", required=True, value=act.text if act else "")
    owner, effect = (act.owner_role, act.effectiveness) if act else ("", "")
    form.text("owner_role", "Owner, by role", required=True, value=owner)
    form.date("due", "Due", value=act.due if act else due)
    form.lines("effectiveness", "Effective when", required=True, value=effect)
    return form


def _kind(row: ActionRow) -> Cell:
    return Cell(f"{row.act.kind.value}\n{row.proposed_by}", tip=row.proposed_by)


def _owner(row: ActionRow) -> Cell:
    return Cell(f"{row.act.owner_role}\n{row.act.due.isoformat()}", row.act.due)


def _effective(row: ActionRow) -> Cell:
    return Cell(row.act.effectiveness, tip=row.act.effectiveness)


_COLUMNS: tuple[Column[ActionRow], ...] = (
    Column("Id", lambda row: row.act.action_id, width=60),
    Column("Kind", _kind, width=184),
    Column("Action", lambda row: Cell(row.act.text, tip=row.act.text), width=-1),
    Column("Owner, due", _owner, width=136),
    Column("Effective when", _effective, width=184),
)
