"""Conclusion, report, signatures and closing come in their order, and on what is not stale."""

from dataclasses import replace

import pytest
from support.investigations import (
    ACTION,
    ANNOTATED,
    APPROVED,
    AUTHORED,
    CLOCK,
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DRUMS,
    EVIDENCE,
    FEEDER,
    FILTER,
    FINDING,
    FOLLOWED,
    ISSUED,
    JUDGED,
    OPENED,
    RAISED,
    RANKED,
    RECLASSIFIED,
    RELATED,
    REMEDIED,
    REOPENED,
    REPLAYED,
    RETURNED,
    REVIEWED,
    SCOPED,
    TWIN,
    WALK,
    Story,
    clock,
    concluded,
    digest,
    document,
    followed,
    issued,
    judged,
    raised,
    ranked,
    signed,
    told,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    DispositionDecided,
    Verdict,
)
from investigator.domain.acts.case import Classification
from investigator.domain.acts.closing import (
    RootCause,
    SignatureField,
)
from investigator.domain.acts.data_review import ClockBasis
from investigator.domain.open_points import open_dispositions, open_verdicts


@pytest.mark.requirement("CAS-006")
def test_no_conclusion_before_the_scope_is_completed() -> None:
    story = told([act for act in WALK[: WALK.index(CONCLUDED)] if act != SCOPED])
    assert story.refusal(CONCLUDED) == (
        "The scope is not completed: decide on related batches, then complete the scope."
    )
    story.do(SCOPED, CONCLUDED)


@pytest.mark.requirement("CAS-006")
def test_no_conclusion_without_a_hypothesis() -> None:
    story = told([OPENED, SCOPED, EVIDENCE, TWIN, REPLAYED, RANKED, FOLLOWED, *DECIDED])
    nothing = concluded(RootCause.NOT_DETERMINED)
    assert story.refusal(nothing) == "No hypothesis was raised; raise and judge at least one."
    story.do(RAISED[0], JUDGED[0], nothing)


@pytest.mark.requirement("CAS-006")
def test_no_conclusion_while_a_verdict_is_missing() -> None:
    story = told([act for act in WALK[: WALK.index(CONCLUDED)] if act not in JUDGED])
    assert open_verdicts(story.case) == (FILTER, FEEDER)
    assert story.refusal(CONCLUDED) == f"A verdict is missing for {FILTER}, {FEEDER}."
    story.do(JUDGED[0])
    assert story.refusal(CONCLUDED) == f"A verdict is missing for {FEEDER}."
    story.do(JUDGED[1])
    assert open_verdicts(story.case) == ()
    story.do(CONCLUDED)


@pytest.mark.requirement("CAS-006")
def test_no_conclusion_while_a_decision_is_missing() -> None:
    story = told([act for act in WALK[: WALK.index(CONCLUDED)] if act not in DECIDED])
    assert open_dispositions(story.case) == DRUMS
    assert story.refusal(CONCLUDED) == "A decision is missing for D1, D2, D3."
    story.do(*DECIDED[:2])
    assert story.refusal(CONCLUDED) == "A decision is missing for D3."
    story.do(DECIDED[2], CONCLUDED)


@pytest.mark.requirement("CAS-006")
def test_a_long_list_of_what_is_missing_is_cut() -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(followed(2, *(f"D{n}" for n in range(1, 10))))
    assert story.refusal(CONCLUDED) == ("A decision is missing for D1, D2, D3, D4, D5 and 4 more.")


@pytest.mark.requirement("CAS-006", "CAS-002")
def test_stale_verdicts_and_decisions_count_as_missing() -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(ranked(2), followed(2, *DRUMS))
    assert story.refusal(CONCLUDED) == f"A verdict is missing for {FILTER}, {FEEDER}."
    story.do(*JUDGED)
    assert story.refusal(CONCLUDED) == "A decision is missing for D1, D2, D3."
    story.do(*DECIDED, CONCLUDED)


