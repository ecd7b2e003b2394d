"""How many tablets additional testing takes, and from where in the filling of a container.

- Where tablets may be affected: so many that, with the confidence of the rules, at least one is
  affected if the share of the rules is; drawn without putting back (hypergeometric). They come from
  the affected part of the filling, an equal number from each of equally spaced places.
- Where only the mean is in doubt: so many that, if the mean is what is expected, its interval then
  lies inside the guarded limits (normal updating). They come from the whole filling.
- Where no number of tablets can do that, because the mean lies outside or is not tested tablet by
  tablet, the first rule holds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from investigator.domain.conformance import Conformance, SamplingPlan
from investigator.domain.impact import attribute_in_words
from investigator.twin.decision_rules import SamplingRule

MOST_UNITS = 1000
"""More tablets than that no laboratory tests; a mean that needs them is not settled by testing."""
ROUNDING = 1e-9
"""Relative: a number of tablets that is whole but for this much is not rounded up."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a filling that is sampled, in kg filled before, and its number of tablets."""

    from_kg: float
    to_kg: float
    tablets: int


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An attribute whose mean is in doubt.

    `found`: its judgement. `mean`, `u`: of the container. `guard_factor`: of its rule. `unit_sd`:
    of single tablets; None where it is not tested tablet by tablet.
    """

    found: Conformance
    mean: float
    u: float
    guard_factor: float
    unit_sd: float | None


def units_to_detect(*, tablets: int, share: float, confidence: float) -> int:
    """Fewest tablets of which at least one is affected with the confidence, if `share` of all is.

    Args:
        tablets: in all, at least 1. share: affected, above 0; at least one tablet is.
        confidence: below 1.
    """
    affected = min(max(1, round(share * tablets)), tablets)
    if _missed(tablets, affected, tablets - affected) > 1.0 - confidence:
        return tablets - affected + 1
    low, high = 0, tablets - affected
    while high - low > 1:
        middle = (low + high) // 2
        if _missed(tablets, affected, middle) > 1.0 - confidence:
            low = middle
        else:
            high = middle
    return max(high, 1)


def _missed(tablets: int, affected: int, drawn: int) -> float:
    """Chance that none of the tablets drawn is affected."""
    if drawn > tablets - affected:
        return 0.0
    logarithm = (
        math.lgamma(tablets - affected + 1)
        - math.lgamma(tablets - affected - drawn + 1)
        - math.lgamma(tablets + 1)
        + math.lgamma(tablets - drawn + 1)
    )
    return math.exp(logarithm)


def units_for_mean(
    mean: float,
    u: float,
    unit_sd: float,
    limits: tuple[float | None, float | None],
    *,
    guard_factor: float,
) -> int | None:
    """Fewest tablets whose mean brings the container inside its guarded limits.

    Args:
        mean, u: of the container, with its standard uncertainty, above 0.
        unit_sd: of single tablets, in the same unit.
        limits: None where there is none. guard_factor: in standard uncertainties.

    Returns:
        None where the mean lies outside its limits, or more than `MOST_UNITS` would be needed.
    """
    low, high = limits
    room = min(
        mean - low if low is not None else math.inf, high - mean if high is not None else math.inf
    )
    if room <= 0.0:
        return None
    if guard_factor * u <= room * (1.0 + ROUNDING):
        return 1
    allowed = (room / guard_factor) ** 2
    needed = unit_sd**2 * (1.0 / allowed - 1.0 / u**2) * (1.0 - ROUNDING)
    return math.ceil(needed) if needed <= MOST_UNITS else None


def plan_for_affected(part: Part, attributes: tuple[str, ...], rule: SamplingRule) -> SamplingPlan:
    """The plan for a container of which some tablets may be affected."""
    fewest = units_to_detect(tablets=part.tablets, share=rule.share, confidence=rule.confidence)
    units, strata = _in_places(fewest, part.tablets, rule)
    return SamplingPlan(
        units=units,
        strata=strata,
        attributes=attributes,
        why=(
            f"{fewest} tablets hold at least one affected one with {100 * rule.confidence:g} % "
            f"confidence if {100 * rule.share:g} % of the {part.tablets} tablets between "
            f"{part.from_kg:.2f} and {part.to_kg:.2f} kg of the filling are affected."
        ),
        from_kg=part.from_kg,
        to_kg=part.to_kg,
    )


def plan_for_means(whole: Part, doubtful: Sequence[Doubtful], rule: SamplingRule) -> SamplingPlan:
    """The plan for a container of which means are in doubt, at least one."""
    attributes = tuple(d.found.attribute for d in doubtful)
    needed = {d.found.attribute: _for_mean(d) for d in doubtful}
    known = {name: n for name, n in needed.items() if n is not None}
    if len(known) < len(needed):
        return plan_for_affected(whole, attributes, rule)
    name = max(known, key=lambda attribute: known[attribute])
    units, strata = _in_places(known[name], whole.tablets, rule)
    return SamplingPlan(
        units=units,
        strata=strata,
        attributes=attributes,
        why=(
            f"{known[name]} tablets bring the mean {attribute_in_words(name)} inside its guarded "
            "limits if it is what is expected."
        ),
        from_kg=whole.from_kg,
        to_kg=whole.to_kg,
    )


def _for_mean(doubtful: Doubtful) -> int | None:
    if doubtful.unit_sd is None:
        return None
    return units_for_mean(
        doubtful.mean,
        doubtful.u,
        doubtful.unit_sd,
        (doubtful.found.low, doubtful.found.high),
        guard_factor=doubtful.guard_factor,
    )


def _in_places(fewest: int, tablets: int, rule: SamplingRule) -> tuple[int, int]:
    """Tablets and places: the same number from each place, never more than there are."""
    places = math.ceil(fewest / rule.units_per_place)
    return min(places * rule.units_per_place, tablets), places
