"""The files of the evidence as admitted, as a tab: what each was read as, and what was lost."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.evidence import (
    EMPTY,
    READING,
    FileRow,
    admitted,
    files,
    inspected_admission,
    inspected_file,
)
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.views.file_table import FILE_COLUMNS
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.table import Table


class FilesPart(EvidencePart):
    """A table; in its place, while there is none, how to come to some."""

    word: ClassVar[str] = "Files"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[FileRow, ...] = ()
        self.table: Table[FileRow] = Table(FILE_COLUMNS)
        self._empty = EmptyState(*EMPTY)
        self.table.chosen.connect(lambda row: view.inspected.emit(inspected_file(row)))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)

    @property
    def title(self) -> str:
        """With how many there are."""
        return f"{self.word}  {len(self._rows)}" if self._rows else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the files of the evidence that is admitted."""
        self._scene = scene
        rows = files(scene.seen.evidence if scene.seen else None)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.name)
        self._stack.setCurrentIndex(0 if rows else 1)

    def show_way_in(self, read: Command) -> None:
        """What is said while there are no files; `read`: the command that reads a folder."""
        running = self._scene is not None and "reading" in self._scene.running
        self._empty.show_empty(*(READING if running else EMPTY), read)

    def inspect_whole(self) -> None:
        """Tell of the evidence as a whole: clocks, assumptions, withdrawal."""
        recorded = admitted(self._scene) if self._scene else None
        if recorded is not None and self._scene is not None:
            take = partial(ask_withdrawal, self.view)
            self.view.inspected.emit(inspected_admission(self._scene, recorded, take))

    def things(self) -> tuple[Thing, ...]:
        """The files."""
        return tuple(Thing(r.name, "file", partial(self._go_to, r.name)) for r in self._rows)

    def _go_to(self, name: str) -> None:
        self.wanted.emit()
        self.table.choose(lambda row: row.name == name)
