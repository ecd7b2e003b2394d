"""Rules of order: what is refused and by which sentence, what is allowed, and nothing besides."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support.investigations import (
    ACTION,
    ADDED,
    ANNOTATED,
    APPROVED,
    ASKED_WHY,
    AUTHORED,
    CASE,
    CHECKED,
    CLOCK,
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    EVIDENCE,
    EXTENDED,
    FEEDER,
    FILTER,
    FINDING,
    FOLLOWED,
    HUMAN_ERROR,
    ISSUED,
    JUDGED,
    LINKED,
    MAPPED,
    OFF_THE_WALK,
    OPENED,
    PHASE_ONE,
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
    SUPPOSED,
    TABLED,
    TRIED,
    TWIN,
    VOIDED,
    WALK,
    WEIGHED,
    Story,
    admitted,
    clock,
    concluded,
    decided,
    document,
    followed,
    issued,
    judged,
    judged_finding,
    raised,
    ranked,
    recorded_as,
    replayed,
    signed,
    told,
    walked,
    withdrawn_as,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    ImpactRecorded,
    Verdict,
    VerdictGiven,
)
from investigator.domain.acts.case import Classification
from investigator.domain.acts.catalogue import ALL_ACTS
from investigator.domain.acts.closing import (
    ActionProposed,
    ConclusionStated,
    ReportIssued,
    ReportSigned,
    RootCause,
    SignatureField,
)
from investigator.domain.acts.data_review import ClockBasis
from investigator.domain.acts.evidence import Judgement
from investigator.domain.acts.scenarios import ScenarioRun
from investigator.domain.grounds import PAPERWORK, voids
from investigator.domain.impact import Proposal
from investigator.domain.investigation import Investigation, folded
from investigator.domain.rules import (
    UNDONE_NEVER,
    refusal,
    refusal_of_withdrawal,
    refusal_together,
)

# --- every act at every stage of the walk -------------------------------------------------------

STAGES: tuple[tuple[Act, ...], ...] = (
    (),
    (OPENED,),
    (CONTAINED, RELATED, SCOPED),
    (EVIDENCE, DOCUMENT, FINDING, ADDED, CLOCK, MAPPED),
    (TWIN,),
    (REPLAYED, ANNOTATED),
    (*RAISED, LINKED, CHECKED, SUPPOSED),
    (RANKED,),
    (*JUDGED,),
    (FOLLOWED,),
    (*DECIDED,),
    (CONCLUDED,),
    (ACTION,),
    (ISSUED,),
    (AUTHORED,),
    (REVIEWED,),
    (APPROVED,),
    (CLOSED,),
    (REOPENED,),
)

# One column for each stage above, from a case that is not open to one that was re-opened.
ALLOWED = {
    #                       . o sc ev  tw rp hy  rk vd im  dc cn ac  is au re ap  cl ro
    OPENED: "               + - -  -   -  -  -   -  -  -   -  -  -   -  -  -  -   -  -",
    RECLASSIFIED: "         - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    CONTAINED: "            - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    EXTENDED: "             - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    RELATED: "              - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    SCOPED: "               - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    EVIDENCE: "             - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    DOCUMENT: "             - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    FINDING: "              - - -  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    ADDED: "                - - -  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    CLOCK: "                - - -  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    MAPPED: "               - - -  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    TWIN: "                 - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    REPLAYED: "             - - -  -   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    ANNOTATED: "            - - -  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    TABLED: "               - - -  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    RAISED[0]: "            - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    ASKED_WHY: "            - - -  -   -  -  +   +  +  +   +  +  +   +  +  +  +   -  +",
    LINKED: "               - - -  -   -  -  +   +  +  +   +  +  +   +  +  +  +   -  +",
    CHECKED: "              - - -  -   -  -  +   +  +  +   +  +  +   +  +  +  +   -  +",
    WEIGHED: "              - - -  -   -  -  +   +  +  +   +  +  +   +  +  +  +   -  +",
    PHASE_ONE: "            - - -  -   -  -  +   +  +  +   +  +  +   +  +  +  +   -  +",
    HUMAN_ERROR: "          - - -  -   -  -  +   +  +  +   +  +  +   +  +  +  +   -  +",
    SUPPOSED: "             - - -  -   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    TRIED: "                - - -  -   -  -  +   +  +  +   +  +  +   +  +  +  +   -  +",
    RANKED: "               - - -  -   -  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    JUDGED[0]: "            - - -  -   -  -  -   +  +  +   +  +  +   +  +  +  +   -  +",
    FOLLOWED: "             - - -  -   -  -  -   +  +  +   +  +  +   +  +  +  +   -  +",
    REMEDIED: "             - - -  -   -  -  -   -  -  +   +  +  +   +  +  +  +   -  +",
    DECIDED[0]: "           - - -  -   -  -  -   -  -  +   +  +  +   +  +  +  +   -  +",
    CONCLUDED: "            - - -  -   -  -  -   -  -  -   +  +  +   +  +  +  +   -  +",
    ACTION: "               - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    ISSUED: "               - - -  -   -  -  -   -  -  -   -  -  +   +  +  +  +   -  +",
    AUTHORED: "             - - -  -   -  -  -   -  -  -   -  -  -   +  -  -  -   -  -",
    REVIEWED: "             - - -  -   -  -  -   -  -  -   -  -  -   -  +  -  -   -  -",
    APPROVED: "             - - -  -   -  -  -   -  -  -   -  -  -   -  -  +  -   -  -",
    RETURNED: "             - - -  -   -  -  -   -  -  -   -  -  -   +  +  +  +   -  -",
    VOIDED: "               - + +  +   +  +  +   +  +  +   +  +  +   +  +  +  +   -  +",
    CLOSED: "               - - -  -   -  -  -   -  -  -   -  -  -   -  -  -  +   -  -",
    REOPENED: "             - - -  -   -  -  -   -  -  -   -  -  -   -  -  -  -   +  -",
}

WITHDRAWN = {act for act in (*WALK, *OFF_THE_WALK) if not isinstance(act, UNDONE_NEVER)}


def at_stage(number: int) -> Story:
    return told([act for stage in STAGES[: number + 1] for act in stage])


@pytest.mark.requirement("CAS-001")
@pytest.mark.parametrize("act", ALLOWED, ids=lambda act: f"{act.WORD} {act.about()}")
def test_every_act_at_every_stage_of_the_walk(act: Act) -> None:
    found = ["-" if at_stage(n).refusal(act) else "+" for n in range(len(STAGES))]
    assert found == ALLOWED[act].split()


def test_the_table_has_every_act_and_its_stages_are_the_walk() -> None:
    assert {type(act) for act in ALLOWED} == set(ALL_ACTS)
    assert tuple(act for stage in STAGES for act in stage) == (*WALK, REOPENED)


@pytest.mark.requirement("CAS-001")
@pytest.mark.parametrize("number", range(len(STAGES)))
def test_every_refusal_is_one_sentence(number: int) -> None:
    story = at_stage(number)
    for refused in filter(None, map(story.refusal, ALLOWED)):
        assert refused[0].isupper() or refused[0] == '"'
        assert refused.endswith(".")
        assert ". " not in refused


# --- rule by rule -------------------------------------------------------------------------------


@pytest.mark.requirement("CAS-001")
def test_a_case_is_opened_once_and_first() -> None:
    story = Story()
    assert story.refusal(CONTAINED) == "There is no case DEV-1; open it first."
    story.do(OPENED)
    assert story.refusal(OPENED) == "The case DEV-1 is open already."


@pytest.mark.requirement("CAS-001")
def test_a_case_is_opened_under_its_own_number() -> None:
    refused = Story().refusal(replace(OPENED, number="DEV-2"))
    assert refused == "The deviation DEV-2 is opened as a case of its own, not as DEV-1."


@pytest.mark.requirement("CAS-001")
@pytest.mark.parametrize("act", [FINDING, ANNOTATED], ids=lambda act: act.WORD)
def test_evidence_before_what_is_said_of_it(act: Act) -> None:
    story = told([OPENED, TWIN])
    wanted = f'"{act.WORD}" comes after the evidence: admit a folder of evidence first.'
    assert story.refusal(act) == wanted
    story.do(EVIDENCE, act)


@pytest.mark.requirement("CAS-001")
def test_twin_and_evidence_before_replay_whichever_comes_first() -> None:
    only_evidence, only_twin = told([OPENED, EVIDENCE]), told([OPENED, TWIN])
    assert only_evidence.refusal(REPLAYED) == (
        "The replay comes after the choice of a twin: choose one first."
    )
    assert only_twin.refusal(REPLAYED) == (
        '"replay recorded" comes after the evidence: admit a folder of evidence first.'
    )
    only_evidence.do(TWIN, REPLAYED)
    only_twin.do(EVIDENCE, REPLAYED)


@pytest.mark.requirement("CAS-140")
def test_evidence_that_was_read_without_a_twin_has_none() -> None:
    alone = replace(EVIDENCE, without_twin=True)
    story = told([OPENED, alone])
    for act in (TWIN, MAPPED):
        assert story.refusal(act) == (
            "The evidence was read for a line that no twin is of; admit it again, read for the line"
            " of a twin."
        )
    story.do(EVIDENCE, TWIN)
    assert "read the evidence for its line, or withdraw" in (story.refusal(alone) or "")
    story.do(MAPPED, REPLAYED)


@pytest.mark.requirement("CAS-001")
@pytest.mark.parametrize(
    ("missing", "act", "refused"),
    [
        (REPLAYED, RANKED, "There is no replay yet; replay the batch first."),
        (RANKED, JUDGED[0], "There is no ranking yet; rank the hypotheses first."),
        (RANKED, FOLLOWED, "There is no ranking yet; rank the hypotheses first."),
        (FOLLOWED, DECIDED[0], "There is no impact yet; follow the material first."),
        (FOLLOWED, CONCLUDED, "There is no impact yet; follow the material first."),
    ],
    ids=lambda value: value.WORD if isinstance(value, Act) else "",
)
def test_each_result_before_what_rests_on_it(missing: Act, act: Act, refused: str) -> None:
    story = Story(walked(until=CONCLUDED))
    story.withdraw(missing)
    assert story.refusal(act) == refused


@pytest.mark.requirement("CAS-001", "CAS-002")
@pytest.mark.parametrize(
    ("change", "act", "name"),
    [
        (EVIDENCE, RANKED, "replay"),
        (TWIN, RANKED, "replay"),
        (EVIDENCE, JUDGED[0], "ranking"),
        (REPLAYED, JUDGED[0], "ranking"),
        (REPLAYED, FOLLOWED, "ranking"),
        (RANKED, DECIDED[0], "impact"),
        (TWIN, DECIDED[0], "impact"),
        (RELATED, CONCLUDED, "scope"),
        (RANKED, CONCLUDED, "impact"),
    ],
    ids=lambda value: value.WORD if isinstance(value, Act) else value,
)
def test_nothing_is_built_on_what_is_stale(change: Act, act: Act, name: str) -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(change)
    refused = story.refusal(act)
    assert refused
    assert refused.startswith(f"The {name} is stale: something it rests on has changed; ")
    assert refused.endswith(" again.")


@pytest.mark.requirement("CAS-005")
def test_a_verdict_is_on_a_hypothesis_that_was_raised() -> None:
    story = Story(walked(until=RANKED))
    rogue = judged("sabotage", Verdict.SUPPORTED)
    assert story.refusal(rogue) == 'The hypothesis "sabotage" was not raised; raise it first.'
    story.do(raised("sabotage"), rogue)


@pytest.mark.requirement("CAS-005")
def test_no_verdict_on_a_hypothesis_that_was_withdrawn() -> None:
    story = Story(walked(until=RANKED))
    story.withdraw(RAISED[0])
    assert story.refusal(JUDGED[0]) == f'The hypothesis "{FILTER}" was not raised; raise it first.'


@pytest.mark.requirement("CAS-005")
def test_a_decision_is_on_a_container_that_the_impact_names() -> None:
    story = Story(walked(until=FOLLOWED))
    refused = story.refusal(decided("D9"))
    assert refused == 'The container "D9" is not among those that the impact names.'
    story.do(followed(2, "D9"), decided("D9"))
    assert story.refusal(DECIDED[0])


@pytest.mark.requirement("CAS-121")
def test_no_replay_before_the_map_is_reviewed_where_tags_or_units_do_not_fit() -> None:
    story = told([OPENED, admitted("odd units", blocking=("F-7",)), TWIN])
    refused = (
        "Tags or units of the evidence do not fit the twin: review the tag map before the replay."
    )
    assert story.refusal(REPLAYED) == refused
    story.do(replace(MAPPED, twin_id="another line"))
    assert story.refusal(REPLAYED) == refused
    story.do(MAPPED, REPLAYED, admitted("odd units, complete", blocking=("F-7",)))
    assert story.refusal(REPLAYED) == refused


@pytest.mark.requirement("CAS-122")
def test_a_critical_finding_is_judged_on_its_own() -> None:
    story = told([OPENED, admitted("frozen", findings=3, critical=("F-1",))])
    case, minor = story.case, judged_finding("F-2", Judgement.ACCEPTED)
    refused = "The finding F-1 is critical: judge it on its own."
    assert refusal_together(case, [minor, FINDING]) == refused
    assert refusal_together(case, [FINDING]) is None
    assert refusal_together(case, [minor, judged_finding("F-3", Judgement.ACCEPTED)]) is None
    assert refusal_together(folded(CASE), [OPENED, CONTAINED]) is None


@pytest.mark.requirement("CAS-122")
def test_a_finding_that_a_person_added_is_withdrawn_not_judged() -> None:
    story = told([OPENED, EVIDENCE, ADDED])
    assert story.refusal(judged_finding("F-9", Judgement.DISMISSED)) == (
        "The finding F-9 was added by a person: withdraw it instead."
    )
    story.withdraw(ADDED)
    assert story.refusal(judged_finding("F-9", Judgement.DISMISSED)) is None


@pytest.mark.requirement("CAS-123")
def test_a_document_is_linked_to_a_hypothesis_where_both_stand() -> None:
    story = told([OPENED, RAISED[0]])
    assert story.refusal(LINKED) == "There is no document DOC-1 in the case; admit it first."
    story.do(DOCUMENT, LINKED)
    story.withdraw(RAISED[0])
    assert story.refusal(LINKED) == f'The hypothesis "{FILTER}" was not raised; raise it first.'


@pytest.mark.requirement("CAS-173")
@pytest.mark.parametrize(("asked", "taken"), [(0, False), (1, True), (999, True), (1000, False)])
def test_remedies_are_judged_by_a_probability(asked: int, taken: bool) -> None:
    refused = Story(walked(until=FOLLOWED)).refusal(replace(REMEDIED, asked_per_mille=asked))
    assert (refused is None) == taken


@pytest.mark.requirement("CAS-173")
def test_remedies_rest_on_the_impact_and_void_signatures() -> None:
    story = Story(walked(until=FOLLOWED))
    recorded = story.do(REMEDIED)
    assert story.case.remedies == recorded
    story.do(RANKED)
    assert story.case.is_stale(recorded)
    assert (story.refusal(REMEDIED) or "").startswith("The impact is stale")
    assert voids(type(REMEDIED))


@pytest.mark.requirement("CAS-011")
def test_only_reopening_follows_on_closing() -> None:
    story = Story(walked())
    for act in ALLOWED:
        if act not in (REOPENED, OPENED):
            refused = "The case DEV-1 is closed; re-open it first, with a reason."
            assert story.refusal(act) == refused
    story.do(REOPENED)
    assert story.refusal(REOPENED) == "The case DEV-1 is not closed."
    story.do(DOCUMENT)


# --- withdrawing --------------------------------------------------------------------------------


@pytest.mark.requirement("CAS-004")
@pytest.mark.parametrize("act", (*WALK, *OFF_THE_WALK), ids=lambda a: f"{a.WORD} {a.about()}")
def test_content_is_withdrawn_and_paperwork_is_not(act: Act) -> None:
    case = walked(until=APPROVED)
    refused = refusal_of_withdrawal(case, recorded_as(act, 99))
    content = act is not OPENED and not isinstance(act, (*PAPERWORK, ScenarioRun))
    assert (refused is None) == content
    if not content:
        assert refused == f'"{act.WORD}" is not withdrawn; a newer act takes its place.'


@pytest.mark.requirement("CAS-004", "CAS-011")
def test_nothing_is_withdrawn_from_a_closed_case() -> None:
    case = walked()
    for r in case.history:
        refused = "The case DEV-1 is closed; re-open it first, with a reason."
        assert refusal_of_withdrawal(case, r) == refused


# --- any order at all ---------------------------------------------------------------------------

CONCLUSIONS = (
    CONCLUDED,
    concluded(RootCause.MOST_PROBABLE, FILTER),
    concluded(RootCause.CONFIRMED, FEEDER),
    concluded(RootCause.CONFIRMED, FILTER, "sabotage"),
    concluded(RootCause.NOT_DETERMINED),
)

ANY_ACT: tuple[Act, ...] = (
    *WALK,
    *OFF_THE_WALK,
    replace(RECLASSIFIED, classification=Classification.MINOR),
    admitted("other"),
    document("DOC-2"),
    judged_finding("F-1", Judgement.DISMISSED),
    clock("batch_record.xml", ClockBasis.SET),
    replayed(2),
    ranked(2),
    raised("sabotage"),
    raised(FEEDER, "said anew"),
    *(judged(cause, v) for cause in (FILTER, FEEDER, "sabotage") for v in Verdict),
    followed(2, "D1", "D4"),
    followed(3),
    decided("D4", Proposal.REJECT),
    decided("D1", Proposal.SORT),
    *CONCLUSIONS,
    issued(2),
    *(signed(field, revision=2) for field in SignatureField),
)


class AnyOrder(RuleBasedStateMachine):
    """People try anything at any time; what is not refused is recorded.

    The invariants are read off the bare list of what happened, not off the fold.
    """

    def __init__(self) -> None:
        super().__init__()
        self.case = folded(CASE)
        self.happened: list[tuple[str, Act]] = []

    @initialize(until=st.sampled_from((OPENED, RANKED, CONCLUDED, ISSUED, APPROVED, CLOSED)))
    def begin_somewhere_on_the_walk(self, until: Act) -> None:
        for act in [r.act for r in walked(until=until).history]:
            self.try_to(act)

    @rule(act=st.sampled_from(ANY_ACT))
    def try_to(self, act: Act) -> None:
        if refusal(self.case, act) is None:
            self.case = self.case.after(recorded_as(act, len(self.happened)))
            self.happened.append(("did", act))

    @rule(act=st.sampled_from((RETURNED, VOIDED, CLOSED, REOPENED)))
    def push_paper(self, act: Act) -> None:
        self.try_to(act)

    @rule(forgotten=st.sets(st.sampled_from(ALL_ACTS), max_size=2))
    def make_good_what_is_missing_or_stale(self, forgotten: set[type[Act]]) -> None:
        for act in WALK[: WALK.index(CONCLUDED)]:
            known = self.case.standing(type(act), act.about())
            if type(act) not in forgotten and (known is None or self.case.is_stale(known)):
                self.try_to(act)

    @rule(conclusion=st.sampled_from(CONCLUSIONS), acts=st.booleans())
    def conclude(self, conclusion: Act, acts: bool) -> None:
        self.try_to(conclusion)
        if acts:
            self.try_to(ACTION)

    @rule(revision=st.integers(1, 2), signatures=st.integers(0, 3), closes=st.booleans())
    def issue_and_sign(self, revision: int, signatures: int, closes: bool) -> None:
        self.try_to(issued(revision))
        for field in list(SignatureField)[:signatures]:
            self.try_to(signed(field, revision=revision))
        if closes:
            self.try_to(CLOSED)

    @precondition(lambda self: self.case.history)
    @rule(which=st.integers(0, 999))
    def try_to_withdraw(self, which: int) -> None:
        gone = self.case.history[which % len(self.case.history)]
        if refusal_of_withdrawal(self.case, gone) is None:
            self.case = self.case.without(withdrawn_as(gone, len(self.happened)))
            self.happened.append(("withdrew", gone.act))

    @invariant()
    def signatures_in_force_are_on_the_latest_report_and_nothing_changed_since(self) -> None:
        signatures = [r.act for r in self.case.signatures]
        assert [s.field for s in signatures] == list(SignatureField)[: len(signatures)]
        if signatures:
            report, since = self.report_and_what_followed()
            assert all(how == "did" and isinstance(act, PAPERWORK) for how, act in since)
            assert not {RETURNED, REOPENED} & {act for _, act in since}
            assert signatures == given_in(act for _, act in since)
            assert {s.issued for s in signatures} == {report.pdf}

    def report_and_what_followed(self) -> tuple[ReportIssued, list[tuple[str, Act]]]:
        place = max(n for n, (_, act) in enumerate(self.happened) if isinstance(act, ReportIssued))
        report = self.happened[place][1]
        assert isinstance(report, ReportIssued)
        return report, self.happened[place + 1 :]

    @invariant()
    def closed_means_signed_by_all_three_and_nothing_after(self) -> None:
        if self.case.closed:
            assert self.happened[-1] == ("did", CLOSED)
            assert len(self.case.signatures) == len(SignatureField)

    @invariant()
    def a_report_in_force_rests_on_a_finished_investigation(self) -> None:
        if self.case.report_in_force:
            assert_finished(self.case)

    @invariant()
    def a_current_conclusion_is_borne_by_current_verdicts(self) -> None:
        conclusion = self.case.conclusion
        if conclusion is None or self.case.is_stale(conclusion):
            return
        verdicts = latest_verdicts(self.case)
        causes = conclusion.act.causes
        assert all(verdicts[cause] is Verdict.SUPPORTED for cause in causes)
        if conclusion.act.root_cause is RootCause.CONFIRMED:
            rivals = {c: v for c, v in verdicts.items() if c not in causes}
            assert set(rivals.values()) <= {Verdict.REFUTED}
            assert causes

    @invariant()
    def the_fold_is_the_history(self) -> None:
        again = folded(CASE, self.case.history, self.case.withdrawals)
        assert again == self.case
        assert again.signatures == self.case.signatures
        assert again.closed == self.case.closed


def given_in(acts: Iterable[Act]) -> list[ReportSigned]:
    """Signatures among these acts, those voided left out."""
    given: list[ReportSigned] = []
    for act in acts:
        if isinstance(act, ReportSigned):
            given.append(act)
        elif act == VOIDED:
            given = []
    return given


def latest_verdicts(case: Investigation) -> dict[str, Verdict]:
    """Of the hypotheses that stand; each given after the last ranking and after its hypothesis."""
    order = [(r.sequence, r.act) for r in case.history]
    hypotheses = {a.cause: n for n, a in order if isinstance(a, HypothesisRaised)}
    ranking = max(n for n, a in order if type(a) is type(RANKED))
    given = {a.cause: (n, a.verdict) for n, a in order if isinstance(a, VerdictGiven)}
    assert set(hypotheses) <= set(given)
    assert all(given[cause][0] > max(n, ranking) for cause, n in hypotheses.items())
    return {cause: given[cause][1] for cause in hypotheses}


def assert_finished(case: Investigation) -> None:
    order = [(r.sequence, r.act) for r in case.history]
    kinds = {type(act) for _, act in order}
    assert {type(CONTAINED), type(SCOPED), type(EVIDENCE), type(TWIN), ConclusionStated} <= kinds
    impact_at, impact = next((n, a) for n, a in reversed(order) if isinstance(a, ImpactRecorded))
    decisions = {a.container_id: n for n, a in order if isinstance(a, DispositionDecided)}
    assert all(decisions[name] > impact_at for name in impact.containers)
    assert case.grade is Classification.MINOR or ActionProposed in kinds
    assert latest_verdicts(case)
    assert case.conclusion
    assert not case.is_stale(case.conclusion)


@pytest.mark.requirement("CAS-001", "CAS-002", "CAS-007", "CAS-009", "CAS-010", "CAS-011")
class TestAnyOrder(AnyOrder.TestCase):
    """Any sequence of acts, filtered by the rules, keeps to the invariants."""

    settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
