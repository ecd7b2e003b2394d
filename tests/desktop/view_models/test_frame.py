"""Title, status and marks of the frame follow the case and the person."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.investigations import (
    APPROVED,
    CASE,
    CLOSED,
    EVIDENCE,
    ISSUED,
    OPENED,
    RANKED,
    REVIEWED,
    SCOPED,
    Story,
    TwinUse,
    chosen,
    walked,
)
from support.scenes import ADMINISTRATOR, AUDITOR, a_scene, no_case

from investigator.casework.audit import LogStanding
from investigator.desktop.frame.state import STEPS, Mark, Place
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.frame import NO_CASE, NO_CONTENT, frame_state, status_of

NOON_MS = int(datetime(2026, 3, 4, 12, 0, 7, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.requirement("WIN-032")
@pytest.mark.parametrize(
    ("until", "word"),
    [
        (OPENED, "draft"),
        (RANKED, "draft"),
        (ISSUED, "for signature"),
        (REVIEWED, "for signature"),
        (APPROVED, "signed"),
        (CLOSED, "closed"),
    ],
)
def test_the_status_says_how_far_the_case_is(until: object, word: str) -> None:
    assert status_of(walked(until=until)).word == word  # type: ignore[arg-type]


@pytest.mark.requirement("WIN-032")
def test_a_twin_for_information_only_is_said_in_the_status() -> None:
    story = Story(walked(until=EVIDENCE))
    story.do(chosen(TwinUse.INFORMATION_ONLY))
    status = status_of(story.case)
    assert status.word == "draft · for information only"
    assert status.tone is Tone.WARN


@pytest.mark.requirement("WIN-032")
def test_marks_follow_the_progress_and_what_runs() -> None:
    scene = a_scene(walked(until=RANKED))
    marks = {s.place: s.mark for s in frame_state(scene).steps}
    assert marks[Place.CASE] is Mark.DONE
    assert marks[Place.HYPOTHESES] is Mark.OPEN
    assert marks[Place.REPORT] is Mark.NONE
    running = frame_state(replace(scene, running=frozenset({"impact", "report"})))
    marks = {s.place: s.mark for s in running.steps}
    assert marks[Place.IMPACT] is marks[Place.REPORT] is Mark.RUNNING
    signed = frame_state(a_scene(walked(until=APPROVED)))
    assert {s.mark for s in signed.steps if s.place in STEPS} == {Mark.SIGNED}


def test_without_a_case_its_steps_cannot_be_gone_to() -> None:
    blocked = {s.place: s.why_not for s in frame_state(no_case()).steps}
    assert blocked[Place.CASE] == blocked[Place.AUDIT] == blocked[Place.PEOPLE] == ""
    assert {blocked[place] for place in STEPS[1:]} == {NO_CASE}


@pytest.mark.requirement("WIN-029")
def test_an_administrator_goes_to_people_and_audit_trail_only() -> None:
    open_places = {s.place for s in frame_state(no_case(ADMINISTRATOR)).steps if not s.why_not}
    assert open_places == {Place.AUDIT, Place.PEOPLE}
    said = {s.why_not for s in frame_state(no_case(ADMINISTRATOR)).steps} - {""}
    assert said == {NO_CONTENT}


def test_title_person_and_log_are_shown() -> None:
    log = LogStanding("site/log", 412, NOON_MS, "Europe/Zurich", ())
    state = frame_state(a_scene(walked(until=SCOPED), person=AUDITOR, log=log))
    assert state.title == (CASE, "B-100", "CDC-3")
    assert state.user is not None
    assert (state.user.name, state.user.role) == (AUDITOR.full_name, "auditor")
    assert (state.log_entries, state.saved_at, state.log_tone) == (412, "13:00:07", Tone.GOOD)
    faulty = replace(log, faults=("The checkpoint could not be written.",))
    assert frame_state(a_scene(log=faulty)).log_tone is Tone.WARN
