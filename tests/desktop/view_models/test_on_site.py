"""Checks and what was entered, as the window shows them; the acts of the forms."""

from dataclasses import replace
from typing import Any

import pytest
from support.investigations import (
    FEEDER,
    FILTER,
    PHASE_ONE,
    RAISED,
    RANKED,
    T0_MS,
    TWIN,
    WEIGHED,
    Story,
    walked,
)
from support.on_site_scenes import ASSAY, LOT, WEIGHT, looked_at, with_checks
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.view_models.on_site import (
    about_check,
    about_entered,
    entered,
    offered,
    why_not_checked,
    why_not_entered,
)
from investigator.desktop.view_models.on_site_acts import (
    check_entered,
    human_error_examined,
    own_check_entered,
    phase_one_stated,
    places_of,
)
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    PHASE_ONE_POINTS,
    CheckBearing,
    CheckOutcome,
)
from investigator.domain.errors import UnusableRequest

DONE = {"done": "2025-10-09 10:53:20", "document": ""}
VALUE: dict[str, Any] = {**DONE, "value": "104.5", "uncertainty": "", "place": "D1"}


@pytest.mark.requirement("WIN-170")
def test_checks_stand_by_what_they_would_tell_and_say_what_was_entered() -> None:
    rows = offered(with_checks())
    assert [row.known for row in rows] == [WEIGHT, ASSAY, LOT]
    assert [row.bits for row in rows] == [0.8, 0.4, None]
    assert [row.gives for row in rows] == ["passed or failed", "a value in % LC", "a value in um"]
    assert {row.entered for row in rows} == {""}
    assert offered(looked_at())[0].entered == "failed"
    assert offered(no_case()) == ()


@pytest.mark.requirement("WIN-171")
def test_what_was_entered_stands_latest_first_and_says_whether_it_counts() -> None:
    rows = entered(looked_at())
    assert [row.what for row in rows] == [
        f"Seven questions on human error answered for {FEEDER}",
        f"Phase I of the laboratory on {FEEDER}: an assignable error found",
        "Check weight: failed",
        "Filter opened: blocked by fines",
    ]
    assert not any(row.stale for row in rows)
    assert rows[2].of == FILTER.title()
    story = Story(walked(until=RANKED))
    story.do(RAISED[0])
    (stale,) = entered(with_checks(story.case))
    assert stale.stale
    told = about_entered(with_checks(story.case), stale, print)
    assert "enter it again or withdraw it" in told.findings[0].text
    assert entered(no_case()) == ()


@pytest.mark.requirement("WIN-171")
def test_it_is_told_with_every_answer_and_can_be_withdrawn() -> None:
    scene = looked_at()
    questions, phase, check, own = (about_entered(scene, row, print) for row in entered(scene))
    assert dict(phase.facts)[PHASE_ONE_POINTS["retained"]] == PHASE_ONE.retained
    assert dict(questions.facts)[HUMAN_ERROR_QUESTIONS["procedure"]] == "a"
    assert dict(check.facts)["Says"] == f"confirms {FILTER}"
    assert dict(phase.facts)["Document"] == "DOC-1"
    assert own.actions[0].enabled
    assert own.source.startswith("Entry ")


@pytest.mark.requirement("WIN-170")
def test_a_check_is_told_with_what_it_takes() -> None:
    weight, assay, lot = (about_check(row, ()) for row in offered(with_checks()))
    assert dict(weight.facts)["Would tell"] == "0.80 bits expected"
    assert dict(assay.facts)["Standard uncertainty"] == "0.5 % LC"
    assert dict(lot.facts)["Would tell"] == "–"
    assert dict(lot.facts)["Entered"] == "nothing yet"


@pytest.mark.requirement("WIN-172")
def test_the_form_of_an_inspection_gives_its_act() -> None:
    scene = with_checks()
    act = check_entered(scene, WEIGHT, {**DONE, "outcome": "failed"})
    assert act == replace(WEIGHED, title="Check weight", done_ms=act.done_ms)
    assert act.done_ms == T0_MS


@pytest.mark.requirement("WIN-172")
def test_the_form_of_a_measurement_gives_its_act() -> None:
    scene = with_checks()
    act = check_entered(scene, ASSAY, VALUE)
    assert (act.outcome, act.value, act.uncertainty, act.subject) == (
        CheckOutcome.MEASURED,
        "104.5",
        "0.5",
        "D1",
    )
    with pytest.raises(UnusableRequest, match="is no time"):
        check_entered(scene, ASSAY, {**VALUE, "done": "yesterday"})
    with pytest.raises(UnusableRequest, match="name it"):
        check_entered(scene, ASSAY, {**VALUE, "place": ""})


@pytest.mark.requirement("WIN-172")
def test_containers_and_lots_of_the_batch_can_be_measured() -> None:
    scene = with_checks()
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    batch = scene.seen.evidence.batch
    assert places_of(scene, ASSAY) == tuple(c.container_id for c in batch.containers)
    assert set(places_of(scene, LOT)) == {lot.lot_id for lot in batch.lots}
    assert places_of(scene, WEIGHT) == ()
    assert places_of(no_case(), ASSAY) == ()


@pytest.mark.requirement("WIN-173")
def test_the_other_forms_give_their_acts() -> None:
    scene = with_checks()
    values = {**DONE, "title": "Filter", "found": "fines", "bearing": "refutes"}
    own = own_check_entered(scene, {**values, "causes": (FILTER,)})
    assert (own.bearing, own.causes, own.check_id) == (CheckBearing.REFUTES, (FILTER,), "O-2")
    answers = dict.fromkeys((*PHASE_ONE_POINTS, *HUMAN_ERROR_QUESTIONS), "done")
    phase = phase_one_stated(FEEDER, {**answers, "error_found": "no", "document": "DOC-1"})
    assert (phase.error_found, phase.answers()) == (False, ("done",) * 6)
    error = human_error_examined(FEEDER, {**answers, "document": ""})
    assert error.answers() == ("done",) * 7


@pytest.mark.requirement("WIN-172")
def test_it_says_why_nothing_can_be_entered() -> None:
    assert why_not_entered(with_checks()) == why_not_checked(with_checks()) == ""
    assert why_not_entered(None) == "Open a case first."
    assert why_not_entered(a_scene(walked(until=TWIN))).startswith("Raise a hypothesis first")
    assert why_not_checked(a_scene(walked(until=RANKED))).startswith("The twin of the case knows")
    assert "auditor" in why_not_entered(a_scene(walked(until=RANKED), person=AUDITOR))
