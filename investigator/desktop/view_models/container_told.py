"""A container as the inspector tells it: what it is, where it came from, what was decided on it."""

from collections.abc import Callable
from typing import Any

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.container_details import rule_in_words
from investigator.desktop.view_models.disposition import ContainerRow
from investigator.desktop.view_models.recorded import (
    Take,
    facts_of,
    open_said,
    told,
    withdrawal,
)
from investigator.domain.acts.act import Recorded
from investigator.domain.impact import (
    PROPOSALS,
    ContainerImpact,
    PredictedQuality,
    attribute_name,
    reason_in_words,
)
from investigator.domain.quantities import estimate, probability


def inspected(
    scene: Scene, row: ContainerRow, *, go: Callable[[Place], None], take: Take
) -> Inspected:
    """What a container is, where it came from, and what was decided on it."""
    case, impact = scene.case, scene.case.impact if scene.case else None
    if case is None or impact is None:
        return Inspected(row.container_id, "container")
    zone = case.opened.act.zone
    return Inspected(
        title=row.container_id,
        kind="container",
        facts=(*_amounts(row), *_decision(row, zone), *_attributes(row.container)),
        source=f"Impact. {told(impact, zone)}",
        digest=impact.act.result,
        findings=_remarks(row),
        rests_on=(Thing("Impact", "step", lambda: go(Place.IMPACT)),),
        actions=_actions(scene, row, take),
    )


def _amounts(row: ContainerRow) -> list[tuple[str, str]]:
    container = row.container
    reasons = "; ".join(map(reason_in_words, container.reasons))
    return [
        ("Filled", row.filled_in_full),
        ("Net", f"{row.net} kg"),
        ("Affected", f"{row.affected} kg, {row.at_most} kg at 95 %"),
        *([("Why", reasons)] if reasons else []),
        *(("Out of specification", said) for said in container.out_of_specification),
    ]


def _attributes(container: ContainerImpact) -> list[tuple[str, str]]:
    named = sorted({*container.quality, *container.reported})
    return [(attribute_name(name), _attribute(container, name)) for name in named]


def _attribute(container: ContainerImpact, name: str) -> str:
    parts, quality = [], container.quality.get(name)
    if quality is not None:
        parts.append(_predicted(quality))
    if name in container.reported:
        parts.append(f"laboratory {container.reported[name]:g}")
    return "; ".join(parts)


def _predicted(quality: PredictedQuality) -> str:
    text = estimate(quality.mean, quality.lo95, quality.hi95, quality.unit)
    if quality.p_conform is None:
        return f"{text}, no limits"
    return f"{text}, conforms {probability(quality.p_conform)}"


def _decision(row: ContainerRow, zone: str) -> list[tuple[str, str]]:
    container = row.container
    named = [("Rule", rule_in_words(container))] if container.rule else []
    proposed = [
        ("Proposal", PROPOSALS[row.proposal]),
        *named,
        ("Because", container.proposal_reason),
    ]
    if row.decided is None:
        return [*proposed, ("Decision", open_said())]
    return [*proposed, ("Decision", row.decision), *facts_of(row.decided, zone)]


def _remarks(row: ContainerRow) -> tuple[Remark, ...]:
    remarks = []
    if row.stale:
        remarks.append(Remark("The decision rests on an impact that has changed; decide again."))
    if row.departs:
        remarks.append(Remark(row.departure))
    return tuple(remarks)


def _actions(scene: Scene, row: ContainerRow, take: Take) -> tuple[Command, ...]:
    recorded: Recorded[Any] | None = row.decided
    return (withdrawal(scene, recorded, take),) if recorded else ()