@pytest.mark.requirement("CAS-007")
@pytest.mark.parametrize(
    ("of_filter", "of_feeder", "conclusion", "refused"),
    [
        ("supported", "refuted", concluded(RootCause.CONFIRMED, FILTER), None),
        ("supported", "refuted", concluded(RootCause.MOST_PROBABLE, FILTER), None),
        ("supported", "not determined", concluded(RootCause.MOST_PROBABLE, FILTER), None),
        ("supported", "supported", concluded(RootCause.MOST_PROBABLE, FILTER), None),
        ("supported", "supported", concluded(RootCause.CONFIRMED, FILTER, FEEDER), None),
        ("not determined", "refuted", concluded(RootCause.NOT_DETERMINED), None),
        ("refuted", "refuted", concluded(RootCause.NOT_DETERMINED), None),
        ("supported", "not determined", concluded(RootCause.CONFIRMED, FILTER), "the others"),
        ("supported", "supported", concluded(RootCause.CONFIRMED, FILTER), "the others"),
        ("refuted", "supported", concluded(RootCause.CONFIRMED, FILTER), "not supported"),
        ("refuted", "refuted", concluded(RootCause.MOST_PROBABLE, FILTER), "not supported"),
        ("not determined", "refuted", concluded(RootCause.MOST_PROBABLE, FILTER), "not supported"),
        ("supported", "refuted", concluded(RootCause.CONFIRMED, FILTER, "x"), "not supported"),
        ("supported", "refuted", concluded(RootCause.CONFIRMED), "names its hypotheses"),
        ("supported", "refuted", concluded(RootCause.MOST_PROBABLE), "names its hypotheses"),
        ("supported", "refuted", concluded(RootCause.NOT_DETERMINED, FILTER), "names none"),
    ],
)
def test_a_conclusion_is_borne_by_the_verdicts(
    of_filter: str, of_feeder: str, conclusion: Act, refused: str | None
) -> None:
    story = Story(walked(until=DispositionDecided))
    story.do(judged(FILTER, Verdict(of_filter)), judged(FEEDER, Verdict(of_feeder)))
    said = story.refusal(conclusion)
    assert said is None if refused is None else refused in (said or "")


@pytest.mark.requirement("CAS-007", "CAS-005")
def test_what_was_withdrawn_is_neither_a_cause_nor_a_rival() -> None:
    story = Story(walked(until=DispositionDecided))
    story.do(raised("sabotage"), judged("sabotage", Verdict.SUPPORTED))
    assert story.refusal(CONCLUDED) == (
        "A cause is confirmed only when the others are refuted: sabotage."
    )
    story.withdraw(raised("sabotage"))
    named = concluded(RootCause.MOST_PROBABLE, "sabotage")
    assert story.refusal(named) == 'The cause "sabotage" is not supported by its verdict.'
    story.do(CONCLUDED)


@pytest.mark.requirement("CAS-009")
def test_no_report_before_every_finding_is_judged() -> None:
    story = told([act for act in WALK[: WALK.index(ISSUED)] if act != FINDING])
    refused = "Findings on data quality wait for a judgement: 1; accept or dismiss them."
    assert story.refusal(ISSUED) == refused
    story.do(FINDING)
    assert story.refusal(ISSUED) is None


@pytest.mark.requirement("CAS-122")
def test_no_report_before_every_clock_is_judged() -> None:
    story = told([act for act in WALK[: WALK.index(ISSUED)] if act != CLOCK])
    assert story.refusal(ISSUED) == "A judgement is missing on the clock of batch_record.xml."
    story.do(clock("batch_record.xml", ClockBasis.SET))
    assert "stale" in (story.refusal(ISSUED) or "")
    story.do(CLOCK, *WALK[WALK.index(REPLAYED) : WALK.index(ISSUED)], ISSUED)


@pytest.mark.requirement("CAS-009")
def test_no_report_before_the_containment_is_recorded() -> None:
    story = told([act for act in WALK[: WALK.index(ISSUED)] if act != CONTAINED])
    refused = "The containment is not recorded; record what was done at once."
    assert story.refusal(ISSUED) == refused
    story.do(CONTAINED, ISSUED)


@pytest.mark.requirement("CAS-009")
def test_no_report_before_the_conclusion() -> None:
    story = Story(walked(until=DispositionDecided))
    assert story.refusal(ISSUED) == "There is no conclusion yet; state it first."


@pytest.mark.requirement("CAS-009")
@pytest.mark.parametrize("change", [JUDGED[0], DECIDED[0], SCOPED], ids=lambda act: act.WORD)
def test_no_report_on_a_stale_conclusion(change: Act) -> None:
    story = Story(walked(until=ACTION))
    story.do(change)
    assert story.refusal(ISSUED) == (
        "The conclusion is stale: something it rests on has changed; state it again."
    )
    story.do(CONCLUDED, ISSUED)


@pytest.mark.requirement("CAS-009")
@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (raised("sabotage"), "A verdict is missing for sabotage."),
        (RELATED, "The scope is stale: something it rests on has changed; complete it again."),
        (ranked(2), "The impact is stale: something it rests on has changed; follow the material"),
        (followed(2, "D1"), "A decision is missing for D1."),
    ],
    ids=lambda value: value.WORD if isinstance(value, Act) else "",
)
def test_no_report_while_something_is_open_and_the_first_open_thing_is_named(
    change: Act, refused: str
) -> None:
    story = Story(walked(until=ACTION))
    story.do(change)
    assert (story.refusal(ISSUED) or "").startswith(refused)


