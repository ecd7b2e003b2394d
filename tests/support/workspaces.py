"""A workspace with people in it, made once and copied for each test; keys are cheap to open."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from investigator.records.entry import Draft, Person
from investigator.records.workspace import (
    FirstAdministrator,
    Workspace,
    create_workspace,
    open_workspace,
)
from investigator.trust.clock import Clock
from investigator.trust.policy import Meaning, Role
from support.trust import CHEAP, GIVEN, PASSWORD, Hands

ORIGIN = "test.example/workspace"
SECRET = "installation secret"
SOFTWARE = "investigator 0.0.test"
ANN = Person("ann", "Ann of Testing", Role.INVESTIGATOR)
PEOPLE = {
    "ann": Role.INVESTIGATOR,
    "ben": Role.SUBJECT_MATTER_REVIEWER,
    "eva": Role.QA_APPROVER,
}


def make(folder: Path, clock: Clock | None = None) -> None:
    create_workspace(
        folder,
        origin=ORIGIN,
        first=FirstAdministrator("root", "Root of Testing", PASSWORD),
        secret=SECRET,
        clock=clock or Hands().clock(),
        software=SOFTWARE,
        cost=CHEAP,
    )


def open_(
    folder: Path,
    *,
    clock: Clock | None = None,
    secret: str = SECRET,
    outside_anchor: Path | None = None,
) -> Workspace:
    return open_workspace(
        folder,
        secret=secret,
        clock=clock or Hands().clock(),
        software=SOFTWARE,
        outside_anchor=outside_anchor,
        cost=CHEAP,
    )


def populated(folder: Path) -> Path:
    """A workspace with three people, a stored file, acts, and a signature of ann over the file."""
    shutil.copytree(_populated(), folder)
    return folder


def note(number: int) -> Draft:
    return Draft("note made", f"case DEV-{number % 3}", {"text": f"note {number}"}, why="to see")


@cache
def _populated() -> Path:
    made_in = Path(tempfile.mkdtemp(prefix="workspace-"))
    atexit.register(shutil.rmtree, made_in, ignore_errors=True)
    folder = made_in / "w"
    make(folder)
    with open_(folder) as workspace:
        for user_id, role in PEOPLE.items():
            workspace.people.enrol(
                user_id=user_id,
                full_name=f"{user_id.title()} of Testing",
                roles=frozenset({role}),
                password=GIVEN,
                by="root",
                why="identity card seen",
            )
        digest = workspace.blobs.keep(b"the report" * 100)
        for number in range(11):
            workspace.append([note(number)], by=ANN)
        workspace.people.change_password("ann", old=GIVEN, new=PASSWORD)
        admitted = Draft("evidence admitted", "case DEV-1", {"file": "a.csv"}, blobs=(digest,))
        workspace.append([admitted], by=ANN)
        workspace.people.sign(
            object_id="case DEV-1",
            digest=digest,
            meaning=Meaning.AUTHORED,
            role=Role.INVESTIGATOR,
            user_id="ann",
            password=PASSWORD,
            stored=True,
        )
    return folder
