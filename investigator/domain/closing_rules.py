"""Rules of order of what closes an investigation: conclusion, report, signatures, closing.

- Before the conclusion: the scope completed, a verdict for every hypothesis and a decision for
  every container, none of them stale; a cause is called confirmed or most probable only where a
  hypothesis is supported, and confirmed only where every other one was refuted. What it needs of
  what was looked at on site: `cause_rules`.
- Report after a conclusion that is not stale, with containment, with every finding on data quality
  and every clock judged, with an action where the case is not minor, and with nothing left open;
  signature after the report and on that very report; author, reviewer, approver in this order.
- Closing after all three signatures; only what is closed is re-opened.
"""

from investigator.domain.acts.analysis import Verdict
from investigator.domain.acts.case import CaseClosed, CaseReopened, Classification
from investigator.domain.acts.closing import (
    ConclusionStated,
    ReportIssued,
    ReportReturned,
    ReportSigned,
    RootCause,
    SignatureField,
)
from investigator.domain.cause_rules import unfounded_confirmation
from investigator.domain.investigation import Investigation
from investigator.domain.on_site_rules import stale_on_site
from investigator.domain.open_points import (
    open_clocks,
    open_dispositions,
    open_findings,
    open_verdicts,
)
from investigator.domain.prerequisites import needs_current
from investigator.domain.reasoning_rules import stale_reasoning
from investigator.domain.scope_rules import listed


def before_conclusion(case: Investigation, act: ConclusionStated) -> str | None:
    """Why the conclusion cannot be stated now, in one sentence; None if it can."""
    return (
        _unfinished(case)
        or _unfounded_cause(case, act)
        or stale_on_site(case)
        or unfounded_confirmation(case, act)
    )


def _unfinished(case: Investigation) -> str | None:
    if case.scope is None:
        return "The scope is not completed: decide on related batches, then complete the scope."
    not_current = needs_current(case, case.scope, "scope", "complete it") or needs_current(
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


def before_report(case: Investigation, act: ReportIssued) -> str | None:
    """Why the report cannot be issued now, in one sentence; None if it can."""
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
        or needs_current(case, case.conclusion, "conclusion", "state it")
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


def before_signature(case: Investigation, act: ReportSigned) -> str | None:
    """Why the report cannot be signed so now, in one sentence; None if it can."""
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


def before_return(case: Investigation, act: ReportReturned) -> str | None:
    """Why no report can be returned now, in one sentence; None if it can."""
    del act
    return None if case.report_in_force else "There is no report in force that could be returned."


def before_closing(case: Investigation, act: CaseClosed) -> str | None:
    """Why the case cannot be closed now, in one sentence; None if it can."""
    del act
    missing = [f for f in SignatureField if f not in {r.act.field for r in case.signatures}]
    return f"The signature of the {missing[0]} is missing." if missing else None


def before_reopening(case: Investigation, act: CaseReopened) -> str | None:
    """Why the case cannot be re-opened now, in one sentence; None if it can."""
    del act
    return None if case.closed else f"The case {case.case_id} is not closed."
