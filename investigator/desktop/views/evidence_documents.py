"""The documents of a case as a tab of the evidence: admitted, shown, saved, withdrawn."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import ShowDocument
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.document_links import (
    LinkRow,
    inspected_link,
    links,
    why_not_linked,
)
from investigator.desktop.view_models.documents import (
    DocumentRow,
    documents,
    inspected_document,
    why_not_admit,
)
from investigator.desktop.view_models.recurrence import subjects
from investigator.desktop.views import document_forms
from investigator.desktop.views.document_list import DocumentList
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.views.withdrawing import ask_withdrawal


class DocumentsPart(EvidencePart):
    """Table above; beneath content, links to hypotheses, earlier deviations."""

    word: ClassVar[str] = "Documents"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[DocumentRow, ...] = ()
        self._list = DocumentList()
        self.table, self.pane = self._list.table, self._list.pane
        self.links, self.below = self._list.links, self._list.below
        self.recurrence = self._list.recurrence
        self._list.chosen.connect(self._choose)
        self.links.chosen.connect(self._inspect_link)
        self.recurrence.inspected.connect(view.inspected)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)

    @property
    def title(self) -> str:
        """With how many there are."""
        return f"{self.word}  {len(self._rows)}" if self._rows else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the documents, and the content of the one that was asked for."""
        self._scene, self._rows = scene, documents(scene)
        self._list.show_documents(self._rows, scene.document, (self.admission(), self._linking()))
        self._list.show_recurrence(subjects(scene))
        self._show_links()

    def inspect_current(self) -> None:
        """Tell of the document that is gone to."""
        if (row := self.table.current_row()) is not None:
            self._inspect(row)

    def commands(self) -> tuple[Command, ...]:
        """Admit a document, link one, see what came before."""
        earlier = Command("document.earlier", "Show earlier deviations", self._show_recurrence)
        return self.admission(), self._linking(), earlier

    def things(self) -> tuple[Thing, ...]:
        """The documents."""
        return tuple(
            Thing(
                f"{row.document_id}  {row.title}",
                "document",
                partial(self._go_to, row.document_id),
                row.document_id,
            )
            for row in self._rows
        )

    def admission(self, file: str = "") -> Command:
        """The command that asks what is to be stated of a document."""

        def run() -> None:
            if self._scene is not None:
                document_forms.ask_document(self.view, self._scene, file)

        why_not = why_not_admit(self._scene) if self._scene else ""
        return Command("document.admit", "Admit a document…", run, "", why_not)

    def _linking(self) -> Command:
        row = self.table.current_row()
        document_id = row.document_id if row else ""

        def run() -> None:
            if self._scene is not None:
                document_forms.ask_link(self.view, self._scene, document_id=document_id)

        why_not = why_not_linked(self._scene, document_id=document_id)
        return Command("document.link", "Link to a hypothesis…", run, "", why_not)

    def _choose(self, row: DocumentRow) -> None:
        self._inspect(row)
        self._show_links()
        self._list.link.show_command(self._linking())
        self.view.act_requested.emit(ShowDocument(row.document_id))

    def _inspect(self, row: DocumentRow) -> None:
        def save() -> None:
            document_forms.ask_save(self.view, row)

        if self._scene is not None:
            take = partial(ask_withdrawal, self.view)
            actions = (Command("document.save", "Save a copy…", save), self._linking())
            self.view.inspected.emit(inspected_document(self._scene, row, take, actions))

    def _show_links(self) -> None:
        row = self.table.current_row()
        found: tuple[LinkRow, ...] = ()
        if row is not None and self._scene is not None:
            found = links(self._scene, document_id=row.document_id)
        self._list.show_links(found)

    def _inspect_link(self, row: LinkRow) -> None:
        go = partial(self.view.go_requested.emit, Place.HYPOTHESES)
        if self._scene is not None:
            take = partial(ask_withdrawal, self.view)
            told = inspected_link(self._scene, row, take, go, of_document=True)
            self.view.inspected.emit(told)

    def _show_recurrence(self) -> None:
        self.wanted.emit()
        self._list.open_recurrence()

    def _go_to(self, document_id: str) -> None:
        self.wanted.emit()
        self.table.choose(lambda row: row.document_id == document_id)
