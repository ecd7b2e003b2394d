"""What the program proposes for a container, with the reason in one sentence.

Rules, first that applies:
- a reported result outside its specification is never proposed for release: additional testing
  under the out-of-specification procedure;
- affected, and some attribute more likely outside than inside its limits: reject;
- affected by single tablets of one station: sort;
- affected otherwise: additional testing;
- not affected, but an attribute's chance to conform below 95 %: additional testing;
- not affected, but the cause is likely on no list: additional testing;
- else: release. The decision is a person's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.analysis.material import Limits
from investigator.domain.impact import PredictedQuality, Proposal, attribute_in_words

LEAST_CONFORMANCE = 0.95
MORE_LIKELY_OUTSIDE = 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """How a container stands: affected, the chance of it, why, and whether the cause is unknown."""

    affected: bool
    chance: float
    reasons: tuple[str, ...]
    cause_unknown: bool


def propose(
    standing: Standing,
    quality: Mapping[str, PredictedQuality],
    reported: Mapping[str, float],
    limits: Limits,
) -> tuple[Proposal, str]:
    """Proposal and reason for one container."""
    outside = _reported_outside(reported, limits)
    if outside:
        return (
            Proposal.ADDITIONAL_TESTING,
            f"The reported {attribute_in_words(outside)} is outside its specification: "
            "out-of-specification procedure before any other decision.",
        )
    worst = min(
        ((q.p_conform, name) for name, q in quality.items() if q.p_conform is not None),
        default=(1.0, ""),
    )
    if standing.affected:
        return _for_affected(standing, *worst)
    return _for_unaffected(standing, *worst)


def _for_affected(standing: Standing, conform: float, attribute: str) -> tuple[Proposal, str]:
    if conform < MORE_LIKELY_OUTSIDE:
        return (
            Proposal.REJECT,
            f"Affected, and its mean {attribute_in_words(attribute)} conforms with probability "
            f"{_chance(conform)} only.",
        )
    if standing.reasons == ("oos_individual_station",):
        return (
            Proposal.SORT,
            "Affected through single tablets of one station: sort by weight or thickness.",
        )
    return (
        Proposal.ADDITIONAL_TESTING,
        f"Holds affected tablets with probability {_chance(standing.chance)}; test stratified "
        "samples of the affected interval.",
    )


def _for_unaffected(standing: Standing, conform: float, attribute: str) -> tuple[Proposal, str]:
    if conform < LEAST_CONFORMANCE:
        return (
            Proposal.ADDITIONAL_TESTING,
            f"Not affected, but its mean {attribute_in_words(attribute)} conforms with probability "
            f"{_chance(conform)} only.",
        )
    if standing.cause_unknown:
        return (
            Proposal.ADDITIONAL_TESTING,
            "Nothing unexplained shows while it was filled, but the cause is likely on no list: "
            "its reach is not known.",
        )
    return (
        Proposal.RELEASE,
        f"No affected tablets expected (probability {_chance(standing.chance)}); every predicted "
        f"mean conforms with probability {_chance(conform)}.",
    )


def _chance(p: float) -> str:
    """A probability to two digits that never says none or all."""
    if p < 0.01:
        return "below 0.01"
    return "above 0.99" if p > 0.99 else f"{p:.2f}"


def _reported_outside(reported: Mapping[str, float], limits: Limits) -> str:
    for name in sorted(reported):
        low, high = limits.of.get(name, (float("-inf"), float("inf")))
        if not low <= reported[name] <= high:
            return name
    return ""
