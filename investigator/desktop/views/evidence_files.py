"""The files of the evidence as admitted, as a tab: what each was read as, and what was lost."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.evidence import (
    EMPTY,
    READING,
    FileRow,
    admitted,
    files,
    inspected_admission,
    inspected_file,
    problems_note,
)
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.views.file_table import FILE_COLUMNS, PROBLEM_COLUMNS
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import SectionHeader
from investigator.desktop.widgets.table import Table
from investigator.domain.evidence import RowProblem


class FilesPart(EvidencePart):
    """A table; in its place, while there is none, how to come to some."""

    word: ClassVar[str] = "Files"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[FileRow, ...] = ()
        self.table: Table[FileRow] = Table(FILE_COLUMNS)
        self._empty = EmptyState(*EMPTY)
        self.problems: Table[RowProblem] = Table(PROBLEM_COLUMNS)
        self._lost = SectionHeader("Rows that are reported")
        self.table.chosen.connect(self._choose)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._page())
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
            self._show_problems(self.table.current_row())
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

    def _choose(self, row: FileRow) -> None:
        self._show_problems(row)
        self.view.inspected.emit(inspected_file(row))

    def _show_problems(self, row: FileRow | None) -> None:
        self._lost.show_note(problems_note(row))
        self.problems.show_rows(row.item.problems if row else ())

    def _page(self) -> QWidget:
        parts, below = QSplitter(Qt.Orientation.Vertical), QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(0)
        column.addWidget(self._lost)
        column.addWidget(self.problems, 1)
        for place, part in enumerate((self.table, below)):
            parts.addWidget(part)
            parts.setStretchFactor(place, 1)
        parts.setChildrenCollapsible(False)
        return parts

    def _go_to(self, name: str) -> None:
        self.wanted.emit()
        self.table.choose(lambda row: row.name == name)
