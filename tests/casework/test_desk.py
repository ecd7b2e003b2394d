"""The desk: all acts of one request or none, in order, with their reasons, by whoever is there."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.desks import desk_at, do, home_in, issued, pages, person, populated, sign
from support.investigations import (
    ACTION,
    APPROVED,
    AUTHORED,
    CASE,
    CAUSES,
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    EXTENDED,
    FINDING,
    FOLLOWED,
    HUMAN_ERROR,
    ISSUED,
    JUDGED,
    OPENED,
    RAISED,
    RANKED,
    RECLASSIFIED,
    RELATED,
    REOPENED,
    RETURNED,
    REVIEWED,
    SCOPED,
    SUPPOSED,
    TWIN,
    WALK,
    WEIGHED,
    WHY,
    admitted,
    chosen,
    decided,
)
from support.trust import CHEAP, PASSWORD, Hands

from investigator.casework.desk import Desk, open_desk
from investigator.casework.installation import HOME
from investigator.casework.report_signing import current_pdf, sign_report
from investigator.casework.session import IDLE_S, Session
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import TwinUse
from investigator.domain.acts.case import ContainmentRecorded
from investigator.domain.acts.closing import ReportSigned, SignatureField, SignaturesVoided
from investigator.domain.acts.evidence import FindingJudged, Judgement
from investigator.domain.errors import (
    AccessRefused,
    AlteredRecord,
    UnusableRequest,
)
from investigator.domain.impact import Proposal
from investigator.records.blobs import Blobs
from investigator.records.verify import verify_workspace
from investigator.trust.clock import Clock

DeskBefore = Callable[[Act | None], Desk]


def last_entries(desk: Desk, count: int) -> list[Any]:
    return list(desk.workspace.log.entries()[-count:])


@pytest.mark.requirement("CAS-053")
def test_several_acts_are_recorded_together_with_one_reason(desk_before: DeskBefore) -> None:
    desk = person(desk_before(JUDGED[0]), "ann")
    before = desk.workspace.log.size
    notes = len(checkpoints(desk))
    case = desk.do(CASE, *JUDGED, FOLLOWED, *DECIDED, why="weighed together")
    assert [r.act for r in case.history[-6:]] == [*JUDGED, FOLLOWED, *DECIDED]
    assert {r.why for r in case.history[-6:]} == {"weighed together"}
    assert [r.sequence for r in case.history[-6:]] == list(range(before, before + 6))
    assert len(checkpoints(desk)) == notes + 1


def checkpoints(desk: Desk) -> list[str]:
    from investigator.records.reading import stored_checkpoints

    with desk.workspace.log.reading() as connection:
        return [note for _, note in stored_checkpoints(connection)]


@pytest.mark.requirement("CAS-053")
@pytest.mark.parametrize(
    ("acts", "says"),
    [
        ((*JUDGED, DECIDED[0]), "There is no impact yet"),
        ((JUDGED[0], CLOSED), "is not open to the role"),
        ((JUDGED[0], AUTHORED), "recorded only with the signing"),
        ((JUDGED[0], OPENED), "is open already"),
        ((JUDGED[0], admitted("never stored")), "are not stored"),
    ],
)
def test_one_refused_act_refuses_them_all(
    acts: tuple[Act, ...], says: str, desk_before: DeskBefore
) -> None:
    desk = person(desk_before(JUDGED[0]), "ann")
    case, size = desk.case(CASE), desk.workspace.log.size
    with pytest.raises(UnusableRequest, match=says):
        do(desk, *acts)
    assert (desk.case(CASE), desk.workspace.log.size) == (case, size)


def test_nothing_to_record_is_refused(desk_before: DeskBefore) -> None:
    with pytest.raises(UnusableRequest, match="nothing to record"):
        do(person(desk_before(CONTAINED), "ann"))


@pytest.mark.requirement("CAS-008", "CAS-053")
@pytest.mark.parametrize(
    ("act", "before"),
    [
        (OPENED, OPENED),
        (RECLASSIFIED, CONTAINED),
        (EXTENDED, CONTAINED),
        (RELATED, RELATED),
        (SCOPED, SCOPED),
        (FindingJudged("F-1", "a gap", Judgement.DISMISSED), FINDING),
        (chosen(TwinUse.INFORMATION_ONLY), TWIN),
        (JUDGED[0], JUDGED[0]),
        (decided("D1", Proposal.REJECT), DECIDED[0]),
        (CONCLUDED, CONCLUDED),
        (RETURNED, CLOSED),
        (REOPENED, None),
    ],
    ids=lambda value: getattr(value, "WORD", "whole"),
)
def test_a_demanded_reason_is_demanded(
    act: Act, before: Act | None, desk_before: DeskBefore
) -> None:
    desk = person(desk_before(before), "all")
    size = desk.workspace.log.size
    for nothing in ("", " \n\t"):
        with pytest.raises(UnusableRequest, match=f'"{act.WORD}" needs a reason; say why'):
            desk.do(CASE, act, why=nothing)
    assert desk.workspace.log.size == size
    desk.do(CASE, act, why=f"  {WHY} ")
    assert desk.workspace.log.entry(size).why == WHY


@pytest.mark.requirement("IMP-043", "CAS-184")
def test_releasing_what_is_out_of_specification_needs_a_reason(desk_before: DeskBefore) -> None:
    desk = person(desk_before(FOLLOWED), "all")
    do(desk, replace(FOLLOWED, out_of_specification=("D1",)))
    release = decided("D1")
    assert not release.needs_reason()
    with pytest.raises(UnusableRequest, match="say why: it releases a container with a reported"):
        desk.do(CASE, release)
    desk.do(CASE, release, why=WHY)
    desk.do(CASE, decided("D2"))


@pytest.mark.requirement("CAS-054")
def test_an_entry_names_old_and_new_value(desk_before: DeskBefore) -> None:
    desk = person(desk_before(CONTAINED), "ann")
    do(desk, CONTAINED)
    do(desk, ContainmentRecorded("Line stopped."))
    first, second = last_entries(desk, 2)
    assert first.old is None
    assert first.new["measures"] == second.old["measures"]
    assert second.new == {"measures": "Line stopped."}
    assert second.object == f"{CASE}/containment"


@pytest.mark.requirement("CAS-054")
def test_class_and_due_date_name_what_the_opening_said(desk_before: DeskBefore) -> None:
    desk = person(desk_before(CONTAINED), "ann")
    do(desk, RECLASSIFIED, EXTENDED)
    reclassified, extended = last_entries(desk, 2)
    assert (reclassified.old["classification"], extended.old["due"]) == ("major", "2025-11-08")
    do(desk, RECLASSIFIED, EXTENDED)
    reclassified, extended = last_entries(desk, 2)
    assert reclassified.old == reclassified.new == {"classification": "critical"}
    assert extended.old == {"due": "2025-12-08"}


@pytest.mark.requirement("CAS-054")
def test_of_several_acts_on_one_thing_each_names_the_one_before(desk_before: DeskBefore) -> None:
    desk = person(desk_before(CONTAINED), "ann")
    do(desk, *(ContainmentRecorded(f"measure {n}") for n in range(3)))
    entries = last_entries(desk, 3)
    assert [e.old and e.old["measures"] for e in entries] == [None, "measure 0", "measure 1"]


VOIDING: tuple[tuple[Act, str], ...] = (
    (CONTAINED, "ann"),
    (RECLASSIFIED, "ann"),
    (DOCUMENT, "ann"),
    (RAISED[0], "ann"),
    (WEIGHED, "ann"),
    (HUMAN_ERROR, "ann"),
    (SUPPOSED, "ann"),
    (ACTION, "ann"),
    (ISSUED, "ann"),
    (RETURNED, "ben"),
    (RETURNED, "eva"),
)


@pytest.mark.requirement("CAS-010", "CAS-055")
@pytest.mark.parametrize(
    ("act", "user_id"), VOIDING, ids=[f"{act.WORD} by {who}" for act, who in VOIDING]
)
def test_an_act_after_a_signature_voids_it_in_the_same_transaction(
    act: Act, user_id: str, desk_before: DeskBefore
) -> None:
    desk = person(desk_before(APPROVED), user_id)
    notes = len(checkpoints(desk))
    case = do(desk, issued() if act is ISSUED else act)
    assert case.signatures == ()
    assert len(checkpoints(desk)) == notes + 1
    done, voided = last_entries(desk, 2)
    assert (done.act, voided.act) == (act.WORD, SignaturesVoided.WORD)
    assert voided.new == {"fields": ["author", "reviewer"], "because": act.WORD}
    assert voided.who == done.who


@pytest.mark.requirement("CAS-055")
def test_closing_voids_nothing_and_reopening_does(desk_before: DeskBefore) -> None:
    desk = person(desk_before(CLOSED), "eva")
    assert len(do(desk, CLOSED).signatures) == 3
    case = do(desk, REOPENED)
    assert case.signatures == ()
    assert last_entries(desk, 1)[0].new["fields"] == ["author", "reviewer", "approver"]
    with pytest.raises(UnusableRequest, match="returned, or the case re-opened"):
        sign(desk, SignatureField.AUTHOR)


@pytest.mark.requirement("CAS-055")
def test_without_signatures_nothing_is_voided(desk_before: DeskBefore) -> None:
    desk = person(desk_before(AUTHORED), "ann")
    size = desk.workspace.log.size
    do(desk, CONTAINED)
    assert desk.workspace.log.size == size + 1


@pytest.mark.requirement("CAS-004", "CAS-056")
def test_a_withdrawn_act_counts_as_never_done_and_stays_in_the_log(
    desk_before: DeskBefore,
) -> None:
    desk = person(desk_before(FOLLOWED), "ann")
    verdict = desk.case(CASE).verdicts[CAUSES[0]]
    case = desk.withdraw(CASE, verdict.sequence, why="read the wrong trend")
    assert CAUSES[0] not in case.verdicts
    (withdrawal,) = case.withdrawals
    assert (withdrawal.withdrawn, withdrawal.why) == (verdict, "read the wrong trend")
    assert withdrawal.who.user_id == "ann"
    (entry,) = last_entries(desk, 1)
    assert (entry.act, entry.object) == ("withdrawn", f"entry {verdict.sequence}")
    assert desk.workspace.log.entry(verdict.sequence).act == "verdict given"


@pytest.mark.requirement("CAS-055", "CAS-056")
def test_a_withdrawal_after_a_signature_voids_it(desk_before: DeskBefore) -> None:
    desk = person(desk_before(APPROVED), "ann")
    action = desk.case(CASE).actions[0]
    case = desk.withdraw(CASE, action.sequence, why="not needed")
    assert case.signatures == ()
    withdrawn, voided = last_entries(desk, 2)
    assert (withdrawn.act, voided.act) == ("withdrawn", "signatures voided")
    assert voided.new["because"] == "action proposed withdrawn"


@pytest.mark.requirement("CAS-056")
def test_what_cannot_be_withdrawn_is_refused_without_an_entry(desk_before: DeskBefore) -> None:
    desk = person(desk_before(CLOSED), "ann")
    case, size = desk.case(CASE), desk.workspace.log.size
    contained = case.containment
    assert contained is not None
    for sequence, why, says in (
        (contained.sequence, " ", "needs a reason"),
        (case.opened.sequence, WHY, '"case opened" is not withdrawn'),
        (case.report.sequence if case.report else -1, WHY, '"report issued" is not withdrawn'),
        (0, WHY, f"Entry 0 is no act of {CASE}"),
        (10_000, WHY, "is no act of"),
    ):
        with pytest.raises(UnusableRequest, match=says):
            desk.withdraw(CASE, sequence, why=why)
    with pytest.raises(AccessRefused, match="not open to the role"):
        person(desk, "ben").withdraw(CASE, contained.sequence, why=WHY)
    with pytest.raises(AccessRefused, match="no right"):
        person(desk, "root").withdraw(CASE, contained.sequence, why=WHY)
    do(person(desk, "eva"), CLOSED)
    with pytest.raises(UnusableRequest, match="is closed"):
        person(desk, "ann").withdraw(CASE, contained.sequence, why=WHY)
    assert [e.act for e in desk.workspace.log.entries()[size:]] == [
        "signed in",
        "signed in",
        "signed in",
        "case closed",
        "signed in",
    ]


@pytest.mark.requirement("CAS-056")
def test_an_act_is_withdrawn_once(desk_before: DeskBefore) -> None:
    desk = person(desk_before(RELATED), "ann")
    sequence = desk.case(CASE).history[-1].sequence
    desk.withdraw(CASE, sequence, why=WHY)
    with pytest.raises(UnusableRequest, match="no act of DEV-1 that still counts"):
        desk.withdraw(CASE, sequence, why=WHY)


@pytest.mark.requirement("CAS-057")
def test_nothing_is_done_by_nobody(desk: Desk) -> None:
    for attempt in (
        lambda: do(desk, OPENED),
        lambda: desk.withdraw(CASE, 9, why=WHY),
        desk.cases,
        lambda: desk.case(CASE),
    ):
        with pytest.raises(AccessRefused, match="Nobody is signed in; sign in first"):
            attempt()
    assert desk.why_not(CASE, OPENED) == "Nobody is signed in; sign in first."


@pytest.mark.requirement("CAS-057")
def test_a_session_locks_after_ten_idle_minutes_and_opens_by_password(workspace: Path) -> None:
    hands = Hands()
    session = Session(steady_s=lambda: hands.steady / 1000)
    with person(desk_at(workspace, session=session), "ann") as desk:
        hands.pass_by(int(IDLE_S * 1000))
        do(desk, OPENED)
        hands.pass_by(int(IDLE_S * 1000) + 1)
        size = desk.workspace.log.size
        with pytest.raises(AccessRefused, match="ann is locked; enter the password again"):
            do(desk, CONTAINED)
        assert "locked" in str(desk.why_not(CASE, CONTAINED))
        with pytest.raises(AccessRefused, match="locked"):
            desk.case(CASE)
        with pytest.raises(AccessRefused, match="locked"):
            sign_report(
                desk,
                CASE,
                SignatureField.AUTHOR,
                seen=issued().pdf,
                user_id="ann",
                password=PASSWORD,
            )
        assert desk.workspace.log.size == size
        with pytest.raises(AccessRefused, match="not that of ann"):
            desk.sign_in("ann", "wrong")
        assert desk.session.locked
        person(desk, "ann")
        assert do(desk, CONTAINED).containment is not None


@pytest.mark.requirement("CAS-057", "REC-009")
def test_an_account_locked_at_signing_does_nothing_more(desk_before: DeskBefore) -> None:
    desk = person(desk_before(AUTHORED), "ann")
    for _ in range(5):
        with pytest.raises(AccessRefused, match="not that of ann"):
            sign_report(
                desk,
                CASE,
                SignatureField.AUTHOR,
                seen=issued().pdf,
                user_id="ann",
                password="wrong",
            )
    size = desk.workspace.log.size
    for attempt in (
        lambda: do(desk, CONTAINED),
        lambda: desk.withdraw(CASE, desk.case(CASE).history[-1].sequence, why=WHY),
        lambda: desk.case(CASE),
        lambda: sign(desk, SignatureField.AUTHOR),
    ):
        with pytest.raises(AccessRefused, match='"ann" is locked after 5 failed attempts'):
            attempt()
    assert "locked after 5" in str(desk.why_not(CASE, CONTAINED))
    assert desk.workspace.log.size == size


@pytest.mark.requirement("CAS-057")
def test_signing_out_ends_the_session(desk: Desk) -> None:
    person(desk, "ann").sign_out()
    assert desk.session.person is None
    with pytest.raises(AccessRefused, match="Nobody is signed in"):
        do(desk, OPENED)


TRIED = [*dict.fromkeys((*WALK, RECLASSIFIED, EXTENDED, RETURNED, REOPENED))]


@pytest.mark.requirement("CAS-050", "CAS-058")
@pytest.mark.parametrize(
    "stage", [OPENED, SCOPED, FINDING, RANKED, FOLLOWED, AUTHORED, REVIEWED, CLOSED, None]
)
def test_why_not_agrees_with_do(stage: Act | None, tmp_path: Path) -> None:
    """Whatever the case is like, an act is refused with the sentence that was foretold."""
    with home_in(tmp_path / "home"), desk_at(populated(tmp_path, before=stage)) as desk:
        foretold = {act: desk_says(desk, act) for act in TRIED}
    for number, (act, says) in enumerate(foretold.items()):
        copy = tmp_path / str(number)
        with home_in(copy / "home"), desk_at(populated(copy, before=stage)) as desk:
            assert done(desk, act) == says, act


def desk_says(desk: Desk, act: Act) -> str | None:
    return person(desk, "all").why_not(CASE, as_issued(act))


def as_issued(act: Act) -> Act:
    """The act with the pages that are really there."""
    if isinstance(act, ReportSigned):
        return replace(act, issued=issued().pdf)
    return issued() if act is ISSUED else act


def done(desk: Desk, act: Act) -> str | None:
    """What doing it says; a signature is given by signing."""
    person(desk, "all")
    try:
        if isinstance(act, ReportSigned):
            sign_report(desk, CASE, act.field, seen=issued().pdf, user_id="all", password=PASSWORD)
        else:
            do(desk, as_issued(act))
    except UnusableRequest as refused:
        return str(refused)
    return None


@pytest.mark.requirement("CAS-058")
@pytest.mark.parametrize("number", ["", "a/b", "..", "-x", "x" * 65, "DEV 1", "DEV-1\n"])
def test_what_cannot_be_the_number_of_a_case_is_refused(number: str, desk: Desk) -> None:
    person(desk, "ann")
    with pytest.raises(UnusableRequest, match="cannot be the number of a case"):
        desk.do(number, OPENED, why=WHY)
    assert "cannot be the number" in str(desk.why_not(number, OPENED))


@pytest.mark.requirement("CAS-058")
def test_an_unknown_case_is_said_so(desk: Desk) -> None:
    person(desk, "ann")
    for attempt in (lambda: desk.case("DEV-9"), lambda: desk.do("DEV-9", CONTAINED)):
        with pytest.raises(UnusableRequest, match="There is no case DEV-9; open it first"):
            attempt()
    assert desk.cases() == ()


def test_cases_are_listed_the_latest_first(desk: Desk) -> None:
    person(desk, "ann")
    for number in ("DEV-1", "DEV-2", "DEV-3"):
        desk.do(number, replace(OPENED, number=number), why=WHY)
    desk.do("DEV-1", CONTAINED)
    assert [case.case_id for case in desk.cases()] == ["DEV-3", "DEV-2", "DEV-1"]


@pytest.mark.requirement("CAS-003", "CAS-056")
def test_a_case_read_again_is_the_case_as_it_was_left(tmp_path: Path) -> None:
    workspace = populated(tmp_path, before=None)
    with home_in(tmp_path / "home"):
        with person(desk_at(workspace), "eva") as desk:
            do(desk, REOPENED)
            person(desk, "ann")
            left = desk.withdraw(CASE, desk.case(CASE).actions[0].sequence, why=WHY)
        with person(desk_at(workspace), "aud") as again:
            assert again.case(CASE) == left
    assert verify_workspace(workspace).faults == ()


@pytest.mark.requirement("CAS-010")
def test_the_current_report_has_the_signatures_in_force(desk_before: DeskBefore) -> None:
    desk = person(desk_before(APPROVED), "ann")
    case = desk.case(CASE)
    assert current_pdf(desk, case).count(b"/ByteRange") == 2
    case = do(desk, CONTAINED)
    assert current_pdf(desk, case).count(b"/ByteRange") == 0
    with pytest.raises(UnusableRequest, match="There is no report yet"):
        current_pdf(desk, desk.do("DEV-2", _second(), why=WHY))


def _second() -> Act:
    return replace(OPENED, number="DEV-2")


@pytest.mark.requirement("REC-018")
def test_a_report_whose_bytes_were_changed_is_not_signed(
    desk_before: DeskBefore, workspace: Path
) -> None:
    desk = person(desk_before(REVIEWED), "ben")
    signed = desk.case(CASE).signatures[-1].act.pdf
    place = Blobs(workspace / "blobs").place(signed)
    place.write_bytes(place.read_bytes() + b" ")
    size = desk.workspace.log.size
    with pytest.raises(AlteredRecord, match="were changed"):
        sign_report(
            desk, CASE, SignatureField.REVIEWER, seen=issued().pdf, user_id="ben", password=PASSWORD
        )
    assert desk.workspace.log.size == size


@pytest.mark.requirement("CAS-065")
def test_another_report_than_the_one_that_was_seen_is_not_signed(desk_before: DeskBefore) -> None:
    desk = person(desk_before(AUTHORED), "ann")
    seen = issued().pdf
    do(desk, CONTAINED)
    desk.do(CASE, replace(issued(), revision=2, pdf=desk.workspace.blobs.keep(pages() + b"\n")))
    size = desk.workspace.log.size
    with pytest.raises(
        UnusableRequest, match="in force is another one than was shown; read it first"
    ):
        sign_report(desk, CASE, SignatureField.AUTHOR, seen=seen, user_id="ann", password=PASSWORD)
    assert desk.workspace.log.size == size


def test_only_the_person_at_the_desk_signs(desk_before: DeskBefore) -> None:
    desk = person(desk_before(AUTHORED), "all")
    with pytest.raises(AccessRefused, match="all is signed in; ann signs in before signing"):
        sign_report(
            desk, CASE, SignatureField.AUTHOR, seen=issued().pdf, user_id="ann", password=PASSWORD
        )


@pytest.mark.requirement("REC-012")
def test_nothing_is_signed_while_the_clock_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    workspace, hands = populated(tmp_path, before=AUTHORED), Hands(t_ms=4_000_000_000_000)

    def clock(zone: str) -> Clock:
        return Clock(zone, wall_ms=lambda: hands.wall, steady_ms=lambda: hands.steady)

    with person(open_desk(workspace, cost=CHEAP, clock=clock), "ann") as desk:
        hands.wall += 60_000
        with pytest.raises(AccessRefused, match="clock of this computer was set"):
            sign_report(
                desk,
                CASE,
                SignatureField.AUTHOR,
                seen=issued().pdf,
                user_id="ann",
                password=PASSWORD,
            )
        assert do(desk, CONTAINED).containment is not None


HOLDER = """
import sys
from pathlib import Path
from support.desks import desk_at

