"""What was looked at on site: in order, current, and enough for what a conclusion says."""

from dataclasses import fields, replace

import pytest
from support.investigations import (
    CHECKED,
    CONCLUDED,
    DECIDED,
    DOCUMENT,
    EVIDENCE,
    FEEDER,
    FILTER,
    FOLLOWED,
    HUMAN_ERROR,
    JUDGED,
    LINKED,
    OPENED,
    PHASE_ONE,
    RAISED,
    RANKED,
    REPLAYED,
    SCOPED,
    TWIN,
    WALK,
    WEIGHED,
    Story,
    checked,
    concluded,
    document,
    human_error,
    judged,
    own_check,
    phase_one,
    raised,
    told,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import DispositionDecided, HypothesisRaised, Verdict
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    PHASE_ONE_POINTS,
    CheckBearing,
    CheckOutcome,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OnSite,
)
from investigator.domain.acts.closing import RootCause
from investigator.domain.cause_rules import (
    NOT_NAMED,
    confirmations,
    refusal_of_old_form,
    stale_on_site,
)
from investigator.domain.ranking import CauseCategory

ALL = (WEIGHED, CHECKED, PHASE_ONE, HUMAN_ERROR)
LABORATORY = raised(FILTER, laboratory=True)
PEOPLE = raised(FILTER, category=CauseCategory.PEOPLE)


def judged_case(hypothesis: HypothesisRaised = RAISED[0], *on_site: Act) -> Story:
    """Ready for the conclusion, with what was looked at on site."""
    first = (OPENED, SCOPED, EVIDENCE, DOCUMENT, TWIN, REPLAYED, hypothesis, RAISED[1])
    return told([*first, *on_site, RANKED, *JUDGED, FOLLOWED, *DECIDED])


def confirmed_by(*acts: Act) -> Act:
    return concluded(RootCause.CONFIRMED, FILTER, by=tuple(act.about() for act in acts))


# --- when it can be entered ---------------------------------------------------------------------


@pytest.mark.requirement("CAS-189")
@pytest.mark.parametrize("act", ALL, ids=lambda act: act.WORD)
def test_it_comes_after_evidence_and_hypothesis_and_its_document_stands(act: OnSite) -> None:
    story = told([OPENED])
    wanted = f'"{act.WORD}" comes after the evidence: admit a folder of evidence first.'
    assert story.refusal(act) == wanted
    story.do(EVIDENCE)
    (cause,) = act.spoken_of()
    assert story.refusal(act) == f'The hypothesis "{cause}" was not raised; raise it first.'
    story.do(*RAISED)
    named = replace(act, document_id="DOC-7")
    assert story.refusal(named) == "There is no document DOC-7 in the case; admit it first."
    story.do(document("DOC-7"), named)


@pytest.mark.requirement("CAS-189")
@pytest.mark.parametrize("act", [WEIGHED, CHECKED], ids=lambda act: act.WORD)
def test_a_check_speaks_of_a_hypothesis(act: OnSite) -> None:
    story = told([OPENED, EVIDENCE, *RAISED])
    said = story.refusal(replace(act, causes=()))
    assert said == f'"{act.WORD}" names the hypothesis that it speaks of.'
    assert story.refusal(replace(act, check_id=" "))


@pytest.mark.requirement("CAS-190")
@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"unit": ""}, 'The value of "Check weight" has a unit.'),
        ({"value": "4,2"}, '"4,2" is no value of "Check weight"; give a decimal number.'),
        ({"value": "NaN"}, '"NaN" is no value of "Check weight"; give a decimal number.'),
        ({"uncertainty": "0"}, 'uncertainty of "Check weight" is a decimal number above 0.'),
        ({"uncertainty": "-1"}, 'uncertainty of "Check weight" is a decimal number above 0.'),
        ({"uncertainty": "small"}, 'uncertainty of "Check weight" is a decimal number above 0.'),
        ({"outcome": CheckOutcome.FAILED}, 'The check "Check weight" was failed: it has no value.'),
    ],
)
def test_a_value_is_a_number_with_uncertainty_and_unit(
    changed: dict[str, str], refused: str
) -> None:
    measured = checked(FILTER, outcome=CheckOutcome.MEASURED)
    story = told([OPENED, EVIDENCE, *RAISED])
    assert refused in (story.refusal(replace(measured, **changed)) or "")  # type: ignore[arg-type]
    story.do(measured)


