"""Whether a container conforms with its limits, when its quality is known with uncertainty.

- The limit of acceptance lies inside the limit of the specification by a guard band: the guard
  factor of the decision rules times the standard uncertainty of the container's mean.
- Accepted is a mean inside the guarded limits whose probability to conform is high enough; rejected
  is one outside the limits by as much as the rules demand; all else is inconclusive: test.
- More uncertainty never turns a container into an accepted or, inside its limits, a rejected one.
- The risks of a container are those of this container; those of a process hold before anything is
  measured, for the line as a whole.

Source: JCGM 106:2012, The role of measurement uncertainty in conformity assessment: conformance
probability 7.4, guard bands 8.3, specific risks 9.3.2, global risks 9.5.
"""

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from investigator.analysis.material import Limits
from investigator.domain.conformance import Conformance, Zone
from investigator.domain.departures import Z95
from investigator.domain.impact import PredictedQuality
from investigator.twin.decision_rules import AttributeRule

_REACH = 12.0


@dataclass(frozen=True, slots=True)
class GlobalRisks:
    """What a rule of acceptance does over a process: shares of all items.

    `consumer`: out of limits and accepted. `producer`: within limits and not accepted. `accepted`:
    all that is accepted.
    """

    consumer: float
    producer: float
    accepted: float


def conformances(
    quality: Mapping[str, PredictedQuality], limits: Limits, rules: Mapping[str, AttributeRule]
) -> tuple[Conformance, ...]:
    """Every attribute that has limits and a rule, in the order of the rules.

    Args:
        quality: of the container, by attribute.
        limits: of the specification, absolute. rules: by attribute.
    """
    return tuple(
        conformance(name, quality[name], limits.of[name], rule)
        for name, rule in rules.items()
        if name in quality and name in limits.of
    )


def conformance(
    attribute: str, quality: PredictedQuality, limits: tuple[float, float], rule: AttributeRule
) -> Conformance:
    """One attribute against its guarded limits.

    Args:
        attribute: its id.
        quality: of the container; a figure that is not finite is inconclusive. Its probability to
            conform is taken as it is, for it may be that of several hypotheses; without one it is
            that of a normal value.
        limits: low and high, infinite where there is none.
        rule: of the attribute.
    """
    low, high = limits
    u = (quality.hi95 - quality.lo95) / (2.0 * Z95)
    p = quality.p_conform
    if p is None or not math.isfinite(p):
        p = p_conform(quality.mean, u, limits)
    zone = zone_of(quality.mean, u, limits, rule, p=p)
    return Conformance(
        attribute=attribute,
        unit=quality.unit,
        low=low if math.isfinite(low) else None,
        high=high if math.isfinite(high) else None,
        guard=rule.guard_factor * u,
        p_conform=p,
        zone=zone,
        consumer_risk=1.0 - p if zone is Zone.ACCEPT else 0.0,
        producer_risk=0.0 if zone is Zone.ACCEPT else p,
    )


def p_conform(mean: float, u: float, limits: tuple[float, float]) -> float:
    """Probability that a value with normal uncertainty lies within its limits, ends included.

    0 where mean or uncertainty are not finite: what is not known is not said to conform.
    """
    low, high = limits
    if not (math.isfinite(mean) and math.isfinite(u)):
        return 0.0
    if u <= 0.0:
        return float(low <= mean <= high)
    # From the nearer end: the difference of two numbers near 1 would lose the small risk.
    below, above = float(ndtr((low - mean) / u)), float(ndtr((mean - high) / u))
    return max(0.0, 1.0 - below - above)


def zone_of(
    mean: float, u: float, limits: tuple[float, float], rule: AttributeRule, *, p: float
) -> Zone:
    """Where a value lies when its standard uncertainty `u` counts; `p`: that it conforms."""
    low, high = limits
    if not (math.isfinite(mean) and math.isfinite(u)):
        return Zone.INCONCLUSIVE
    guard = rule.guard_factor * u
    if low + guard <= mean <= high - guard and p >= rule.release_from:
        return Zone.ACCEPT
    if rule.reject_below == 0.0:
        return Zone.INCONCLUSIVE
    beyond = -float(ndtri(rule.reject_below)) * u if u > 0.0 else 0.0
    if mean < low - beyond or mean > high + beyond:
        return Zone.REJECT
    return Zone.INCONCLUSIVE


def global_risks(
    *,
    process_mean: float,
    process_sd: float,
    u: float,
    limits: tuple[float, float],
    guard_factor: float,
) -> GlobalRisks:
    """Risks of accepting inside guarded limits, over a process, before anything is measured.

    Args:
        process_mean, process_sd: of the true values, normal; `process_sd` above 0.
        u: standard uncertainty of a measured value, above 0.
        limits: of the specification. guard_factor: of the guard band, in `u`.

    The true values are integrated between the limits and, beside them, out to 12 standard
    deviations, adaptively and to about 1e-10.
    """
    low, high = limits
    guarded = (low + guard_factor * u, high - guard_factor * u)
    reach = (process_mean - _REACH * process_sd, process_mean + _REACH * process_sd)

    def density(true: float) -> float:
        z = (true - process_mean) / process_sd
        accepted = max(ndtr((guarded[1] - true) / u) - ndtr((guarded[0] - true) / u), 0.0)
        return float(accepted * math.exp(-0.5 * z * z)) / (process_sd * math.sqrt(2.0 * math.pi))

    pieces = (reach[0], *(min(max(x, reach[0]), reach[1]) for x in limits), reach[1])
    below, inside, above = (
        _integral(density, a, b, guarded) for a, b in itertools.pairwise(pieces)
    )
    within = p_conform(process_mean, process_sd, limits)
    return GlobalRisks(
        consumer=below + above, producer=within - inside, accepted=below + inside + above
    )


def _integral(
    density: Callable[[float], float], begin: float, end: float, breaks: tuple[float, float]
) -> float:
    from scipy.integrate import quad

    if begin >= end:
        return 0.0
    inner = [x for x in breaks if begin < x < end]
    found, _ = quad(density, begin, end, points=inner or None, epsabs=1e-11, limit=200)
    return float(found)
