"""The sheets in which a twin is chosen, approved, superseded or retired, and its report saved."""

from pathlib import Path

from investigator.casework.twin_details import TwinDetails
from investigator.desktop.frame.view import View
from investigator.desktop.requests import (
    ApproveTwin,
    ChooseTwin,
    Request,
    RetireTwin,
    SaveTwinReport,
    SupersedeTwin,
)
from investigator.desktop.view_models.twin import TwinRow, needs_reason
from investigator.desktop.views.asking import ask
from investigator.desktop.views.saving import ask_file
from investigator.desktop.widgets.form import Form

_ONLY_INFORMATION = (
    "It is not both validated and approved here: its results are for information only, and every "
    "page of the report says so."
)
_APPROVED = (
    "You sign the digest of the package: from then on GxP decisions may rest on this very version "
    "in this workspace."
)
_ENDED = (
    "From then on no GxP decision may rest on this version; its end is never withdrawn. What it "
    "predicted before stays on record."
)


def ask_choice(view: View, row: TwinRow) -> None:
    """Ask what is needed to investigate the case with a twin."""
    form, limited = Form(), needs_reason(row)
    if limited:
        form.reason("why", "Why it is used all the same")
    else:
        form.lines("why", "Remark")

    def make() -> Request:
        return ChooseTwin(row.twin_id, form.value("why"))

    note = _ONLY_INFORMATION if limited else ""
    ask(view, f"Investigate with {row.title}", form, make, send="Choose", note=note)


def ask_approval(view: View, row: TwinRow) -> None:
    """Ask a twin approver for the signature."""
    form = Form()
    form.text("user_id", "User id", required=True)
    form.secret("password", "Password")
    form.lines("why", "Remark")

    def make() -> Request:
        value = form.value
        return ApproveTwin(row.twin_id, value("user_id"), value("password"), value("why"))

    title = f"Approve {row.title}, version {row.version}"
    ask(view, title, form, make, send="Sign", note=_APPROVED)


def ask_superseding(view: View, row: TwinRow, successors: tuple[TwinRow, ...]) -> None:
    """Ask which twin took its place, and why."""
    form = Form()
    options = [(r.twin_id, f"{r.twin_id} {r.version}") for r in successors]
    form.choice("by", "Superseded by", options, required=True)
    form.reason("why", "Reason")

    def make() -> Request:
        return SupersedeTwin(row.twin_id, form.value("by"), form.value("why"))

    title = f"Supersede {row.twin_id} {row.version}"
    ask(view, title, form, make, send="Supersede", note=_ENDED)


def ask_retirement(view: View, row: TwinRow) -> None:
    """Ask why a version is not to be used any more."""
    form = Form()
    form.reason("why", "Reason")

    def make() -> Request:
        return RetireTwin(row.twin_id, row.version, form.value("why"))

    title = f"Retire {row.twin_id} {row.version}"
    ask(view, title, form, make, send="Retire", note=_ENDED)


def ask_where_to_save(view: View, details: TwinDetails) -> None:
    """Ask where the report of the validation goes."""
    said = details.manifest
    ask_file(
        view,
        "Save the validation report",
        lambda file: SaveTwinReport(details.digest, file),
        suggested=Path.home() / f"{said.twin_id}-{said.version}-validation.pdf",
    )
