"""The report of a case carries the approval of its twin, and verifying the file alone checks it."""

from pathlib import Path

import pytest
from support.desks import SIGNERS, desk_at, person
from support.investigations import CASE
from support.stored_cases import case_at, take
from support.trust import PASSWORD
from support.validated_twins import used_here, validated

from investigator.casework.analyses import replay_task
from investigator.casework.desk import Desk
from investigator.casework.installation import HOME
from investigator.casework.outcomes import task_for
from investigator.casework.report_signing import (
    current_pdf,
    draught,
    issue,
    report_task,
    sign_report,
)
from investigator.casework.snapshot import snapshot
from investigator.casework.twin_approval import approve
from investigator.casework.twin_choice import choose, twin_standing
from investigator.casework.verification import KnownElsewhere, verify
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.errors import UnusableRequest
from investigator.report.signing.document import read_report
from investigator.trust.carried_approval import carried_from


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    used_here(monkeypatch, tmp_path / "models")
    validated(tmp_path / "models", version="1.1")
    return case_at(tmp_path, "findings")


def report_of(desk: Desk, *, approved: bool) -> bytes:
    """The signed report of the case; with an approved twin, or for information only."""
    if approved:
        approve(person(desk, "tom"), "cdc_line_3", user_id="tom", password=PASSWORD)
    choose(person(desk, "ann"), CASE, twin_standing(desk, None), why="to direct the search")
    for step in ("replay", "ranking", "impact", "conclusion"):
        take(desk, step)
    drawn = draught(desk, snapshot(desk, CASE))
    pages = report_task(drawn.dossier, report=lambda *_: None)
    issued = issue(desk, drawn, pages).report
    assert issued is not None
    for field, user_id in SIGNERS.items():
        seen = issued.act.pdf
        sign_report(
            person(desk, user_id), CASE, field, seen=seen, user_id=user_id, password=PASSWORD
        )
    return current_pdf(desk, desk.case(CASE))


@pytest.mark.requirement("REC-036", "RPT-041")
def test_verifying_the_file_alone_tells_who_approved_the_twin(
    workspace: Path, tmp_path: Path
) -> None:
    with desk_at(workspace) as desk:
        pdf = report_of(desk, approved=True)
        case = desk.case(CASE)
    assert case.twin is not None
    carried = carried_from(read_report(pdf).carried)
    assert (carried.digest, carried.entry) == (case.twin.act.digest, case.twin.act.approval)
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    alone = verify(file)
    assert alone.faults == ()
    said = f"The twin cdc_line_3 1.1 with the digest {carried.digest} was approved, in the name of"
    assert any(words.startswith(said) for words in alone.proven)
    assert any("is told by the log" in words for words in alone.not_proven)
    held = verify(file, KnownElsewhere(workspace=workspace))
    assert held.faults == ()
    assert any("was approved, Tom of Testing (tom), twin approver" in w for w in held.proven)
    assert not any("is told by the log" in words for words in held.not_proven)


@pytest.mark.requirement("RPT-041")
def test_a_report_for_information_only_carries_no_signature(workspace: Path) -> None:
    with desk_at(workspace) as desk:
        pdf = report_of(desk, approved=False)
    carried = carried_from(read_report(pdf).carried)
    assert (carried.entry, carried.signature, carried.use) == (None, None, "information only")


@pytest.mark.requirement("CAS-155")
def test_no_analysis_and_no_report_rests_on_a_twin_that_is_no_longer_validated(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The equations of the program changed under a twin that was chosen for GxP decisions."""
    with desk_at(workspace) as desk:
        report_of(desk, approved=True)
        task = task_for(person(desk, "ann"), CASE, ReplayRecorded)
        monkeypatch.setattr("investigator.twin.standing.process_digest", lambda: "sha256:other")
        with pytest.raises(UnusableRequest, match=r"no longer validated.*equations of the program"):
            replay_task(task, report=lambda *_: None)
        with pytest.raises(UnusableRequest, match=r"no longer validated.*equations of the program"):
            draught(desk, snapshot(desk, CASE))
