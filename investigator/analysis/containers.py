"""From the press outlet into the containers of the batch record: how much, of what quality.

- A container counts as affected where the chance of the mass that the decision rules name exceeds
  their chance, in all that may have gone into it (`container_map`).
- So it does where something unexplained shows while it is filled, where flows near the disturbance
  are not known, and where the run was not recorded while it was filled near a disturbance.
- And where a result out of specification was reported of it and a cause that reaches the product
  was probably at work while it was filled: what was measured outweighs what is predicted.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from investigator.analysis.acceptance_value import Filling
from investigator.analysis.affected_mass import AffectedMass, affected_mass
from investigator.analysis.comparison import Comparison
from investigator.analysis.container_decision import Contents, Judging, decide
from investigator.analysis.container_map import Portion
from investigator.analysis.container_quality import Quality, reported_means
from investigator.analysis.disposition import Standing
from investigator.analysis.doubtful_containers import usable_net_kg, without_gate
from investigator.analysis.material import REASONS, Product
from investigator.analysis.reported import out_of_specification, reported_acceptance
from investigator.domain.batch import Container
from investigator.domain.impact import ContainerImpact, PredictedQuality
from investigator.twin.decision_rules import CONTENT_UNIFORMITY
from investigator.twin.record import Mask

UNEXPLAINED = ("unexplained",)
UNSURE = ("flows near the disturbance not known",)
UNSEEN = ("filled while the run was not recorded",)
REPORTED = ("reported out of specification while the cause was at work",)


@dataclass(frozen=True, slots=True)
class Followed:
    """A run followed to the press outlet.

    Attributes:
        made: the product, by draw.
        portions: the containers, with what filled them by record and gate.
        held: time at the press outlet in which something unexplained shows, if "none of these" is
            likely.
        unexplained: the same, if that is not unlikely by the decision rules.
        unsure: time at the press outlet of which flows near the disturbance tell nothing.
        unseen: containers filled near a disturbance while the run was not recorded.
        quality: of the containers of which something is told.
        judging: by what containers are judged.
        cause_unknown: whether "none of these" is likely.
        reached: time at the press outlet that a cause of the most probable model may have reached.
    """

    comparison: Comparison
    made: tuple[Product, ...]
    portions: tuple[Portion, ...]
    held: Mask
    unexplained: Mask
    unsure: Mask
    unseen: frozenset[str]
    quality: Quality
    judging: Judging
    cause_unknown: bool
    reached: Mask


def into_containers(f: Followed) -> tuple[ContainerImpact, ...]:
    """The impact on every container, in order of filling."""
    reported = reported_means(f.comparison)
    return tuple(
        _container(
            f,
            portion,
            reported.get(portion.container.container_id, {}),
            unseen=portion.container.container_id in f.unseen,
        )
        for portion in without_gate(f.portions, f.made[0].flow_kg)
    )


def _container(
    f: Followed, portion: Portion, reported: Mapping[str, float], *, unseen: bool
) -> ContainerImpact:
    container, inside, rules = portion.container, portion.inside, f.judging.rules
    mass = affected_mass(portion, f.made, f.held, f.unsure)
    seen = (0.0, 0.0) if unseen else (mass.filled_kg, mass.may_hold_kg)
    net_kg = usable_net_kg(container, *seen)
    contents = _contents(f, container, inside, f.quality.get(container.container_id, {}), reported)
    reached_kg = _filled_while(f, f.reached, portion) if contents.out_of_specification else 0.0
    outweighs = reached_kg >= rules.least_kg
    reasons = (
        *_why(f, portion, mass, unseen=unseen),
        *(REPORTED if outweighs else ()),
    )
    affected, chance = bool(reasons), mass.chance(rules.least_kg)
    standing = Standing(affected, chance, reasons, f.cause_unknown, _shows_unexplained(f, portion))
    decision = decide(standing, contents, f.judging)
    tablets, tablets_hi95 = mass.tablets(net_kg)
    most_kg = net_kg if unseen else min(max(mass.upper_kg, reached_kg), net_kg)
    if unseen or outweighs:
        tablets_hi95 = max(tablets_hi95, math.ceil(most_kg / mass.tablet_kg))
    return ContainerImpact(
        container_id=container.container_id,
        filled=container.filled,
        net_kg=net_kg,
        affected_kg=min(mass.central_kg, net_kg),
        affected_kg_hi95=most_kg,
        affected=affected,
        reasons=reasons,
        quality=contents.quality,
        reported=_with_acceptance(reported, contents),
        proposal=decision.proposal,
        proposal_reason=decision.reason,
        conformance=decision.conformance,
        content_uniformity=decision.content_uniformity,
        sampling=decision.sampling,
        rule=decision.rule.value,
        out_of_specification=contents.out_of_specification,
        affected_kg_lo95=min(mass.lower_kg, mass.central_kg, net_kg),
        affected_tablets=tablets,
        affected_tablets_hi95=tablets_hi95,
        filled_kg=mass.filled_kg,
        chance_affected=_chance(mass, rules.least_kg, sure=unseen or outweighs),
    )


def _shows_unexplained(f: Followed, portion: Portion) -> bool:
    """Whether enough of what may have gone into it was made while something unexplained shows."""
    return _filled_while(f, f.unexplained, portion) >= f.judging.rules.least_kg


def _filled_while(f: Followed, time: Mask, portion: Portion) -> float:
    """Mass (kg) that may have gone into a container in a part of the time."""
    flow_kg = np.mean([p.flow_kg for p in f.made], axis=0)
    return float((flow_kg * time) @ portion.possibly)


def _chance(mass: AffectedMass, least_kg: float, *, sure: bool) -> float:
    """1 where it is held whatever the draws say."""
    held = sure or max(mass.held_kg, mass.unsure_kg) >= least_kg
    return 1.0 if held else mass.chance(least_kg)


def _why(f: Followed, portion: Portion, mass: AffectedMass, *, unseen: bool) -> tuple[str, ...]:
    """Why a container counts as affected; empty where it does not."""
    rules = f.judging.rules
    found = _reasons(f.made, portion.possibly > 0.0, rules.held_above)
    unsure = (
        *(UNSURE if mass.unsure_kg >= rules.least_kg else ()),
        *(UNSEEN if unseen else ()),
    )
    if mass.chance(rules.least_kg) > rules.held_above:
        return (found or UNEXPLAINED) + unsure
    if mass.held_kg >= rules.least_kg:
        return UNEXPLAINED + unsure
    return unsure


def _contents(
    f: Followed,
    container: Container,
    inside: Mask,
    quality: Mapping[str, PredictedQuality],
    reported: Mapping[str, float],
) -> Contents:
    record, name = f.comparison.record, container.container_id
    flowing = inside & (f.made[0].flow_kg > 0.0)
    tablets = [p.attributes["weight"][flowing] for p in f.made]
    fillings = [Filling(p.attributes["assay"][flowing], p.flow_kg[flowing]) for p in f.made]
    return Contents(
        quality=quality,
        fillings=fillings if flowing.any() else (),
        affected=np.mean([np.maximum(p.affected, f.held)[flowing] for p in f.made], axis=0),
        tablet_mg=float(np.mean(tablets)) if flowing.any() else math.nan,
        reported_acceptance=reported_acceptance(record, CONTENT_UNIFORMITY, name),
        out_of_specification=out_of_specification(record, container, reported, f.judging.limits),
    )


def _with_acceptance(reported: Mapping[str, float], contents: Contents) -> Mapping[str, float]:
    value = contents.reported_acceptance
    return reported if value is None else {**reported, CONTENT_UNIFORMITY: value}


def _reasons(made: tuple[Product, ...], inside: Mask, held_above: float) -> tuple[str, ...]:
    """The reasons that are not unlikely, in the order of `REASONS`."""
    shares = [
        float(np.mean([bool(((p.reasons[inside] >> k) & 1).any()) for p in made]))
        for k in range(len(REASONS))
    ]
    return tuple(r for r, share in zip(REASONS, shares, strict=True) if share > held_above)