@pytest.mark.requirement("CAS-173")
def test_no_report_on_remedies_that_an_impact_overtook() -> None:
    story = Story(walked(until=ACTION))
    story.do(REMEDIED)
    assert story.refusal(ISSUED) is None
    story.do(followed(2, *DRUMS), *DECIDED, CONCLUDED)
    assert story.refusal(ISSUED) == (
        "The remedies are stale: the impact has changed; simulate them again or withdraw them."
    )
    story.do(replace(REMEDIED, recipe=digest("again")))
    assert story.refusal(ISSUED) is None


@pytest.mark.requirement("CAS-009")
def test_no_report_on_a_cause_whose_hypothesis_was_withdrawn() -> None:
    story = Story(walked(until=ACTION))
    story.withdraw(RAISED[0])
    assert "conclusion is stale" in (story.refusal(ISSUED) or "")
    assert "not supported" in (story.refusal(CONCLUDED) or "")


@pytest.mark.requirement("CAS-009")
def test_an_action_is_needed_unless_the_deviation_is_minor() -> None:
    story = Story(walked(until=CONCLUDED))
    for grade in (Classification.MAJOR, Classification.CRITICAL):
        story.do(replace(RECLASSIFIED, classification=grade))
        refused = f"A {grade} deviation needs at least one action; propose it."
        assert story.refusal(ISSUED) == refused
    story.do(replace(RECLASSIFIED, classification=Classification.MINOR), ISSUED)


@pytest.mark.requirement("CAS-010")
def test_no_signature_before_the_report() -> None:
    story = Story(walked(until=ACTION))
    assert story.refusal(AUTHORED) == "There is no report to sign; issue it first."


@pytest.mark.requirement("CAS-010")
def test_no_signature_on_a_report_that_no_longer_says_what_the_case_says() -> None:
    story = Story(walked(until=AUTHORED))
    story.do(document("DOC-2"))
    refused = "The report no longer says what the case says; issue it again."
    assert story.refusal(REVIEWED) == story.refusal(AUTHORED) == refused


@pytest.mark.requirement("CAS-010")
def test_no_signature_on_a_report_that_was_returned() -> None:
    story = Story(walked(until=AUTHORED))
    story.do(RETURNED)
    refused = "The report was returned, or the case re-opened after it; issue it again."
    assert story.refusal(REVIEWED) == story.refusal(AUTHORED) == refused
    assert story.refusal(RETURNED) == "There is no report in force that could be returned."


@pytest.mark.requirement("CAS-010")
def test_the_signature_is_on_the_report_issued_last_and_on_no_other() -> None:
    story = Story(walked(until=ISSUED))
    story.do(issued(2))
    assert story.refusal(AUTHORED) == (
        "The signature is on another report than the one issued last; read that one first."
    )
    story.do(signed(SignatureField.AUTHOR, revision=2))


@pytest.mark.requirement("CAS-010")
def test_author_reviewer_and_approver_sign_in_this_order() -> None:
    story = Story(walked(until=ISSUED))
    fields = list(SignatureField)
    for turn in fields:
        for other in set(fields) - {turn}:
            assert story.refusal(signed(other)) == (
                f"The signature of the {other} is out of turn: that of the {turn} is next."
            )
        story.do(signed(turn))
    for field in fields:
        assert story.refusal(signed(field)) == "All three signatures are given."


@pytest.mark.requirement("CAS-011")
def test_a_case_is_closed_after_all_three_signatures() -> None:
    story = Story(walked(until=ISSUED))
    for field in SignatureField:
        assert story.refusal(CLOSED) == f"The signature of the {field} is missing."
        story.do(signed(field))
    story.do(CLOSED)


@pytest.mark.requirement("CAS-011")
def test_a_signature_that_was_voided_is_missing_for_closing() -> None:
    story = Story(walked(until=APPROVED))
    story.do(ANNOTATED)
    assert story.refusal(CLOSED) == "The signature of the author is missing."


@pytest.mark.requirement("CAS-011")
def test_a_reopened_case_needs_a_new_report() -> None:
    story = Story(walked())
    story.do(REOPENED)
    assert story.refusal(CLOSED) == "The signature of the author is missing."
    assert "re-opened" in (story.refusal(AUTHORED) or "")
    story.do(issued(2), signed(SignatureField.AUTHOR, revision=2))
