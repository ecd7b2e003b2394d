"""Evidence: the folder of data with what is doubtful about it, and documents of any kind.

A folder is dropped or chosen, read, seen, and only then admitted.
"""

from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Destination, Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import ReadEvidence
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.evidence import (
    admitted,
    files,
    files_note,
    why_not_read,
)
from investigator.desktop.views import evidence_forms
from investigator.desktop.views.evidence_clocks import ClocksPart
from investigator.desktop.views.evidence_documents import DocumentsPart
from investigator.desktop.views.evidence_files import FilesPart
from investigator.desktop.views.evidence_findings import FindingsPart
from investigator.desktop.views.evidence_genealogy import GenealogyPart
from investigator.desktop.views.evidence_laboratory import LaboratoryPart
from investigator.desktop.views.evidence_mapping import MappingPart
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.views.evidence_reconciliation import ReconciliationPart
from investigator.desktop.views.evidence_stage import PreviewStage
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import SectionHeader

_TABS, _PREVIEW = range(2)


class EvidenceView(View):
    """A tab for each part; in their place a folder that was read, until it is admitted."""

    place: ClassVar[Place] = Place.EVIDENCE

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.files, self.findings = FilesPart(self), FindingsPart(self)
        self.clocks, self.mapping = ClocksPart(self), MappingPart(self)
        self.laboratory, self.genealogy = LaboratoryPart(self), GenealogyPart(self)
        self.reconciliation, self.documents = ReconciliationPart(self), DocumentsPart(self)
        self.parts: tuple[EvidencePart, ...] = (
            self.files,
            self.findings,
            self.clocks,
            self.mapping,
            self.laboratory,
            self.reconciliation,
            self.genealogy,
            self.documents,
        )
        self.stage = PreviewStage(self)
        self.preview = self.stage.preview
        self.read = CommandButton(Command("evidence.read", "", lambda: None))
        self.read.setObjectName("evidence.read")
        self.tabs = QTabWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def show_part(self, part: EvidencePart) -> None:
        """Show the tab of a part."""
        self.tabs.setCurrentWidget(part)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the evidence as admitted, or the folder that was read."""
        self._scene = snapshot
        for place, part in enumerate(self.parts):
            part.show_scene(snapshot)
            self.tabs.setTabText(place, part.title)
        self._show_head(snapshot)
        self._stack.setCurrentIndex(_PREVIEW if self.stage.show_scene(snapshot) else _TABS)
        self._inspect_again()

    def inspect_selected(self) -> None:
        """Tell what is gone to in the tab that is seen."""
        self._inspect_again()

    def commands(self) -> tuple[Command, ...]:
        """Read a folder, and what each part offers."""
        if self._scene is None:
            return ()
        own = (self._read_folder(), *self.stage.commands())
        return (*own, *(c for part in self.parts for c in part.commands()))

    def things(self) -> tuple[Thing, ...]:
        """What each part has."""
        return tuple(thing for part in self.parts for thing in part.things())

    def show_thing(self, wanted: Destination) -> bool:
        """A result is looked for among all of them, not only those that the palette offers."""
        if wanted.kind == "result":
            return self.laboratory.go_to_result(wanted.key)
        return super().show_thing(wanted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """One folder or one file can be dropped."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """A folder is read; a file is a document."""
        self.take_in(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()

    def take_in(self, path: Path) -> None:
        """Read a folder that was dropped, or ask what is to be stated of a file."""
        if path.is_dir():
            if self._read_folder().enabled:
                self.act_requested.emit(ReadEvidence(path))
            return
        admission = self.documents.admission(str(path))
        if self._scene is not None and admission.enabled:
            self.show_part(self.documents)
            admission.run()

    def _lay_out(self) -> None:
        page = QWidget()
        self._head = SectionHeader("Evidence", "", self.read)
        for part in self.parts:
            self.tabs.addTab(part, part.title)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(self._head)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(self.stage)

    def _connect(self) -> None:
        for part in self.parts:
            part.wanted.connect(lambda part=part: self.show_part(part))
        self.tabs.currentChanged.connect(self._change_tab)

    def _show_head(self, scene: Scene) -> None:
        recorded = admitted(scene)
        rows = files(scene.seen.evidence if scene.seen else None)
        self._head.show_note(f"{recorded.act.folder}: {files_note(rows)}" if recorded else "")
        self.read.show_command(self._read_folder())
        self.files.show_way_in(self._read_folder())

    def _read_folder(self) -> Command:
        again = self._scene is not None and admitted(self._scene) is not None
        return Command(
            "evidence.read",
            "Read another folder…" if again else "Read a folder…",
            lambda: _run(evidence_forms.ask_folder(self)),
            "Ctrl+O",
            why_not_read(self._scene) if self._scene else "",
        )

    def _change_tab(self, _place: int) -> None:
        """With the files the evidence as a whole is inspected."""
        if self.tabs.currentWidget() is self.files:
            self.files.inspect_whole()
        else:
            self._inspect_again()

    def _inspect_again(self) -> None:
        """What is inspected is shown as it stands now."""
        part = self.tabs.currentWidget()
        if self._stack.currentIndex() == _PREVIEW:
            self.stage.inspect_current()
        elif isinstance(part, EvidencePart):
            part.inspect_current()


def _run(_sheet: object) -> None:
    """A sheet was opened; what it sends goes its own way."""
