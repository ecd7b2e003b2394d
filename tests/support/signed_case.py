"""A workspace with a case walked through the desk and signed by three people; made once."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from investigator.casework import installation
from investigator.casework.accounts import enrol
from investigator.casework.desk import Desk, open_desk
from investigator.casework.report_signing import current_pdf, sign_report
from investigator.casework.workspaces import FirstAdministrator, create
from investigator.domain.acts.act import Act
from investigator.domain.acts.closing import ReportIssued, ReportSigned, SignatureField
from investigator.report.build import build_report
from investigator.trust.policy import Role
from support.attended import attended
from support.dossiers import a_dossier
from support.investigations import CASE, ISSUED, WALK, WHY
from support.trust import CHEAP, GIVEN, PASSWORD

PEOPLE = {
    "ann": Role.INVESTIGATOR,
    "ben": Role.SUBJECT_MATTER_REVIEWER,
    "eva": Role.QA_APPROVER,
    "tom": Role.TWIN_APPROVER,
    "aud": Role.AUDITOR,
}
SIGNERS = {
    SignatureField.AUTHOR: "ann",
    SignatureField.REVIEWER: "ben",
    SignatureField.APPROVER: "eva",
}
_STORED = ("B-100 export", "B-100 export read", "B-100 export parsed", "DOC-1")
_RESULTS = ("replayed 1", "ranked 1", "impacted 1")


def made_workspace(folder: Path) -> None:
    """A workspace with an administrator and one person of every other role."""
    create(
        folder,
        site="Testing",
        zone="Europe/Zurich",
        first=FirstAdministrator("root", "Root of Testing", PASSWORD),
        cost=CHEAP,
    )
    with open_desk(folder, cost=CHEAP) as desk:
        desk.sign_in("root", PASSWORD)
        for user_id, role in PEOPLE.items():
            enrol(
                desk,
                user_id=user_id,
                full_name=f"{user_id.title()} of Testing",
                roles=frozenset({role}),
                password=GIVEN,
                why="identity card seen",
            )
        for user_id in PEOPLE:
            desk.workspace.people.change_password(user_id, old=GIVEN, new=PASSWORD)


def walk(desk: Desk, acts: Sequence[Act] = WALK) -> None:
    """Do the acts at the desk, each by whose it is; the report is a real one, really signed."""
    for text in (*_STORED, *_RESULTS):
        desk.workspace.blobs.keep(text.encode())
    for act in acts:
        if isinstance(act, ReportSigned):
            sign(desk, act.field)
            continue
        desk.sign_in(_who(act), PASSWORD)
        real = _issued(desk) if act == ISSUED else act
        desk.do(CASE, real, why=WHY if act.needs_reason() else "")


def sign(desk: Desk, field: SignatureField) -> None:
    """The signature of whoever signs there."""
    who = SIGNERS[field]
    desk.sign_in(who, PASSWORD)
    report = desk.case(CASE).report
    seen = report.act.pdf if report else ""
    sign_report(desk, CASE, field, seen=seen, user_id=who, password=PASSWORD)


def signed_case(folder: Path, home: Path) -> Path:
    """A copy of the workspace with the case signed and closed, and its report beside it."""
    made = _signed()
    shutil.copytree(made / "home", home)
    shutil.copytree(made / "w", folder)
    shutil.copy(made / "report.pdf", folder.parent / "report.pdf")
    return folder


@cache
def _signed() -> Path:
    made = Path(tempfile.mkdtemp(prefix="signed-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    with _at_home(made / "home"):
        made_workspace(made / "w")
        with open_desk(made / "w", cost=CHEAP) as desk:
            walk(desk)
            pdf = current_pdf(desk, desk.case(CASE))
    (made / "report.pdf").write_bytes(pdf)
    return made


@contextmanager
def _at_home(home: Path) -> Iterator[None]:
    before = os.environ.get(installation.HOME)
    os.environ[installation.HOME] = str(home)
    try:
        yield
    finally:
        os.environ.pop(installation.HOME)
        if before is not None:
            os.environ[installation.HOME] = before


def _who(act: Act) -> str:
    return "eva" if act.WORD in {"case closed", "case re-opened"} else "ann"


def _issued(desk: Desk) -> ReportIssued:
    blobs = desk.workspace.blobs
    return ReportIssued(1, blobs.keep(b"basis"), blobs.keep(_pages()))


@cache
def _pages() -> bytes:
    return build_report(attended(a_dossier()))
