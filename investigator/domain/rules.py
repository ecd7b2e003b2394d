"""The rules of order of an investigation.

- A case is opened once, under its own number; what is closed can only be re-opened.
- Evidence before what is said of it: findings, clocks, tags, annotations; twin and evidence before
  replay, and the tag map reviewed before it where the reading cannot go without.
- Evidence that was read without a twin has none: no twin is chosen for it, nothing mapped or
  replayed, and it takes no place beside a twin that was chosen.
- A critical finding is judged on its own, never together with other acts.
- A document is linked to a hypothesis where both stand.
- Replay before ranking; ranking before verdict and impact; impact before remedies and disposition.
- Other batches are decided on before the scope is completed: `scope_rules`.
- A verdict is on a hypothesis that was raised, a decision on a container of the impact.
- Before the conclusion: the scope completed, a verdict for every hypothesis and a decision for
  every container, none of them stale; a cause is called confirmed or most probable only where a
  hypothesis is supported, and confirmed only where every other one was refuted.
- Report after a conclusion that is not stale, with containment, with every finding on data quality
  and every clock judged, with an action where the case is not minor, and with nothing left open;
  signature after the report and on that very report; author, reviewer, approver in this order.
- The is/is-not table and the chains of whys come after the evidence: `reasoning_rules`; so do
  the results of checks, `on_site_rules`, which a confirmed cause does not go without:
  `cause_rules`.
- Closing after all three signatures.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
    TwinChosen,
    Verdict,
    VerdictGiven,
)
from investigator.domain.acts.case import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Classification,
    RelatedBatchDecided,
    ScopeCompleted,
)
from investigator.domain.acts.checks import (
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OwnCheckEntered,
)
from investigator.domain.acts.closing import (
    ConclusionStated,
    ReportIssued,
    ReportReturned,
    ReportSigned,
    RootCause,
    SignatureField,
    SignaturesVoided,
)
from investigator.domain.acts.data_review import (
    ClockJudged,
    DocumentLinked,
    FindingAdded,
    TagsMapped,
)
from investigator.domain.acts.evidence import (
    AnnotationMade,
    DocumentAdmitted,
    EvidenceAdmitted,
    FindingJudged,
)
from investigator.domain.acts.reasoning import IsIsNotStated, WhyStated
from investigator.domain.acts.scenarios import ScenarioRun, ScenarioStated
from investigator.domain.cause_rules import unfounded_confirmation
from investigator.domain.investigation import Investigation
from investigator.domain.on_site_rules import (
    before_check,
    before_human_error,
    before_own_check,
    before_phase_one,
    stale_on_site,
)
from investigator.domain.reasoning_rules import before_is_is_not, before_why, stale_reasoning
from investigator.domain.scenario_order import before_run, before_scenario
from investigator.domain.scope_rules import before_decision, before_scope, listed

UNDONE_NEVER = (
    CaseOpened,
    ReportIssued,
    ReportSigned,
    ReportReturned,
    SignaturesVoided,
    CaseClosed,
    CaseReopened,
    ScenarioRun,
)
"""Acts that are not withdrawn: a newer act takes their place or voids them, or they are part of
what the report has to tell."""


def refusal(case: Investigation, act: Act) -> str | None:
    """Why the act is out of order now, in one sentence; None if it is in order."""
    if isinstance(act, CaseOpened):
        return _before_opening(case, act)
    if not case.exists:
        return f"There is no case {case.case_id}; open it first."
    if case.closed and not isinstance(act, CaseReopened):
        return f"The case {case.case_id} is closed; re-open it first, with a reason."
    rule = _RULES.get(type(act))
    return None if rule is None else rule(case, act)


def refusal_together(case: Investigation, acts: Sequence[Act]) -> str | None:
    """Why these acts are not recorded in one go, in one sentence; None if they can be."""
    critical = frozenset(case.evidence.act.critical if case.evidence else ())
    named = [a.finding_id for a in acts if isinstance(a, FindingJudged)]
    first = next((name for name in named if name in critical), None)
    if first is None or len(acts) == 1:
        return None
    return f"The finding {first} is critical: judge it on its own."


def refusal_of_withdrawal(case: Investigation, recorded: Recorded[Act]) -> str | None:
    """Why the act cannot be withdrawn now, in one sentence; None if it can."""
    if case.closed:
        return f"The case {case.case_id} is closed; re-open it first, with a reason."
    if isinstance(recorded.act, UNDONE_NEVER):
        return f'"{recorded.act.WORD}" is not withdrawn; a newer act takes its place.'
    return None


def _before_opening(case: Investigation, act: CaseOpened) -> str | None:
    if case.exists:
        return f"The case {case.case_id} is open already."
    if act.number != case.case_id:
        return f"The deviation {act.number} is opened as a case of its own, not as {case.case_id}."
    return None


def _before_evidence(case: Investigation, act: EvidenceAdmitted) -> str | None:
    if act.without_twin and case.twin is not None:
        return (
            f"The case has the twin {case.twin.act.twin_id}: read the evidence for its line, or "
            "withdraw the choice of the twin."
        )
    return None


def _before_twin(case: Investigation, act: Act) -> str | None:
    del act
    return _without_twin(case)


def _before_map(case: Investigation, act: TagsMapped) -> str | None:
    return _needs_evidence(case, act) or _without_twin(case)


def _without_twin(case: Investigation) -> str | None:
    if case.evidence is None or not case.evidence.act.without_twin:
        return None
    return (
        "The evidence was read for a line that no twin is of; admit it again, read for the line "
        "of a twin."
    )


def _needs_evidence(case: Investigation, act: Act) -> str | None:
    if case.evidence is None:
        return f'"{act.WORD}" comes after the evidence: admit a folder of evidence first.'
    return None


def _before_judgement(case: Investigation, act: FindingJudged) -> str | None:
    if case.standing(FindingAdded, act.about()) is not None:
        return f"The finding {act.finding_id} was added by a person: withdraw it instead."
    return _needs_evidence(case, act)


def _before_replay(case: Investigation, act: ReplayRecorded) -> str | None:
    if case.twin is None:
        return "The replay comes after the choice of a twin: choose one first."
    return _needs_evidence(case, act) or _without_twin(case) or _unreviewed_map(case)


def _unreviewed_map(case: Investigation) -> str | None:
    if not mapping_due(case):
        return None
    return (
        "Tags or units of the evidence do not fit the twin: review the tag map before the replay."
    )


def mapping_due(case: Investigation) -> bool:
    """Whether the tag map must be reviewed before a replay, and was not for this twin."""
    if case.evidence is None or not case.evidence.act.blocking:
        return False
    reviewed = case.tag_map
    if reviewed is None or case.is_stale(reviewed):
        return True
    return case.twin is not None and reviewed.act.twin_id != case.twin.act.twin_id


def _before_link(case: Investigation, act: DocumentLinked) -> str | None:
    if case.standing(DocumentAdmitted, act.document()) is None:
        return f"There is no document {act.document_id} in the case; admit it first."
    if case.standing(HypothesisRaised, act.hypothesis()) is None:
        return f'The hypothesis "{act.cause}" was not raised; raise it first.'
    return None


def _before_ranking(case: Investigation, act: RankingRecorded) -> str | None:
    del act
    not_replayed = _needs_current(case, case.replay, "replay", "replay the batch")
    return not_replayed or stale_on_site(case, CheckResultEntered)


def _before_verdict(case: Investigation, act: VerdictGiven) -> str | None:
    if case.standing(HypothesisRaised, act.hypothesis()) is None:
        return f'The hypothesis "{act.cause}" was not raised; raise it first.'
    return _needs_current(case, case.ranking, "ranking", "rank the hypotheses")


def _before_impact(case: Investigation, act: ImpactRecorded) -> str | None:
    del act
    return _needs_current(case, case.ranking, "ranking", "rank the hypotheses")


def _before_remedies(case: Investigation, act: RemedyRecorded) -> str | None:
    if not 0 < act.asked_per_mille < 1000:
        return "The probability that remedies are judged by lies between 0.1 % and 99.9 %."
    return _needs_current(case, case.impact, "impact", "follow the material")


def _before_disposition(case: Investigation, act: DispositionDecided) -> str | None:
    without_impact = _needs_current(case, case.impact, "impact", "follow the material")
    if without_impact is None and act.container_id not in case.containers:
        return f'The container "{act.container_id}" is not among those that the impact names.'
    return without_impact


def _needs_current(
    case: Investigation, result: Recorded[Any] | None, name: str, remedy: str
) -> str | None:
    if result is None:
        return f"There is no {name} yet; {remedy} first."
    if case.is_stale(result):
        return f"The {name} is stale: something it rests on has changed; {remedy} again."
    return None


def open_findings(case: Investigation) -> int:
    """How many findings on the data of the evidence have no judgement that is not stale."""
    if case.evidence is None:
        return 0
    judged = sum(not case.is_stale(r) for r in case.judged_findings.values())
    return max(0, case.evidence.act.findings - judged)


def open_clocks(case: Investigation) -> tuple[str, ...]:
    """Sources whose clock was estimated and has no judgement that is not stale."""
    if case.evidence is None:
        return ()
    judged = {source for source, r in case.clocks.items() if not case.is_stale(r)}
    return tuple(source for source in case.evidence.act.clocks if source not in judged)


def open_verdicts(case: Investigation) -> tuple[str, ...]:
    """Ids of the hypotheses without a verdict that is not stale."""
    given = {cause for cause, r in case.verdicts.items() if not case.is_stale(r)}
    return tuple(r.act.cause for r in case.hypotheses if r.act.cause not in given)


def open_dispositions(case: Investigation) -> tuple[str, ...]:
    """Ids of the containers of the impact without a decision that is not stale."""
    decided = {name for name, r in case.dispositions.items() if not case.is_stale(r)}
    return tuple(name for name in case.containers if name not in decided)


def _before_conclusion(case: Investigation, act: ConclusionStated) -> str | None:
    return (
        _unfinished(case)
        or _unfounded_cause(case, act)
        or stale_on_site(case)
        or unfounded_confirmation(case, act)
    )


def _unfinished(case: Investigation) -> str | None:
    if case.scope is None:
        return "The scope is not completed: decide on related batches, then complete the scope."
    not_current = _needs_current(case, case.scope, "scope", "complete it") or _needs_current(
        case, case.impact, "impact", "follow the material"
    )
    if not_current:
        return not_current
    if not case.hypotheses:
        return "No hypothesis was raised; raise and judge at least one."
    if waiting := open_verdicts(case):
        return f"A verdict is missing for {listed(waiting)}."
    if waiting := open_dispositions(case):
        return f"A decision is missing for {listed(waiting)}."
    return None


def _unfounded_cause(case: Investigation, act: ConclusionStated) -> str | None:
    if (act.root_cause is RootCause.NOT_DETERMINED) != (not act.causes):
        return "A determined cause names its hypotheses, and one that is not determined names none."
    verdicts = {cause: r.act.verdict for cause, r in case.verdicts.items()}
    for cause in act.causes:
        if verdicts.get(cause) is not Verdict.SUPPORTED:
            return f'The cause "{cause}" is not supported by its verdict.'
    others = [c for c, v in verdicts.items() if c not in act.causes and v is not Verdict.REFUTED]
    if act.root_cause is RootCause.CONFIRMED and others:
        return f"A cause is confirmed only when the others are refuted: {listed(tuple(others))}."
    return None


def _before_report(case: Investigation, act: ReportIssued) -> str | None:
    del act
    if case.containment is None:
        return "The containment is not recorded; record what was done at once."
    if waiting := open_findings(case):
        return f"Findings on data quality wait for a judgement: {waiting}; accept or dismiss them."
    if waiting_clocks := open_clocks(case):
        return f"A judgement is missing on the clock of {listed(waiting_clocks)}."
    not_ready = (
        _unfinished(case)
        or _stale_remedies(case)
        or stale_reasoning(case)
        or _needs_current(case, case.conclusion, "conclusion", "state it")
        or _unfounded_by_now(case)
    )
    if not_ready:
        return not_ready
    if case.grade is not Classification.MINOR and not case.actions:
        return f"A {case.grade} deviation needs at least one action; propose it."
    return None


def _unfounded_by_now(case: Investigation) -> str | None:
    """A chain of whys may end in people since, which leaves the conclusion as it was."""
    stated = case.conclusion
    return unfounded_confirmation(case, stated.act) if stated else None


def _stale_remedies(case: Investigation) -> str | None:
    if case.remedies is None or not case.is_stale(case.remedies):
        return None
    return "The remedies are stale: the impact has changed; simulate them again or withdraw them."


def _before_signature(case: Investigation, act: ReportSigned) -> str | None:
    return _nothing_to_sign(case, act) or _out_of_turn(case, act.field)


def _nothing_to_sign(case: Investigation, act: ReportSigned) -> str | None:
    if case.report is None:
        return "There is no report to sign; issue it first."
    if case.is_stale(case.report):
        return "The report no longer says what the case says; issue it again."
    if not case.report_in_force:
        return "The report was returned, or the case re-opened after it; issue it again."
    if act.issued != case.report.act.pdf:
        return "The signature is on another report than the one issued last; read that one first."
    return None


def _out_of_turn(case: Investigation, field: SignatureField) -> str | None:
    given = len(case.signatures)
    if given == len(SignatureField):
        return "All three signatures are given."
    expected = list(SignatureField)[given]
    if field is not expected:
        return f"The signature of the {field} is out of turn: that of the {expected} is next."
    return None


def _before_return(case: Investigation, act: ReportReturned) -> str | None:
    del act
    return None if case.report_in_force else "There is no report in force that could be returned."


def _before_closing(case: Investigation, act: CaseClosed) -> str | None:
    del act
    missing = [f for f in SignatureField if f not in {r.act.field for r in case.signatures}]
    return f"The signature of the {missing[0]} is missing." if missing else None


def _before_reopening(case: Investigation, act: CaseReopened) -> str | None:
    del act
    return None if case.closed else f"The case {case.case_id} is not closed."


_RULES: Mapping[type[Act], Callable[[Investigation, Any], str | None]] = MappingProxyType(
    {
        EvidenceAdmitted: _before_evidence,
        TwinChosen: _before_twin,
        RelatedBatchDecided: before_decision,
        ScopeCompleted: before_scope,
        FindingJudged: _before_judgement,
        FindingAdded: _needs_evidence,
        ClockJudged: _needs_evidence,
        TagsMapped: _before_map,
        DocumentLinked: _before_link,
        AnnotationMade: _needs_evidence,
        IsIsNotStated: before_is_is_not,
        WhyStated: before_why,
        CheckResultEntered: before_check,
        OwnCheckEntered: before_own_check,
        LaboratoryPhaseOneStated: before_phase_one,
        HumanErrorExamined: before_human_error,
        ScenarioStated: before_scenario,
        ReplayRecorded: _before_replay,
        RankingRecorded: _before_ranking,
        ScenarioRun: before_run,
        VerdictGiven: _before_verdict,
        ImpactRecorded: _before_impact,
        RemedyRecorded: _before_remedies,
        DispositionDecided: _before_disposition,
        ConclusionStated: _before_conclusion,
        ReportIssued: _before_report,
        ReportSigned: _before_signature,
        ReportReturned: _before_return,
        CaseClosed: _before_closing,
        CaseReopened: _before_reopening,
    }
)
