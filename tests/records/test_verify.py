"""Whatever is done to a workspace behind the program's back is found and named."""

import hashlib
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from support.workspaces import ANN, ORIGIN, note, open_, populated

from investigator.domain.errors import AlteredRecord, UnusableInput
from investigator.records.blobs import Blobs
from investigator.records.database import NAME
from investigator.records.entry import Draft
from investigator.records.facts import FaultKind, WorkspaceFacts
from investigator.records.verify import verify_workspace
from investigator.trust.checkpoint import Checkpoint, signed_checkpoint
from investigator.trust.keys import new_log_key
from investigator.trust.merkle import leaf_hash

LAST = 18


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return populated(tmp_path / "w")


def attacked(workspace: Path, *statements: str) -> None:
    """What an attacker does with any SQLite tool, who first takes the guards away."""
    with sqlite3.connect(workspace / NAME) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        taken = guards.fetchall()
        for name, _ in taken:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in taken:
            connection.execute(sql)
    connection.close()


def named(facts: WorkspaceFacts) -> set[tuple[FaultKind, str]]:
    return {(fault.kind, fault.where) for fault in facts.faults}


@pytest.mark.requirement("REC-020")
def test_an_untouched_workspace_shows_what_is_proven_and_what_is_not(workspace: Path) -> None:
    facts = verify_workspace(workspace)
    assert facts.faults == ()
    assert (facts.origin, facts.entries, facts.blobs) == (ORIGIN, LAST + 1, 1)
    assert facts.checkpoints == LAST + 2
    (signature,) = facts.signatures
    assert (signature.object, signature.facts.signed_by) == ("case DEV-1", "ann")
    assert "All 19 entries" in facts.proven()[0]
    assert "older copy" in " ".join(facts.not_proven())
    assert "public key" in " ".join(facts.not_proven())


@pytest.mark.requirement("REC-020")
def test_with_key_and_checkpoint_from_elsewhere_more_is_proven(workspace: Path) -> None:
    with open_(workspace) as opened:
        key, outside = opened.identity.verifier, opened.log.checkpoint()
        opened.append([note(99)], by=ANN)
    facts = verify_workspace(workspace, log_key=key, outside=[outside])
    assert facts.faults == ()
    assert (facts.outside, facts.key_handed_in) == (1, True)
    assert len(facts.not_proven()) == 1


@pytest.mark.requirement("REC-021")
def test_a_changed_entry_is_named(workspace: Path) -> None:
    attacked(
        workspace,
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'note 5', 'note 6') AS BLOB)"
        " WHERE sequence = 10",
    )
    facts = verify_workspace(workspace)
    found = named(facts)
    assert {(FaultKind.ENTRY, "entry 10"), (FaultKind.CHAIN, "entry 11")} <= found
    assert (FaultKind.CHECKPOINT, f"checkpoint of size {LAST + 1}") in found
    assert (FaultKind.CHECKPOINT, "checkpoint of size 10") not in found
    assert facts.proven() == ()


@pytest.mark.requirement("REC-021")
def test_a_changed_entry_with_its_hash_made_right_breaks_chain_and_root(workspace: Path) -> None:
    with sqlite3.connect(workspace / NAME) as connection:
        (body,) = connection.execute("SELECT body FROM entry WHERE sequence = 8").fetchone()
    connection.close()
    forged = body.replace(b'"why":"to see"', b'"why":"to sea"')
    assert forged != body
    attacked(
        workspace,
        f"UPDATE entry SET body = x'{forged.hex()}', leaf = x'{leaf_hash(forged).hex()}'"
        " WHERE sequence = 8",
    )
    found = named(verify_workspace(workspace))
    assert (FaultKind.CHAIN, "entry 9") in found
    assert (FaultKind.CHECKPOINT, "checkpoint of size 9") in found
    assert (FaultKind.CHECKPOINT, "checkpoint of size 8") not in found
    assert (FaultKind.ENTRY, "entry 8") not in found


@pytest.mark.requirement("REC-021")
def test_a_removed_entry_is_named(workspace: Path) -> None:
    attacked(workspace, "DELETE FROM entry WHERE sequence = 9")
    facts = verify_workspace(workspace)
    assert (FaultKind.ORDER, "entry 10") in named(facts)
    assert "entry 9 is missing" in " ".join(fault.words for fault in facts.faults)
    assert (FaultKind.TAIL, f"checkpoint of size {LAST + 1}") in named(facts)


