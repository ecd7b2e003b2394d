"""What the rules of the line propose for a container, with the reason in one sentence.

Rules, first that applies:
- DR-1: an open result out of specification that was reported: additional testing under the
  out-of-specification procedure, whatever is predicted; it is never proposed for release.
- DR-2: affected, and an attribute out of its limits: reprocess, where that is registered.
- DR-3: affected, and an attribute out of its limits: reject.
- DR-4: affected by single tablets that can be told apart: sort.
- DR-5: affected otherwise: additional testing.
- DR-6: not affected, but an attribute is not accepted inside its guarded limits, or nothing is
  predicted of it, or the evidence holds no laboratory result: additional testing.
- DR-7: not affected, but the cause is likely on no list; or that is not unlikely, and something
  unexplained shows while it was filled: additional testing.
- DR-8: else: release. The decision is a person's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.domain.conformance import AcceptanceValue, Conformance, DecisionRule, Zone
from investigator.domain.impact import (
    PredictedQuality,
    Proposal,
    attribute_in_words,
    reason_in_words,
)
from investigator.domain.quantities import estimate
from investigator.twin.decision_rules import CONTENT_UNIFORMITY, DecisionRules

OF_RULE = {
    DecisionRule.REPORTED: Proposal.ADDITIONAL_TESTING,
    DecisionRule.REPROCESS: Proposal.REPROCESS,
    DecisionRule.REJECT: Proposal.REJECT,
    DecisionRule.SORT: Proposal.SORT,
    DecisionRule.AFFECTED: Proposal.ADDITIONAL_TESTING,
    DecisionRule.INCONCLUSIVE: Proposal.ADDITIONAL_TESTING,
    DecisionRule.CAUSE_UNKNOWN: Proposal.ADDITIONAL_TESTING,
    DecisionRule.RELEASE: Proposal.RELEASE,
}
"""What each rule proposes."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a container stands.

    `affected`, with the `chance` and the `reasons` of it. `cause_unknown`: the cause is likely on
    no list. `unexplained`: that is not unlikely, and something unexplained shows while it was
    filled.
    """

    affected: bool
    chance: float
    reasons: tuple[str, ...]
    cause_unknown: bool
    unexplained: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of the quality of a container.

    `quality`: as predicted, by attribute. `conformance`: of every attribute of it that has a rule.
    `content_uniformity`: None where it is not predicted. `out_of_specification`: what was reported
    and is, in words. `unpredicted`: attributes with a rule and a limit of which nothing is.
    `batch_tested`: whether the evidence holds laboratory results of the batch, of any container.
    """

    quality: Mapping[str, PredictedQuality]
    conformance: tuple[Conformance, ...]
    content_uniformity: AcceptanceValue | None = None
    out_of_specification: tuple[str, ...] = ()
    unpredicted: tuple[str, ...] = ()
    batch_tested: bool = True


def propose(standing: Standing, judged: Judged, rules: DecisionRules) -> tuple[DecisionRule, str]:
    """The rule that proposes (`OF_RULE` says what) and its reason, for one container."""
    if judged.out_of_specification:
        return DecisionRule.REPORTED, _of_reported(judged.out_of_specification)
    if standing.affected:
        return _of_affected(standing, judged, rules)
    return _of_unaffected(standing, judged, rules)


def zone_of_uniformity(found: AcceptanceValue, rules: DecisionRules) -> Zone:
    """Where the probability to pass the test of content uniformity lies; accepted without rule."""
    rule = rules.attributes.get(CONTENT_UNIFORMITY)
    if rule is None or found.p_pass >= rule.release_from:
        return Zone.ACCEPT
    return Zone.REJECT if found.p_pass < rule.reject_below else Zone.INCONCLUSIVE


def _of_reported(outside: tuple[str, ...]) -> str:
    more = f" and {len(outside) - 1} more" if len(outside) > 1 else ""
    return (
        f"Reported out of specification: {outside[0]}{more}; out-of-specification procedure before "
        "any other decision."
    )


