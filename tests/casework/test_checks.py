"""Checks of a case: offered from its twin, entered as acts, taken into the recipe of a ranking."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.investigations import (
    CASE,
    FEEDER,
    FILTER,
    RANKED,
    T0_MS,
    WEIGHED,
    WHY,
    Story,
    checked,
    own_check,
    raised,
    walked,
)

from investigator.casework.analyses import Task
from investigator.casework.checks import (
    Found,
    KnownCheck,
    entered_checks,
    known_checks,
    of_laboratory,
    result_of,
)
from investigator.casework.desk import Desk
from investigator.casework.outcomes import failure_modes_raised, task_for
from investigator.casework.stored import encoded
from investigator.casework.twins import choose_twin
from investigator.domain.acts.analysis import Origin, RankingRecorded, ReplayRecorded
from investigator.domain.acts.checks import CheckOutcome
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence_decisions import EvidenceDecisions
from investigator.trust.digest import digest_of_bytes, digest_of_value

WEIGHT = KnownCheck("w", "Check weight", "scale", "2 h", "", "", "", (FILTER,))
ASSAY = KnownCheck("a", "Assay", "content", "8 h", "% LC", "0.5", "container", ())


@pytest.mark.requirement("CAS-199")
def test_the_checks_of_the_twin_are_offered_with_what_they_speak_of(
    ann_after: Callable[[str], Desk],
) -> None:
    desk = ann_after("replay")
    known = {check.check_id: check for check in known_checks(desk.case(CASE))}
    found = Found(T0_MS, CheckOutcome.FAILED)
    with pytest.raises(UnusableRequest, match="raise api_loadcell_drift first"):
        result_of(desk.case(CASE), known["load_cell_check_weight"], found)
    case = failure_modes_raised(desk, CASE)
    weight, assay = known["load_cell_check_weight"], known["retained_assay"]
    assert "api_loadcell_drift" in weight.causes
    assert (weight.unit, weight.place) == ("", "")
    assert (assay.unit, assay.place, assay.causes) == ("% LC", "container", ())
    assert float(assay.uncertainty) > 0
    laboratory = {r.act.cause for r in case.hypotheses if r.act.laboratory}
    assert laboratory == {"lab_analytical_error"}
    case = desk.do(CASE, result_of(case, weight, found), why=WHY)
    assert [r.act.outcome for r in case.check_results] == [CheckOutcome.FAILED]


@pytest.mark.requirement("CAS-195", "CAS-199")
def test_an_inspection_confirms_only_causes_with_which_it_fails_more_likely_than_not(
    ann_after: Callable[[str], Desk],
) -> None:
    """A refill test fails with a change of lot in 15 of 100 cases, and in 5 with nothing at all."""
    desk = ann_after("replay")
    known = {check.check_id: check for check in known_checks(desk.case(CASE))}
    case = failure_modes_raised(desk, CASE)
    act = result_of(case, known["api_refill_test"], Found(T0_MS, CheckOutcome.FAILED))
    assert act.causes == ("api_refill_surge",)
    assert not act.confirms("api_lot_psd_change")
    inspections = (check for check in known.values() if not check.unit)
    assert all(check.causes for check in inspections)


@pytest.mark.requirement("CAS-196")
def test_failure_modes_raised_before_the_laboratory_was_asked_for_or_by_a_person_are_raised_anew(
    ann_after: Callable[[str], Desk],
) -> None:
    desk = ann_after("replay")
    before = raised("lab_analytical_error")
    own = raised("punch_damage", origin=Origin.OWN)
    desk.do(CASE, replace(before, laboratory=None), own)
    case = failure_modes_raised(desk, CASE)
    said = {r.act.cause: r.act for r in case.hypotheses}
    assert said["lab_analytical_error"].laboratory is True
    assert said["punch_damage"].origin is Origin.TWIN
    with pytest.raises(UnusableRequest, match="raised already"):
        failure_modes_raised(desk, CASE)


def test_only_what_changes_laboratory_readings_alone_lies_in_the_laboratory() -> None:
    modes = choose_twin("cdc_line_3").failure_modes
    assert [m.cause for m in modes if of_laboratory(m)] == ["lab_analytical_error"]


@pytest.mark.requirement("CAS-199")
def test_a_measurement_without_an_uncertainty_has_that_of_its_check() -> None:
    found = Found(T0_MS, value="104.5", place="D1")
    case = walked(until=RANKED)
    act = result_of(case, ASSAY, found)
    assert (act.value, act.uncertainty, act.unit, act.subject) == ("104.5", "0.5", "% LC", "D1")
    assert result_of(case, ASSAY, replace(found, uncertainty="0.8")).uncertainty == "0.8"
    assert act.about() == "check a on D1"


@pytest.mark.requirement("CAS-199")
@pytest.mark.parametrize(
    ("known", "found", "said"),
    [
        (WEIGHT, Found(T0_MS, value="3"), "gives passed or failed"),
        (ASSAY, Found(T0_MS, CheckOutcome.PASSED), "gives a value in % LC"),
        (ASSAY, Found(T0_MS, value="3"), "is made on a container; name it"),
        (WEIGHT, Found(T0_MS, CheckOutcome.FAILED, place="D1"), "on no container or lot"),
    ],
)
def test_a_result_is_of_the_kind_and_place_of_its_check(
    known: KnownCheck, found: Found, said: str
) -> None:
    with pytest.raises(UnusableRequest, match=said):
        result_of(walked(until=RANKED), known, found)


@pytest.mark.requirement("CAS-193")
def test_a_ranking_takes_in_current_results_of_the_twins_checks_in_a_fixed_order() -> None:
    story = Story(walked(until=RANKED))
    assert entered_checks(story.case) == ()
    measured = replace(checked(FILTER, outcome=CheckOutcome.MEASURED), subject="D2")
    story.do(WEIGHED, measured, own_check(FEEDER, check_id="O-2"))
    story.do(checked(FEEDER, check_id="A-1", outcome=CheckOutcome.PASSED))
    assert entered_checks(story.case) == (
        EnteredCheck("A-1", "Check weight", failed=False),
        EnteredCheck("W-1", "Check weight", failed=True),
        EnteredCheck("W-1", "Check weight", None, 4.2, 0.1, "%", "D2"),
    )
    story.withdraw(WEIGHED)
    assert len(entered_checks(story.case)) == 2
    story.do(raised(FEEDER, "in other words"))
    assert [one.check_id for one in entered_checks(story.case)] == ["W-1"]


@pytest.mark.requirement("CAS-193")
def test_the_ranking_is_made_from_the_results_and_the_replay_is_not(
    ann_after: Callable[[str], Desk],
) -> None:
    desk = ann_after("ranking")
    assert task_for(desk, CASE, RankingRecorded).checks == ()
    desk.do(CASE, WEIGHED)
    found = (EnteredCheck("W-1", "Check weight", failed=True),)
    assert task_for(desk, CASE, RankingRecorded).checks == found
    assert task_for(desk, CASE, ReplayRecorded).checks == ()


@pytest.mark.requirement("CAS-193")
def test_the_recipe_names_the_results_only_where_there_are_any(tmp_path: Path) -> None:
    task = Task(tmp_path, "r", "s", "t", "d", 0, 1, "software", tmp_path)
    one = replace(task, checks=(EnteredCheck("W-1", "Check weight", failed=True),))
    other = replace(task, checks=(EnteredCheck("W-1", "Check weight", failed=False),))
    recipes = {t.recipe("ranking") for t in (task, one, other)}
    assert len(recipes) == 3
    as_ever = {
        "step": "ranking",
        "reading": "r",
        "samples": "s",
        "decisions": digest_of_bytes(encoded(EvidenceDecisions())),
        "twin": "d",
        "seed": 0,
        "software": "software",
    }
    assert task.recipe("ranking") == digest_of_value(as_ever)
