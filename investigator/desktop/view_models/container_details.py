"""A container in full: each attribute against its limits, the rule in words, what to sample.

- Predicted and reported stand side by side; neither replaces the other.
- What a result that was stored before does not tell is left out, never made up.
"""

import math
from dataclasses import dataclass

from investigator.desktop.tone import Tone
from investigator.domain.conformance import RULES_IN_WORDS, Conformance, SamplingPlan, Zone
from investigator.domain.impact import (
    ContainerImpact,
    PredictedQuality,
    attribute_in_words,
    attribute_name,
)
from investigator.domain.quantities import (
    UNKNOWN,
    count,
    decimals_for,
    fixed,
    per_cent,
    significant,
)

BLOCKED = "OOS, no release"
ZONE_TONES = {Zone.ACCEPT: Tone.GOOD, Zone.INCONCLUSIVE: Tone.WARN, Zone.REJECT: Tone.BAD}
_RULES = {rule.value: words for rule, words in RULES_IN_WORDS.items()}
_ACCEPTANCE, _ACCEPTANCE_ID = "Acceptance value", "cu_av"
_NO_RULE = "This impact was followed before rules had names; follow the material again to see it."


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """One attribute of a container; texts as they are to be read.

    `limits`: of the specification, `guard` the width of the guard band inside them. `chance`: to
    conform, for the order; None where there are no limits. `conforms`, `consumer`, `producer`: in
    per cent.
    """

    name: str
    unit: str
    predicted: str
    interval: str
    reported: str
    limits: str
    guard: str
    zone: Zone | None
    chance: float | None
    conforms: str
    consumer: str
    producer: str


@dataclass(frozen=True, slots=True)
class ContainerDetails:
    """All of one container. `blocked`: which results are open and out of specification; empty for
    none. `sampling`: what to sample; empty where nothing is to be."""

    rule: str
    blocked: str
    sampling: str
    rows: tuple[AttributeRow, ...]


NOTHING = ContainerDetails("", "", "", ())


def container_details(container: ContainerImpact | None) -> ContainerDetails:
    """What is told of a container beside its row; nothing for none."""
    if container is None:
        return NOTHING
    return ContainerDetails(
        rule=rule_in_words(container),
        blocked=_blocked(container),
        sampling=_sampling(container.sampling),
        rows=_rows(container),
    )


def rule_in_words(container: ContainerImpact) -> str:
    """The rule that proposed, by its id and in words."""
    if not container.rule:
        return _NO_RULE
    words = _RULES.get(container.rule, "")
    return f"{container.rule}: {words}" if words else container.rule


def zone_of_worst(container: ContainerImpact) -> Zone | None:
    """The zone of the attribute least likely to conform; None where none is told."""
    worst = container.worst
    found = _judged(container, worst[0]) if worst else None
    return found.zone if found else None


def reported_of_worst(container: ContainerImpact) -> str:
    """The laboratory's mean of the attribute least likely to conform; empty for none."""
    value = container.reported.get(container.worst[0]) if container.worst else None
    return "" if value is None else f"{value:g}"


def acceptance(container: ContainerImpact) -> tuple[str, str]:
    """The acceptance value as predicted, and as reported; unknown where there is none."""
    found = container.content_uniformity
    if found is None:
        return UNKNOWN, UNKNOWN
    return fixed(found.mean, 1), fixed(found.reported, 1)


def _rows(container: ContainerImpact) -> tuple[AttributeRow, ...]:
    judged = {c.attribute for c in container.conformance}
    named = {*container.quality, *container.reported, *judged}
    if container.content_uniformity is not None:
        named.discard(_ACCEPTANCE_ID)
    rows = [_row(container, name) for name in sorted(named)]
    rows += _acceptance_row(container)
    return tuple(sorted(rows, key=lambda row: math.inf if row.chance is None else row.chance))


def _row(container: ContainerImpact, name: str) -> AttributeRow:
    quality, judged = container.quality.get(name), _judged(container, name)
    chance = quality.p_conform if quality else judged.p_conform if judged else None
    places = _places(quality)
    reported = container.reported.get(name)
    unit = quality.unit if quality else judged.unit if judged else ""
    return AttributeRow(
        name=attribute_name(name),
        unit="" if unit == "-" else unit,
        predicted=fixed(quality.mean, places) if quality else UNKNOWN,
        interval=_interval(quality.lo95, quality.hi95, places) if quality else UNKNOWN,
        reported=UNKNOWN if reported is None else f"{reported:g}",
        limits=_limits(judged),
        guard=significant(judged.guard, 2) if judged else UNKNOWN,
        zone=judged.zone if judged else None,
        chance=chance,
        conforms=per_cent(chance),
        consumer=per_cent(judged.consumer_risk if judged else None),
        producer=per_cent(judged.producer_risk if judged else None),
    )


def _acceptance_row(container: ContainerImpact) -> list[AttributeRow]:
    found = container.content_uniformity
    if found is None:
        return []
    return [
        AttributeRow(
            name=_ACCEPTANCE,
            unit="USP <905>",
            predicted=fixed(found.mean, 1),
            interval=_interval(found.lo95, found.hi95, 1),
            reported=fixed(found.reported, 1),
            limits=f"≤ {fixed(found.limit, 1)}",
            guard=UNKNOWN,
            zone=None,
            chance=found.p_pass,
            conforms=per_cent(found.p_pass),
            consumer=UNKNOWN,
            producer=UNKNOWN,
        )
    ]


def _judged(container: ContainerImpact, name: str) -> Conformance | None:
    return next((c for c in container.conformance if c.attribute == name), None)


def _places(quality: PredictedQuality | None) -> int:
    return 2 if quality is None else decimals_for((quality.hi95 - quality.lo95) / 4)


def _interval(low: float, high: float, places: int) -> str:
    return f"{fixed(low, places)} to {fixed(high, places)}"


def _limits(judged: Conformance | None) -> str:
    low, high = (judged.low, judged.high) if judged else (None, None)
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    if low is not None:
        return f"≥ {low:g}"
    return UNKNOWN if high is None else f"≤ {high:g}"


def _blocked(container: ContainerImpact) -> str:
    if not container.out_of_specification:
        return ""
    found = "; ".join(container.out_of_specification)
    return (
        f"Blocked: {found}. A reported result that is out of specification is open: release is "
        "not proposed, whatever is predicted."
    )


def _sampling(plan: SamplingPlan | None) -> str:
    if plan is None:
        return ""
    tested = ", ".join(map(attribute_in_words, plan.attributes))
    part = f" between {plan.from_kg:.1f} and {plan.to_kg:.1f} kg filled" if plan.to_kg else ""
    units, places = count(plan.units, "tablet"), count(plan.strata, "place")
    return f"Sampling plan: {units} from {places}{part}, tested for {tested}. {plan.why}"