@pytest.mark.requirement("CAS-191")
def test_phase_one_says_something_on_each_of_its_points_and_has_a_record() -> None:
    story = told([OPENED, EVIDENCE, DOCUMENT, *RAISED])
    for name, point in PHASE_ONE_POINTS.items():
        empty = replace(PHASE_ONE, **{name: "  "})
        said = f'Phase I says something on every point; "{point}" is empty.'
        assert story.refusal(empty) == said
    assert story.refusal(phase_one(FEEDER, document_id="")) == (
        "Phase I of the laboratory names the document that records it."
    )
    story.do(PHASE_ONE)


@pytest.mark.requirement("CAS-192")
def test_all_seven_questions_are_answered() -> None:
    story = told([OPENED, EVIDENCE, *RAISED])
    assert len(HUMAN_ERROR_QUESTIONS) == 7
    for name in HUMAN_ERROR_QUESTIONS:
        refused = story.refusal(replace(HUMAN_ERROR, **{name: ""})) or ""
        assert refused.startswith("All seven questions are answered; ")
        assert refused.endswith("is empty.")
    story.do(HUMAN_ERROR)


def test_every_point_and_question_has_a_field() -> None:
    assert set(PHASE_ONE_POINTS) <= {f.name for f in fields(LaboratoryPhaseOneStated)}
    assert set(HUMAN_ERROR_QUESTIONS) <= {f.name for f in fields(HumanErrorExamined)}
    assert PHASE_ONE.answers() == tuple("abcdef")
    assert HUMAN_ERROR.answers() == tuple("abcdefg")


# --- what becomes stale -------------------------------------------------------------------------


@pytest.mark.requirement("CAS-193")
def test_a_result_of_the_twins_check_entered_or_withdrawn_makes_the_ranking_stale() -> None:
    story = Story(walked(until=RANKED))
    assert not story.is_stale(RANKED)
    story.do(WEIGHED)
    assert story.is_stale(RANKED)
    story.do(RANKED)
    assert not story.is_stale(RANKED)
    story.withdraw(WEIGHED)
    assert story.is_stale(RANKED)


@pytest.mark.requirement("CAS-193")
@pytest.mark.parametrize("act", [own_check(FEEDER), PHASE_ONE, HUMAN_ERROR], ids=lambda a: a.WORD)
def test_what_the_ranking_does_not_take_in_leaves_it_as_it_is(act: Act) -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(act)
    assert not story.is_stale(RANKED)
    assert story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-194")
@pytest.mark.parametrize("act", ALL, ids=lambda act: act.WORD)
def test_it_is_stale_once_its_document_or_its_hypothesis_changed(act: OnSite) -> None:
    named = replace(act, document_id="DOC-7")
    story = told([*WALK[: WALK.index(RANKED)], document("DOC-7"), named])
    story.do(document("DOC-8"), raised("sabotage"))
    assert not story.is_stale(named)
    story.do(document("DOC-7"))
    assert story.is_stale(named)
    story.do(named)
    story.withdraw(raised(*act.spoken_of()))
    assert story.is_stale(named)
    said = stale_on_site(story.case) or ""
    assert said.startswith(f"The {named.about()} is stale: ")


@pytest.mark.requirement("CAS-194")
def test_no_ranking_while_a_result_is_stale_and_no_conclusion_while_anything_is() -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(WEIGHED, RAISED[0])
    assert (story.refusal(RANKED) or "").startswith("The check W-1 is stale: ")
    story.withdraw(WEIGHED)
    story.do(RANKED, *JUDGED, FOLLOWED, *DECIDED)
    assert (story.refusal(CONCLUDED) or "").startswith("The own check O-1 is stale: ")
    story.do(CHECKED, CONCLUDED)


# --- what a conclusion needs --------------------------------------------------------------------


