"""The conclusion: what it says as recorded, and what can be chosen when it is stated.

- A cause is chosen among the supported hypotheses only; a cause not determined names none.
- The reason says why the other hypotheses were rejected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import Take, stale_said, told, voids, withdrawal
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import Verdict
from investigator.domain.acts.closing import ConclusionStated, Level, Risk, RootCause
from investigator.domain.cause_rules import confirmations
from investigator.domain.investigation import Investigation

Options = tuple[tuple[str, str], ...]
ROOT_CAUSES: Options = tuple((kind.value, kind.value) for kind in RootCause)
LEVELS: Options = tuple((level.value, level.value) for level in Level)
SEVERITY = "Severity: how grave the harm would be"
PROBABILITY = "Probability: how likely it is"
DETECTABILITY = "Detectability: how well it would be noticed"
REJECTED = "Why the other causes were rejected"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the view shows.

    `recorded`: as stated last; None where it is not. `facts`: what it says. `stale`: it rests on
    what has changed. `supported`: causes that can be named. `others`: the other hypotheses with
    their verdicts, in sentences. `note`: what stands beside the title. `why_not`: why it cannot be
    stated now; empty if it can.
    """

    recorded: Recorded[ConclusionStated] | None
    facts: tuple[tuple[str, str], ...]
    stale: bool
    supported: Options
    others: tuple[str, ...]
    note: str
    why_not: str


def conclusion(scene: Scene) -> Conclusion:
    """The conclusion of the case that is shown."""
    case = scene.case
    if case is None:
        return Conclusion(None, (), False, (), (), "", scene.why_not(_NOTHING))
    recorded = case.conclusion
    return Conclusion(
        recorded=recorded,
        facts=_facts(case, recorded) if recorded else (),
        stale=recorded is not None and case.is_stale(recorded),
        supported=_supported(case),
        others=_others(case),
        note=voids(scene),
        why_not=scene.why_not(_NOTHING),
    )


def stated(case: Investigation, values: Mapping[str, Any]) -> ConclusionStated:
    """The act that a filled form asks for; it names the checks that confirm its causes."""
    root_cause = RootCause(values["root_cause"])
    causes = () if root_cause is RootCause.NOT_DETERMINED else tuple(values["causes"])
    risk = Risk(
        Level(values["severity"]),
        Level(values["probability"]),
        Level(values["detectability"]),
        values["rationale"],
    )
    named = confirmations(case, causes)
    return ConclusionStated(root_cause, causes, values["statement"], risk, named)


def misfit(values: Mapping[str, Any]) -> str:
    """What the causes lack that the kind of root cause demands; empty if nothing."""
    determined = values["root_cause"] not in ("", RootCause.NOT_DETERMINED.value)
    if determined and not values["causes"]:
        return "Tick the hypothesis that is the cause."
    return ""


def filled_from(recorded: Recorded[ConclusionStated] | None) -> dict[str, Any]:
    """What the form begins with: the conclusion as it was stated, or nothing."""
    if recorded is None:
        names = ("root_cause", "statement", "severity", "probability", "detectability")
        return {**dict.fromkeys((*names, "rationale", "reason"), ""), "causes": ()}
    act, risk = recorded.act, recorded.act.risk
    return {
        "root_cause": act.root_cause.value,
        "causes": act.causes,
        "statement": act.statement,
        "severity": risk.severity.value,
        "probability": risk.probability.value,
        "detectability": risk.detectability.value,
        "rationale": risk.rationale,
        "reason": recorded.why,
    }


def inspected(scene: Scene, recorded: Recorded[ConclusionStated], take: Take) -> Inspected:
    """Where the conclusion came from, and its withdrawal."""
    case = scene.case
    if case is None:
        return Inspected("Conclusion", "conclusion")
    stale = Remark("Something that it rests on has changed; state it again.")
    return Inspected(
        title=recorded.act.root_cause.value.capitalize(),
        kind="conclusion",
        facts=_facts(case, recorded),
        source=told(recorded, case.opened.act.zone),
        findings=(stale,) if case.is_stale(recorded) else (),
        actions=(withdrawal(scene, recorded, take),),
    )


def _facts(
    case: Investigation, recorded: Recorded[ConclusionStated]
) -> tuple[tuple[str, str], ...]:
    act, risk = recorded.act, recorded.act.risk
    titles = {r.act.cause: r.act.title for r in case.hypotheses}
    causes = "; ".join(titles.get(cause, cause) for cause in act.causes)
    root_cause = act.root_cause.value
    levels = (
        f"severity {risk.severity}, probability {risk.probability}, "
        f"detectability {risk.detectability}"
    )
    return (
        ("Root cause", stale_said(root_cause) if case.is_stale(recorded) else root_cause),
        *((("Cause", causes),) if causes else ()),
        *((("Confirmed by", "; ".join(act.confirmed_by)),) if act.confirmed_by else ()),
        ("Statement", act.statement),
        (REJECTED, recorded.why),
        ("Risk (ICH Q9)", levels),
        ("Rationale", risk.rationale),
        ("Stated", told(recorded, case.opened.act.zone)),
    )


def _supported(case: Investigation) -> Options:
    return tuple(
        (r.act.cause, r.act.title)
        for r in case.hypotheses
        if _verdict(case, r.act.cause) is Verdict.SUPPORTED
    )


def _others(case: Investigation) -> tuple[str, ...]:
    return tuple(
        _judged(case, r)
        for r in case.hypotheses
        if _verdict(case, r.act.cause) is not Verdict.SUPPORTED
    )


def _judged(case: Investigation, hypothesis: Recorded[Any]) -> str:
    given = case.verdicts.get(hypothesis.act.cause)
    if given is None:
        return f"{hypothesis.act.title}: no verdict yet"
    return f"{hypothesis.act.title}: {given.act.verdict}. {given.why}"


def _verdict(case: Investigation, cause: str) -> Verdict | None:
    given = case.verdicts.get(cause)
    return given.act.verdict if given else None


_NOTHING = ConclusionStated(
    RootCause.NOT_DETERMINED, (), "", Risk(Level.LOW, Level.LOW, Level.LOW, "")
)
"""Refused exactly where any conclusion would be, whatever it says."""