@pytest.mark.requirement("REC-021")
def test_exchanged_entries_are_named(workspace: Path) -> None:
    attacked(
        workspace,
        "UPDATE entry SET sequence = 1000 WHERE sequence = 8",
        "UPDATE entry SET sequence = 8 WHERE sequence = 9",
        "UPDATE entry SET sequence = 9 WHERE sequence = 1000",
    )
    found = named(verify_workspace(workspace))
    assert {(FaultKind.ORDER, "entry 8"), (FaultKind.CHAIN, "entry 8")} <= found
    assert (FaultKind.ORDER, "entry 9") in found


@pytest.mark.requirement("REC-021")
def test_a_cut_tail_is_found_by_the_checkpoint_beside_or_elsewhere(workspace: Path) -> None:
    with open_(workspace) as opened:
        outside = opened.log.checkpoint()
    attacked(
        workspace,
        "DELETE FROM entry WHERE sequence >= 17",
        "DELETE FROM checkpoint WHERE size > 17",
        "DELETE FROM search WHERE sequence >= 17",
    )
    assert named(verify_workspace(workspace)) == {
        (FaultKind.TAIL, "checkpoint beside the database")
    }
    with pytest.raises(AlteredRecord, match="nothing is added"):
        open_(workspace)
    (workspace / "checkpoint.txt").unlink()
    without = verify_workspace(workspace)
    assert without.faults == ()
    assert "checkpoint.txt is missing" in without.remarks[0]
    found = verify_workspace(workspace, outside=[outside])
    assert named(found) == {(FaultKind.TAIL, "checkpoint 0 from elsewhere")}
    assert "was cut: it has 17 entries" in found.faults[0].words


@pytest.mark.requirement("REC-021")
def test_an_older_copy_of_the_folder_is_not_added_to(workspace: Path, tmp_path: Path) -> None:
    copy, anchor = tmp_path / "copy", tmp_path / "anchor.txt"
    shutil.copytree(workspace, copy)
    with open_(workspace, outside_anchor=anchor) as opened:
        opened.append([note(1)], by=ANN)
    with pytest.raises(AlteredRecord, match="signed checkpoints"):
        open_(copy, outside_anchor=anchor)
    facts = verify_workspace(copy, outside=[anchor.read_text("utf-8")])
    assert [fault.kind for fault in facts.faults] == [FaultKind.TAIL]


@pytest.mark.requirement("REC-021")
def test_a_history_written_anew_with_another_key_is_found(workspace: Path) -> None:
    with open_(workspace) as opened:
        key = opened.identity.verifier
    forger = new_log_key(ORIGIN)
    facts = verify_workspace(workspace)
    root = bytes.fromhex(facts.root)
    forged = signed_checkpoint(Checkpoint(ORIGIN, facts.entries, root), forger)
    attacked(workspace, f"UPDATE checkpoint SET note = '{forged}' WHERE size = {facts.entries}")
    found = named(verify_workspace(workspace, log_key=key))
    assert found == {(FaultKind.CHECKPOINT, f"checkpoint of size {facts.entries}")}
    found = named(verify_workspace(workspace, log_key=forger.verifier))
    assert len(found) == facts.entries


@pytest.mark.requirement("REC-021")
@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_changed_or_missing_stored_file_is_named(workspace: Path, harm: str) -> None:
    digest = hashlib.sha256(b"the report" * 100).hexdigest()
    place = Blobs(workspace / "blobs").place(digest)
    if harm == "change":
        data = bytearray(place.read_bytes())
        data[500] ^= 1
        place.write_bytes(data)
    else:
        place.unlink()
    facts = verify_workspace(workspace)
    assert named(facts) == {(FaultKind.BLOB, digest)}
    assert "evidence admitted" in facts.faults[0].words


