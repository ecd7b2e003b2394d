"""The clocks as a tab of the evidence: accepted as estimated, or set with a reason."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.clocks import (
    NO_CLOCKS,
    ClockRow,
    acts_to_accept,
    clocks,
    clocks_note,
    inspected_clock,
    why_not_clock,
)
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.views.clock_form import ask_clock
from investigator.desktop.views.clock_pane import ClockPane
from investigator.desktop.views.evidence_part import EvidencePart, page_of
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table

_COLUMNS: tuple[Column[ClockRow], ...] = (
    Column("Source", lambda row: row.source),
    Column(
        "Estimated",
        lambda row: row.estimated,
        unit="s",
        numeric=True,
        tip="Added to its times gives the historian's; with its 95 % interval",
    ),
    Column("Drift", lambda row: row.drift, unit="ppm", numeric=True),
    Column("Rests on", lambda row: Cell(str(row.pairs), row.pairs), numeric=True),
    Column("In force", lambda row: row.in_force, unit="s", numeric=True),
    Column("Judgement", lambda row: Cell(row.judgement, tone=row.tone)),
    Column(
        "Remark",
        lambda row: Cell(row.remark, tone=Tone.WARN if row.remark else Tone.PLAIN, tip=row.remark),
        width=-1,
    ),
)
_NAMES = ("clock.accept_all", "clock.set", "clock.accept")


class ClocksPart(EvidencePart):
    """A table of sources above what the offset of the selected one rests on."""

    word: ClassVar[str] = "Clocks"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[ClockRow, ...] = ()
        self.table: Table[ClockRow] = Table(_COLUMNS)
        self.pane = ClockPane()
        self._note = ElidedLabel("", "soft")
        self._buttons = {n: CommandButton(Command(n, "", lambda: None)) for n in _NAMES}
        self.table.chosen.connect(self._choose)
        self._lay_out()

    @property
    def title(self) -> str:
        """With how many wait for a judgement."""
        waiting = sum(row.is_open for row in self._rows)
        return f"{self.word}  ● {waiting}" if waiting else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the clocks as they stand."""
        self._scene, rows = scene, clocks(scene)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.source)
        self._note.setText(clocks_note(rows))
        if self.table.current_row() is None:
            self.pane.show_nothing()
        self._pages.setCurrentIndex(0 if rows else 1)
        self._offer()

    def inspect_current(self) -> None:
        """Tell of the clock that is gone to."""
        if (row := self.table.current_row()) is not None:
            self._choose(row)

    def commands(self) -> tuple[Command, ...]:
        """Accept the clock that is gone to, or all; set one."""
        row: ClockRow | None = self.table.current_row()
        why_not = why_not_clock(self._scene) if self._scene else "Open a case first."
        waiting = tuple(one for one in self._rows if one.is_open)
        unchosen = "" if row is not None and row.standing else "Select a clock first."
        alone = row is not None and row.standing is not None and row.standing.estimated is None
        unestimated = "There is no estimate to accept; set the clock by hand." if alone else ""
        none_left = "" if waiting else "Every clock is judged."
        words = f"Accept all {len(waiting)} as estimated" if waiting else "Accept all as estimated"
        return (
            Command(
                "clock.accept",
                "Accept as estimated",
                lambda: self._accept((row,) if row else ()),
                "",
                why_not or unchosen or unestimated,
            ),
            Command("clock.set", "Set by hand…", lambda: self._set(row), "", why_not or unchosen),
            Command(
                "clock.accept_all", words, lambda: self._accept(waiting), "", why_not or none_left
            ),
        )

    def things(self) -> tuple[Thing, ...]:
        """The clocks."""
        return tuple(
            Thing(f"clock of the {row.source}", "clock", partial(self._go_to, row.source))
            for row in self._rows
        )

    def _accept(self, rows: tuple[ClockRow, ...]) -> None:
        if rows:
            self.view.act_requested.emit(Do(acts_to_accept(rows)))

    def _set(self, row: ClockRow | None) -> None:
        if row is not None and self._scene is not None:
            ask_clock(self.view, self._scene, row)

    def _choose(self, row: ClockRow) -> None:
        if self._scene is None:
            return
        self._offer()
        self.pane.show_clock(row, zone_of(self._scene))
        take = partial(ask_withdrawal, self.view)
        own = self.commands()[:2] if row.standing else ()
        self.view.inspected.emit(inspected_clock(self._scene, row, take, actions=own))

    def _go_to(self, source: str) -> None:
        self.wanted.emit()
        self.table.choose(lambda row: row.source == source)

    def _offer(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)
        self.view.commands_changed.emit()

    def _lay_out(self) -> None:
        page = page_of(self._note, self._buttons, ((self.table, 1), (self.pane, 2)))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(EmptyState(*NO_CLOCKS))
