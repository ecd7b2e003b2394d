"""What was looked at on site: entered in order, and current."""

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
    OPENED,
    PHASE_ONE,
    RAISED,
    RANKED,
    WALK,
    WEIGHED,
    Story,
    checked,
    document,
    own_check,
    phase_one,
    raised,
    told,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    PHASE_ONE_POINTS,
    CheckOutcome,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OnSite,
)
from investigator.domain.on_site_rules import stale_on_site

ALL = (WEIGHED, CHECKED, PHASE_ONE, HUMAN_ERROR)
NOTHING = ("", "  ", "-", "\u200b", "...")


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
        ({"value": "1e400"}, '"1e400" is no value of "Check weight"; give a decimal number.'),
        ({"uncertainty": "1e-400"}, 'uncertainty of "Check weight" is a decimal number above 0.'),
        ({"uncertainty": "1e400"}, 'uncertainty of "Check weight" is a decimal number above 0.'),
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
        said = f'Phase I says something on every point; "{point}" is empty.'
        for nothing in NOTHING:
            assert story.refusal(replace(PHASE_ONE, **{name: nothing})) == said
    assert story.refusal(phase_one(FEEDER, document_id="")) == (
        "Phase I of the laboratory names the document that records it."
    )
    story.do(PHASE_ONE)


@pytest.mark.requirement("CAS-192")
def test_all_seven_questions_are_answered() -> None:
    story = told([OPENED, EVIDENCE, *RAISED])
    assert len(HUMAN_ERROR_QUESTIONS) == 7
    for name in HUMAN_ERROR_QUESTIONS:
        for nothing in NOTHING:
            refused = story.refusal(replace(HUMAN_ERROR, **{name: nothing})) or ""
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


@pytest.mark.requirement("CAS-190")
def test_a_value_of_each_place_is_a_result_of_its_own() -> None:
    story = told([OPENED, EVIDENCE, *RAISED])
    measured = checked(FILTER, outcome=CheckOutcome.MEASURED)
    story.do(*(replace(measured, subject=drum) for drum in ("D1", "D2")))
    assert [r.act.subject for r in story.case.check_results] == ["D1", "D2"]


@pytest.mark.requirement("CAS-190")
def test_an_inspection_stands_once_whatever_place_is_named() -> None:
    story = told([OPENED, EVIDENCE, *RAISED])
    assert story.refusal(replace(WEIGHED, subject="D1")) == (
        'The check "Check weight" is made on no container or lot; name none.'
    )


@pytest.mark.requirement("CAS-189")
def test_a_check_of_a_persons_own_says_what_was_looked_at_and_what_was_found() -> None:
    story = told([OPENED, EVIDENCE, *RAISED])
    for name in ("check_id", "title", "found"):
        assert "says what was found" in (story.refusal(replace(CHECKED, **{name: " "})) or "")
    assert "says what was found" in (story.refusal(replace(CHECKED, found="--")) or "")
