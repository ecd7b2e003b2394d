"""What was looked at on site: enough for what a conclusion says of its causes."""

from dataclasses import replace

import pytest
from support.investigations import (
    CHECKED,
    CLOCK,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    EVIDENCE,
    FEEDER,
    FILTER,
    FINDING,
    FOLLOWED,
    ISSUED,
    JUDGED,
    LINKED,
    OPENED,
    RAISED,
    RANKED,
    REPLAYED,
    SCOPED,
    TWIN,
    WEIGHED,
    Story,
    asked_why,
    checked,
    concluded,
    document,
    human_error,
    judged,
    own_check,
    phase_one,
    proposed,
    raised,
    told,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    Origin,
    Verdict,
)
from investigator.domain.acts.checks import (
    CheckBearing,
    CheckOutcome,
)
from investigator.domain.acts.closing import RootCause
from investigator.domain.cause_rules import (
    NOT_NAMED,
    confirmations,
    refusal_of_old_form,
    unmet,
)
from investigator.domain.ranking import CauseCategory

LABORATORY = raised(FILTER, laboratory=True)
PEOPLE = raised(FILTER, category=CauseCategory.PEOPLE)


def judged_case(hypothesis: HypothesisRaised = RAISED[0], *on_site: Act) -> Story:
    """Ready for the conclusion, with what was looked at on site."""
    first = (OPENED, SCOPED, EVIDENCE, DOCUMENT, TWIN, REPLAYED, hypothesis, RAISED[1])
    return told([*first, *on_site, RANKED, *JUDGED, FOLLOWED, *DECIDED])


def confirmed_by(*acts: Act) -> Act:
    return concluded(RootCause.CONFIRMED, FILTER, by=tuple(act.about() for act in acts))


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


@pytest.mark.requirement("CAS-196", "CAS-197")
@pytest.mark.parametrize("withdrawn", [True, False])
@pytest.mark.parametrize("by_twin", [LABORATORY, PEOPLE], ids=["laboratory", "people"])
def test_what_the_twin_said_of_a_cause_is_not_lost_by_raising_it_in_other_words(
    by_twin: HypothesisRaised, withdrawn: bool
) -> None:
    story = judged_case(by_twin)
    if withdrawn:
        story.withdraw(by_twin)
    story.do(raised(FILTER, origin=Origin.OWN), judged(FILTER, Verdict.SUPPORTED), WEIGHED)
    story.do(RANKED, *JUDGED, FOLLOWED, *DECIDED)
    named = (WEIGHED.about(),)
    assert story.refusal(concluded(RootCause.CONFIRMED, FILTER, by=named))
    story.do(phase_one(FILTER), human_error(FILTER))
    assert story.refusal(concluded(RootCause.CONFIRMED, FILTER, by=named)) is None


@pytest.mark.requirement("CAS-196")
def test_a_person_corrects_what_a_person_said_of_the_laboratory() -> None:
    own = replace(LABORATORY, origin=Origin.OWN)
    story = judged_case(own, WEIGHED)
    assert story.refusal(confirmed_by(WEIGHED))
    story.do(replace(own, laboratory=False), WEIGHED, RANKED, *JUDGED, FOLLOWED, *DECIDED)
    assert story.refusal(confirmed_by(WEIGHED)) is None


@pytest.mark.requirement("CAS-196")
def test_a_hypothesis_of_before_it_was_asked_is_raised_again_before_it_is_confirmed() -> None:
    story = judged_case(replace(RAISED[0], laboratory=None), WEIGHED)
    assert "raise it again" in (story.refusal(confirmed_by(WEIGHED)) or "")
    assert story.refusal(concluded(RootCause.MOST_PROBABLE, FILTER, by=(WEIGHED.about(),))) is None
    assert story.refusal(concluded(RootCause.CONFIRMED, FILTER)) is None
    story.do(RAISED[0], WEIGHED, RANKED, *JUDGED, FOLLOWED, *DECIDED, confirmed_by(WEIGHED))


