"""The sheets of the evidence: read a folder, dismiss findings."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from investigator.desktop.frame.view import View
from investigator.desktop.requests import (
    Do,
    ReadEvidence,
    Request,
)
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.findings import FindingRow, acts_for
from investigator.desktop.views.asking import ask, browse
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.evidence import Judgement
from investigator.domain.quantities import count


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
