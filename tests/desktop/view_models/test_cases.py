"""The list of cases: how far each has come, and which is overdue."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from support.investigations import APPROVED, CLOSED, OPENED, RANKED, walked
from support.scenes import AUDITOR, INVESTIGATOR, no_case

from investigator.casework.audit import LogStanding
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.cases import (
    cases,
    day_now,
    due_tone,
    inspected,
    left_in_words,
    note,
    why_not_open,
)
from investigator.domain.investigation import Investigation


def day(month: int, number: int) -> datetime:
    return datetime(2025, month, number, 23, 30, tzinfo=UTC)


@pytest.mark.requirement("WIN-033")
def test_a_row_says_what_the_case_is_and_how_far_it_has_come() -> None:
    row = cases(scene_on(day(10, 20), walked(until=RANKED)))[0]
    assert (row.case_id, row.batch, row.grade, row.due) == ("DEV-1", "B-100", "major", "2025-11-08")
    assert row.marks == "✓ ✓ ✓ ✓ ● · · ·"
    assert row.marks_in_words.startswith("Case: done, Evidence: done")
    assert row.status == "draft"
    signed = cases(scene_on(day(10, 20), walked(until=APPROVED)))[0]
    assert signed.marks == " ".join("▣" * 8)


@pytest.mark.requirement("WIN-033")
def test_what_is_overdue_is_marked() -> None:
    early, late = (
        scene_on(day(10, 20), walked(until=OPENED)),
        scene_on(day(11, 9), walked(until=OPENED)),
    )
    assert cases(early)[0].due_tone is Tone.PLAIN
    row = cases(late)[0]
    assert row.days_left == -2
    assert row.due_tone is Tone.BAD
    assert note((row,)) == "1 open, 0 closed, 1 overdue"
    said = inspected(row, lambda: None)
    assert [remark.text for remark in said.findings] == ["It is overdue."]
    assert ("Due", "2025-11-08 · 2 days overdue") in said.facts


@pytest.mark.requirement("WIN-033")
def test_a_closed_case_is_never_overdue() -> None:
    row = cases(scene_on(day(12, 24), walked(until=CLOSED)))[0]
    assert row.days_left is None
    assert note((row,)) == "0 open, 1 closed"


def test_the_day_is_that_of_the_latest_entry_in_the_zone() -> None:
    assert day_now(scene_on(day(10, 20))) == date(2025, 10, 21)
    assert day_now(no_case()) == date.min


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (30, "30 days left", Tone.PLAIN),
        (7, "7 days left", Tone.WARN),
        (1, "1 day left", Tone.WARN),
        (0, "0 days left", Tone.WARN),
        (-1, "1 day overdue", Tone.BAD),
        (None, "", Tone.PLAIN),
    ],
)
def test_days_in_words(left: int | None, words: str, tone: Tone) -> None:
    assert left_in_words(left) == words
    assert due_tone(left) is tone


def test_who_may_not_open_a_case_is_told_why() -> None:
    assert why_not_open(no_case(INVESTIGATOR)) == ""
    assert "is not open to the role auditor" in why_not_open(no_case(AUDITOR))


def scene_on(moment: datetime, *found: Investigation) -> Scene:
    """The list of cases at a moment."""
    log = LogStanding("log", 9, int(moment.timestamp() * 1000), "Europe/Zurich", ())
    return replace(no_case(), log=log, cases=found)
