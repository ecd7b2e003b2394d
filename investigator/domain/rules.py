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
- Conclusion, report, signatures, closing: `closing_rules`.
- The is/is-not table and the chains of whys come after the evidence: `reasoning_rules`; so do
  the results of checks, `on_site_rules`, which a confirmed cause does not go without:
  `cause_rules`.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import (
    DispositionDecided,
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
    TwinChosen,
    VerdictGiven,
)
from investigator.domain.acts.case import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
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
    EvidenceAdmitted,
    FindingJudged,
)
from investigator.domain.acts.reasoning import IsIsNotStated, WhyStated
from investigator.domain.acts.scenarios import ScenarioRun, ScenarioStated
from investigator.domain.closing_rules import (
    before_closing,
    before_conclusion,
    before_reopening,
    before_report,
    before_return,
    before_signature,
)
from investigator.domain.investigation import Investigation
from investigator.domain.on_site_rules import (
    before_check,
    before_human_error,
    before_own_check,
    before_phase_one,
    stale_on_site,
)
from investigator.domain.open_points import mapping_due
from investigator.domain.prerequisites import (
    needs_current,
    needs_document,
    needs_evidence,
    needs_hypothesis,
)
from investigator.domain.reasoning_rules import before_is_is_not, before_why
from investigator.domain.scenario_order import before_run, before_scenario
from investigator.domain.scope_rules import before_decision, before_scope

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
    return needs_evidence(case, act) or _without_twin(case)


def _without_twin(case: Investigation) -> str | None:
    if case.evidence is None or not case.evidence.act.without_twin:
        return None
    return (
        "The evidence was read for a line that no twin is of; admit it again, read for the line "
        "of a twin."
    )


def _before_judgement(case: Investigation, act: FindingJudged) -> str | None:
    if case.standing(FindingAdded, act.about()) is not None:
        return f"The finding {act.finding_id} was added by a person: withdraw it instead."
    return needs_evidence(case, act)


def _before_replay(case: Investigation, act: ReplayRecorded) -> str | None:
    if case.twin is None:
        return "The replay comes after the choice of a twin: choose one first."
    return needs_evidence(case, act) or _without_twin(case) or _unreviewed_map(case)


def _unreviewed_map(case: Investigation) -> str | None:
    if not mapping_due(case):
        return None
    return (
        "Tags or units of the evidence do not fit the twin: review the tag map before the replay."
    )


def _before_link(case: Investigation, act: DocumentLinked) -> str | None:
    return needs_document(case, act.document_id) or needs_hypothesis(case, act.cause)


def _before_ranking(case: Investigation, act: RankingRecorded) -> str | None:
    del act
    not_replayed = needs_current(case, case.replay, "replay", "replay the batch")
    return not_replayed or stale_on_site(case, CheckResultEntered)


def _before_verdict(case: Investigation, act: VerdictGiven) -> str | None:
    return needs_hypothesis(case, act.cause) or needs_current(
        case, case.ranking, "ranking", "rank the hypotheses"
    )


def _before_impact(case: Investigation, act: ImpactRecorded) -> str | None:
    del act
    return needs_current(case, case.ranking, "ranking", "rank the hypotheses")


def _before_remedies(case: Investigation, act: RemedyRecorded) -> str | None:
    if not 0 < act.asked_per_mille < 1000:
        return "The probability that remedies are judged by lies between 0.1 % and 99.9 %."
    return needs_current(case, case.impact, "impact", "follow the material")


def _before_disposition(case: Investigation, act: DispositionDecided) -> str | None:
    without_impact = needs_current(case, case.impact, "impact", "follow the material")
    if without_impact is None and act.container_id not in case.containers:
        return f'The container "{act.container_id}" is not among those that the impact names.'
    return without_impact


_RULES: Mapping[type[Act], Callable[[Investigation, Any], str | None]] = MappingProxyType(
    {
        EvidenceAdmitted: _before_evidence,
        TwinChosen: _before_twin,
        RelatedBatchDecided: before_decision,
        ScopeCompleted: before_scope,
        FindingJudged: _before_judgement,
        FindingAdded: needs_evidence,
        ClockJudged: needs_evidence,
        TagsMapped: _before_map,
        DocumentLinked: _before_link,
        AnnotationMade: needs_evidence,
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
        ConclusionStated: before_conclusion,
        ReportIssued: before_report,
        ReportSigned: before_signature,
        ReportReturned: before_return,
        CaseClosed: before_closing,
        CaseReopened: before_reopening,
    }
)
