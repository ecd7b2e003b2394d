"""A hypothesis in the inspector: what was estimated, who raised and judged it, what speaks against.

Whatever is known with an interval says so in its name; the interval stands in brackets.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.document_links import link_facts, links
from investigator.desktop.view_models.fit import AgainstRow
from investigator.desktop.view_models.hypotheses import HypothesisRow
from investigator.desktop.view_models.judging import WHERE
from investigator.desktop.view_models.recorded import Take, stale_said, told, withdrawal
from investigator.desktop.view_models.recurrence import of_cause
from investigator.desktop.view_models.results import about_result, zone_of
from investigator.domain.alarm_evidence import prior_in_words
from investigator.domain.elimination import standing
from investigator.domain.estimate_words import (
    duration_in_words,
    end_in_words,
    onset_in_words,
    sizes_in_words,
)
from investigator.domain.quantities import fixed, period
from investigator.domain.ranking import HypothesisAssessment
from investigator.domain.ranking_words import shape_in_words


def about_hypothesis(
    scene: Scene,
    row: HypothesisRow,
    *,
    go: Callable[[Place], None],
    take: Take,
    actions: tuple[Command, ...] = (),
) -> Inspected:
    """A hypothesis: what was estimated of it, who raised and judged it, what documents say of it.

    `actions`: what can be done with it beside taking back.
    """
    zone = zone_of(scene)
    facts = (
        ("Probability", row.said),
        *((("State", row.state.value),) if row.category else ()),
        *((("Why", row.why),) if row.probability is not None else ()),
        *_estimates(row.assessed, zone),
        *_raising(row, zone),
        *_judgement(row, zone),
        *link_facts(links(scene, cause=row.key) if row.raised else (), of_document=False),
        *_recurrence(scene, row),
    )
    remarks = (Remark(stale_said("the ranking changed after the verdict")),) if row.stale else ()
    recorded = scene.case.ranking if scene.case else None
    kind = f"hypothesis, {row.category.value}" if row.category else "outcome of the ranking"
    if recorded is None or row.probability is None:
        source = told(row.raised, zone) if row.raised else ""
        made = Inspected(row.title, kind, facts, source=source, findings=remarks)
    else:
        made = about_result(
            scene, recorded, row.title, (Place.REPLAY,), go=go, take=take, facts=facts
        )
        made = replace(made, kind=kind, findings=(*remarks, *made.findings))
    return replace(made, actions=(*actions, *_withdrawals(scene, row, take)))


def about_contradiction(scene: Scene, row: HypothesisRow, against: AgainstRow) -> Inspected:
    """A channel that speaks against a hypothesis."""
    zone = zone_of(scene)
    facts = (
        ("Against", row.title),
        ("When", period(against.contradiction.span, zone)),
        ("Predicted", against.predicted),
        ("Measured", against.measured),
        ("Apart", f"{against.sigma} σ"),
    )
    recorded = scene.case.ranking if scene.case else None
    source = f"Ranking. {told(recorded, zone)}" if recorded else ""
    return Inspected(against.channel, "contradiction", facts, source=source)


def _estimates(assessed: HypothesisAssessment | None, zone: str) -> list[tuple[str, str]]:
    if assessed is None:
        return []
    facts = [
        ("Log evidence", f"{fixed(assessed.log_bayes_factor, 1)} over no assignable cause"),
        *(("Leading one", said) for said in [assessed.strength] if said),
        *(("Stands", said) for said in [standing(assessed, zone)] if said),
        *(("Prior", said) for said in [prior_in_words(assessed.told_gain)] if said),
    ]
    for number, size in enumerate(sizes_in_words(assessed), start=1):
        facts.append((f"Size {number}, 95 %" if number > 1 else "Size, 95 %", size))
    if shape := shape_in_words(assessed):
        facts.append(("Time shape", shape))
    return [*facts, *_times(assessed, zone)]


def _times(assessed: HypothesisAssessment, zone: str) -> Iterator[tuple[str, str]]:
    if assessed.onset_ms is not None:
        name = "Onset, 95 %" if assessed.onset_interval else "Onset"
        yield name, onset_in_words(assessed, zone)
    if assessed.end_ms is not None:
        name = "End, 95 %" if assessed.end_interval else "End"
        yield name, end_in_words(assessed, zone)
    if assessed.duration_s is not None:
        yield "Duration, 95 %", duration_in_words(assessed)


def _raising(row: HypothesisRow, zone: str) -> list[tuple[str, str]]:
    if row.raised is None:
        return []
    act = row.raised.act
    return [
        ("Origin", act.origin.value),
        *((("Lies", dict(WHERE)["laboratory"]),) if act.laboratory else ()),
        ("Description", act.description or "–"),
        ("Raised", told(row.raised, zone)),
    ]


def _judgement(row: HypothesisRow, zone: str) -> Sequence[tuple[str, str]]:
    if row.verdict is None:
        return []
    verdict = row.verdict.act.verdict
    return [
        ("Verdict", stale_said(verdict) if row.stale else verdict.value),
        ("Rationale", row.verdict.why),
        ("Judged", told(row.verdict, zone)),
    ]


def _recurrence(scene: Scene, row: HypothesisRow) -> list[tuple[str, str]]:
    """How often it came before, where that was looked for."""
    found = of_cause(scene, row.key)
    return [("Earlier deviations", found.said)] if found else []


def _withdrawals(scene: Scene, row: HypothesisRow, take: Take) -> tuple[Command, ...]:
    made = []
    if row.verdict is not None:
        made.append(replace(withdrawal(scene, row.verdict, take), title="Withdraw the verdict…"))
    if row.raised is not None:
        made.append(replace(withdrawal(scene, row.raised, take), title="Withdraw the hypothesis…"))
    return tuple(made)
