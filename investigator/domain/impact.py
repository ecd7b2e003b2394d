"""What the disturbance did to the product: intervals, containers, quality, proposals."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.conformance import AcceptanceValue, Conformance, SamplingPlan
from investigator.domain.instant import Span


@dataclass(frozen=True, slots=True)
class PredictedQuality:
    """The container's true mean of one attribute: estimate, 95 % interval, chance to conform.

    `p_conform` is None for an attribute without limits.
    """

    mean: float
    lo95: float
    hi95: float
    unit: str
    p_conform: float | None


class Proposal(StrEnum):
    """What the program proposes for a container; the decision is a person's."""

    RELEASE = "release"
    ADDITIONAL_TESTING = "additional_testing"
    SORT = "sort"
    REJECT = "reject"
    REPROCESS = "reprocess"


PROPOSALS = {
    Proposal.RELEASE: "release",
    Proposal.ADDITIONAL_TESTING: "additional testing",
    Proposal.SORT: "sort",
    Proposal.REJECT: "reject",
    Proposal.REPROCESS: "reprocess",
}

REASONS_IN_WORDS = {
    "composition_api": "API content off",
    "composition_mgst": "magnesium stearate content off",
    "oos_assay": "assay out of limits",
    "oos_weight": "weight out of limits",
    "oos_hardness": "hardness out of limits",
    "oos_q30": "dissolution out of limits",
    "oos_water": "water out of limits",
    "oos_individual_station": "tablets of one station out of limits",
    "restart_after_standstill": "restart after a standstill",
    "rejection_not_executed": "rejection not carried out",
    "unexplained": "something unexplained shows",
}

ATTRIBUTES_IN_WORDS = {
    "api_fraction": "API content",
    "mgst_fraction": "magnesium stearate content",
    "q30": "dissolution Q30",
}

_SIGNS = {"api": "API", "mgst": "MgSt", "cu": "content uniformity", "av": "AV"}


def reason_in_words(reason: str) -> str:
    """Why tablets count as affected, as a person says it; what is in words already stays."""
    return REASONS_IN_WORDS.get(reason, reason)


def attribute_in_words(attribute: str) -> str:
    """The attribute's id as words within a sentence, e.g. `tensile strength`."""
    words = " ".join(_SIGNS.get(part, part) for part in attribute.split("_")).strip()
    return ATTRIBUTES_IN_WORDS.get(attribute, words)


def attribute_name(attribute: str) -> str:
    """The attribute's id as words that stand alone, e.g. `Tensile strength`."""
    words = attribute_in_words(attribute)
    return words[:1].upper() + words[1:]


def short_ids(ids: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """The beginning that all ids share, up to its last hyphen, and each id without it."""
    first, last = min(ids, default=""), max(ids, default="")
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    shared = first[: first.rfind("-", 0, same) + 1]
    return shared, {i: i[len(shared) :] for i in ids}


@dataclass(frozen=True, slots=True)
class ContainerImpact:
    """One container: how much of it is affected, its predicted quality, what is proposed.

    `affected_kg` and `affected_kg_hi95` are the central estimate and the conservative (95 %) bound,
    `affected_kg_lo95` the lower one; `quality` is keyed by attribute id; `reported` holds the
    laboratory's mean by attribute id. `affected_tablets`, `affected_tablets_hi95`: their number.
    `conformance`: each attribute against its guarded limits. `rule`: id of the decision rule that
    proposed. `out_of_specification`: what was reported of it and is out of specification, each in
    words. `filled_kg`: what flowed into it by the twin. `chance_affected`: that as much of it is
    affected as the decision rules hold a container for; 1 where it is held for what is not known
    or not explained. Results that were stored before lack what has a default.
    """

    container_id: str
    filled: Span
    net_kg: float
    affected_kg: float
    affected_kg_hi95: float
    affected: bool
    reasons: tuple[str, ...]
    quality: Mapping[str, PredictedQuality]
    reported: Mapping[str, float]
    proposal: Proposal
    proposal_reason: str
    affected_kg_lo95: float = 0.0
    affected_tablets: int = 0
    affected_tablets_hi95: int = 0
    conformance: tuple[Conformance, ...] = ()
    content_uniformity: AcceptanceValue | None = None
    sampling: SamplingPlan | None = None
    rule: str = ""
    out_of_specification: tuple[str, ...] = ()
    filled_kg: float = 0.0
    chance_affected: float | None = None

    @property
    def worst(self) -> tuple[str, PredictedQuality] | None:
        """The attribute least likely to conform, with its prediction; None without limits."""
        known = [
            (q.p_conform, name)
            for name, q in self.quality.items()
            if q.p_conform is not None and math.isfinite(q.p_conform)
        ]
        return (min(known)[1], self.quality[min(known)[1]]) if known else None


@dataclass(frozen=True, slots=True)
class Impact:
    """The disturbance followed to the press outlet and into containers (conservative at 95 %)."""

    onset_ms: int | None
    affected_intervals: tuple[Span, ...]
    containers: tuple[ContainerImpact, ...]

    @property
    def affected_containers(self) -> tuple[str, ...]:
        """Ids of the affected containers, in order of filling."""
        return tuple(c.container_id for c in self.containers if c.affected)