with desk_at(Path(sys.argv[1])):
    sys.stdout.write("open\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


def environment(checkout: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout / "tests"), str(checkout)])}


@pytest.mark.requirement("CAS-059", "REC-017")
def test_a_workspace_in_use_by_another_process_is_said_so(workspace: Path, checkout: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(workspace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(checkout),
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(UnusableRequest, match='"w" is in use by another program'):
            desk_at(workspace)
    with desk_at(workspace):
        pass


@pytest.fixture
def of_nobody() -> Iterator[Path]:
    """A folder that the user without any rights can reach: as root, rights bind nobody."""
    folder = Path(tempfile.mkdtemp(prefix="of-nobody-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


TRIES = """
import os, sys
from pathlib import Path
from support.desks import desk_at, do, home_in, person
from support.investigations import OPENED
from investigator.domain.errors import InvestigatorError

def tried(folder):
    with home_in(folder / "home"), desk_at(folder / "w") as desk:
        do(person(desk, "ann"), OPENED)

tried(Path(sys.argv[1]))  # whatever is imported late is read while it still can be
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    tried(Path(sys.argv[2]))
except InvestigatorError as refused:
    sys.stdout.write(f"{type(refused).__name__}: {refused}")
"""


@pytest.mark.requirement("CAS-059")
@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
@pytest.mark.parametrize(
    ("unwritable", "says"),
    [
        ("w", "UnusableInput: w: cannot be written (Permission denied)"),
        ("w/workspace.lock", "UnusableInput: w: cannot be written (Permission denied)"),
        ("w/workspace.sqlite", "UnusableRequest: Nothing was recorded: the workspace cannot be"),
        ("home", "This installation does not hold the secret"),
    ],
)
def test_a_read_only_workspace_is_said_so(
    unwritable: str, says: str, of_nobody: Path, tmp_path: Path, checkout: Path
) -> None:
    populated(tmp_path)
    populated(of_nobody)
    everything = [of_nobody, *of_nobody.rglob("*")]
    for path in everything:
        path.chmod(0o777)
    closed = of_nobody / unwritable
    lock = of_nobody / "w" / "workspace.lock"
    if unwritable == "w":
        lock.unlink(missing_ok=True)
    closed.chmod(0o000 if unwritable == "home" else 0o555)
    before = verify_workspace(of_nobody / "w")
    said = subprocess.run(
        [sys.executable, "-c", TRIES, str(tmp_path), str(of_nobody)],
        check=False,
        capture_output=True,
        text=True,
        env=environment(checkout),
    )
    assert says in said.stdout, said.stderr
    assert said.stdout.count("\n") == 0
    assert verify_workspace(of_nobody / "w") == before


def test_what_was_left_in_the_scratch_folder_is_gone_afterwards(workspace: Path) -> None:
    with desk_at(workspace) as desk:
        scratch = desk.scratch
        (scratch / "left").write_bytes(b"working")
        assert scratch.stat().st_mode & 0o777 == 0o700
    assert not scratch.exists()
    with desk_at(workspace):
        pass
