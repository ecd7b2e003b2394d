"""Evidence and documents become part of a case byte for byte, or nothing of them is kept."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.desks import person
from support.investigations import CASE, CLOSED, DOCUMENT, EVIDENCE, WHY

from investigator.casework.desk import Desk
from investigator.casework.intake import (
    DocumentFacts,
    ReadFolder,
    admit_document,
    admit_evidence,
    read_task,
)
from investigator.domain.acts.act import Act
from investigator.domain.acts.evidence import DocumentKind
from investigator.domain.errors import AccessRefused, UnusableInput, UnusableRequest

DeskBefore = Callable[[Act | None], Desk]
FACTS = DocumentFacts(DocumentKind.LOGBOOK, " Shift book ", date(2026, 3, 4), "Shift lead")


@pytest.fixture(scope="module")
def read(example: Path) -> ReadFolder:
    heard: list[str] = []
    found = read_task(example, None, report=lambda words, _: heard.append(words))
    assert any("historian" in words for words in heard)
    return found


def stored(desk: Desk) -> set[str]:
    return set(desk.workspace.blobs.names())


@pytest.mark.requirement("CAS-061", "EVD-002")
def test_what_was_read_is_admitted_with_every_original(
    desk_before: DeskBefore, read: ReadFolder
) -> None:
    desk = person(desk_before(EVIDENCE), "ann")
    case = admit_evidence(desk, CASE, read, why=WHY)
    assert case.evidence is not None
    act = case.evidence.act
    originals = {f.name: f.read_bytes() for f in read.folder.iterdir()}
    assert {f.name: f.sha256 for f in act.files} == {
        name: hashlib.sha256(data).hexdigest() for name, data in originals.items()
    }
    assert all(desk.workspace.blobs.read(f.sha256) == originals[f.name] for f in act.files)
    assert desk.workspace.blobs.read(act.reading) == read.reading
    assert desk.workspace.blobs.read(act.samples) == read.samples
    assert act.findings == len(read.evidence.findings)


@pytest.mark.requirement("CAS-041")
def test_evidence_of_another_batch_is_refused_or_admitted_with_a_reason(
    desk_before: DeskBefore, read: ReadFolder
) -> None:
    desk = person(desk_before(EVIDENCE), "ann")
    before = stored(desk)
    with pytest.raises(UnusableRequest, match="is of batch TA50-26-0540, the case DEV-1 of batch"):
        admit_evidence(desk, CASE, read)
    assert stored(desk) == before
    case = admit_evidence(desk, CASE, read, why="the batch was named wrong at opening")
    assert case.evidence is not None
    assert case.evidence.why == "the batch was named wrong at opening"


@pytest.mark.requirement("CAS-050")
def test_whoever_may_not_admit_leaves_no_bytes(desk_before: DeskBefore, read: ReadFolder) -> None:
    desk = person(desk_before(EVIDENCE), "eva")
    before = stored(desk)
    with pytest.raises(UnusableRequest, match="not open to the role QA approver"):
        admit_evidence(desk, CASE, read, why=WHY)
    with pytest.raises(UnusableRequest, match="There is no case DEV-9"):
        admit_evidence(person(desk, "ann"), "DEV-9", read)
    assert stored(desk) == before


@pytest.mark.requirement("EVD-002")
def test_a_file_that_changed_since_it_was_read_is_refused(
    desk_before: DeskBefore, read: ReadFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "evidence"
    shutil.copytree(read.folder, folder)
    (folder / "alarms.csv").write_bytes((folder / "alarms.csv").read_bytes() + b"\n")
    desk = person(desk_before(EVIDENCE), "ann")
    with pytest.raises(UnusableInput, match=r"alarms\.csv: changed while it was read"):
        admit_evidence(desk, CASE, replace(read, folder=folder), why=WHY)
    assert desk.case(CASE).evidence is None


def test_a_document_gets_the_next_number_and_a_withdrawn_one_is_not_given_again(
    desk_before: DeskBefore, tmp_path: Path
) -> None:
    desk = person(desk_before(DOCUMENT), "ann")
    page = tmp_path / "page.pdf"
    page.write_bytes(b"a scan")
    case = admit_document(desk, CASE, page, FACTS)
    first = case.documents[-1]
    assert (first.act.document_id, first.act.title, first.act.file) == (
        "DOC-01",
        "Shift book",
        "page.pdf",
    )
    assert desk.workspace.blobs.read(first.act.sha256) == b"a scan"
    desk.withdraw(CASE, first.sequence, why="wrong page")
    assert admit_document(desk, CASE, page, FACTS).documents[-1].act.document_id == "DOC-02"


@pytest.mark.parametrize(
    ("file", "facts", "says"),
    [
        ("page.pdf", DocumentFacts(FACTS.kind, " ", FACTS.dated, "x"), "a title and an author"),
        ("page.pdf", DocumentFacts(FACTS.kind, "x", FACTS.dated, ""), "a title and an author"),
        ("gone.pdf", FACTS, r"gone\.pdf: is no file"),
        (".", FACTS, "is no file"),
    ],
)
def test_an_unfit_document_is_refused_without_a_trace(
    file: str, facts: DocumentFacts, says: str, desk_before: DeskBefore, tmp_path: Path
) -> None:
    (tmp_path / "page.pdf").write_bytes(b"another scan")
    desk = person(desk_before(DOCUMENT), "ann")
    before, size = stored(desk), desk.workspace.log.size
    with pytest.raises((UnusableInput, UnusableRequest), match=says):
        admit_document(desk, CASE, tmp_path / file, facts)
    assert (stored(desk), desk.workspace.log.size) == (before, size)


def test_the_administrator_admits_nothing(desk_before: DeskBefore, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(b"another scan")
    desk = person(desk_before(CLOSED), "root")
    before = stored(desk)
    with pytest.raises(AccessRefused):
        admit_document(desk, CASE, tmp_path / "page.pdf", FACTS)
    assert stored(desk) == before
