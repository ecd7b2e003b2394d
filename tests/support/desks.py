"""A workspace with a person of every role, made once and copied for each test, and a desk at it.

It comes with the case of the walk as it is before any of its acts, each done by the person whose
act it is. What acts name by digest lies among the stored bytes; the report can be signed.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from investigator.casework.accounts import enrol
from investigator.casework.desk import Desk, open_desk
from investigator.casework.installation import HOME, kept
from investigator.casework.report_signing import sign_report
from investigator.casework.session import Session
from investigator.casework.workspaces import FirstAdministrator, create
from investigator.domain.acts.act import Act
from investigator.domain.acts.closing import ReportIssued, ReportSigned, SignatureField
from investigator.domain.acts.twin import version_named
from investigator.domain.investigation import Investigation
from investigator.records.workspace import Workspace, identity_found, open_workspace
from investigator.trust.clock import Clock
from investigator.trust.policy import Meaning, Role
from support.investigations import (
    CASE,
    CLOSED,
    OPENED,
    REOPENED,
    RETURNED,
    TWIN,
    WALK,
    WHY,
    digest,
    reading_of,
)
from support.signed_reports import unsigned
from support.trust import CHEAP, GIVEN, PASSWORD

PEOPLE = {
    "ann": frozenset({Role.INVESTIGATOR}),
    "ben": frozenset({Role.SUBJECT_MATTER_REVIEWER}),
    "eva": frozenset({Role.QA_APPROVER}),
    "tom": frozenset({Role.TWIN_APPROVER}),
    "aud": frozenset({Role.AUDITOR}),
    "all": frozenset({Role.INVESTIGATOR, Role.SUBJECT_MATTER_REVIEWER, Role.QA_APPROVER}),
}
"""One person of each role, enrolled by the administrator `root`, and one of three roles."""

SIGNERS = dict(zip(SignatureField, ("ann", "ben", "eva"), strict=True))
_BY_EVA = (CLOSED, REOPENED, RETURNED)
_STORED = (
    "B-100 export",
    reading_of("B-100 export"),
    "B-100 export parsed",
    "DOC-1",
    "replayed 1",
    "ranked 1",
    "told faster 1",
    "impacted 1",
    "remedied",
    "dossier 1",
)


@contextmanager
def home_in(folder: Path) -> Iterator[None]:
    """The installation's own folder is this one meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(folder))
        yield


def populated(folder: Path, *, before: Act | None = OPENED) -> Path:
    """The workspace in `folder / "w"`, with what the installation keeps in `folder / "home"`.

    `before`: the case stands as it is before this act of the walk; whole if None.
    """
    shutil.copytree(
        _stage(len(WALK) if before is None else WALK.index(before)), folder, dirs_exist_ok=True
    )
    return folder / "w"


def desk_at(workspace: Path, *, session: Session | None = None) -> Desk:
    """A desk at it; passwords are cheap to guess."""
    return open_desk(workspace, cost=CHEAP, session=session)


def behind_the_desk(workspace: Path) -> Workspace:
    """The log opened by a program that keeps no rules."""
    own = kept(identity_found(workspace))
    return open_workspace(
        workspace,
        secret=own.secret,
        clock=Clock("Europe/Zurich"),
        software="forged",
        cost=CHEAP,
        outside_anchor=own.anchor,
    )


def person(desk: Desk, user_id: str) -> Desk:
    """The desk with this person at it."""
    desk.sign_in(user_id, PASSWORD)
    return desk


def do(desk: Desk, *acts: Act) -> Investigation:
    """Acts on the case of the walk, with a reason."""
    return desk.do(CASE, *acts, why=WHY)


def pages() -> bytes:
    """A report with three empty fields for signatures."""
    return unsigned()


def issued() -> ReportIssued:
    """The report as issued, with those pages."""
    return ReportIssued(1, digest("dossier 1"), digest_of(pages()))


def digest_of(data: bytes) -> str:
    """The digest by which stored bytes are named."""
    from investigator.trust.digest import digest_of_bytes

    return digest_of_bytes(data)


def sign(desk: Desk, field: SignatureField, user_id: str = "") -> Investigation:
    """Sign the report of the case of the walk; whoever signs takes the seat first."""
    who = user_id or SIGNERS[field]
    person(desk, who)
    return sign_report(desk, CASE, field, seen=issued().pdf, user_id=who, password=PASSWORD)


def perform(desk: Desk, act: Act) -> Investigation:
    """One act of the walk, by the person whose it is."""
    if isinstance(act, ReportSigned):
        return sign(desk, act.field)
    person(desk, "eva" if act in _BY_EVA else "ann")
    return do(desk, issued() if isinstance(act, ReportIssued) else act)


@cache
def _made_in() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _stage(acts: int) -> Path:
    """The workspace after so many acts of the walk."""
    folder = _made_in() / str(acts)
    if acts:
        shutil.copytree(_stage(acts - 1), folder)
    with home_in(folder / "home"):
        if not acts:
            _furnish(folder / "w")
            return folder
        with desk_at(folder / "w") as desk:
            perform(desk, WALK[acts - 1])
    return folder


def _approve_twin(desk: Desk) -> None:
    """The twin of the walk is approved, as if its package had been at hand."""
    given = desk.workspace.people.sign(
        object_id=version_named(TWIN.twin_id, TWIN.version),
        digest=TWIN.digest.removeprefix("sha256:"),
        meaning=Meaning.TWIN_APPROVED,
        role=Role.TWIN_APPROVER,
        user_id="tom",
        password=PASSWORD,
    )
    assert given[0].sequence == TWIN.approval, given[0].sequence


def _furnish(workspace: Path) -> None:
    first = FirstAdministrator("root", "Root of Testing", PASSWORD)
    create(workspace, site="Northfield", zone="Europe/Zurich", first=first, cost=CHEAP)
    with person(desk_at(workspace), "root") as desk:
        for user_id, roles in PEOPLE.items():
            enrol(
                desk,
                user_id=user_id,
                full_name=f"{user_id.title()} of Testing",
                roles=roles,
                password=GIVEN,
                why="identity card seen",
            )
        for user_id in PEOPLE:
            desk.workspace.people.change_password(user_id, old=GIVEN, new=PASSWORD)
        _approve_twin(desk)
        for text in _STORED:
            desk.workspace.blobs.keep(text.encode())
        desk.workspace.blobs.keep(pages())
