"""Conformance of a container with its specification, when its quality is known with uncertainty.

Source: JCGM 106:2012, The role of measurement uncertainty in conformity assessment; USP <905>.
"""

from dataclasses import dataclass
from enum import StrEnum


class Zone(StrEnum):
    """Where a value lies when its uncertainty counts."""

    ACCEPT = "accept"
    INCONCLUSIVE = "inconclusive"
    REJECT = "reject"


class DecisionRule(StrEnum):
    """Id of a rule by which a disposition is proposed; the first that applies does."""

    REPORTED = "DR-1"
    REPROCESS = "DR-2"
    REJECT = "DR-3"
    SORT = "DR-4"
    AFFECTED = "DR-5"
    INCONCLUSIVE = "DR-6"
    CAUSE_UNKNOWN = "DR-7"
    RELEASE = "DR-8"


RULES_IN_WORDS = {
    DecisionRule.REPORTED: "a reported result out of specification is open: additional testing",
    DecisionRule.REPROCESS: "affected and out of limits, reprocessing registered: reprocess",
    DecisionRule.REJECT: "affected and out of limits: reject",
    DecisionRule.SORT: "affected by single tablets that can be told apart: sort",
    DecisionRule.AFFECTED: "affected otherwise: additional testing",
    DecisionRule.INCONCLUSIVE: "not affected, conformance not certain enough: additional testing",
    DecisionRule.CAUSE_UNKNOWN: "not affected, cause possibly on no list: additional testing",
    DecisionRule.RELEASE: "not affected, every attribute accepted: release",
}


@dataclass(frozen=True, slots=True)
class Conformance:
    """One attribute of one container against its guarded limits.

    `low`, `high`: of the specification, None where there is none. `guard`: width of the guard
    band, in the unit of the attribute. `p_conform`: probability that the true mean conforms.
    `consumer_risk`: that it is outside although accepted here. `producer_risk`: that it is inside
    although not accepted here. Both are those of this container, not of a process.
    """

    attribute: str
    unit: str
    low: float | None
    high: float | None
    guard: float
    p_conform: float
    zone: Zone
    consumer_risk: float
    producer_risk: float


@dataclass(frozen=True, slots=True)
class AcceptanceValue:
    """The acceptance value of USP <905> that ten units of a container would show.

    `mean`, `lo95`, `hi95`: of the predicted value. `p_pass`: probability that the test passes, with
    its second stage. `limit`: L1. `reported`: what the laboratory found, None where it did not.
    """

    mean: float
    lo95: float
    hi95: float
    p_pass: float
    limit: float
    reported: float | None


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """What to sample for additional testing.

    `units`: dosage units over all strata. `strata`: from how many places of the container's filling
    order. `attributes`: to be tested. `why`: one sentence with what the number rests on. `from_kg`,
    `to_kg`: the part of the filling that is sampled, by the mass filled before; 0 and 0 in results
    that were stored before there was such a plan.
    """

    units: int
    strata: int
    attributes: tuple[str, ...]
    why: str
    from_kg: float = 0.0
    to_kg: float = 0.0
