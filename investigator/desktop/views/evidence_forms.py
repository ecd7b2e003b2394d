"""The sheets of the evidence: read a folder, dismiss findings."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from investigator.casework.intake import ReadFolder
from investigator.desktop.frame.view import View
from investigator.desktop.requests import (
    AdmitEvidence,
    Do,
    ReadEvidence,
    Request,
)
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.findings import FindingRow, acts_for
from investigator.desktop.view_models.profile_editor import zones
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

    without = (("", "a twin is of the line"), *zones())
    form.choice("zone", "Where no twin is of the line: zone of its times", without, value="")

    def make() -> Request:
        folder = Path(form.value("folder")).expanduser()
        return ReadEvidence(folder, without_twin=form.value("zone") or None)

    note = "Reading records nothing: you see first how each file was read."
    return ask(view, "Read a folder of evidence", form, make, send="Read", note=note)


def ask_other_batch(view: View, read: ReadFolder, note: str) -> Sheet:
    """Why evidence of another batch is right for the case; `note` says which batches they are."""
    form = Form()
    form.reason("why", "Why this evidence is right for the case")
    return ask(
        view,
        "Admit evidence of another batch",
        form,
        lambda: AdmitEvidence(read, form.value("why")),
        send="Admit",
        note=note,
    )


def ask_profile_file(view: View, make: Callable[[Path], Request]) -> Sheet:
    """Which saved import profile is loaded."""
    form = Form()
    field = form.text("file", "File of the import profile", required=True)
    form.add(
        browse(
            field,
            "Choose a file…",
            lambda: QFileDialog.getOpenFileName(view, "File of the import profile")[0],
        )
    )

    def made() -> Request:
        return make(Path(form.value("file")).expanduser())

    return ask(view, "Load an import profile", form, made, send="Load")


def ask_dismiss(view: View, scene: Scene, rows: Sequence[FindingRow]) -> Sheet:
    """Findings are set aside, with a reason."""
    form = Form()
    form.reason("why", "Why the finding does not hold")

    def make() -> Request:
        return Do(acts_for(scene, rows, Judgement.DISMISSED), form.value("why"))

    title = f"Dismiss {count(len(rows), 'finding')} on data quality"
    return ask(view, title, form, make, send="Dismiss")
