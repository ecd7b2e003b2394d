"""An investigation as the fold of its acts: replacing, withdrawing, staleness, signatures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.investigations import (
    ACTION,
    ADDED,
    ANNOTATED,
    APPROVED,
    AUTHORED,
    CASE,
    CAUSES,
    CHECKED,
    CLOCK,
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    DRUMS,
    EVIDENCE,
    EXTENDED,
    FEEDER,
    FILTER,
    FINDING,
    FOLLOWED,
    ISSUED,
    JUDGED,
    LINKED,
    MAPPED,
    OFF_THE_WALK,
    OPENED,
    RAISED,
    RANKED,
    RECLASSIFIED,
    RELATED,
    REOPENED,
    REPLAYED,
    RETURNED,
    REVIEWED,
    SCOPED,
    SUPPOSED,
    TWIN,
    VOIDED,
    WALK,
    Story,
    admitted,
    clock,
    concluded,
    decided,
    document,
    doubted,
    followed,
    issued,
    judged,
    judged_finding,
    mapped,
    raised,
    ranked,
    recorded_as,
    replayed,
    signed,
    told,
    walked,
    withdrawn_as,
)
from support.large_cases import five_thousand_acts, large_case

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    Verdict,
    VerdictGiven,
)
from investigator.domain.acts.catalogue import ALL_ACTS
from investigator.domain.acts.closing import ReportSigned, RootCause, SignatureField
from investigator.domain.acts.data_review import ClockBasis
from investigator.domain.acts.evidence import Judgement
from investigator.domain.doubt import Treatment
from investigator.domain.grounds import PAPERWORK, RESTS_ON
from investigator.domain.impact import Proposal
from investigator.domain.investigation import Investigation, folded
from investigator.domain.progress import Mark, Step, progress

PERSONS_WORK = (
    SCOPED,
    FINDING,
    ADDED,
    CLOCK,
    MAPPED,
    CHECKED,
    REPLAYED,
    RANKED,
    *JUDGED,
    FOLLOWED,
    *DECIDED,
    CONCLUDED,
    ISSUED,
)
"""Everything on the walk that can be stale, from left to right."""

RIGHT_OF: dict[Act, tuple[Act, ...]] = {
    RELATED: (SCOPED, CONCLUDED, ISSUED),
    SCOPED: (CONCLUDED, ISSUED),
    EVIDENCE: tuple(act for act in PERSONS_WORK if act not in (SCOPED, CHECKED)),
    FINDING: (ISSUED,),
    ADDED: (REPLAYED, RANKED, *JUDGED, FOLLOWED, *DECIDED, CONCLUDED, ISSUED),
    CLOCK: (ISSUED,),
    MAPPED: (ISSUED,),
    TWIN: (REPLAYED, RANKED, *JUDGED, FOLLOWED, *DECIDED, CONCLUDED, ISSUED),
    REPLAYED: (RANKED, *JUDGED, FOLLOWED, *DECIDED, CONCLUDED, ISSUED),
    RANKED: (*JUDGED, FOLLOWED, *DECIDED, CONCLUDED, ISSUED),
    RAISED[0]: (CHECKED, JUDGED[0], CONCLUDED, ISSUED),
    RAISED[1]: (JUDGED[1], CONCLUDED, ISSUED),
    JUDGED[0]: (CONCLUDED, ISSUED),
    JUDGED[1]: (CONCLUDED, ISSUED),
    FOLLOWED: (*DECIDED, CONCLUDED, ISSUED),
    DECIDED[0]: (CONCLUDED, ISSUED),
    DECIDED[1]: (CONCLUDED, ISSUED),
    DECIDED[2]: (CONCLUDED, ISSUED),
    CONCLUDED: (ISSUED,),
    CONTAINED: (ISSUED,),
    DOCUMENT: (ISSUED,),
    LINKED: (ISSUED,),
    CHECKED: (CONCLUDED, ISSUED),
    SUPPOSED: (ISSUED,),
    ANNOTATED: (ISSUED,),
    ACTION: (ISSUED,),
}
"""What rests on each act of content, written out: the straight line from evidence to report."""


def stale_in(story: Story) -> set[Act]:
    counting = {r.act for r in story.case.history}
    return {act for act in PERSONS_WORK if act in counting and story.is_stale(act)}


def signed_walk() -> Story:
    return Story(walked(until=APPROVED))


# --- what stands --------------------------------------------------------------------------------


@pytest.mark.requirement("CAS-003")
def test_a_later_act_on_the_same_thing_takes_the_place_of_the_earlier_one() -> None:
    story = Story(walked(until=RANKED))
    story.do(judged(FILTER, Verdict.REFUTED), judged(FEEDER, Verdict.REFUTED))
    later = story.do(judged(FILTER, Verdict.SUPPORTED))
    assert story.case.verdicts[FILTER] == later
    assert story.case.verdicts[FEEDER].act.verdict is Verdict.REFUTED
    assert [r.act.verdict for r in story.case.history if r.act.about() == later.act.about()] == [
        Verdict.REFUTED,
        Verdict.SUPPORTED,
    ]


def test_the_walk_is_told_back_by_what_stands_in_it() -> None:
    case = walked()
    assert case.opened.act == OPENED
    assert case.containment and case.containment.act == CONTAINED
    assert [r.act for r in case.related_batches] == [RELATED]
    assert case.scope and case.scope.act == SCOPED
    assert case.evidence and case.evidence.act == EVIDENCE
    assert [r.act for r in case.documents] == [DOCUMENT]
    assert [r.act for r in case.judged_findings.values()] == [FINDING]
    assert [r.act for r in case.added_findings] == [ADDED]
    assert [r.act for r in case.clocks.values()] == [CLOCK]
    assert case.tag_map and case.tag_map.act == MAPPED
    assert [r.act for r in case.document_links] == [LINKED]
    assert [r.act for r in case.annotations] == [ANNOTATED]
    assert case.twin and case.twin.act == TWIN
    assert case.replay and case.replay.act == REPLAYED
    assert [r.act for r in case.hypotheses] == list(RAISED)
    assert case.ranking and case.ranking.act == RANKED
    assert [r.act for r in case.verdicts.values()] == list(JUDGED)
    assert case.impact and case.impact.act == FOLLOWED
    assert case.containers == DRUMS
    assert [r.act for r in case.dispositions.values()] == list(DECIDED)
    assert case.conclusion and case.conclusion.act == CONCLUDED
    assert [r.act for r in case.actions] == [ACTION]
    assert case.report and case.report.act == ISSUED
    assert [r.act for r in case.signatures] == [AUTHORED, REVIEWED, APPROVED]
    assert case.closed


def test_grade_and_due_date_are_those_said_last() -> None:
    story = told([OPENED])
    assert (story.case.grade, story.case.due.act.due) == (OPENED.classification, OPENED.due)
    story.do(RECLASSIFIED, EXTENDED)
    assert story.case.grade is RECLASSIFIED.classification
    assert story.case.classification.act == RECLASSIFIED
    assert story.case.due.act.due == EXTENDED.due
    story.withdraw(RECLASSIFIED)
    story.withdraw(EXTENDED)
    assert (story.case.grade, story.case.due.act.due) == (OPENED.classification, OPENED.due)


def test_a_case_that_never_was_opened_says_so() -> None:
    case = folded(CASE)
    assert not case.exists
    assert not case.closed
    assert case.content_changed == case.touched() == -1
    assert (case.report, case.signatures, case.containers) == (None, (), ())
    with pytest.raises(LookupError, match=CASE):
        _ = case.opened


# --- withdrawing --------------------------------------------------------------------------------


@pytest.mark.requirement("CAS-004")
def test_a_withdrawal_brings_the_earlier_act_back_and_is_kept() -> None:
    story = Story(walked(until=EVIDENCE))
    first = story.entry(EVIDENCE)
    story.do(admitted("the wrong folder"))
    withdrawal = story.withdraw(admitted("the wrong folder"))
    assert story.case.evidence == first
    assert story.case.withdrawals == (withdrawal,)
    assert withdrawal.withdrawn not in story.case.history


@pytest.mark.requirement("CAS-004")
def test_what_was_withdrawn_without_an_earlier_act_is_no_more() -> None:
    story = Story(walked(until=FINDING))
    for act in (FINDING, DOCUMENT, EVIDENCE, SCOPED, RELATED, CONTAINED):
        story.withdraw(act)
    case = story.case
    assert (case.evidence, case.scope, case.containment) == (None, None, None)
    assert (case.documents, case.related_batches, dict(case.judged_findings)) == ((), (), {})


@pytest.mark.requirement("CAS-004")
def test_withdrawing_what_was_replaced_long_ago_leaves_the_later_act_in_place() -> None:
    story = Story(walked(until=RANKED))
    story.do(judged(FILTER, Verdict.REFUTED), judged(FILTER, Verdict.SUPPORTED))
    story.withdraw(judged(FILTER, Verdict.REFUTED))
    assert story.case.verdicts[FILTER].act.verdict is Verdict.SUPPORTED


@pytest.mark.requirement("CAS-004")
def test_a_withdrawal_counts_as_a_change_even_if_it_brings_the_same_back() -> None:
    story = Story(walked(until=REPLAYED))
    story.do(admitted("the wrong folder"))
    story.withdraw(admitted("the wrong folder"))
    assert story.is_stale(REPLAYED)
    story.do(replayed(2))
    assert not story.is_stale(replayed(2))


# --- staleness ----------------------------------------------------------------------------------


@pytest.mark.requirement("CAS-002")
def test_nothing_is_stale_in_a_case_that_was_walked_straight() -> None:
    for act in WALK:
        assert stale_in(Story(walked(until=act))) == set()


def test_the_line_is_written_out_for_every_act_of_content() -> None:
    content = {act for act in WALK if not isinstance(act, PAPERWORK)}
    assert set(RIGHT_OF) == content - {OPENED}


@pytest.mark.requirement("CAS-002", "CAS-004")
@pytest.mark.parametrize("left", RIGHT_OF, ids=lambda act: f"{act.WORD} {act.about()}")
def test_withdrawing_makes_stale_what_lies_to_the_right_and_nothing_else(left: Act) -> None:
    story = signed_walk()
    story.withdraw(left)
    assert stale_in(story) == set(RIGHT_OF[left])
    assert story.case.conclusion is None or left is not CONCLUDED


@pytest.mark.requirement("CAS-002", "CAS-003")
@pytest.mark.parametrize("left", RIGHT_OF, ids=lambda act: f"{act.WORD} {act.about()}")
def test_doing_it_again_makes_the_same_stale(left: Act) -> None:
    story = signed_walk()
    story.unchecked(left)
    assert stale_in(story) - {left} == set(RIGHT_OF[left]) - {left}
    assert story.case.last(type(left)) == story.entry(left)


DATA = (
    judged_finding("F-1", Judgement.DISMISSED),
    doubted("F-8"),
    clock("batch_record.xml", ClockBasis.SET),
    mapped(packaged=False),
)
"""Decisions by which the analyses see other data."""

NO_DATA = (
    judged_finding("F-1", Judgement.ACCEPTED),
    doubted("F-8", Treatment.IGNORE),
    clock("batch_record.xml"),
    mapped(),
)
"""Their like by which they see the same."""


@pytest.mark.requirement("CAS-120")
@pytest.mark.parametrize("change", DATA, ids=lambda act: act.WORD)
def test_a_decision_that_changes_the_data_makes_the_replay_stale(change: Act) -> None:
    story = Story(walked(until=CONCLUDED))
    entry = story.do(change)
    assert story.is_stale(REPLAYED)
    assert story.is_stale(CONCLUDED)
    assert story.case.data_changed == entry.sequence
    story.do(replayed(2))
    withdrawal = story.withdraw(change)
    assert story.is_stale(replayed(2))
    assert story.case.data_changed == withdrawal.sequence


@pytest.mark.requirement("CAS-120")
@pytest.mark.parametrize("change", NO_DATA, ids=lambda act: act.WORD)
def test_a_decision_that_changes_nothing_makes_nothing_stale(change: Act) -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(change)
    story.withdraw(change)
    assert not story.is_stale(REPLAYED)
    assert not story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-120")
@pytest.mark.parametrize(("change", "back"), list(zip(DATA, NO_DATA, strict=True)))
def test_going_back_to_what_was_estimated_changes_the_data_again(change: Act, back: Act) -> None:
    story = Story(walked(until=REPLAYED))
    story.do(change, replayed(2))
    story.do(back)
    assert story.is_stale(replayed(2))


@pytest.mark.requirement("CAS-120")
def test_what_was_decided_about_other_evidence_is_stale_and_undone_without_effect() -> None:
    story = Story(walked(until=EVIDENCE))
    story.do(*DATA, admitted("the rest"))
    for act in DATA:
        assert story.is_stale(act)
    story.do(TWIN, REPLAYED, *NO_DATA)
    assert not story.is_stale(REPLAYED)


@pytest.mark.requirement("CAS-123")
def test_a_link_counts_while_its_document_and_its_hypothesis_stand() -> None:
    for gone in (DOCUMENT, RAISED[0]):
        story = Story(walked(until=LINKED))
        story.withdraw(gone)
        assert story.case.document_links == ()


@pytest.mark.requirement("CAS-002")
def test_what_is_stale_is_not_deleted() -> None:
    story = signed_walk()
    before = story.case
    story.do(admitted("more"))
    assert story.case.history[:-1] == before.history
    assert story.case.conclusion == before.conclusion
    assert story.case.verdicts == before.verdicts
    assert story.case.dispositions == before.dispositions


@pytest.mark.requirement("CAS-002")
def test_the_conclusion_is_stale_after_any_verdict_not_only_the_last() -> None:
    for cause in CAUSES:
        story = Story(walked(until=CONCLUDED))
        story.do(judged(cause, Verdict.NOT_DETERMINED))
        assert story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-002")
def test_the_conclusion_is_stale_after_any_decision_not_only_the_last() -> None:
    for drum in DRUMS:
        story = Story(walked(until=CONCLUDED))
        story.do(decided(drum, Proposal.REJECT))
        assert story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-002")
def test_one_stale_verdict_among_newer_ones_makes_the_conclusion_stale() -> None:
    """Forced past the rules: the fold is right on its own."""
    story = Story(walked(until=CONCLUDED))
    for act in (ranked(2), judged(FEEDER, Verdict.REFUTED), followed(2, *DRUMS), *DECIDED):
        story.unchecked(act)
    story.unchecked(CONCLUDED)
    assert story.case.is_stale(story.case.verdicts[FILTER])
    assert not story.case.is_stale(story.case.verdicts[FEEDER])
    assert story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-002")
def test_one_stale_decision_among_newer_ones_makes_the_conclusion_stale() -> None:
    story = Story(walked(until=CONCLUDED))
    for act in (followed(2, *DRUMS), *DECIDED[1:], CONCLUDED):
        story.unchecked(act)
    assert story.case.is_stale(story.case.dispositions[DRUMS[0]])
    assert story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-002")
def test_a_verdict_given_before_the_latest_ranking_is_stale_until_given_again() -> None:
    story = Story(walked(until=VerdictGiven))
    story.do(ranked(2))
    assert {act for act in JUDGED if story.is_stale(act)} == set(JUDGED)
    story.do(JUDGED[0])
    assert {act for act in JUDGED if story.is_stale(act)} == {JUDGED[1]}


@pytest.mark.requirement("CAS-002")
def test_a_hypothesis_raised_after_the_conclusion_makes_it_stale() -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(raised("hopper_empty"))
    assert stale_in(story) == {CONCLUDED}


@pytest.mark.requirement("CAS-002")
def test_a_hypothesis_said_anew_is_to_be_judged_anew_and_the_others_are_not() -> None:
    story = Story(walked(until=VerdictGiven))
    story.do(raised(FEEDER, "the motor, not the screw"))
    assert stale_in(story) == {JUDGED[1]}


@pytest.mark.requirement("CAS-002", "CAS-004")
def test_a_verdict_does_not_outlive_its_hypothesis() -> None:
    story = Story(walked(until=CONCLUDED))
    story.withdraw(RAISED[1])
    assert list(story.case.verdicts) == [FILTER]
    story.do(RAISED[1])
    assert story.case.is_stale(story.case.verdicts[FEEDER])


@pytest.mark.requirement("CAS-002", "CAS-005")
def test_the_stale_verdict_on_a_withdrawn_hypothesis_does_not_touch_a_later_conclusion() -> None:
    story = Story(walked(until=DispositionDecided))
    story.do(raised("sabotage"), judged("sabotage", Verdict.SUPPORTED))
    story.withdraw(raised("sabotage"))
    story.do(CONCLUDED)
    assert story.is_stale(judged("sabotage", Verdict.SUPPORTED))
    assert not story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-002")
def test_decisions_on_containers_that_the_impact_no_longer_names_do_not_count() -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(followed(2, DRUMS[0]), decided(DRUMS[0]), CONCLUDED)
    assert list(story.case.dispositions) == [DRUMS[0]]
    assert not story.is_stale(CONCLUDED)


@pytest.mark.requirement("CAS-002")
def test_an_impact_without_containers_can_be_concluded_after_one_with() -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(followed(2), CONCLUDED)
    assert not story.is_stale(CONCLUDED)
    story.do(ACTION, ISSUED)


@pytest.mark.requirement("CAS-002")
def test_another_batch_after_the_scope_was_completed_makes_it_stale() -> None:
    story = Story(walked(until=SCOPED))
    story.do(RELATED)
    assert story.is_stale(SCOPED)
    story.do(SCOPED)
    assert not story.is_stale(SCOPED)


@pytest.mark.requirement("CAS-002")
def test_everything_is_current_again_once_the_line_is_walked_again() -> None:
    story = signed_walk()
    story.do(admitted("B-100 export, complete"))
    assert stale_in(story) == set(RIGHT_OF[EVIDENCE])
    story.do(FINDING, ADDED, CLOCK, MAPPED)
    story.do(replayed(2), ranked(2), *JUDGED, followed(2, *DRUMS), *DECIDED, CONCLUDED)
    story.do(issued(2))
    case = story.case
    results = (case.replay, case.ranking, case.impact, case.conclusion, case.report)
    judgements = (*case.verdicts.values(), *case.dispositions.values())
    assert not any(r is None or case.is_stale(r) for r in (*results, *judgements))


def test_a_thing_rests_only_on_things_before_it_in_the_walk() -> None:
    order = {kind: place for place, kind in enumerate(ALL_ACTS)}
    for kind, grounds in RESTS_ON.items():
        assert all(order[ground] < order[kind] for ground in grounds)


# --- report and signatures ----------------------------------------------------------------------


@pytest.mark.requirement("CAS-010")
@pytest.mark.parametrize(
    "change",
    [act for act in (*WALK, *OFF_THE_WALK) if not isinstance(act, PAPERWORK)],
    ids=lambda act: f"{act.WORD} {act.about()}",
)
def test_any_content_after_the_report_puts_it_and_its_signatures_out_of_force(change: Act) -> None:
    story = signed_walk()
    assert story.case.report_in_force
    assert not story.is_stale(ISSUED)
    story.unchecked(change)
    assert not story.case.report_in_force
    assert story.is_stale(ISSUED)
    assert story.case.signatures == ()


@pytest.mark.requirement("CAS-010")
def test_a_document_admitted_after_the_report_puts_it_out_of_force() -> None:
    story = Story(walked(until=ISSUED))
    story.do(document("DOC-2"))
    assert not story.case.report_in_force
    story.do(issued(2))
    assert story.case.report_in_force


@pytest.mark.requirement("CAS-010")
def test_signatures_come_in_their_order_and_are_all_in_force() -> None:
    story = Story(walked(until=ISSUED))
    fields = list(SignatureField)
    for number, field in enumerate(fields, start=1):
        story.do(signed(field))
        assert [r.act.field for r in story.case.signatures] == fields[:number]


@pytest.mark.requirement("CAS-010")
@pytest.mark.parametrize("voiding", [RETURNED, VOIDED, issued(2)], ids=lambda act: act.WORD)
def test_signatures_are_void_once_returned_voided_or_issued_anew(voiding: Act) -> None:
    story = signed_walk()
    story.do(voiding)
    assert story.case.signatures == ()
    assert [r.act for r in story.case.history if isinstance(r.act, ReportSigned)] == [
        AUTHORED,
        REVIEWED,
        APPROVED,
    ]


@pytest.mark.requirement("CAS-010")
def test_signatures_on_the_new_report_are_in_force_and_those_on_the_old_one_stay_void() -> None:
    story = signed_walk()
    story.do(RETURNED, issued(2))
    assert story.case.report_in_force
    story.do(signed(SignatureField.AUTHOR, revision=2))
    assert [r.act.field for r in story.case.signatures] == [SignatureField.AUTHOR]


@pytest.mark.requirement("CAS-011")
def test_paperwork_changes_nothing_of_what_the_report_says() -> None:
    story = Story(walked(until=ISSUED))
    changed = story.case.content_changed
    for act in (AUTHORED, REVIEWED, APPROVED, CLOSED, REOPENED, VOIDED, RETURNED):
        story.unchecked(act)
        assert story.case.content_changed == changed
    assert not story.is_stale(ISSUED)


@pytest.mark.requirement("CAS-011")
def test_a_closed_case_keeps_its_report_and_a_reopened_one_needs_a_new_one() -> None:
    story = Story(walked())
    assert story.case.closed
    assert len(story.case.signatures) == len(SignatureField)
    story.do(REOPENED)
    assert not story.case.closed
    assert not story.case.report_in_force
    assert story.case.signatures == ()
    story.do(issued(2), *(signed(field, revision=2) for field in SignatureField), CLOSED)
    assert story.case.closed


# --- the fold -----------------------------------------------------------------------------------

POOL: tuple[Act, ...] = (
    *WALK,
    *OFF_THE_WALK,
    admitted("other"),
    replayed(2),
    ranked(2),
    judged(FEEDER, Verdict.SUPPORTED),
    raised(FEEDER, "said anew"),
    followed(2, *DRUMS[:2]),
    followed(3),
    decided(DRUMS[1], Proposal.REJECT),
    concluded(RootCause.NOT_DETERMINED),
    issued(2),
)
STEPS = st.lists(st.tuples(st.sampled_from(POOL), st.booleans(), st.integers(0, 99)), max_size=40)


def one_by_one(steps: list[tuple[Act, bool, int]]) -> Investigation:
    """Acts in any order, in or out of order, and withdrawals of any that still count."""
    case = folded(CASE)
    for sequence, (act, withdraws, which) in enumerate(steps):
        if withdraws and case.history:
            gone = case.history[which % len(case.history)]
            case = case.without(withdrawn_as(gone, sequence))
        else:
            case = case.after(recorded_as(act, sequence))
    return case


def seen(case: Investigation) -> dict[str, object]:
    """All that a reader can ask of a case."""
    asked = {
        name: getattr(case, name)
        for name, value in vars(Investigation).items()
        if isinstance(value, property) and name not in {"opened", "classification", "grade", "due"}
    }
    standing = {kind: case.all_standing(kind) for kind in ALL_ACTS}
    return {
        **asked,
        "standing": standing,
        "touched": {kind: case.touched(kind) for kind in ALL_ACTS},
        "stale": [case.is_stale(r) for r in case.history],
        "progress": progress(case),
    }


@pytest.mark.requirement("CAS-003")
@given(STEPS)
def test_read_one_by_one_or_at_once_the_case_is_the_same(
    steps: list[tuple[Act, bool, int]],
) -> None:
    case = one_by_one(steps)
    at_once = folded(CASE, case.history, case.withdrawals)
    assert at_once == case
    assert seen(at_once) == seen(case)


@given(STEPS)
def test_what_stands_is_what_a_plain_reading_of_the_history_finds(
    steps: list[tuple[Act, bool, int]],
) -> None:
    case = one_by_one(steps)
    for kind in ALL_ACTS:
        of_kind = [r for r in case.history if type(r.act) is kind]
        plain = {r.act.about(): r for r in of_kind}
        assert case.all_standing(kind) == tuple(plain.values())
        assert case.last(kind) == (of_kind[-1] if of_kind else None)
        undone = [w.sequence for w in case.withdrawals if type(w.withdrawn.act) is kind]
        assert case.touched(kind) == max((*(r.sequence for r in of_kind), *undone), default=-1)
        for about, latest in plain.items():
            assert case.standing(kind, about) == latest


@given(STEPS)
def test_an_earlier_state_is_left_as_it_was(steps: list[tuple[Act, bool, int]]) -> None:
    case = one_by_one(steps)
    before = seen(case)
    case.after(recorded_as(ISSUED, 1000))
    if case.history:
        case.without(withdrawn_as(case.history[-1], 1000))
    assert seen(case) == before


LINE = (EVIDENCE, TWIN, REPLAYED, *RAISED, RANKED, *JUDGED, FOLLOWED, *DECIDED, CONCLUDED)


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from(LINE), st.booleans(), st.integers(0, 99)), min_size=1, max_size=20
    )
)
def test_what_is_current_rests_on_just_what_it_rested_on_when_it_was_recorded(
    steps: list[tuple[Act, bool, int]],
) -> None:
    """The straight line of digests, kept by hand: whatever differs from it must be stale."""
    case, rested = folded(CASE), {}
    for sequence, (act, withdraws, which) in enumerate([*((a, False, 0) for a in LINE), *steps]):
        if withdraws and case.history:
            gone = case.history[which % len(case.history)]
            case = case.without(withdrawn_as(gone, sequence))
        else:
            case = case.after(recorded_as(act, sequence))
            rested[sequence] = grounds(case, case.history[-1])
    for r in case.history:
        if case.standing(type(r.act), r.act.about()) == r and not case.is_stale(r):
            assert grounds(case, r) == rested[r.sequence]


def grounds(case: Investigation, recorded: Recorded[Act]) -> object:
    """The entries that an act rests on, down to the evidence."""
    kinds = RESTS_ON.get(type(recorded.act), ())
    below = [r for kind in kinds for r in case.all_standing(kind)]
    if isinstance(recorded.act, VerdictGiven):
        hypothesis = case.standing(HypothesisRaised, recorded.act.hypothesis())
        below += [hypothesis] if hypothesis else []
    return recorded.sequence, [
        grounds(case, r)
        for r in below
        if not isinstance(r.act, VerdictGiven) or r.act.cause in case.verdicts
        if not isinstance(r.act, DispositionDecided) or r.act.container_id in case.dispositions
    ]


def test_five_thousand_acts_read_one_by_one_make_the_case_of_all_at_once() -> None:
    recorded = five_thousand_acts()
    case = folded(CASE)
    for r in recorded:
        case = case.after(r)
    at_once = folded(CASE, recorded)
    assert len(case.history) > 5000
    assert at_once == case
    assert seen(at_once) == seen(case)


def test_a_large_case_has_all_its_marks() -> None:
    assert progress(large_case()) == {**dict.fromkeys(Step, Mark.DONE), Step.REPORT: Mark.STALE}
