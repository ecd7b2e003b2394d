"""The log is added to at its end, whole acts at a time, and never otherwise."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection
from support.trust import T0_MS, Hands
from support.workspaces import ANN, SOFTWARE, note, open_, populated

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.records.database import NAME
from investigator.records.entry import BEFORE_ALL, Draft, Entry, Person, entry_from_bytes
from investigator.records.projection import Query, rebuild
from investigator.records.verify import verify_workspace
from investigator.records.workspace import Workspace
from investigator.trust.checkpoint import verified_checkpoint
from investigator.trust.merkle import leaf_hash, root_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return populated(tmp_path / "w")


@pytest.mark.parametrize("harm", [b"\xff\xfe", b"", b"a/b\n1\nAAAA\n"])
def test_a_damaged_checkpoint_beside_the_log_is_named_and_nothing_added(
    folder: Path, harm: bytes
) -> None:
    (folder / "checkpoint.txt").write_bytes(harm)
    with pytest.raises(AlteredRecord, match="checkpoint"):
        open_(folder)


@pytest.mark.parametrize("value", ["half a pair \udcff", 2**60])
def test_what_no_record_can_hold_is_refused_and_nothing_recorded(
    folder: Path, value: str | int
) -> None:
    with open_(folder) as workspace:
        size = workspace.log.size
        with pytest.raises(UnusableRequest, match="Nothing was recorded"):
            workspace.append([note(1), Draft("note made", "case DEV-1", {"text": value})], by=ANN)
        assert workspace.log.size == size
        workspace.append([note(1)], by=ANN)
    assert verify_workspace(folder).faults == ()


def bodies(folder: Path) -> list[bytes]:
    with sqlite3.connect(folder / NAME) as connection:
        rows = connection.execute("SELECT body FROM entry ORDER BY sequence").fetchall()
    connection.close()
    return [row[0] for row in rows]


@pytest.mark.requirement("REC-013")
def test_an_entry_says_who_when_what_why_and_with_which_software(folder: Path) -> None:
    hands = Hands()
    hands.pass_by(5_000)
    draft = Draft("verdict given", "hypothesis 2", {"v": "yes"}, old={"v": "open"}, why=" seen ")
    with open_(folder, clock=hands.clock()) as workspace:
        size = workspace.log.size
        (entry,) = workspace.append([draft], by=ANN)
        assert workspace.log.entry(size) == entry
    stored = json.loads(bodies(folder)[-1])
    assert stored["who"] == {
        "user_id": "ann",
        "full_name": "Ann of Testing",
        "role": "investigator",
    }
    assert (stored["when"]["t_ms"], stored["when"]["zone"]) == (T0_MS + 5_000, "Europe/Zurich")
    assert (stored["act"], stored["object"]) == ("verdict given", "hypothesis 2")
    assert (stored["old"], stored["new"], stored["why"]) == ({"v": "open"}, {"v": "yes"}, "seen")
    assert (stored["software"], stored["sequence"]) == (SOFTWARE, size)


@pytest.mark.requirement("REC-013")
def test_entries_form_a_chain_and_a_tree_under_a_signed_checkpoint(folder: Path) -> None:
    stored = bodies(folder)
    leaves = [leaf_hash(body) for body in stored]
    named = [json.loads(body)["previous"] for body in stored]
    assert named == [BEFORE_ALL, *(leaf.hex() for leaf in leaves[:-1])]
    counters = [json.loads(body)["when"]["counter"] for body in stored]
    assert counters == sorted(set(counters))
    with open_(folder) as workspace:
        note_now = workspace.log.checkpoint()
        checkpoint = verified_checkpoint(note_now, [workspace.identity.verifier])
    assert (checkpoint.size, checkpoint.root) == (len(leaves), root_of(leaves))
    assert (folder / "checkpoint.txt").read_text("utf-8") == note_now


@pytest.mark.requirement("REC-014")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = x'00' WHERE sequence = 1",
        "DELETE FROM entry WHERE sequence = 1",
        "INSERT OR REPLACE INTO entry SELECT sequence, x'00', leaf FROM entry WHERE sequence = 1",
        "REPLACE INTO entry SELECT * FROM entry WHERE sequence = 18",
        "INSERT INTO entry SELECT 40, body, leaf FROM entry WHERE sequence = 1",
        "UPDATE checkpoint SET note = ''",
        "DELETE FROM checkpoint",
        "INSERT OR REPLACE INTO checkpoint SELECT size, '' FROM checkpoint",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(folder: Path, statement: str) -> None:
    before = bodies(folder)
    with (
        open_(folder) as workspace,
        pytest.raises(Exception, match="the log can only be added to"),
        workspace.log.reading() as connection,
    ):
        connection.exec_driver_sql(statement)
    assert bodies(folder) == before
    assert verify_workspace(folder).faults == ()


@pytest.mark.requirement("REC-014")
def test_an_act_that_fails_leaves_nothing(folder: Path) -> None:
    before = bodies(folder)

    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    with open_(folder) as workspace:
        with pytest.raises(UnusableRequest, match="Nothing was recorded"):
            workspace.log.append([note(1), note(2)], by=ANN, also=fail)
        assert bodies(folder) == before
        workspace.append([note(3)], by=ANN)
    assert len(bodies(folder)) == len(before) + 1
    assert verify_workspace(folder).faults == ()


def test_a_full_disk_is_told_in_one_sentence(folder: Path) -> None:
    with open_(folder) as workspace:
        with workspace.log.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(UnusableRequest, match=r"Nothing was recorded.*full"):
            workspace.append([Draft("a", "b", "x" * 100_000)], by=ANN)
    assert verify_workspace(folder).faults == ()


@pytest.mark.parametrize(
    ("draft", "person", "words"),
    [
        (("", "b"), ANN, "needs an act"),
        (("a", " "), ANN, "needs an act"),
        (("a", "b"), Person("", "Ann", "investigator"), "user id, full name and role"),
        (("a", "b"), Person("ann", "Ann", ""), "user id, full name and role"),
    ],
)
def test_nothing_nameless_is_recorded(
    folder: Path, draft: tuple[str, str], person: Person, words: str
) -> None:
    with open_(folder) as workspace, pytest.raises(UnusableRequest, match=words):
        workspace.append([Draft(*draft, new=None)], by=person)


def test_bytes_that_are_not_stored_cannot_be_named(folder: Path) -> None:
    with open_(folder) as workspace:
        with pytest.raises(UnusableRequest, match="are not stored"):
            workspace.append([Draft("a", "b", None, blobs=("ab" * 32,))], by=ANN)
        with pytest.raises(UnusableRequest, match="no SHA-256"):
            workspace.append([Draft("a", "b", None, blobs=("../x",))], by=ANN)
        with pytest.raises(UnusableRequest, match="nothing to record"):
            workspace.append([], by=ANN)


@pytest.mark.requirement("REC-015")
def test_an_entry_is_withdrawn_once_and_with_a_reason(folder: Path) -> None:
    with open_(folder) as workspace:
        log = workspace.log
        with pytest.raises(UnusableRequest, match="needs a reason"):
            log.withdraw(6, by=ANN, why=" ")
        withdrawal = log.withdraw(6, by=ANN, why="wrong case")
        assert (withdrawal.object, withdrawal.old) == ("entry 6", log.entry(6).hash())
        assert log.withdrawn() == {6}
        for number, words in [
            (6, "withdrawn before"),
            (withdrawal.sequence, "cannot be withdrawn"),
            (1, "cannot be withdrawn"),
            (999, "none with number"),
        ]:
            with pytest.raises(UnusableRequest, match=words):
                log.withdraw(number, by=ANN, why="again")
        assert log.entry(6).act == "note made"


@pytest.mark.requirement("REC-016")
def test_the_search_table_finds_and_can_be_made_anew(folder: Path) -> None:
    def found(workspace: Workspace, query: Query) -> list[int]:
        return [entry.sequence for entry in workspace.log.search(query)]

    with open_(folder) as workspace:
        assert found(workspace, Query(words="NOTE 10")) == [15]
        assert found(workspace, Query(object="case DEV-1", act="note made")) == [6, 9, 12, 15]
        assert found(workspace, Query(user_id="root")) == [0, 1, 2, 3, 4]
        assert found(workspace, Query(since_ms=T0_MS + 1)) == []
        assert len(found(workspace, Query(until_ms=T0_MS + 1))) == workspace.log.size
        assert found(workspace, Query(words="%")) == []
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("DELETE FROM search")
    connection.close()
    with open_(folder) as workspace:
        entries = workspace.log.entries()
        with workspace.log.reading() as reader:
            rebuild(reader, entries)
            reader.commit()
        assert found(workspace, Query(words="NOTE 10")) == [15]
    assert verify_workspace(folder).faults == ()


def test_the_clock_goes_on_where_the_log_ended(folder: Path) -> None:
    hands = Hands(T0_MS - 60_000)
    with open_(folder, clock=hands.clock()) as workspace:
        last = workspace.log.entries()[-1]
        (entry,) = workspace.append([note(1)], by=ANN)
    assert entry.when.counter > last.when.counter
    assert entry.when.behind_ms == 60_000


def test_bytes_that_are_no_entry_are_refused(folder: Path) -> None:
    body = bodies(folder)[5]
    assert isinstance(entry_from_bytes(body), Entry)
    for wrong in (b"{}", b"[]", body[:-1], body.replace(b'"why":"to see"', b'"why":7')):
        with pytest.raises(AlteredRecord):
            entry_from_bytes(wrong)
