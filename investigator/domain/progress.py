"""How far an investigation has come: one mark for each step of the walk."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import DispositionDecided
from investigator.domain.acts.closing import SignatureField
from investigator.domain.investigation import Investigation
from investigator.domain.open_points import (
    mapping_due,
    open_clocks,
    open_dispositions,
    open_findings,
    open_verdicts,
)


class Step(StrEnum):
    """The steps of the walk, in their order."""

    CASE = "Case"
    EVIDENCE = "Evidence"
    TIMELINE = "Timeline"
    REPLAY = "Replay"
    HYPOTHESES = "Hypotheses"
    IMPACT = "Impact"
    DISPOSITION = "Disposition"
    REPORT = "Report"


class Mark(StrEnum):
    """How a step stands."""

    WAITING = "not begun"
    OPEN = "open points"
    STALE = "stale"
    DONE = "done"
    LOCKED = "signed"


def progress(case: Investigation) -> Mapping[Step, Mark]:
    """The mark of every step, in the order of the walk."""
    if len(case.signatures) == len(SignatureField):
        return MappingProxyType(dict.fromkeys(Step, Mark.LOCKED))
    return MappingProxyType({step: _MARKS[step](case) for step in Step})


def _case(case: Investigation) -> Mark:
    scope = _result(case, case.scope)
    return Mark.OPEN if scope is Mark.WAITING or not case.containment else scope


def _evidence(case: Investigation) -> Mark:
    if case.evidence is None:
        return Mark.WAITING
    waiting = open_findings(case) or open_clocks(case) or mapping_due(case)
    return Mark.OPEN if waiting else Mark.DONE


def _timeline(case: Investigation) -> Mark:
    return Mark.WAITING if case.evidence is None else Mark.DONE


def _replay(case: Investigation) -> Mark:
    return _result(case, case.replay)


def _hypotheses(case: Investigation) -> Mark:
    mark = _result(case, case.ranking, case.verdicts)
    if mark is Mark.WAITING and case.hypotheses:
        return Mark.OPEN
    return Mark.OPEN if mark is Mark.DONE and (not case.hypotheses or open_verdicts(case)) else mark


def _impact(case: Investigation) -> Mark:
    return _result(case, case.impact)


def _disposition(case: Investigation) -> Mark:
    mark = _result(case, case.impact, case.all_standing(DispositionDecided))
    return Mark.OPEN if mark is Mark.DONE and open_dispositions(case) else mark


def _report(case: Investigation) -> Mark:
    if case.report is not None:
        return Mark.OPEN if case.report_in_force else Mark.STALE
    conclusion = _result(case, case.conclusion)
    return Mark.OPEN if conclusion is Mark.DONE else conclusion


def _result(
    case: Investigation, recorded: Recorded[Act] | None, judgements: Collection[object] = ()
) -> Mark:
    """`judgements`: those that rest on the result; they are stale once it was withdrawn."""
    if recorded is None:
        return Mark.STALE if judgements else Mark.WAITING
    return Mark.STALE if case.is_stale(recorded) else Mark.DONE


_MARKS: Mapping[Step, Callable[[Investigation], Mark]] = MappingProxyType(
    {
        Step.CASE: _case,
        Step.EVIDENCE: _evidence,
        Step.TIMELINE: _timeline,
        Step.REPLAY: _replay,
        Step.HYPOTHESES: _hypotheses,
        Step.IMPACT: _impact,
        Step.DISPOSITION: _disposition,
        Step.REPORT: _report,
    }
)
