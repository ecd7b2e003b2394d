"""What can be done with the report: issue, save, sign, send back; close the case with it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, IssueReport, SaveReport
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.report_readiness import next_revision, why_not_issued
from investigator.desktop.view_models.report_signatures import (
    Signing,
    signing,
    why_not_closed,
    why_not_returned,
    why_not_signed,
)
from investigator.desktop.views.report_signing import ask_return, ask_signature
from investigator.domain.acts.case import CaseClosed
from investigator.domain.acts.closing import SignatureField
from investigator.domain.investigation import Investigation

_NOTHING_TO_SAVE = "There is no report yet; issue it first."


def report_commands(view: View, scene: Scene, case: Investigation) -> Mapping[str, Command]:
    """The commands by name: issue, save, sign, return, close.

    Args:
        view: that asks for what they do.
        scene: as it is.
        case: that of the scene.
    """
    about_to = signing(scene)
    field = about_to.field if about_to else SignatureField.AUTHOR
    ask: Callable[[object], None] = view.act_requested.emit
    saving = "" if scene.pdf is not None else _NOTHING_TO_SAVE
    offered = (
        (
            f"Issue revision {next_revision(case)}",
            lambda: ask(IssueReport()),
            why_not_issued(scene),
        ),
        ("Save as…", lambda: _ask_where_to_save(view, case.case_id), saving),
        (f"Sign as {field}…", lambda: _sign(view, about_to), why_not_signed(scene)),
        ("Return it…", lambda: _return(view), why_not_returned(scene)),
        ("Close the case", lambda: ask(Do((CaseClosed(),))), why_not_closed(scene)),
    )
    names = ("issue", "save", "sign", "return", "close")
    return {
        name: Command(f"report.{name}", title, run, why_not=why_not)
        for name, (title, run, why_not) in zip(names, offered, strict=True)
    }


def _sign(view: View, about_to: Signing | None) -> None:
    if about_to is not None:
        ask_signature(view, about_to)


def _return(view: View) -> None:
    ask_return(view)


def _ask_where_to_save(view: View, name: str) -> None:
    dialog = QFileDialog(view, "Save the report")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(f"{name}.pdf")
    dialog.fileSelected.connect(lambda file: view.act_requested.emit(SaveReport(Path(file))))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
