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
    DRUMS,
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
    digest,
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
from investigator.domain.impact import Proposal
from investigator.domain.investigation import PAPERWORK, Investigation, folded, voids
from investigator.domain.rules import (
    UNDONE_NEVER,
    open_dispositions,
    open_verdicts,
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
def test_only_reopening_follows_on_closing() -> None:
    story = Story(walked())
    for act in ALLOWED:
        if act not in (REOPENED, OPENED):
            refused = "The case DEV-1 is closed; re-open it first, with a reason."
            assert story.refusal(act) == refused
    story.do(REOPENED)
    assert story.refusal(REOPENED) == "The case DEV-1 is not closed."
    story.do(DOCUMENT)


@pytest.mark.requirement("CAS-011")
def test_a_reopened_case_needs_a_new_report() -> None:
    story = Story(walked())
    story.do(REOPENED)
    assert story.refusal(CLOSED) == "The signature of the author is missing."
    assert "re-opened" in (story.refusal(AUTHORED) or "")
    story.do(issued(2), signed(SignatureField.AUTHOR, revision=2))


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