@pytest.mark.requirement("CAS-195")
@pytest.mark.parametrize(
    ("on_site", "refused"),
    [
        ((), "is confirmed only by a physical check"),
        ((checked(FILTER),), None),
        ((own_check(FILTER),), None),
        ((checked(FILTER, outcome=CheckOutcome.PASSED),), "only by a physical check"),
        ((checked(FILTER, outcome=CheckOutcome.MEASURED),), "only by a physical check"),
        ((own_check(FILTER, bearing=CheckBearing.BEARS_ON),), "only by a physical check"),
        ((own_check(FILTER, bearing=CheckBearing.REFUTES),), "only by a physical check"),
        ((checked(FEEDER),), "only by a physical check"),
        ((phase_one(FILTER), human_error(FILTER)), "only by a physical check"),
    ],
)
def test_a_cause_is_confirmed_by_a_physical_check_only(
    on_site: tuple[Act, ...], refused: str | None
) -> None:
    story = judged_case(RAISED[0], *on_site)
    named = confirmations(story.case, (FILTER,))
    said = story.refusal(concluded(RootCause.CONFIRMED, FILTER, by=named))
    assert said is None if refused is None else refused in (said or "")
    assert story.refusal(concluded(RootCause.MOST_PROBABLE, FILTER, by=named)) is None


@pytest.mark.requirement("CAS-195")
def test_the_conclusion_names_checks_that_confirm_its_causes() -> None:
    story = judged_case(RAISED[0], WEIGHED, own_check(FEEDER))
    story.do(confirmed_by(WEIGHED))
    assert story.refusal(confirmed_by()) == (
        f'The conclusion names no check that confirms the cause "{FILTER}".'
    )
    assert story.refusal(confirmed_by(WEIGHED, own_check(FEEDER))) == (
        "There is no result of the own check O-1 that confirms a cause of the conclusion."
    )


@pytest.mark.requirement("CAS-196")
def test_a_cause_in_the_laboratory_needs_a_phase_one_that_found_the_error() -> None:
    story = judged_case(LABORATORY, WEIGHED)
    assert "state its phase I investigation first" in (story.refusal(confirmed_by(WEIGHED)) or "")
    story.do(phase_one(FILTER, error_found=False))
    assert "found no assignable error" in (story.refusal(confirmed_by(WEIGHED)) or "")
    assert story.refusal(concluded(RootCause.MOST_PROBABLE, FILTER, by=())) is None
    story.do(phase_one(FILTER), confirmed_by(WEIGHED))


@pytest.mark.requirement("CAS-197")
@pytest.mark.parametrize("root_cause", [RootCause.CONFIRMED, RootCause.MOST_PROBABLE])
def test_an_error_of_a_person_needs_the_seven_questions(root_cause: RootCause) -> None:
    story = judged_case(PEOPLE, WEIGHED)
    stated = concluded(root_cause, FILTER, by=(WEIGHED.about(),))
    assert "answer the seven questions" in (story.refusal(stated) or "")
    story.do(human_error(FILTER), stated)
    story.do(judged(FILTER, Verdict.REFUTED))
    assert story.refusal(concluded(RootCause.NOT_DETERMINED)) is None


@pytest.mark.requirement("CAS-198")
def test_a_conclusion_of_before_checks_were_asked_for_is_judged_as_it_was() -> None:
    old = concluded(RootCause.CONFIRMED, FILTER)
    story = Story(walked(until=DispositionDecided))
    story.withdraw(CHECKED)
    assert story.refusal(old) is None
    assert refusal_of_old_form(old) == NOT_NAMED
    assert refusal_of_old_form(concluded(RootCause.NOT_DETERMINED)) is None
    assert refusal_of_old_form(CONCLUDED) is None
    assert refusal_of_old_form(LINKED) is None


@pytest.mark.requirement("CAS-190")
def test_a_value_of_each_place_is_a_result_of_its_own() -> None:
    story = told([OPENED, EVIDENCE, *RAISED])
    measured = checked(FILTER, outcome=CheckOutcome.MEASURED)
    story.do(*(replace(measured, subject=drum) for drum in ("D1", "D2")))
    assert [r.act.subject for r in story.case.check_results] == ["D1", "D2"]