@pytest.mark.requirement("REC-021")
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE credential SET sealed_key = x'00' WHERE user_id = 'ann'", FaultKind.CREDENTIALS),
        ("DELETE FROM credential WHERE user_id = 'ben'", FaultKind.CREDENTIALS),
        ("UPDATE secret SET sealed = x'00' WHERE name = 'log key'", FaultKind.CREDENTIALS),
        ("UPDATE search SET text = 'nothing' WHERE sequence = 4", FaultKind.SEARCH),
        ("DELETE FROM checkpoint WHERE size = 19", FaultKind.CHECKPOINT),
        ("CREATE TABLE more (x)", FaultKind.DATABASE),
        ("UPDATE entry SET body = x'7b7d' WHERE sequence = 3", FaultKind.ENTRY),
        ("UPDATE entry SET body = x'7b7d' WHERE sequence = 0", FaultKind.ENTRY),
        ("DELETE FROM entry", FaultKind.ENTRY),
    ],
)
def test_every_other_table_is_compared_too(
    workspace: Path, statement: str, kind: FaultKind
) -> None:
    attacked(workspace, statement)
    assert kind in {fault.kind for fault in verify_workspace(workspace).faults}


def test_a_missing_guard_is_found(workspace: Path) -> None:
    with sqlite3.connect(workspace / NAME) as connection:
        connection.execute("DROP TRIGGER entry_no_delete")
    connection.close()
    assert named(verify_workspace(workspace)) == {(FaultKind.DATABASE, NAME)}


def test_a_signature_moved_to_another_case_is_found(workspace: Path) -> None:
    with open_(workspace) as opened:
        signed = opened.log.entry(LAST)
        moved = Draft("signed", "case DEV-2", signed.new, blobs=signed.blobs)
        opened.append([moved], by=ANN)
    facts = verify_workspace(workspace)
    assert named(facts) == {(FaultKind.SIGNATURE, f"entry {LAST + 1}")}
    assert "another object" in facts.faults[0].words


@pytest.mark.requirement("REC-021")
def test_a_signature_recorded_a_second_time_is_found(workspace: Path) -> None:
    with open_(workspace) as opened:
        given = opened.log.entry(LAST)
        again = Draft("signed", given.object, given.new, blobs=given.blobs)
        opened.append([again], by=ANN)
    (fault,) = verify_workspace(workspace).faults
    assert (fault.kind, fault.where) == (FaultKind.SIGNATURE, f"entry {LAST + 1}")
    assert "not recorded when the signature in it was given" in fault.words


@pytest.mark.requirement("REC-021")
@pytest.mark.parametrize("t_ms", [2**52, -(2**52), "now"])
def test_a_signature_of_no_time_is_found(workspace: Path, t_ms: object) -> None:
    with open_(workspace) as opened:
        given: Any = opened.log.entry(LAST).new
        said = {**given, "statement": {**given["statement"], "t_ms": t_ms}}
        opened.append([Draft("signed", "case DEV-1", said)], by=ANN)
    assert named(verify_workspace(workspace)) == {(FaultKind.SIGNATURE, f"entry {LAST + 1}")}


def test_a_clock_that_was_set_is_remarked(workspace: Path) -> None:
    with open_(workspace) as opened:
        opened.log._clock.has_seen(t_ms=2 * 10**12, counter=0)
        opened.append([note(1)], by=ANN)
    facts = verify_workspace(workspace)
    assert facts.faults == ()
    assert f"At entry {LAST + 1} the clock had been set" in facts.remarks[0]


def test_a_file_that_no_entry_names_is_remarked(workspace: Path) -> None:
    digest = Blobs(workspace / "blobs").keep(b"left over")
    facts = verify_workspace(workspace)
    assert facts.faults == ()
    assert facts.remarks == (f"The stored file {digest} is named by no entry; it is unused.",)


def test_a_folder_without_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="is not a workspace"):
        verify_workspace(tmp_path)


@pytest.mark.requirement("REC-021")
def test_no_byte_of_the_database_that_means_anything_can_be_changed(workspace: Path) -> None:
    """Either a fault is found, or everything that the file says is what it said before."""
    sound = verify_workspace(workspace)
    whole = (workspace / NAME).read_bytes()
    said = dump(workspace)
    draw, found = random.Random(7), 0
    for _ in range(150):
        place = draw.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << draw.randrange(8)
        (workspace / NAME).write_bytes(changed)
        facts = verify_workspace(workspace)
        if facts.faults:
            found += 1
        else:
            assert facts == sound, place
            assert dump(workspace) == said, place
    assert found > 30


def dump(workspace: Path) -> list[str]:
    with sqlite3.connect(workspace / NAME) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines
