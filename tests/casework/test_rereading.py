"""Evidence is read again from its stored originals: the same, or what differs is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.desks import person
from support.investigations import CASE, EVIDENCE, WHY

from investigator.casework import rereading
from investigator.casework.desk import Desk
from investigator.casework.intake import ReadFolder, admit_evidence, read_task
from investigator.casework.profiles import ReadingChoices, proposals
from investigator.casework.reading import StoredReading, evidence_from, reading_bytes
from investigator.casework.rereading import Reread, RereadOutcome, reread_task, to_reread
from investigator.casework.stored import decoded
from investigator.casework.verification import KnownElsewhere, verify
from investigator.domain.acts.act import Act
from investigator.domain.errors import UnusableRequest
from investigator.evidence import reading
from investigator.evidence.reading import READER

LAB = "lab_results.csv"

DeskBefore = Callable[[Act | None], Desk]


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


@pytest.fixture(scope="module")
def read(example: Path) -> ReadFolder:
    """The example, one of its tables by a corrected profile."""
    (lab,) = (t for t in proposals(example, zone="Europe/Berlin") if t.table == LAB)
    assert lab.profile is not None
    corrected = replace(lab.profile, zone="Europe/Zurich")
    return read_task(example, None, ReadingChoices({LAB: corrected}), report=unheard)


@pytest.fixture
def desk(desk_before: DeskBefore) -> Desk:
    return person(desk_before(EVIDENCE), "ann")


def again(desk: Desk) -> Reread:
    return reread_task(*to_reread(desk, CASE), report=unheard)


@pytest.mark.requirement("CAS-141")
def test_the_stored_originals_read_as_what_was_admitted(desk: Desk, read: ReadFolder) -> None:
    admit_evidence(desk, CASE, read, why=WHY)
    found = again(desk)
    assert found.outcome is RereadOutcome.SAME
    assert "the same reading and the same samples" in found.facts[0]


@pytest.mark.requirement("CAS-141")
def test_an_original_that_was_changed_is_named(desk: Desk, read: ReadFolder) -> None:
    admit_evidence(desk, CASE, read, why=WHY)
    place = desk.workspace.blobs.place(read.evidence.digests["alarms.csv"])
    place.chmod(0o600)
    place.write_bytes(place.read_bytes() + b"\n")
    found = again(desk)
    assert found.outcome is RereadOutcome.DIFFERS
    (fact,) = found.facts
    assert fact.startswith("alarms.csv: the stored bytes ")
    assert fact.endswith(" are changed.")


@pytest.mark.requirement("CAS-141")
def test_a_reading_that_the_originals_do_not_give_is_told_by_what_differs(
    desk: Desk, read: ReadFolder
) -> None:
    as_read = evidence_from(read.reading, read.samples)
    how = decoded(read.reading, StoredReading).how
    curves = dict(as_read.evidence.trajectories)
    tag = next(tag for tag, t in curves.items() if not t.signal.states)
    curves[tag] = replace(curves[tag], value=np.nextafter(curves[tag].value, np.inf))
    lab, *others = as_read.evidence.items
    forged = replace(
        as_read.evidence, trajectories=curves, items=(replace(lab, rows_reported=1), *others)
    )
    stored = reading_bytes(replace(as_read, evidence=forged), how)
    admit_evidence(desk, CASE, replace(read, reading=stored[0], samples=stored[1]), why=WHY)
    found = again(desk)
    assert found.outcome is RereadOutcome.DIFFERS
    assert found.facts == (f"Files read otherwise: {lab.file}.", f"Other samples of: {tag}.")


@pytest.mark.requirement("CAS-141")
def test_another_version_of_the_readers_is_said_and_is_no_fault(
    desk: Desk, read: ReadFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit_evidence(desk, CASE, read, why=WHY)
    monkeypatch.setattr(reading, "READER", "evidence/99")
    monkeypatch.setattr(rereading, "READER", "evidence/99")
    found = again(desk)
    assert found.outcome is RereadOutcome.NOT_SHOWN
    assert found.facts[0] == f"It was read by {READER}; this program reads by evidence/99."


@pytest.mark.requirement("CAS-141")
def test_another_tag_list_is_said_and_is_no_fault(desk: Desk, read: ReadFolder) -> None:
    as_read = evidence_from(read.reading, read.samples)
    how = decoded(read.reading, StoredReading).how
    assert how is not None
    for told, says in ((replace(how, line="0" * 64), "are others than then"), (None, "not stored")):
        stored = reading_bytes(as_read, told)
        admit_evidence(desk, CASE, replace(read, reading=stored[0], samples=stored[1]), why=WHY)
        found = again(desk)
        assert found.outcome is RereadOutcome.NOT_SHOWN
        assert says in found.facts[0]


@pytest.mark.requirement("CAS-141")
def test_there_is_nothing_to_read_again_before_the_evidence(desk: Desk) -> None:
    with pytest.raises(UnusableRequest, match="has no evidence yet"):
        to_reread(desk, CASE)


@pytest.mark.requirement("CAS-142")
def test_a_verification_reads_again_where_it_is_asked_to(desk: Desk, read: ReadFolder) -> None:
    admit_evidence(desk, CASE, read, why=WHY)
    folder = desk.workspace.folder
    shown = f"Evidence of {CASE}: {read.evidence.name}: reading again gives the same"
    plain, deep = verify(folder), verify(folder, KnownElsewhere(reread=True))
    assert (plain.faults, deep.faults) == ((), ())
    assert not any(said.startswith(shown) for said in plain.proven)
    assert any(said.startswith(shown) for said in deep.proven)


@pytest.mark.requirement("CAS-142")
def test_a_verification_finds_what_the_originals_do_not_give(desk: Desk, read: ReadFolder) -> None:
    as_read = evidence_from(read.reading, read.samples)
    fewer = dict(list(as_read.evidence.trajectories.items())[1:])
    stored = reading_bytes(
        replace(as_read, evidence=replace(as_read.evidence, trajectories=fewer)),
        decoded(read.reading, StoredReading).how,
    )
    admit_evidence(desk, CASE, replace(read, reading=stored[0], samples=stored[1]), why=WHY)
    folder = desk.workspace.folder
    assert verify(folder).faults == ()
    found = verify(folder, KnownElsewhere(reread=True))
    assert [fault.split(": ")[1] for fault in found.faults] == ["Other samples of"]
    assert found.proven == ()
