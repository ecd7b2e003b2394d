"""Evidence: the folder of data with its findings, and documents of any kind.

A folder is dropped or chosen, read, seen, and only then admitted.
"""

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import (
    AdmitEvidence,
    DiscardReading,
    Do,
    ReadEvidence,
    ShowDocument,
)
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.documents import (
    DocumentRow,
    documents,
    inspected_document,
    why_not_admit,
)
from investigator.desktop.view_models.evidence import (
    EMPTY,
    READING,
    FileRow,
    admitted,
    files,
    files_note,
    inspected_admission,
    inspected_file,
    preview,
    why_not_read,
)
from investigator.desktop.view_models.findings import (
    FindingRow,
    acts_for,
    acts_for_all,
    findings,
    findings_note,
    inspected_finding,
    why_not_judge,
)
from investigator.desktop.views import evidence_forms
from investigator.desktop.views.document_list import DocumentList
from investigator.desktop.views.evidence_preview import FILE_COLUMNS, EvidencePreview
from investigator.desktop.views.finding_list import FindingList
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import SectionHeader
from investigator.desktop.widgets.table import Table
from investigator.domain.acts.evidence import Judgement
from investigator.domain.quantities import count

FILES, FINDINGS, DOCUMENTS = range(3)
_TABS, _PREVIEW = range(2)
_FILES, _EMPTY = range(2)