@pytest.mark.requirement("CAS-195")
def test_what_a_check_refutes_is_not_confirmed_while_that_check_counts() -> None:
    against = own_check(FILTER, check_id="O-9", bearing=CheckBearing.REFUTES)
    story = judged_case(RAISED[0], WEIGHED, against, own_check(FEEDER, bearing=against.bearing))
    assert story.refusal(confirmed_by(WEIGHED)) == (
        f'The own check O-9 refutes the cause "{FILTER}": withdraw it, or call the cause most '
        "probable."
    )
    story.withdraw(against)
    story.do(confirmed_by(WEIGHED))


@pytest.mark.requirement("CAS-197")
def test_a_chain_of_whys_that_ends_in_people_needs_the_seven_questions_too() -> None:
    probable = concluded(RootCause.MOST_PROBABLE, FILTER, by=())
    story = judged_case(RAISED[0], asked_why(FILTER, 1), asked_why(FEEDER, 1, CauseCategory.PEOPLE))
    assert story.refusal(probable) is None
    story.do(CONTAINED, FINDING, CLOCK, probable, proposed("CAPA-1"))
    assert story.refusal(ISSUED) is None
    story.do(asked_why(FILTER, 2, CauseCategory.PEOPLE))
    assert "answer the seven questions" in (story.refusal(probable) or "")
    assert "answer the seven questions" in (story.refusal(ISSUED) or "")
    story.do(human_error(FILTER), probable, ISSUED)


@pytest.mark.requirement("CAS-198")
def test_a_conclusion_of_before_checks_were_asked_for_is_judged_as_it_was() -> None:
    old, story = concluded(RootCause.CONFIRMED, FILTER), Story(walked(until=DispositionDecided))
    story.withdraw(CHECKED)
    assert story.refusal(old) is None
    assert refusal_of_old_form(story.case, old) == NOT_NAMED
    for act in (concluded(RootCause.NOT_DETERMINED), CONCLUDED, LINKED, ISSUED):
        assert refusal_of_old_form(story.case, act) is None


@pytest.mark.requirement("CAS-198")
def test_no_report_is_issued_any_more_on_a_conclusion_of_before() -> None:
    story = Story(walked(until=DispositionDecided))
    story.do(concluded(RootCause.CONFIRMED, FILTER))
    assert refusal_of_old_form(story.case, ISSUED) == NOT_NAMED
    story.do(CONCLUDED)
    assert refusal_of_old_form(story.case, ISSUED) is None


@pytest.mark.requirement("CAS-194", "CAS-195")
def test_what_is_stale_neither_confirms_nor_refutes_nor_stands_for_what_is_asked() -> None:
    lab = replace(LABORATORY, category=CauseCategory.PEOPLE)
    against = own_check(FILTER, check_id="O-9", bearing=CheckBearing.REFUTES)
    named = [replace(act, document_id="DOC-7") for act in (WEIGHED, human_error(FILTER))]
    phase = phase_one(FILTER, document_id="DOC-7")
    story = judged_case(lab, document("DOC-7"), *named, phase)
    assert unmet(story.case, FILTER) is None
    story.do(document("DOC-7"))
    assert confirmations(story.case, (FILTER,)) == ()
    assert "only by a physical check" in (unmet(story.case, FILTER) or "")
    story.do(WEIGHED, replace(against, document_id="DOC-7"))
    assert "refutes the cause" in (unmet(story.case, FILTER) or "")
    story.do(document("DOC-7"))
    assert "state its phase I investigation" in (unmet(story.case, FILTER) or "")
    story.do(phase)
    assert "answer the seven questions" in (unmet(story.case, FILTER) or "")
    story.do(named[1])
    assert unmet(story.case, FILTER) is None


def test_what_the_twin_said_of_another_cause_asks_nothing_of_this_one() -> None:
    story = judged_case(RAISED[0], raised("tester", laboratory=True), WEIGHED)
    assert unmet(story.case, FILTER) is None


def test_a_check_that_confirms_two_causes_is_named_once() -> None:
    both = checked(FILTER, FEEDER)
    story = judged_case(RAISED[0], both)
    assert confirmations(story.case, (FILTER, FEEDER)) == (both.about(),)
