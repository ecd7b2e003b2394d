"""A workspace is made whole, opened by one program, and refused in one sentence."""

import os
import random
import sqlite3
from pathlib import Path

import pytest
from support.trust import CHEAP, Hands
from support.workspaces import ANN, ORIGIN, SECRET, SOFTWARE, make, note, open_, populated

from investigator.domain.errors import (
    AccessRefused,
    AlteredRecord,
    InvestigatorError,
    UnusableInput,
    UnusableRequest,
)
from investigator.records.blobs import Blobs
from investigator.records.database import NAME
from investigator.records.verify import verify_workspace
from investigator.records.workspace import FirstAdministrator, create_workspace


@pytest.mark.requirement("REC-017")
def test_a_new_workspace_opens_and_verifies(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    make(tmp_path / "w")
    with open_(tmp_path / "w") as workspace:
        assert workspace.log.size == 2
        assert workspace.identity.verifier.name == ORIGIN
        assert set(workspace.people.roster.accounts) == {"root"}
    assert verify_workspace(tmp_path / "w").faults == ()
    assert {path.name for path in tmp_path.iterdir()} == {"w"}


def test_a_set_up_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnusableRequest, match="15 to 128"):
        create_workspace(
            tmp_path / "w",
            origin=ORIGIN,
            first=FirstAdministrator("root", "Root", "short"),
            secret=SECRET,
            clock=Hands().clock(),
            software=SOFTWARE,
            cost=CHEAP,
        )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(UnusableRequest, match="is not empty"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.requirement("REC-017")
def test_a_second_program_is_told_that_the_workspace_is_in_use(tmp_path: Path) -> None:
    folder = populated(tmp_path / "w")
    with open_(folder), pytest.raises(UnusableRequest, match="in use by another program"):
        open_(folder)
    with open_(folder) as workspace:
        workspace.append([note(1)], by=ANN)
        assert verify_workspace(folder).faults == ()


@pytest.mark.requirement("REC-004")
def test_the_wrong_secret_and_exchanged_keys_open_nothing(tmp_path: Path) -> None:
    folder = populated(tmp_path / "w")
    with pytest.raises(AccessRefused, match="does not open"):
        open_(folder, secret="another")
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("UPDATE secret SET sealed = x'00' WHERE name = 'log key'")
    connection.close()
    with pytest.raises(AlteredRecord, match="sealed keys"):
        open_(folder)


def test_what_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="is not a workspace"):
        open_(tmp_path)
    (tmp_path / NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(UnusableInput, match="cannot be opened"):
        open_(tmp_path)
    (tmp_path / NAME).write_bytes(b"")
    with pytest.raises(UnusableInput, match="has form 0"):
        open_(tmp_path)


@pytest.mark.requirement("REC-021")
def test_a_damaged_database_is_said_so_and_never_a_fault_of_the_program(tmp_path: Path) -> None:
    folder = populated(tmp_path / "w")
    whole, draw, refused = (folder / NAME).read_bytes(), random.Random(5), 0
    for _ in range(40):
        damaged = bytearray(whole)
        place, size = draw.randrange(len(whole)), draw.randrange(1, 4000)
        damaged[place : place + size] = draw.randbytes(len(damaged[place : place + size]))
        (folder / NAME).write_bytes(damaged)
        try:
            with open_(folder) as workspace:
                workspace.log.entries()
                workspace.log.withdrawn()
        except InvestigatorError as said:
            refused += 1
            assert str(said).endswith(".")
    assert refused > 20


def test_a_checkpoint_that_cannot_be_written_beside_is_told(tmp_path: Path) -> None:
    folder = populated(tmp_path / "w")
    nowhere = tmp_path / "no" / "where.txt"
    with open_(folder, outside_anchor=nowhere) as workspace:
        (entry,) = workspace.append([note(1)], by=ANN)
        assert workspace.log.entry(entry.sequence) == entry
        assert "could not be written" in workspace.log.anchor_faults[0]


@pytest.mark.requirement("REC-018")
def test_stored_bytes_are_compared_with_their_name(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    (tmp_path / "a.csv").write_bytes(b"1;2")
    digest = blobs.keep_file(tmp_path / "a.csv")
    assert blobs.keep(b"1;2") == digest
    assert blobs.read(digest) == b"1;2"
    assert list(blobs.names()) == [digest]
    blobs.place(digest).write_bytes(b"1;3")
    with pytest.raises(AlteredRecord, match="were changed"):
        blobs.read(digest)
    assert blobs.keep(b"1;2") == digest
    assert blobs.read(digest) == b"1;2"
    with pytest.raises(AlteredRecord, match="are missing"):
        blobs.read("0" * 64)
    with pytest.raises(UnusableInput, match=r"gone\.csv: cannot be read"):
        blobs.keep_file(tmp_path / "gone.csv")
    with pytest.raises(UnusableRequest, match="no SHA-256"):
        blobs.read("../../etc")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind here")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    folder = populated(tmp_path / "w")
    (folder / "workspace.lock").unlink()
    folder.chmod(0o500)
    try:
        with pytest.raises(UnusableInput, match="cannot be written"):
            open_(folder)
    finally:
        folder.chmod(0o700)
