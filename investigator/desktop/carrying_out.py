"""What a view asks for, done at the desk: one function for each request that needs no long work.

Each gives back what the person looks at afterwards. Runs in the desk lane.
"""

import csv
from collections.abc import Callable
from dataclasses import astuple, fields, replace
from functools import singledispatch
from pathlib import Path

from investigator.casework import accounts, twin_approval, twin_choice
from investigator.casework.audit import AuditRow, trail
from investigator.casework.desk import Desk
from investigator.casework.intake import admit_document, admit_evidence
from investigator.casework.outcomes import failure_modes_raised
from investigator.casework.output import write_file_whole
from investigator.casework.preview import tried
from investigator.casework.profiles import read_profile, save_profile
from investigator.casework.report_signing import current_pdf, sign_report
from investigator.casework.scenarios import state_scenario
from investigator.casework.twin_details import twin_details
from investigator.desktop import requests
from investigator.desktop.document_content import content_of
from investigator.desktop.scene import TriedProfile
from investigator.desktop.scene_making import Looking, with_twins
from investigator.domain.acts.evidence import DocumentAdmitted
from investigator.domain.errors import InvestigatorError, UnusableInput, UnusableRequest
from investigator.domain.import_profile import ImportProfile
from investigator.domain.instant import iso


@singledispatch
def carried_out(request: requests.Request, desk: Desk, looking: Looking) -> Looking:
    """Carry out a request; what the person looks at then.

    Raises:
        InvestigatorError: it was refused, as the casework that does it says.
    """
    del desk, looking
    raise NotImplementedError(type(request).__name__)


@carried_out.register
def _open_case(request: requests.OpenCase, desk: Desk, looking: Looking) -> Looking:
    desk.do(request.act.number, request.act, why=request.why)
    return looking.at_case(request.act.number)


@carried_out.register
def _show_case(request: requests.ShowCase, desk: Desk, looking: Looking) -> Looking:
    del desk
    return looking.at_case(request.case_id)


@carried_out.register
def _do(request: requests.Do, desk: Desk, looking: Looking) -> Looking:
    desk.do(_case_id(looking), *request.acts, why=request.why)
    return looking


@carried_out.register
def _withdraw(request: requests.Withdraw, desk: Desk, looking: Looking) -> Looking:
    desk.withdraw(_case_id(looking), request.sequence, why=request.why)
    return replace(looking, document=None)


@carried_out.register
def _admit_evidence(request: requests.AdmitEvidence, desk: Desk, looking: Looking) -> Looking:
    admit_evidence(desk, _case_id(looking), request.read, why=request.why)
    return replace(looking, preview=None, tried=None)


@carried_out.register
def _discard_reading(request: requests.DiscardReading, desk: Desk, looking: Looking) -> Looking:
    del request, desk
    return replace(looking, preview=None, tried=None)


@carried_out.register
def _try_profile(request: requests.TryProfile, desk: Desk, looking: Looking) -> Looking:
    del desk
    return replace(looking, tried=_tried(request.folder, request.table, request.profile))


@carried_out.register
def _load_profile(request: requests.LoadProfile, desk: Desk, looking: Looking) -> Looking:
    del desk
    found = _tried(request.folder, request.table, read_profile(request.file))
    return replace(looking, tried=replace(found, loaded=True))


@carried_out.register
def _save_profile(request: requests.SaveProfile, desk: Desk, looking: Looking) -> Looking:
    del desk
    save_profile(request.profile, request.file)
    return looking


@carried_out.register
def _admit_document(request: requests.AdmitDocument, desk: Desk, looking: Looking) -> Looking:
    admit_document(desk, _case_id(looking), request.file, request.facts)
    return looking


@carried_out.register
def _show_document(request: requests.ShowDocument, desk: Desk, looking: Looking) -> Looking:
    found = _document(desk, looking, request.document_id)
    return replace(looking, document=content_of(found, desk.workspace.blobs.read(found.sha256)))


@carried_out.register
def _save_document(request: requests.SaveDocument, desk: Desk, looking: Looking) -> Looking:
    data = desk.workspace.blobs.read(_document(desk, looking, request.document_id).sha256)
    _written(request.file, lambda file: file.write_bytes(data))
    return looking


@carried_out.register
def _choose_twin(request: requests.ChooseTwin, desk: Desk, looking: Looking) -> Looking:
    standing = twin_choice.twin_standing(desk, request.twin_id)
    twin_choice.choose(desk, _case_id(looking), standing, why=request.why)
    return with_twins(desk, looking)


@carried_out.register
def _approve_twin(request: requests.ApproveTwin, desk: Desk, looking: Looking) -> Looking:
    twin_approval.approve(
        desk, request.twin_id, user_id=request.user_id, password=request.password, why=request.why
    )
    return with_twins(desk, looking)


@carried_out.register
def _supersede_twin(request: requests.SupersedeTwin, desk: Desk, looking: Looking) -> Looking:
    twin_approval.supersede(desk, request.twin_id, by=request.by, why=request.why)
    return with_twins(desk, looking)


@carried_out.register
def _retire_twin(request: requests.RetireTwin, desk: Desk, looking: Looking) -> Looking:
    twin_approval.retire(desk, request.twin_id, version=request.version, why=request.why)
    return with_twins(desk, looking)


@carried_out.register
def _show_twin(request: requests.ShowTwin, desk: Desk, looking: Looking) -> Looking:
    """A package that changed since the twins were read is shown as it is now, in both places."""
    found = twin_details(request.twin_id)
    known = any(twin.digest == found.digest for twin in looking.twins)
    others = tuple(each for each in looking.twin_details if each.twin_id != found.twin_id)
    shown = replace(looking, twin_details=(*others, found))
    return shown if known else with_twins(desk, shown)


@carried_out.register
def _save_twin_report(request: requests.SaveTwinReport, desk: Desk, looking: Looking) -> Looking:
    del desk
    shown = (each for each in looking.twin_details if each.digest == request.digest)
    report = next((each.report for each in shown), None)
    if report is None:
        raise UnusableRequest("The report of this validation is not shown; show the twin first.")
    _written(request.file, lambda file: file.write_bytes(report))
    return looking


@carried_out.register
def _raise_modes(request: requests.RaiseFailureModes, desk: Desk, looking: Looking) -> Looking:
    del request
    failure_modes_raised(desk, _case_id(looking))
    return looking


@carried_out.register
def _state(request: requests.StateScenario, desk: Desk, looking: Looking) -> Looking:
    state_scenario(desk, _case_id(looking), request.scenario, copied_from=request.copied_from)
    return looking


@carried_out.register
def _sign(request: requests.SignReport, desk: Desk, looking: Looking) -> Looking:
    sign_report(
        desk,
        _case_id(looking),
        request.signature,
        seen=request.seen,
        user_id=request.user_id,
        password=request.password,
        why=request.why,
    )
    return looking


@carried_out.register
def _save_report(request: requests.SaveReport, desk: Desk, looking: Looking) -> Looking:
    pdf = current_pdf(desk, desk.case(_case_id(looking)))
    _written(request.file, lambda file: file.write_bytes(pdf))
    return looking


@carried_out.register
def _save_table(request: requests.SaveTable, desk: Desk, looking: Looking) -> Looking:
    del desk
    data = request.text.encode("utf-8")
    _written(request.file, lambda file: write_file_whole(file, data))
    return looking


@carried_out.register
def _search(request: requests.SearchTrail, desk: Desk, looking: Looking) -> Looking:
    del desk
    return replace(looking, search=request)


@carried_out.register
def _export(request: requests.ExportTrail, desk: Desk, looking: Looking) -> Looking:
    search = looking.search
    case_id = looking.case_id if search and search.only_case else None
    rows = trail(desk, search.query if search else None, case_id=case_id)
    _written(request.file, lambda file: _write_rows(file, rows))
    return looking


@carried_out.register
def _enrol(request: requests.Enrol, desk: Desk, looking: Looking) -> Looking:
    accounts.enrol(
        desk,
        user_id=request.new_id,
        full_name=request.full_name,
        roles=request.roles,
        password=request.password,
        why=request.why,
    )
    return looking


@carried_out.register
def _set_roles(request: requests.SetRoles, desk: Desk, looking: Looking) -> Looking:
    accounts.set_roles(desk, request.of, request.roles, why=request.why)
    return looking


@carried_out.register
def _disable(request: requests.Disable, desk: Desk, looking: Looking) -> Looking:
    accounts.disable(desk, request.of, why=request.why)
    return looking


@carried_out.register
def _unlock(request: requests.Unlock, desk: Desk, looking: Looking) -> Looking:
    accounts.unlock(desk, request.of, why=request.why)
    return looking


@carried_out.register
def _replace_key(request: requests.ReplaceKey, desk: Desk, looking: Looking) -> Looking:
    accounts.replace_key(desk, request.of, request.password, why=request.why)
    return looking


@carried_out.register
def _confirm_key(request: requests.ConfirmKey, desk: Desk, looking: Looking) -> Looking:
    accounts.confirm_key(desk, request.of, why=request.why)
    return looking


@carried_out.register
def _change_password(request: requests.ChangePassword, desk: Desk, looking: Looking) -> Looking:
    accounts.change_password(desk, old=request.old, new=request.new)
    return looking


def _tried(folder: Path, table: str, profile: ImportProfile) -> TriedProfile:
    """What cannot be carried out is an answer, too: the person is still choosing."""
    try:
        return TriedProfile(table, profile, *tried(folder, table, profile))
    except InvestigatorError as refused:
        return TriedProfile(table, profile, profile, None, str(refused))


def _case_id(looking: Looking) -> str:
    if looking.case_id is None:
        raise UnusableRequest("No case is shown; open one first.")
    return looking.case_id


def _document(desk: Desk, looking: Looking, document_id: str) -> DocumentAdmitted:
    for recorded in desk.case(_case_id(looking)).documents:
        if recorded.act.document_id == document_id:
            return recorded.act
    raise UnusableRequest(f"There is no document {document_id} in this case.")


def _written(file: Path, write: Callable[[Path], object]) -> None:
    try:
        write(file)
    except OSError as fault:
        raise UnusableInput(
            str(file), f"cannot be written ({fault.strerror})", "choose another place"
        ) from None


def _write_rows(file: Path, rows: list[AuditRow]) -> None:
    """One line for each entry, in the order of the log; times in ISO 8601."""
    names = [field.name for field in fields(AuditRow)]
    with file.open("w", encoding="utf-8", newline="") as text:
        lines = csv.writer(text)
        lines.writerow(["time", *names])
        lines.writerows([iso(row.t_ms, row.zone), *map(_cell, astuple(row))] for row in rows)


def _cell(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)