def _of_affected(
    standing: Standing, judged: Judged, rules: DecisionRules
) -> tuple[DecisionRule, str]:
    outside = _worst(judged, rules, Zone.REJECT)
    if outside and rules.reprocess_registered:
        return (
            DecisionRule.REPROCESS,
            f"Affected, and {outside}; reprocessing is registered in {rules.reprocess_registered}.",
        )
    if outside:
        return DecisionRule.REJECT, f"Affected, and {outside}."
    told_apart = [rules.sort_by.get(reason) for reason in standing.reasons]
    if told_apart and all(told_apart):
        by = " or ".join(dict.fromkeys(str(by) for by in told_apart))
        return DecisionRule.SORT, f"Affected through single tablets of one station: sort by {by}."
    if standing.chance <= rules.held_above:
        why = " and ".join(reason_in_words(reason) for reason in standing.reasons)
        return (
            DecisionRule.AFFECTED,
            f"Held for what is not known ({why}); test stratified samples of its filling.",
        )
    return (
        DecisionRule.AFFECTED,
        f"Holds affected tablets with probability {_chance(standing.chance)}; test stratified "
        "samples of the affected part of its filling.",
    )


def _doubt(judged: Judged, rules: DecisionRules) -> str:
    """Why a container that is not affected is not sure to conform; empty where it is."""
    if not judged.conformance:
        return "nothing is predicted of its quality"
    if doubtful := _worst(judged, rules, Zone.INCONCLUSIVE, Zone.REJECT):
        return doubtful
    if judged.unpredicted:
        words = " and ".join(attribute_in_words(name) for name in judged.unpredicted)
        return f"nothing is predicted of its {words}"
    if not judged.batch_tested:
        return (
            "the evidence holds no laboratory result of the batch: a prediction alone releases "
            "nothing"
        )
    return ""


def _of_unaffected(
    standing: Standing, judged: Judged, rules: DecisionRules
) -> tuple[DecisionRule, str]:
    if doubt := _doubt(judged, rules):
        return DecisionRule.INCONCLUSIVE, f"Not affected, but {doubt}."
    if standing.cause_unknown:
        return (
            DecisionRule.CAUSE_UNKNOWN,
            "Nothing unexplained shows while it was filled, but the cause is likely on no list: "
            "its reach is not known.",
        )
    if standing.unexplained:
        return (
            DecisionRule.CAUSE_UNKNOWN,
            "Something unexplained shows while it was filled, and that the cause is on no list is "
            "not unlikely.",
        )
    least = min(c.p_conform for c in judged.conformance)
    return (
        DecisionRule.RELEASE,
        f"No affected tablets expected (probability {_chance(standing.chance)}); every predicted "
        f"mean conforms with probability {_chance(least)}.",
    )


def _worst(judged: Judged, rules: DecisionRules, *zones: Zone) -> str:
    """The attribute in one of these zones that is least likely to conform, in words; else empty."""
    found = [(c.p_conform, _in_words(c, judged)) for c in judged.conformance if c.zone in zones]
    uniformity = judged.content_uniformity
    if uniformity is not None and zone_of_uniformity(uniformity, rules) in zones:
        found.append(
            (
                uniformity.p_pass,
                "its tablets pass the test of content uniformity with probability "
                f"{_chance(uniformity.p_pass)}",
            )
        )
    return min(found)[1] if found else ""


def _in_words(found: Conformance, judged: Judged) -> str:
    quality = judged.quality[found.attribute]
    mean = estimate(quality.mean, quality.lo95, quality.hi95, quality.unit)
    return (
        f"its mean {attribute_in_words(found.attribute)}, {mean}, conforms with probability "
        f"{_chance(found.p_conform)}"
    )


def _chance(p: float) -> str:
    """A probability to two digits that never says none or all."""
    if p < 0.01:
        return "below 0.01"
    return "above 0.99" if p > 0.99 else f"{p:.2f}"
