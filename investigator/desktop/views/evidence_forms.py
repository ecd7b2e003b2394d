"""The sheets of the evidence: read a folder, dismiss findings, admit a document, save a copy."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from investigator.casework.intake import DocumentFacts
from investigator.desktop.frame.view import View
from investigator.desktop.requests import (
    AdmitDocument,
    Do,
    ReadEvidence,
    Request,
    SaveDocument,
)
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.cases import day_now
from investigator.desktop.view_models.documents import KINDS, DocumentRow
from investigator.desktop.view_models.findings import FindingRow, acts_for
from investigator.desktop.views.asking import ask, browse
from investigator.desktop.views.saving import ask_file
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.evidence import DocumentKind, Judgement
from investigator.domain.quantities import count

_ORIGINAL, _COPY = "original", "copy"
_WHAT_IT_IS = (
    (_ORIGINAL, "the original itself"),
    (_COPY, "a true copy: it was compared with the original"),
)
_SAY_HOW = "Say how the copy was compared with its original."


def ask_folder(view: View) -> Sheet:
    """Which folder is read."""
    form = Form()
    field = form.text("folder", "Folder of the evidence", required=True)
    form.add(
        browse(
            field,
            "Choose a folder…",
            lambda: QFileDialog.getExistingDirectory(view, "Folder of the evidence"),
        )
    )

    def make() -> Request:
        return ReadEvidence(Path(form.value("folder")).expanduser())

    note = "Reading records nothing: you see first how each file was read."
    return ask(view, "Read a folder of evidence", form, make, send="Read", note=note)


def ask_dismiss(view: View, scene: Scene, rows: Sequence[FindingRow]) -> Sheet:
    """Findings are set aside, with a reason."""
    form = Form()
    form.reason("why", "Why the finding does not hold")

    def make() -> Request:
        return Do(acts_for(scene, rows, Judgement.DISMISSED), form.value("why"))

    title = f"Dismiss {count(len(rows), 'finding')} on data quality"
    return ask(view, title, form, make, send="Dismiss")


def ask_document(view: View, scene: Scene, file: str = "") -> Sheet:
    """A document with what a person states of it."""
    form = Form()
    field = form.text("file", "File", required=True, value=file)
    form.add(
        browse(
            field,
            "Choose a file…",
            lambda: QFileDialog.getOpenFileName(view, "File of the document")[0],
        )
    )
    form.choice("kind", "Kind", KINDS, required=True)
    form.text("title", "Title", required=True)
    form.date("dated", "Dated", value=day_now(scene))
    form.text("author", "Author", required=True)
    form.choice("original", "This file is", _WHAT_IT_IS, required=True)
    form.lines("true_copy", "How the copy was compared with its original")

    def make() -> Request | None:
        said = form.value("true_copy")
        needs = form.value("original") == _COPY and not said
        form.show_error("true_copy", _SAY_HOW if needs else "")
        if needs:
            return None
        dated = form.values()["dated"]
        facts = DocumentFacts(
            DocumentKind(form.value("kind")),
            form.value("title"),
            dated if isinstance(dated, date) else day_now(scene),
            form.value("author"),
            said if form.value("original") == _COPY else "",
        )
        return AdmitDocument(Path(form.value("file")).expanduser(), facts)

    return ask(view, "Admit a document", form, make, send="Admit")


def ask_save(view: View, row: DocumentRow) -> Sheet:
    """Where a copy of a document goes."""
    return ask_file(
        view,
        f"Save a copy of {row.document_id}",
        lambda file: SaveDocument(row.document_id, file),
        suggested=Path.home() / row.file,
    )
