"""What the program proposes for a container, with the reason in one sentence.

Rules, first that applies:
- a reported result outside its specification is never proposed for release: additional testing
  under the out-of-specification procedure;
- affected, and some attribute more likely outside than inside its limits: reject;
- affected by single tablets of one station: sort;
- affected otherwise: additional testing;
- not affected, but an attribute's chance to conform below 95 %: additional testing;
- else: release. The decision is a person's.
"""

from collections.abc import Mapping

from investigator.analysis.material import Limits
from investigator.domain.impact import PredictedQuality, Proposal

LEAST_CONFORMANCE = 0.95
WORDS = {
    "api_fraction": "API content",
    "mgst_fraction": "magnesium stearate content",
    "q30": "dissolution Q30",
    "tensile_strength": "tensile strength",
}


def propose(
    affected: bool,
    chance: float,
    quality: Mapping[str, PredictedQuality],
    reported: Mapping[str, float],
    reasons: tuple[str, ...],
    limits: Limits,
) -> tuple[Proposal, str]:
    """Proposal and reason for one container; `chance` is that of being affected."""
    outside = _reported_outside(reported, limits)
    if outside:
        return (
            Proposal.ADDITIONAL_TESTING,
            f"The reported {_words(outside)} is outside its specification: out-of-specification "
            "procedure before any other decision.",
        )
    worst = min(
        ((q.p_conform, name) for name, q in quality.items() if q.p_conform is not None),
        default=(1.0, ""),
    )
    if affected:
        if worst[0] < 0.5:
            return (
                Proposal.REJECT,
                f"Affected, and its mean {_words(worst[1])} conforms with probability "
                f"{_chance(worst[0])} only.",
            )
        if reasons == ("oos_individual_station",):
            return (
                Proposal.SORT,
                "Affected through single tablets of one station: sort by weight or thickness.",
            )
        return (
            Proposal.ADDITIONAL_TESTING,
            f"Holds affected tablets with probability {_chance(chance)}; test stratified samples "
            "of the affected interval.",
        )
    if worst[0] < LEAST_CONFORMANCE:
        return (
            Proposal.ADDITIONAL_TESTING,
            f"Not affected, but its mean {_words(worst[1])} conforms with probability "
            f"{_chance(worst[0])} only.",
        )
    return (
        Proposal.RELEASE,
        f"No affected tablets expected (probability {_chance(chance)}); every predicted mean "
        f"conforms with probability {_chance(worst[0])}.",
    )


def _words(attribute: str) -> str:
    return WORDS.get(attribute, attribute)


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
