"""Earlier deviations as they are read: what came before first, and that nothing did."""

from dataclasses import replace

import pytest
from support.earlier import LATELY, recurrences_found
from support.investigations import FILTER, RANKED, walked
from support.scenes import a_scene

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recurrence import (
    deviations_before,
    inspected_earlier,
    of_cause,
    subjects,
    subjects_note,
)
from investigator.domain.recurrence import Likeness, Subject

SCENE = a_scene(walked(until=RANKED), recurrences=recurrences_found())


@pytest.mark.requirement("WIN-124")
def test_what_came_before_stands_first() -> None:
    rows = subjects(SCENE)
    assert [row.subject_id for row in rows] == [FILTER, "LW-311", "BL-321", "feeder_drift", "A9"]
    assert [row.tone for row in rows[:3]] == [Tone.WARN, Tone.WARN, Tone.PLAIN]
    assert [row.said for row in rows[1:4]] == [
        "1 in 12 months, 1 in 24 months, 1 older",
        "0 in 12 months, 0 in 24 months, 1 older",
        "no earlier deviation known",
    ]
    assert rows[0].title == "Filter blocked"


@pytest.mark.requirement("WIN-124")
def test_an_earlier_deviation_is_counted_once_and_where_it_was_looked_for_is_said() -> None:
    rows = subjects(SCENE)
    assert deviations_before(rows) == 1
    note = subjects_note(rows)
    assert note.startswith("2 causes, 2 units, 1 lot: 1 earlier deviation in 24 months.")
    assert note.endswith("other cases of this workspace only.")
    assert "1 lot: none in 24 months." in subjects_note(rows[4:])
    assert "looked for" in subjects_note(())


@pytest.mark.requirement("WIN-124")
def test_an_earlier_deviation_says_what_is_known_of_it_and_from_where() -> None:
    found = of_cause(SCENE, FILTER)
    assert found is not None
    told = inspected_earlier(found.earlier[0])
    assert told.title == LATELY.number
    assert ("Conclusion", "Filter replaced.") in told.facts
    assert told.source == "Known from document DOC-1."
    old = inspected_earlier(subjects(SCENE)[2].earlier[0])
    assert "Lots" not in dict(old.facts)
    assert of_cause(SCENE, "never looked for") is None


def test_what_came_more_often_stands_first_among_its_kind() -> None:
    once, twice = (
        replace(found, subject=Subject(Likeness.EQUIPMENT, unit), within_24=number)
        for found, unit, number in ((SCENE.recurrences[3], "A", 1), (SCENE.recurrences[3], "B", 2))
    )
    rows = subjects(replace(SCENE, recurrences=(once, twice)))
    assert [row.subject_id for row in rows] == ["B", "A"]
