"""The audit trail: every entry as people read it, found by words, person, act and case."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.desks import do, person
from support.investigations import CASE, CLOSED, CONTAINED, EXTENDED, OPENED, RELATED, WALK, WHY

from investigator.casework.audit import AuditRow, Query, trail
from investigator.casework.desk import Desk
from investigator.domain.acts.act import Act
from investigator.domain.errors import AccessRefused

DeskBefore = Callable[[Act | None], Desk]


@pytest.fixture
def desk(desk_before: DeskBefore) -> Desk:
    """The case of the walk with its three signatures, an act withdrawn, and a second case."""
    desk = person(desk_before(CLOSED), "ann")
    desk.withdraw(CASE, desk.case(CASE).actions[0].sequence, why="not needed after all")
    desk.do("DEV-10", replace(OPENED, number="DEV-10"), why="Größer als erwartet")
    return desk


def acts(rows: list[AuditRow]) -> list[str]:
    return [row.act for row in rows]


@pytest.mark.requirement("CAS-062", "REC-013")
def test_it_shows_every_entry_in_the_order_of_the_log(desk: Desk) -> None:
    rows = trail(desk)
    entries = desk.workspace.log.entries()
    assert [row.sequence for row in rows] == list(range(len(entries)))
    for row, entry in zip(rows, entries, strict=True):
        assert (row.user_id, row.full_name, row.role) == (
            entry.who.user_id,
            entry.who.full_name,
            entry.who.role,
        )
        assert (row.act, row.object, row.why, row.hash) == (
            entry.act,
            entry.object,
            entry.why,
            entry.hash(),
        )


@pytest.mark.requirement("CAS-062")
def test_old_and_new_are_shown_in_full(desk: Desk) -> None:
    do(desk, EXTENDED)
    (row,) = trail(desk, Query(act="due date extended"))
    assert json.loads(row.new) == {"due": "2025-12-08"}
    assert json.loads(row.old)["due"] == "2025-11-08"
    (opened,) = trail(desk, Query(act="case opened"), case_id=CASE)
    assert opened.old == ""


@pytest.mark.requirement("CAS-062")
def test_a_case_has_its_acts_signatures_and_withdrawals(desk: Desk) -> None:
    rows = trail(desk, case_id=CASE)
    found = acts(rows)
    assert found.count("signed") == found.count("report signed") == 3
    assert found[-2:] == ["withdrawn", "signatures voided"]
    assert {row.object.split("/")[0] for row in rows} == {CASE, rows[-2].object}
    assert len(rows) == len(WALK) - 1 + 3 + 2
    assert acts(trail(desk, case_id="DEV-10")) == ["case opened"]
    assert trail(desk, case_id="DEV-1000") == []


@pytest.mark.requirement("CAS-062")
def test_a_withdrawal_is_found_in_its_case_whatever_is_searched_for(desk: Desk) -> None:
    for query in (Query(act="withdrawn"), Query(words="needed AFTER")):
        (row,) = trail(desk, query, case_id=CASE)
        assert (row.act, row.why) == ("withdrawn", "not needed after all")
        assert trail(desk, query, case_id="DEV-10") == []


@pytest.mark.requirement("CAS-062")
def test_what_was_withdrawn_is_marked(desk: Desk) -> None:
    marked = [row for row in trail(desk) if row.withdrawn]
    assert acts(marked) == ["action proposed"]


@pytest.mark.requirement("CAS-062", "REC-016")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(words="größer ERWARTET"), ["case opened"]),
        (Query(user_id="eva", act="report signed"), ["report signed"]),
        (Query(object=f"{CASE}/container D2"), ["disposition decided"]),
        (Query(words="no such words anywhere"), []),
        (Query(since_ms=4_000_000_000_000), []),
        (Query(user_id="ann", act="containment recorded", until_ms=0), []),
    ],
)
def test_it_is_searched(query: Query, found: list[str], desk: Desk) -> None:
    assert acts(trail(desk, query)) == found


@pytest.mark.requirement("CAS-062")
def test_whoever_is_signed_in_reads_it_and_nobody_else(desk: Desk) -> None:
    size = len(trail(desk))
    for who in ("aud", "root", "tom"):
        assert len(trail(person(desk, who))) > size
    desk.sign_out()
    with pytest.raises(AccessRefused, match="Nobody is signed in"):
        trail(desk)


def test_a_withdrawal_in_a_case_begun_later_is_its_own(desk_before: DeskBefore) -> None:
    desk = person(desk_before(RELATED), "ann")
    do(desk, CONTAINED)
    desk.withdraw(CASE, desk.case(CASE).history[-1].sequence, why=WHY)
    assert acts(trail(desk, Query(user_id="ann"), case_id=CASE))[-1] == "withdrawn"
