"""The sheets of the documents: admit one, link one to a hypothesis, save a copy."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from investigator.casework.intake import LISTS, DocumentFacts
from investigator.desktop.frame.view import View
from investigator.desktop.requests import AdmitDocument, Do, Request, SaveDocument
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.cases import day_now
from investigator.desktop.view_models.document_links import (
    BEARINGS,
    document_choices,
    hypothesis_choices,
)
from investigator.desktop.view_models.documents import KINDS, DocumentRow
from investigator.desktop.views.asking import ask, browse
from investigator.desktop.views.saving import ask_file
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.data_review import Bearing, DocumentLinked
from investigator.domain.acts.evidence import DocumentKind, EarlierDeviation

_ORIGINAL, _COPY = "original", "copy"
_WHAT_IT_IS = (
    (_ORIGINAL, "the original itself"),
    (_COPY, "a true copy: it was compared with the original"),
)
_SAY_HOW = "Say how the copy was compared with its original."
_SAY_WHICH = "Give the number of the earlier deviation, or admit a list of them (CSV, XLSX)."
_EARLIER = ("number", "happened", "cause", "batch", "equipment", "lots", "conclusion")


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
    kind = form.choice("kind", "Kind", KINDS, required=True)
    form.text("title", "Title", required=True)
    form.date("dated", "Dated", value=day_now(scene))
    form.text("author", "Author", required=True)
    form.choice("original", "This file is", _WHAT_IT_IS, required=True)
    form.lines("true_copy", "How the copy was compared with its original")
    _ask_earlier(form, scene)
    form.show_fields(_EARLIER, shown=False)
    kind.currentIndexChanged.connect(
        lambda _place: form.show_fields(_EARLIER, shown=_tells_of_earlier(form))
    )

    def make() -> Request | None:
        return _admission(form, scene)

    return ask(view, "Admit a document", form, make, send="Admit")


def ask_link(view: View, scene: Scene, *, document_id: str = "", cause: str = "") -> Sheet:
    """What a document says of a hypothesis; either may be given already."""
    form = Form()
    form.choice("document", "Document", document_choices(scene), required=True, value=document_id)
    form.choice("bearing", "Bearing", BEARINGS, required=True)
    form.choice("cause", "Hypothesis", hypothesis_choices(scene), required=True, value=cause)
    form.lines("why", "What in it says so")

    def make() -> Request:
        bearing = Bearing(form.value("bearing"))
        act = DocumentLinked(form.value("document"), form.value("cause"), bearing)
        return Do((act,), form.value("why"))

    return ask(view, "Link a document to a hypothesis", form, make, send="Link")


def ask_save(view: View, row: DocumentRow) -> Sheet:
    """Where a copy of a document goes."""
    return ask_file(
        view,
        f"Save a copy of {row.document_id}",
        lambda file: SaveDocument(row.document_id, file),
        suggested=Path.home() / row.file,
    )


def _ask_earlier(form: Form, scene: Scene) -> None:
    """What the search for recurrence needs of an earlier deviation."""
    hint = "Not for a list of deviations, which is read."
    form.text("number", "Number of the earlier deviation", hint=hint)
    form.date("happened", "It happened on", value=day_now(scene), required=False)
    known = ", ".join(cause for cause, _ in hypothesis_choices(scene)[:3])
    form.text("cause", "Its cause", hint=f"as here, e.g. {known}" if known else "in words")
    form.text("batch", "Its batch")
    form.text("equipment", "Its equipment", hint="units, divided by commas")
    form.text("lots", "Its material lots", hint="divided by commas")
    form.lines("conclusion", "What it came to")


def _admission(form: Form, scene: Scene) -> AdmitDocument | None:
    """The request; None where something is missing, which the form then says."""
    compared = form.value("true_copy")
    is_copy = form.value("original") == _COPY
    file = Path(form.value("file")).expanduser()
    earlier = _earlier(form, scene) if _tells_of_earlier(form) else ()
    unnamed = _tells_of_earlier(form) and not earlier and file.suffix.casefold() not in LISTS
    form.show_error("true_copy", _SAY_HOW if is_copy and not compared else "")
    form.show_error("number", _SAY_WHICH if unnamed else "")
    if unnamed or (is_copy and not compared):
        return None
    facts = DocumentFacts(
        DocumentKind(form.value("kind")),
        form.value("title"),
        _day(form, "dated", scene),
        form.value("author"),
        compared if is_copy else "",
        earlier,
    )
    return AdmitDocument(file, facts)


def _earlier(form: Form, scene: Scene) -> tuple[EarlierDeviation, ...]:
    if not form.value("number"):
        return ()
    return (
        EarlierDeviation(
            form.value("number"),
            _day(form, "happened", scene),
            form.value("cause"),
            form.value("batch"),
            _listed(form.value("equipment")),
            _listed(form.value("lots")),
            form.value("conclusion"),
        ),
    )


def _tells_of_earlier(form: Form) -> bool:
    return form.value("kind") == DocumentKind.EARLIER_DEVIATION.value


def _day(form: Form, name: str, scene: Scene) -> date:
    entered = form.values()[name]
    return entered if isinstance(entered, date) else day_now(scene)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in (one.strip() for one in text.split(",")) if part)
