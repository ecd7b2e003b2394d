"""The demonstration: the shipped example as a case, worked up to the impact, for anyone to finish.

Its workspace is for trying out only: every account has the one password that is printed here, and
the site in the name of its log is "demonstration".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from investigator.casework import twin_choice
from investigator.casework.accounts import AccountRow, accounts, change_password, enrol
from investigator.casework.analyses import impact_task, ranking_task, replay_task
from investigator.casework.desk import Desk, open_desk
from investigator.casework.intake import ReadFolder, admit_evidence, read_task
from investigator.casework.outcomes import (
    failure_modes_raised,
    record_impact,
    record_ranking,
    record_replay,
    task_for,
)
from investigator.casework.places import example_folder
from investigator.casework.workspaces import FirstAdministrator, create
from investigator.domain.acts.analysis import ReplayRecorded, TwinUse
from investigator.domain.acts.case import CaseOpened, Classification, ContainmentRecorded
from investigator.domain.errors import UnusableInput
from investigator.domain.instant import to_datetime
from investigator.trust.policy import Role

PASSWORD = "demonstration only"
GIVEN = "demonstration, first day"
PEOPLE = (
    ("ines", "Ines Falk", Role.INVESTIGATOR),
    ("remy", "Remy Baker", Role.SUBJECT_MATTER_REVIEWER),
    ("quinn", "Quinn Adler", Role.QA_APPROVER),
    ("toni", "Toni Weiss", Role.TWIN_APPROVER),
    ("audrey", "Audrey Klein", Role.AUDITOR),
)
ADMINISTRATOR = FirstAdministrator("adam", "Adam Stein", PASSWORD)
DAYS = 30

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where the demonstration lies, and its case."""

    workspace: Path
    case_id: str


def demonstration(folder: Path, *, progress: Progress) -> Demonstration:
    """The demonstration in a folder: as it was left, or made anew where there is none.

    Raises:
        UnusableInput: the example is not as it should be, or the folder cannot be written.
        UnusableRequest: the folder holds something else, or another program has it open.
    """
    if not folder.exists():
        progress("setting up a workspace for the demonstration")
        create(folder, site="demonstration", zone="Europe/Berlin", first=ADMINISTRATOR)
    with open_desk(folder) as desk:
        _enrol_people(desk)
        desk.sign_in(PEOPLE[0][0], PASSWORD)
        cases = desk.cases()
        return Demonstration(folder, cases[0].case_id if cases else _work_up(desk, progress))


def _enrol_people(desk: Desk) -> None:
    standing = {row.user_id: row for row in _accounts(desk)}
    for user_id, full_name, role in PEOPLE:
        if user_id not in standing:
            enrol(
                desk,
                user_id=user_id,
                full_name=full_name,
                roles=frozenset({role}),
                password=GIVEN,
                why="account of the demonstration",
            )
    for row in _accounts(desk):
        if row.given:
            desk.sign_in(row.user_id, GIVEN)
            change_password(desk, old=GIVEN, new=PASSWORD)


def _accounts(desk: Desk) -> tuple[AccountRow, ...]:
    desk.sign_in(ADMINISTRATOR.user_id, PASSWORD)
    return accounts(desk)


def _work_up(desk: Desk, progress: Progress) -> str:
    def report(words: str, share: float) -> None:
        del share
        progress(words)

    read = read_task(example_folder(), None, report=report)
    case_id = _open(desk, read)
    admit_evidence(desk, case_id, read)
    standing = twin_choice.twin_standing(desk, None)
    why = "" if standing.use is TwinUse.GXP else f"the twin is {standing.status}, not approved here"
    twin_choice.choose(desk, case_id, standing, why=why)
    task = task_for(desk, case_id, ReplayRecorded)
    record_replay(desk, case_id, task, replay_task(task, report=report))
    failure_modes_raised(desk, case_id)
    ranked = ranking_task(task, report=report)
    case = record_ranking(desk, case_id, task, ranked.result)
    recorded = case.ranking
    digest = recorded.act.result if recorded else ""
    record_impact(desk, case_id, task, impact_task(task, digest, ranked.working, report=report))
    return case_id


def _open(desk: Desk, read: ReadFolder) -> str:
    notice, batch = read.evidence.deviation, read.evidence.batch
    if notice is None or notice.opened_ms is None:
        raise UnusableInput("deviation.json", "is missing", "restore the example")
    opened = to_datetime(notice.opened_ms, "Europe/Berlin").date()
    act = CaseOpened(
        number=notice.number,
        title=notice.title,
        description=notice.observation.description,
        line=batch.line_id,
        batch_id=batch.batch_id,
        product=notice.product,
        classification=Classification.MAJOR,
        due=opened + timedelta(days=DAYS),
        zone="Europe/Berlin",
    )
    contained = ContainmentRecorded(notice.immediate_action or "The batch is on hold.")
    desk.do(notice.number, act, contained, why="possible effect on a critical quality attribute")
    return notice.number