class EvidenceView(View):
    """Three tabs; in their place a folder that was read, until it is admitted or put aside."""

    place: ClassVar[Place] = Place.EVIDENCE

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._files: tuple[FileRow, ...] = ()
        self._findings: tuple[FindingRow, ...] = ()
        self.files: Table[FileRow] = Table(FILE_COLUMNS)
        self.findings, self.documents = FindingList(), DocumentList()
        self.preview, self._empty = EvidencePreview(), EmptyState(*EMPTY)
        self.read = CommandButton(Command("evidence.read", "", lambda: None))
        self.read.setObjectName("evidence.read")
        self.tabs = QTabWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the evidence as admitted, or the folder that was read."""
        self._scene = snapshot
        self._show_files(snapshot)
        self._show_findings(snapshot)
        rows = documents(snapshot)
        self.documents.show_documents(rows, snapshot.document, self._admit_document())
        self.tabs.setTabText(DOCUMENTS, f"Documents  {len(rows)}" if rows else "Documents")
        self._show_stage(snapshot)
        self._inspect_again()

    def inspect_selected(self) -> None:
        """Tell what is gone to in the tab that is seen."""
        self._inspect_again()

    def commands(self) -> tuple[Command, ...]:
        """Read a folder, admit it, judge findings, admit a document."""
        if self._scene is None:
            return ()
        return (self._read_folder(), self._admit_document(), *self._judging())

    def things(self) -> tuple[Thing, ...]:
        """Files, findings and documents."""
        rows = documents(self._scene) if self._scene else ()
        found = [Thing(f.name, "file", partial(self._go_to_file, f.name)) for f in self._files]
        for row in self._findings:
            go = partial(self._go_to_finding, row.finding_id)
            found.append(Thing(f"{row.subject}: {row.kind}", "finding", go))
        for document in rows:
            go = partial(self._go_to_document, document.document_id)
            found.append(Thing(f"{document.document_id}  {document.title}", "document", go))
        return tuple(found)

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
        elif self._scene is not None and self._admit_document().enabled:
            self.tabs.setCurrentIndex(DOCUMENTS)
            evidence_forms.ask_document(self, self._scene, str(path))

    def _lay_out(self) -> None:
        page = QWidget()
        self._head = SectionHeader("Evidence", "", self.read)
        files = QWidget()
        self._file_stack = QStackedLayout(files)
        self._file_stack.addWidget(self.files)
        self._file_stack.addWidget(self._empty)
        self.tabs.addTab(files, "Files")
        self.tabs.addTab(self.findings, "Findings")
        self.tabs.addTab(self.documents, "Documents")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(self._head)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(self.preview)

    def _connect(self) -> None:
        self.files.chosen.connect(lambda row: self.inspected.emit(inspected_file(row)))
        self.preview.chosen.connect(lambda row: self.inspected.emit(inspected_file(row)))
        self.preview.admitted.connect(self._admit_preview)
        self.preview.discarded.connect(lambda: self.act_requested.emit(DiscardReading()))
        self.findings.chosen.connect(self._choose_finding)
        self.findings.selection_changed.connect(self._follow_selection)
        self.documents.chosen.connect(self._choose_document)
        self.tabs.currentChanged.connect(self._change_tab)

    def _show_stage(self, scene: Scene) -> None:
        read = preview(scene)
        if read is not None:
            self.preview.show_preview(read, why_not_read(scene))
        self._stack.setCurrentIndex(_TABS if read is None else _PREVIEW)
        self.read.show_command(self._read_folder())

    def _show_files(self, scene: Scene) -> None:
        rows = files(scene.seen.evidence if scene.seen else None)
        if rows != self._files:
            self._files = rows
            self.files.show_rows(rows, keep=lambda row: row.name)
        recorded = admitted(scene)
        self._head.show_note(f"{recorded.act.folder}: {files_note(rows)}" if recorded else "")
        said = READING if "reading" in scene.running else EMPTY
        self._empty.show_empty(*said, self._read_folder())
        self._file_stack.setCurrentIndex(_FILES if rows else _EMPTY)
        self.tabs.setTabText(FILES, f"Files  {len(rows)}" if rows else "Files")

    def _show_findings(self, scene: Scene) -> None:
        rows = self._findings = findings(scene)
        self.findings.show_findings(rows, findings_note(rows))
        waiting = sum(row.is_open for row in rows)
        self.tabs.setTabText(FINDINGS, f"Findings  ● {waiting}" if waiting else "Findings")
        self._follow_selection()

    def _read_folder(self) -> Command:
        again = self._scene is not None and admitted(self._scene) is not None
        return Command(
            "evidence.read",
            "Read another folder…" if again else "Read a folder…",
            lambda: _run(evidence_forms.ask_folder(self)),
            "Ctrl+O",
            why_not_read(self._scene) if self._scene else "",
        )

    def _admit_document(self) -> Command:
        def run() -> None:
            if self._scene is not None:
                evidence_forms.ask_document(self, self._scene)

        why_not = why_not_admit(self._scene) if self._scene else ""
        return Command("document.admit", "Admit a document…", run, "", why_not)

    def _judging(self, shown: FindingRow | None = None) -> tuple[Command, ...]:
        """On the findings that are selected; on `shown` alone where it is not among them."""
        waiting = tuple(row for row in self._findings if row.is_open)
        selected = self.findings.table.selected_rows()
        chosen = selected if shown is None or shown in selected else (shown,)
        why_not = why_not_judge(self._scene) if self._scene else ""
        unselected = why_not or ("" if chosen else "Select one or more findings first.")
        left = acts_for_all(self._scene) if self._scene else ()
        by_itself = "A critical finding is judged on its own." if waiting else ""
        none_left = why_not or ("" if left else by_itself or "Every finding is judged.")
        words = f"Accept all {len(left)} remaining" if left else "Accept all remaining"
        return (
            Command(
                "evidence.accept",
                f"Accept {count(len(chosen), 'finding')}" if len(chosen) > 1 else "Accept",
                lambda: self._judge(chosen),
                "",
                unselected,
            ),
            Command("evidence.dismiss", "Dismiss…", lambda: self._dismiss(chosen), "", unselected),
            Command("evidence.accept_all", words, self._accept_all, "", none_left),
        )

    def _judge(self, rows: tuple[FindingRow, ...]) -> None:
        if self._scene is not None and rows:
            self.act_requested.emit(Do(acts_for(self._scene, rows, Judgement.ACCEPTED)))

    def _accept_all(self) -> None:
        if self._scene is not None and (acts := acts_for_all(self._scene)):
            self.act_requested.emit(Do(acts))

    def _dismiss(self, rows: tuple[FindingRow, ...]) -> None:
        if self._scene is not None and rows:
            evidence_forms.ask_dismiss(self, self._scene, rows)

    def _admit_preview(self) -> None:
        if self._scene is not None and self._scene.preview is not None:
            self.act_requested.emit(AdmitEvidence(self._scene.preview))

    def _follow_selection(self) -> None:
        self.findings.show_commands(self._judging())
        self.commands_changed.emit()

    def _change_tab(self, tab: int) -> None:
        """With the files the evidence as a whole is inspected: clocks, assumptions, withdrawal."""
        recorded = admitted(self._scene) if self._scene else None
        if tab == FILES and recorded is not None and self._scene is not None:
            take = partial(ask_withdrawal, self)
            self.inspected.emit(inspected_admission(self._scene, recorded, take))
        else:
            self._inspect_again()

    def _inspect_again(self) -> None:
        """What is inspected is shown as it stands now."""
        finding, document = self.findings.table.current_row(), self.documents.table.current_row()
        if self.tabs.currentIndex() == FINDINGS and finding is not None:
            self._choose_finding(finding)
        elif self.tabs.currentIndex() == DOCUMENTS and document is not None:
            self._inspect_document(document)

    def _choose_finding(self, row: FindingRow) -> None:
        if self._scene is None:
            return
        known = self._scene.seen.evidence if self._scene.seen else None
        is_tag = known is not None and row.subject in known.trajectories
        go = partial(self.go_requested.emit, Place.TIMELINE)
        tag = Thing(row.subject, "tag", go) if is_tag else None
        take = partial(ask_withdrawal, self)
        own = self._judging(row)[:2]
        self.inspected.emit(inspected_finding(self._scene, row, take, actions=own, tag=tag))

    def _choose_document(self, row: DocumentRow) -> None:
        self._inspect_document(row)
        self.act_requested.emit(ShowDocument(row.document_id))

    def _inspect_document(self, row: DocumentRow) -> None:
        def save() -> None:
            evidence_forms.ask_save(self, row)

        if self._scene is not None:
            take = partial(ask_withdrawal, self)
            self.inspected.emit(inspected_document(self._scene, row, take, save))

    def _go_to_file(self, name: str) -> None:
        self.tabs.setCurrentIndex(FILES)
        self.files.choose(lambda row: row.name == name)

    def _go_to_finding(self, finding_id: str) -> None:
        self.tabs.setCurrentIndex(FINDINGS)
        self.findings.table.choose(lambda row: row.finding_id == finding_id)

    def _go_to_document(self, document_id: str) -> None:
        self.tabs.setCurrentIndex(DOCUMENTS)
        self.documents.table.choose(lambda row: row.document_id == document_id)


def _run(_sheet: object) -> None:
    """A sheet was opened; what it sends goes its own way."""
