"""The tag map as a tab of the evidence: reviewed before anything runs."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.mapping import (
    NO_MAP,
    MapRow,
    act_to_confirm,
    inspected_signal,
    is_due,
    map_note,
    map_rows,
    no_map,
    why_not_map,
)
from investigator.desktop.views.evidence_part import EvidencePart, page_of
from investigator.desktop.views.mapping_form import ask_as_packaged, ask_confirmation, ask_mapping
from investigator.desktop.views.suggestion_list import SuggestionList
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.tag_review import Suggestion

_COLUMNS: tuple[Column[MapRow], ...] = (
    Column("Signal of the twin", lambda row: Cell(row.signal, tip=row.signal), width=190),
    Column("Unit", lambda row: row.unit),
    Column("State", lambda row: Cell(row.state, tone=row.tone, tip=row.detail)),
    Column("Tag", lambda row: Cell(row.tag, tip=row.tag), width=-1),
    Column("Unit of the tag", lambda row: row.tag_unit),
    Column("Conversion", lambda row: row.conversion),
)
_NAMES = ("mapping.as_packaged", "mapping.map", "mapping.confirm")


class MappingPart(EvidencePart):
    """A table of signals above what could stand for the selected one."""

    word: ClassVar[str] = "Mapping"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[MapRow, ...] = ()
        self.table: Table[MapRow] = Table(_COLUMNS)
        self.suggestions = SuggestionList()
        self._note, self._empty = ElidedLabel("", "soft"), EmptyState(*NO_MAP)
        self._buttons = {n: CommandButton(Command(n, "", lambda: None)) for n in _NAMES}
        self.table.chosen.connect(self._choose)
        self.suggestions.wanted.connect(self._map)
        self._lay_out()

    @property
    def title(self) -> str:
        """With how many signals are open, where a replay waits for them."""
        waiting = sum(row.is_open for row in self._rows)
        due = self._scene is not None and is_due(self._scene)
        return f"{self.word}  ● {waiting or ''}".rstrip() if waiting or due else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the map as it stands."""
        self._scene, rows = scene, map_rows(scene)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.signal)
        self._note.setText(map_note(scene, rows))
        if self.table.current_row() is None:
            self.suggestions.show_nothing()
        self._empty.show_empty(*no_map(scene))
        self._pages.setCurrentIndex(0 if rows else 1)
        self._offer()

    def inspect_current(self) -> None:
        """Tell of the signal that is gone to."""
        if (row := self.table.current_row()) is not None:
            self._choose(row)

    def commands(self) -> tuple[Command, ...]:
        """Map the signal that is gone to, take it from the package again, confirm the map."""
        row: MapRow | None = self.table.current_row()
        why_not = why_not_map(self._scene) if self._scene else "Open a case first."
        unchosen = "" if row is not None else "Select a signal first."
        as_is = "" if row is None or row.departs else "It is as in the package."
        return (
            Command("mapping.confirm", "Confirm the map", self._confirm, "", why_not),
            Command("mapping.map", "Map by hand…", self._map, "", why_not or unchosen),
            Command(
                "mapping.as_packaged",
                "As in the package…",
                self._take_back,
                "",
                why_not or unchosen or as_is,
            ),
        )

    def things(self) -> tuple[Thing, ...]:
        """The signals of the twin."""
        return tuple(
            Thing(row.signal, "signal of the twin", partial(self._go_to, row.signal))
            for row in self._rows
        )

    def _confirm(self) -> None:
        found = self._scene.tag_map if self._scene else None
        if found is None:
            return
        act = act_to_confirm(found)
        if act.needs_reason():
            ask_confirmation(self.view, found)
        else:
            self.view.act_requested.emit(Do((act,)))

    def _map(self, suggested: Suggestion | None = None) -> None:
        row, scene = self.table.current_row(), self._scene
        if row is not None and scene is not None and scene.tag_map is not None:
            ask_mapping(self.view, scene, scene.tag_map, row, suggested)

    def _take_back(self) -> None:
        row, scene = self.table.current_row(), self._scene
        if row is not None and scene is not None and scene.tag_map is not None:
            ask_as_packaged(self.view, scene.tag_map, row)

    def _choose(self, row: MapRow) -> None:
        if self._scene is None:
            return
        self._offer()
        self.suggestions.show_signal(row, why_not_map(self._scene))
        take = partial(ask_withdrawal, self.view)
        own = self.commands()[1:]
        self.view.inspected.emit(inspected_signal(self._scene, row, take, actions=own))

    def _go_to(self, signal: str) -> None:
        self.wanted.emit()
        self.table.choose(lambda row: row.signal == signal)

    def _offer(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)
        self.view.commands_changed.emit()

    def _lay_out(self) -> None:
        page = page_of(self._note, self._buttons, ((self.table, 3), (self.suggestions, 1)))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
