"""What was decided on the product, the risk that remains, and what will be done."""

from collections import Counter

from reportlab.platypus import Flowable

from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import DispositionDecided
from investigator.domain.case_record import CaseRecord
from investigator.domain.departure import departure, released_out_of_specification
from investigator.domain.dossier import Dossier
from investigator.domain.impact import PROPOSALS, ContainerImpact
from investigator.domain.quantities import UNKNOWN, count
from investigator.report.pages import Heading
from investigator.report.paper import bullets, facts, para
from investigator.report.sections.attended.people import (
    ENTRY_BY,
    NOT_RECORDED,
    as_it_stands,
    by,
    record_of,
    recorded_by,
)
from investigator.report.sections.remedies import remedies
from investigator.report.whole import prose, whole_grid

_LEFT_OPEN = "not decided"
_RISK_LABEL_MM = 70


def disposition(dossier: Dossier) -> list[Flowable]:
    """Section 12."""
    return [
        Heading("12 Disposition, risk, corrective and preventive actions"),
        *_decisions(dossier),
        *remedies(dossier),
        *_risk(dossier),
        *_actions(dossier),
    ]


def decisions_in_words(record: CaseRecord) -> list[str]:
    """Which containers each decision concerns, and how many depart from the proposal."""
    case = record.case
    current = [r.act for r in case.dispositions.values() if not case.is_stale(r)]
    texts = []
    for decision, name in PROPOSALS.items():
        ids = [act.container_id for act in current if act.decision is decision]
        if ids:
            words = f"{name.capitalize()} decided for {count(len(ids), 'container')}"
            texts.append(f"{words}: {', '.join(ids)}.")
    departures = [act for act in current if departure(case, act)]
    if departures:
        departing = count(len(departures), "decision departs", "decisions depart")
        texts.append(f"{departing} from the proposal, with a reason.")
    texts += [
        f"{act.container_id}: {departure(case, act)}"
        for act in departures
        if released_out_of_specification(case, act)
    ]
    return texts


def risk_in_words(record: CaseRecord) -> str:
    """The three levels of risk in one sentence."""
    if record.case.conclusion is None:
        return NOT_RECORDED
    risk = record.case.conclusion.act.risk
    return (
        f"Severity {risk.severity.value}, probability {risk.probability.value}, detectability "
        f"{risk.detectability.value}."
    )


def actions_in_words(record: CaseRecord) -> str:
    """How many actions of each kind were proposed."""
    kinds = Counter(r.act.kind.value for r in record.case.actions)
    return ", ".join(count(n, kind) for kind, n in kinds.items()) + "." if kinds else "None."


def _decisions(dossier: Dossier) -> list[Flowable]:
    record, containers = record_of(dossier), dossier.impact.containers
    case = record.case
    story: list[Flowable] = [
        Heading("Disposition by container", 1),
        para(
            "The proposal follows a rule; the decision is a person's. Shaded: the decision departs "
            "from the proposal."
        ),
    ]
    if not containers:
        return [*story, para("No container is on record, so nothing was decided.")]
    decided = case.dispositions
    rows = [_decision(record, c, decided.get(c.container_id)) for c in containers]
    departing = frozenset(
        n for n, c in enumerate(containers) if _departs(record, decided.get(c.container_id))
    )
    heads = ["Container", "Proposal", "Why proposed", "Decision", "Reason", ENTRY_BY]
    table = whole_grid(heads, rows, [29, 18, 49, 18, 32, 24], marked=departing)
    return [*story, *bullets(decisions_in_words(record)), table]


def _departs(record: CaseRecord, decided: Recorded[DispositionDecided] | None) -> bool:
    return decided is not None and bool(departure(record.case, decided.act))


def _decision(
    record: CaseRecord, container: ContainerImpact, decided: Recorded[DispositionDecided] | None
) -> list[str]:
    rule = f" (rule {container.rule})" if container.rule else ""
    why = f"{container.proposal_reason}{rule}"
    proposal = [container.container_id, PROPOSALS[container.proposal], why]
    if decided is None:
        return [*proposal, _LEFT_OPEN, UNKNOWN, UNKNOWN]
    decision = as_it_stands(record.case, decided, PROPOSALS[decided.act.decision])
    return [*proposal, decision, decided.why or UNKNOWN, by(decided)]


def _risk(dossier: Dossier) -> list[Flowable]:
    concluded = record_of(dossier).case.conclusion
    title = Heading("Risk to the patient (ICH Q9)", 1)
    if concluded is None:
        return [title, para(NOT_RECORDED)]
    risk = concluded.act.risk
    return [
        title,
        facts(
            [
                ("Severity: how grave the harm would be", risk.severity.value),
                ("Probability: how likely it is", risk.probability.value),
                ("Detectability: how well it would be noticed", risk.detectability.value),
            ],
            _RISK_LABEL_MM,
        ),
        *prose(risk.rationale),
        recorded_by(concluded, dossier.zone),
    ]


def _actions(dossier: Dossier) -> list[Flowable]:
    title = Heading("Corrective and preventive actions", 1)
    rows = [
        [
            *(r.act.action_id, r.act.kind.value, r.act.text, r.act.owner_role),
            *(r.act.due.isoformat(), r.act.effectiveness, by(r)),
        ]
        for r in record_of(dossier).case.actions
    ]
    if not rows:
        return [title, para("No action was proposed.")]
    heads = ["Id", "Kind", "Action", "Owner", "Due", "Effective when", ENTRY_BY]
    return [title, whole_grid(heads, rows, [16, 22, 39, 22, 18, 31, 22])]
