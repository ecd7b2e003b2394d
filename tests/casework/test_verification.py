"""A workspace and a report tell what is proven of them; whatever was altered is found and named."""

import os
import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import behind_the_desk, desk_at, perform, populated, sign
from support.investigations import AUTHORED, CASE, CLOSED, EVIDENCE, judged_finding
from support.trust import CHEAP, PASSWORD

from investigator.casework import installation
from investigator.casework.act_record import drafted
from investigator.casework.case_book import CaseBook
from investigator.casework.case_checks import reports_on_record, rule_faults
from investigator.casework.desk import open_desk
from investigator.casework.report_signing import current_pdf
from investigator.casework.verification import (
    PDF,
    KnownElsewhere,
    Verification,
    page_faults,
    verify,
)
from investigator.casework.workspaces import FirstAdministrator, create
from investigator.domain.acts.case import CaseReopened, ContainmentRecorded
from investigator.domain.acts.closing import SignatureField
from investigator.domain.acts.evidence import Judgement
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.records.blobs import Blobs
from investigator.records.database import NAME
from investigator.records.entry import Draft, Person
from investigator.records.workspace import (
    BLOBS,
    entries_found,
    identity_found,
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(installation.HOME, str(tmp_path / "home"))
    return populated(tmp_path, before=None)


@pytest.fixture
def report(workspace: Path) -> Path:
    file = workspace.parent / "report.pdf"
    with desk_at(workspace) as desk:
        desk.sign_in("aud", PASSWORD)
        file.write_bytes(current_pdf(desk, desk.case(CASE)))
    return file


def said(found: Verification) -> str:
    return "\n".join(found.sentences())


@pytest.mark.requirement("REC-030")
def test_a_signed_case_is_proven_and_what_is_not_proven_is_said(workspace: Path) -> None:
    found = verify(workspace)
    assert found.faults == ()
    assert "Every act was done by a person whose role allowed it" in said(found)
    assert "Issued reports whose pages carry the signatures that the log names: 1" in said(found)
    assert "Not proven: The log's key was taken from the workspace itself" in said(found)


@pytest.mark.requirement("REC-030")
def test_with_key_and_checkpoint_more_is_proven(workspace: Path) -> None:
    with open_desk(workspace, cost=CHEAP) as desk:
        key = desk.workspace.identity.verifier.text()
        note = desk.workspace.log.checkpoint()
    found = verify(workspace, KnownElsewhere(log_key=key, checkpoints=(note,)))
    assert found.faults == ()
    assert "kept elsewhere that agree" in said(found)
    assert "Hand in its public key" not in said(found)
    with pytest.raises(UnusableRequest, match="not the public key of a log"):
        verify(workspace, KnownElsewhere(log_key="not a key"))


@pytest.mark.requirement("REC-031")
def test_a_report_alone_says_who_signed_and_that_the_authority_is_its_own_word(
    report: Path,
) -> None:
    found = verify(report)
    assert found.faults == ()
    assert "Approver: approved, in the name of Eva of Testing (eva)" in said(found)
    assert "whose authority it is was not shown" in said(found)


@pytest.mark.requirement("REC-031")
def test_a_report_with_its_workspace_is_the_one_in_force(workspace: Path, report: Path) -> None:
    found = verify(report, KnownElsewhere(workspace=workspace))
    assert found.faults == ()
    assert f"It is the report in force of the case {CASE}." in said(found)


@pytest.mark.requirement("REC-031")
def test_a_report_that_was_voided_is_no_longer_in_force(workspace: Path, report: Path) -> None:
    with open_desk(workspace, cost=CHEAP) as desk:
        desk.sign_in("eva", PASSWORD)
        desk.do(CASE, CaseReopened(), why="a complaint came in")
    assert verify(report).faults == ()
    assert "not the report in force" in said(verify(report, KnownElsewhere(workspace=workspace)))


@pytest.mark.requirement("REC-031")
def test_an_earlier_revision_of_a_report_is_named(workspace: Path, tmp_path: Path) -> None:
    entries = entries_found(workspace)
    first = next(e for e in entries if e.act == "report signed")
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(Blobs(workspace / BLOBS).read(first.blobs[0]))
    found = said(verify(cut, KnownElsewhere(workspace=workspace)))
    assert "FAULT: The file is revision 2 of 4 on record" in found


@pytest.mark.requirement("REC-031")
def test_a_report_of_another_workspace_is_unknown(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(installation.HOME, str(tmp_path / "other-home"))
    first = FirstAdministrator("root", "Root of Testing", PASSWORD)
    create(tmp_path / "other", site="Other", zone="Europe/Zurich", first=first, cost=CHEAP)
    found = verify(report, KnownElsewhere(workspace=tmp_path / "other"))
    assert "FAULT: The workspace knows no report of these bytes." in said(found)
    assert "not from the authority" in said(found)


@pytest.mark.requirement("REC-032")
def test_every_changed_byte_of_the_report_is_found(report: Path, tmp_path: Path) -> None:
    data = report.read_bytes()
    generator = random.Random(7)
    for place in generator.sample(range(len(data)), 25):
        changed = bytearray(data)
        changed[place] ^= 1 << generator.randrange(8)
        file = tmp_path / "changed.pdf"
        file.write_bytes(bytes(changed))
        try:
            assert verify(file).faults, f"byte {place} of {len(data)}"
        except UnusableInput:
            assert place < 5


@pytest.mark.requirement("REC-032")
def test_every_changed_byte_of_a_stored_file_is_found(workspace: Path) -> None:
    generator = random.Random(8)
    before = said(verify(workspace))
    stored = sorted(p for p in (workspace / BLOBS).rglob("*") if p.is_file())
    named = [file for file in stored if f"{file.name} is named by no entry" not in before]
    assert len(named) > len(stored) / 2
    for file in named:
        data = file.read_bytes()
        changed = bytearray(data)
        changed[generator.randrange(len(data))] ^= 1
        file.write_bytes(bytes(changed))
        assert f"The stored bytes {file.name} were changed" in said(verify(workspace))
        file.write_bytes(data)
    assert verify(workspace).faults == ()


@pytest.mark.requirement("REC-032")
def test_changed_bytes_of_the_database_are_found_or_unused(workspace: Path) -> None:
    """A byte that no entry, checkpoint, key or row is made of may be changed without a fault."""
    file = workspace / NAME
    data = file.read_bytes()
    before = contents(file)
    generator = random.Random(9)
    found = 0
    for place in generator.sample(range(100, len(data)), 120):
        changed = bytearray(data)
        changed[place] ^= 1 << generator.randrange(8)
        file.write_bytes(bytes(changed))
        if verify(workspace).faults:
            found += 1
        else:
            assert contents(file) == before, f"byte {place} of {len(data)}"
    assert found > 60


def contents(file: Path) -> list[object]:
    """All rows of all tables, as an independent reader has them."""
    with sqlite3.connect(file) as connection:
        rows = [
            connection.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("entry", "checkpoint", "credential", "secret", "search")
        ]
    connection.close()
    return rows


@pytest.mark.requirement("REC-033")
@pytest.mark.parametrize(
    ("act", "new", "who", "words"),
    [
        (
            "containment recorded",
            {"measures": "none"},
            Person("aud", "Aud of Testing", "auditor"),
            "aud held no role that may do it",
        ),
        (
            "containment recorded",
            {"measures": "none"},
            Person("nobody", "No Body", "investigator"),
            "nobody held no role that may do it",
        ),
        (
            "case re-opened",
            {},
            Person("eva", "Eva of Testing", "QA approver"),
            "has no reason, and needs one",
        ),
        ("batch released", {}, Person("eva", "Eva of Testing", "QA approver"), "no act of this"),
        (
            "unattended run recorded",
            {},
            Person("aud", "Aud of Testing", "auditor"),
            "in nobody's role",
        ),
        (
            "containment recorded",
            {"measures": "none"},
            Person("ann", "Ann of Others", "investigator"),
            "ann held no role that may do it",
        ),
        (
            "report signed",
            {"field": "author", "issued": "0" * 64, "pdf": "0" * 64},
            Person("ann", "Ann of Testing", "investigator"),
            "was out of order",
        ),
    ],
)
def test_an_act_recorded_behind_the_desk_is_named(
    workspace: Path, act: str, new: dict[str, str], who: Person, words: str
) -> None:
    with behind_the_desk(workspace) as opened:
        opened.log.append([Draft(act, CASE, new)], by=who)
    assert words in said(verify(workspace))


@pytest.mark.requirement("IMP-043")
def test_a_release_out_of_specification_without_a_reason_is_named(workspace: Path) -> None:
    released = {"container_id": "D1", "decision": "release", "proposed": "release"}
    found = {
        "recipe": "0" * 64,
        "result": "0" * 64,
        "containers": ["D1", "D2", "D3"],
        "out_of_specification": ["D1"],
    }
    who = Person("ann", "Ann of Testing", "investigator")
    with behind_the_desk(workspace) as opened:
        opened.log.append([Draft("disposition decided", f"{CASE}/container D1", released)], by=who)
    assert "has no reason" not in said(verify(workspace))
    with behind_the_desk(workspace) as opened:
        opened.log.append(
            [
                Draft("impact recorded", f"{CASE}/impact", found),
                Draft("disposition decided", f"{CASE}/container D1", released),
            ],
            by=who,
        )
    assert "has no reason, and needs one" in said(verify(workspace))


@pytest.mark.requirement("REC-033")
@pytest.mark.parametrize(
    ("withdrawal", "why", "who", "words"),
    [
        ("entry {}", "wrong", Person("aud", "Aud of Testing", "auditor"), "held no role"),
        ("entry {}", "", Person("ann", "Ann of Testing", "investigator"), "has no reason"),
        ("entry {}", "wrong", Person("ann", "Ann of Testing", "investigator"), "out of order"),
        ("entry x", "wrong", Person("ann", "Ann of Testing", "investigator"), "no entry of a log"),
    ],
)
def test_a_withdrawal_recorded_behind_the_desk_is_named(
    workspace: Path, withdrawal: str, why: str, who: Person, words: str
) -> None:
    with behind_the_desk(workspace) as opened:
        done = next(e for e in opened.log.entries() if e.act == "containment recorded")
        opened.log.append(
            [Draft("withdrawn", withdrawal.format(done.sequence), None, why=why)], by=who
        )
    assert words in said(verify(workspace))


@pytest.mark.requirement("REC-033")
@pytest.mark.parametrize(("about", "blobs"), [("container D99", True), ("", False)])
def test_an_entry_about_something_else_than_its_act_is_named(
    workspace: Path, about: str, blobs: bool
) -> None:
    with behind_the_desk(workspace) as opened:
        done = next(e for e in opened.log.entries() if e.act == "document admitted")
        who = Person("ann", "Ann of Testing", "investigator")
        moved = f"{CASE}/{about}" if about else done.object
        draft = Draft(done.act, moved, done.new, why=done.why, blobs=done.blobs if blobs else ())
        opened.log.append([draft], by=who)
    assert "is about something else than the act in it" in said(verify(workspace))


@pytest.mark.requirement("REC-033")
def test_signatures_of_a_voided_report_given_out_as_new_ones_are_named(workspace: Path) -> None:
    """With the log's key the same pages are issued again and the old signatures recorded anew."""
    with open_desk(workspace, cost=CHEAP) as desk:
        desk.sign_in("eva", PASSWORD)
        desk.do(CASE, CaseReopened(), why="a complaint came in")
    with behind_the_desk(workspace) as opened:
        entries = opened.log.entries()
        acts = [e for e in entries if e.act in ("signed", "report signed") and CASE in e.object]
        issued = next(e for e in opened.log.entries() if e.act == "report issued")
        ann, again = acts[0].who, {**issued.new, "revision": 2}
        opened.log.append([Draft(issued.act, issued.object, again, blobs=issued.blobs)], by=ann)
        for entry in acts:
            draft = Draft(entry.act, entry.object, entry.new, blobs=entry.blobs)
            opened.log.append([draft], by=entry.who)
    assert said(verify(workspace)).count("was not recorded when the signature") == len(acts) / 2


@pytest.mark.requirement("REC-033")
def test_a_change_after_a_signature_that_voids_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(installation.HOME, str(tmp_path / "home"))
    signed = populated(tmp_path, before=CLOSED)
    with desk_at(signed) as desk:
        desk.sign_in("ann", PASSWORD)
        desk.do(CASE, ContainmentRecorded("and the next shift informed"))
        voided = desk.workspace.log.entries()[-1]
    assert voided.act == "signatures voided"
    assert verify(signed).faults == ()
    forged = entries_found(signed)[:-1]
    assert "not voided" in "\n".join(rule_faults(forged))


@pytest.mark.requirement("CAS-144")
def test_critical_findings_that_were_judged_in_one_go_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(installation.HOME, str(tmp_path / "home"))
    workspace = populated(tmp_path, before=EVIDENCE)
    one_by_one, together = ("F-1", "F-2"), ("F-3", "F-4")
    with desk_at(workspace) as desk:
        desk.sign_in("ann", PASSWORD)
        critical = (*one_by_one, *together)
        desk.do(CASE, replace(EVIDENCE, findings=5, critical=critical), why="the folder of it")
        for name in one_by_one:
            desk.do(CASE, judged_finding(name, Judgement.DISMISSED), why="looked at")
        by = desk.workspace.log.entries()[-1].who
    assert verify(workspace).faults == ()
    with behind_the_desk(workspace) as opened:
        drafts = [
            drafted(CASE, judged_finding(name, Judgement.DISMISSED), old=None, why="looked at")
            for name in together
        ]
        first = opened.log.append(drafts, by=by)[0].sequence
    (fault,) = verify(workspace).faults
    assert fault == (
        f"Entries {first} to {first + 1} of {CASE} were recorded in one go: "
        "The finding F-3 is critical: judge it on its own."
    )


@pytest.mark.requirement("REC-033")
def test_pages_signed_by_others_than_the_log_names_are_found(workspace: Path) -> None:
    book = CaseBook()
    for entry in entries_found(workspace):
        book.take_in(entry)
    (report,) = reports_on_record(book.case(CASE))
    blobs, authority = Blobs(workspace / BLOBS), identity_found(workspace).authority
    assert list(page_faults(blobs, report, authority)) == []
    author, *others = report.signatures
    by_another = replace(author, who=replace(author.who, user_id="all"))
    forged = replace(report, signatures=(by_another, *others))
    (fault,) = page_faults(blobs, forged, authority)
    assert "the signatures in its pages are not those that the log names" in fault


@pytest.mark.requirement("REC-033")
def test_a_signature_moved_to_another_entry_is_named(workspace: Path) -> None:
    entries = list(entries_found(workspace))
    at = next(i for i, e in enumerate(entries) if e.act == "report signed")
    without = entries[: at - 1] + entries[at:]
    assert "does not follow the signature" in "\n".join(rule_faults(without))


def test_a_file_that_is_neither_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text("hello")
    with pytest.raises(UnusableInput, match="neither a workspace nor a report"):
        verify(other)
    with pytest.raises(UnusableInput, match="is not a workspace"):
        verify(tmp_path)
    for path in (tmp_path / "none.pdf", tmp_path / ("long" * 100), Path("a\0b")):
        with pytest.raises(UnusableInput, match="cannot be read"):
            verify(path)


@pytest.mark.parametrize(
    ("head", "words"), [(b"any", "neither a workspace nor"), (PDF, "cannot be read")]
)
def test_a_file_beyond_all_memory_is_refused(tmp_path: Path, head: bytes, words: str) -> None:
    file = tmp_path / "large.bin"
    file.write_bytes(head)
    try:
        os.truncate(file, 2**43)
    except OSError:
        pytest.skip("this disk holds no such file")
    with pytest.raises(UnusableInput, match=words):
        verify(file)


def test_a_second_signature_by_the_author_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(installation.HOME, str(tmp_path / "home"))
    with desk_at(populated(tmp_path, before=AUTHORED)) as desk:
        perform(desk, AUTHORED)
        size = desk.workspace.log.size
        with pytest.raises(UnusableRequest, match="out of turn"):
            sign(desk, SignatureField.AUTHOR)
        assert desk.workspace.log.size == size + 1  # the sign-in alone
        assert current_pdf(desk, desk.case(CASE)).startswith(b"%PDF")


def test_a_lost_secret_leaves_the_workspace_verifiable(workspace: Path) -> None:
    shutil.rmtree(installation.home())
    with pytest.raises(UnusableRequest, match="does not hold the secret"):
        open_desk(workspace, cost=CHEAP)
    assert verify(workspace).faults == ()
