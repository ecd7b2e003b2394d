"""Files and previews of evidence in words and numbers."""

from dataclasses import replace

import pytest
from support.investigations import EVIDENCE, SCOPED, walked
from support.previews import PROFILE
from support.scenes import AUDITOR, a_scene, an_evidence

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence import (
    admitted,
    clock_in_words,
    files,
    files_note,
    grouped,
    inspected_admission,
    inspected_file,
    problems_note,
    profile_facts,
    size_in_words,
    why_not_read,
    written,
)
from investigator.domain.evidence import ClockOffset, RowProblem


@pytest.mark.requirement("WIN-036")
def test_a_file_says_how_it_was_read_and_what_was_lost() -> None:
    row = files(an_evidence())[0]
    assert (row.name, row.kind, row.layout, row.reader) == (
        "historian.csv",
        "historian",
        "long",
        "reader/1",
    )
    assert (row.rows, row.lost, row.tone) == ("100", "3", Tone.WARN)
    assert files_note((row,)) == "1 file, 100 rows read, 3 of them reported"
    clean = replace(row, rows_reported=0)
    assert clean.tone is Tone.PLAIN
    assert files_note((clean,)) == "1 file, 100 rows read, none left out"


@pytest.mark.requirement("WIN-036")
def test_the_rows_that_were_not_used_are_named() -> None:
    problems = tuple(RowProblem(line, "x", "no number") for line in range(20))
    item = replace(an_evidence().items[0], problems=problems, rows_reported=30)
    said = inspected_file(files(replace(an_evidence(), items=(item,)))[0])
    assert said.findings[0].text == "Row 0: no number"
    assert said.findings[-1].text == "22 more rows are reported."
    assert said.digest == item.sha256


@pytest.mark.requirement("WIN-107")
def test_a_file_that_was_admitted_says_by_which_profile_it_was_read() -> None:
    item = replace(an_evidence().items[0], profile=PROFILE)
    facts = dict(inspected_file(files(replace(an_evidence(), items=(item,)))[0]).facts)
    assert facts["Written in"] == "utf-8, semicolon, decimal comma"
    assert facts["Times"] == "day first, without offset in Europe/Berlin"
    assert facts["Columns"] == "Tag as tag, Zeit as time, Wert as value"
    assert written(replace(PROFILE, delimiter="")) == ""
    assert profile_facts(None) == ()


def test_evidence_as_a_whole_can_be_inspected_and_withdrawn() -> None:
    scene = a_scene(walked(until=EVIDENCE))
    recorded = admitted(scene)
    assert recorded is not None
    said = inspected_admission(scene, recorded, lambda _r: None)
    assert said.digest == EVIDENCE.reading
    assert ("Clock", "batch_record.xml: +31.0 ± 1.0 s, from 12 events") in said.facts
    assert said.actions[0].title == "Withdraw…"


@pytest.mark.requirement("WIN-036")
def test_why_no_folder_can_be_read_is_said() -> None:
    scene = a_scene(walked(until=SCOPED))
    assert why_not_read(scene) == ""
    assert "being read" in why_not_read(replace(scene, running=frozenset({"reading"})))
    assert "auditor" in why_not_read(a_scene(walked(until=SCOPED), person=AUDITOR))


def test_numbers_as_people_read_them() -> None:
    assert (
        clock_in_words(ClockOffset("lab", -2.0, 0.289, 7)) == "lab: −2.00 ± 0.29 s, from 7 events"
    )
    assert [size_in_words(n) for n in (12, 2048, 3 * 1024**2)] == ["12 B", "2.0 KiB", "3.0 MiB"]
    assert grouped(70526) == "70\u202f526"


@pytest.mark.requirement("WIN-107")
def test_how_many_of_the_rows_reported_are_listed_is_said() -> None:
    row = files(an_evidence())[0]
    problem = RowProblem(7, "x", "no number")
    some = replace(row, item=replace(row.item, problems=(problem, problem)))
    every = replace(row, item=replace(row.item, problems=(problem,) * 3))
    assert problems_note(some) == "the first 2 of 3 in historian.csv"
    assert problems_note(every) == "all 3 in historian.csv"
    assert problems_note(replace(row, lost="0", rows_reported=0)) == "none in historian.csv"
    assert problems_note(None) == "go to a file to see them"
