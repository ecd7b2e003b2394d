"""A container judged by the rules of its line: conformance, content uniformity, proposal, plan.

- What is reported out of specification stands beside what is predicted and comes first.
- Additional testing comes with a sampling plan: over the affected part of the filling, or over all
  of it where means are in doubt or nothing tells where to look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from investigator.analysis.acceptance_value import Filling, predicted_acceptance
from investigator.analysis.conformance import conformances
from investigator.analysis.disposition import OF_RULE, Judged, Standing, propose
from investigator.analysis.material import Limits
from investigator.analysis.sampling import Doubtful, Part, plan_for_affected, plan_for_means
from investigator.domain.conformance import (
    AcceptanceValue,
    Conformance,
    DecisionRule,
    SamplingPlan,
    Zone,
)
from investigator.domain.departures import Z95
from investigator.domain.impact import PredictedQuality, Proposal
from investigator.twin.decision_rules import CONTENT_UNIFORMITY, DecisionRules
from investigator.twin.record import Array
from investigator.twin.unit_spread import UnitSpread

CONTENT = "assay"
MG_PER_KG = 1e6
TESTED_FOR: Mapping[str, tuple[str, ...]] = {
    "composition_api": ("assay", "cu_av"),
    "composition_mgst": ("hardness", "q30"),
    "oos_assay": ("assay", "cu_av"),
    "oos_weight": ("weight", "cu_av"),
    "oos_hardness": ("hardness",),
    "oos_q30": ("q30",),
    "oos_water": ("water",),
    "oos_individual_station": ("weight", "hardness"),
}
"""What tablets that are affected for a reason are tested for; for another reason, for all."""


@dataclass(frozen=True, slots=True)
class Judging:
    """By what a container is judged: rules, limits, how much single tablets differ, the seed of the
    simulation, and whether the evidence holds laboratory results of the batch (`batch_tested`)."""

    rules: DecisionRules
    limits: Limits
    units: Mapping[str, UnitSpread]
    seed: int
    batch_tested: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a container, along its filling.

    Attributes:
        quality: of the container, by attribute.
        fillings: content and mass of its tablets, one for each draw; none for an empty container.
        affected: chance that what was filled is affected, along the filling as in `fillings`, (n,).
        tablet_mg: mean mass of a tablet.
        reported_acceptance: acceptance value that the laboratory reported; None without.
        out_of_specification: what was reported and is, in words.
    """

    quality: Mapping[str, PredictedQuality]
    fillings: Sequence[Filling]
    affected: Array
    tablet_mg: float
    reported_acceptance: float | None
    out_of_specification: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules say of a container. `sampling`: None unless it is to be tested."""

    conformance: tuple[Conformance, ...]
    content_uniformity: AcceptanceValue | None
    sampling: SamplingPlan | None
    proposal: Proposal
    reason: str
    rule: DecisionRule


def decide(standing: Standing, contents: Contents, judging: Judging) -> Decision:
    """The decision that the rules propose for a container."""
    judged = _judged(contents, judging)
    rule, reason = propose(standing, judged, judging.rules)
    proposal = OF_RULE[rule]
    plan = None
    if proposal is Proposal.ADDITIONAL_TESTING and contents.fillings:
        plan = _plan(standing, contents, judged, judging)
    return Decision(judged.conformance, judged.content_uniformity, plan, proposal, reason, rule)


def _judged(contents: Contents, judging: Judging) -> Judged:
    quality, rules, limits = contents.quality, judging.rules.attributes, judging.limits
    uniformity = _uniformity(contents, judging)
    told = quality if uniformity is None else {*quality, CONTENT_UNIFORMITY}
    return Judged(
        quality=quality,
        conformance=conformances(quality, limits, rules),
        content_uniformity=uniformity,
        out_of_specification=contents.out_of_specification,
        unpredicted=tuple(name for name in rules if name in limits.of and name not in told),
        batch_tested=judging.batch_tested,
    )


def _uniformity(contents: Contents, judging: Judging) -> AcceptanceValue | None:
    """Predicted where it has a limit, the spread of tablets is known and something is predicted."""
    limits = judging.limits.of.get(CONTENT_UNIFORMITY)
    units, mean = judging.units.get(CONTENT), contents.quality.get(CONTENT)
    if limits is None or units is None or mean is None or not contents.fillings:
        return None
    return predicted_acceptance(
        mean,
        contents.fillings,
        units,
        limit=limits[1],
        reported=contents.reported_acceptance,
        seed=judging.seed,
    )


def _plan(standing: Standing, contents: Contents, judged: Judged, judging: Judging) -> SamplingPlan:
    sampling = judging.rules.sampling
    if standing.affected:
        attributes = _tested_for(standing.reasons, judging)
        return plan_for_affected(_part(contents, judging.rules.held_above), attributes, sampling)
    doubtful = [c for c in judged.conformance if c.zone is not Zone.ACCEPT]
    whole = _part(contents, above=None)
    if not doubtful:
        return plan_for_affected(whole, tuple(judging.rules.attributes), sampling)
    return plan_for_means(whole, [_doubtful(c, contents, judging) for c in doubtful], sampling)


def _doubtful(found: Conformance, contents: Contents, judging: Judging) -> Doubtful:
    quality, name = contents.quality[found.attribute], found.attribute
    units = judging.units.get(name)
    return Doubtful(
        found=found,
        mean=quality.mean,
        u=(quality.hi95 - quality.lo95) / (2.0 * Z95),
        guard_factor=judging.rules.attributes[name].guard_factor,
        unit_sd=None if units is None else units.sd,
    )


def _tested_for(reasons: tuple[str, ...], judging: Judging) -> tuple[str, ...]:
    """Attributes to be tested, in the order of the rules."""
    named = [TESTED_FOR.get(reason) for reason in reasons]
    if not named or None in named:
        return tuple(judging.rules.attributes)
    wanted = {attribute for attributes in named if attributes for attribute in attributes}
    return tuple(name for name in judging.rules.attributes if name in wanted)


def _part(contents: Contents, above: float | None) -> Part:
    """From the first to the last of the filling whose chance to be affected is above this; all of
    it for None, and where no chance is."""
    mass = np.mean([filling.mass_kg for filling in contents.fillings], axis=0)
    filled = np.concatenate([[0.0], np.cumsum(mass)])
    chosen = np.flatnonzero(contents.affected > above) if above is not None else np.arange(0)
    first, last = (chosen[0], chosen[-1]) if chosen.size else (0, mass.size - 1)
    begin, end = float(filled[first]), float(filled[last + 1])
    return Part(begin, end, max(round((end - begin) * MG_PER_KG / contents.tablet_mg), 1))
