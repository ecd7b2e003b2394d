"""From the press outlet into the containers of the batch record: how much, of what quality.

- A container takes what was accepted from the end of the one before it to its own end of filling,
  each time less the transit from press to drum; nothing accepted falls between two containers.
- A container counts as affected where the chance of the mass that the decision rules name exceeds
  their chance, or where something unexplained shows while it is filled.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from investigator.analysis.acceptance_value import Filling
from investigator.analysis.comparison import Comparison
from investigator.analysis.container_decision import Contents, Judging, decide
from investigator.analysis.container_quality import Quality, reported_means
from investigator.analysis.disposition import Standing
from investigator.analysis.material import REASONS, Product
from investigator.analysis.reported import out_of_specification, reported_acceptance
from investigator.domain.batch import Container
from investigator.domain.impact import ContainerImpact, PredictedQuality
from investigator.twin.decision_rules import CONTENT_UNIFORMITY
from investigator.twin.record import Mask

TRANSIT_S = 26.0


@dataclass(frozen=True, slots=True)
class Followed:
    """A run followed to the press outlet.

    Attributes:
        made: the product, by draw.
        held: time at the press outlet in which something unexplained shows.
        quality: of the containers of which something is told.
        judging: by what containers are judged.
        cause_unknown: whether "none of these" is likely.
    """

    comparison: Comparison
    made: tuple[Product, ...]
    held: Mask
    quality: Quality
    judging: Judging
    cause_unknown: bool


def accepted_time(c: Comparison) -> Mask:
    """Where the press made tablets that went to a container."""
    feedback = c.record.roles["gate.feedback"]
    rejected = np.where(np.isfinite(feedback), feedback, 0.0) == 1
    return np.asarray(c.record.running & ~rejected, dtype=np.bool_)


def into_containers(f: Followed) -> tuple[ContainerImpact, ...]:
    """The impact on every container, in order of filling."""
    reported = reported_means(f.comparison)
    return tuple(
        _container(f, container, inside, reported.get(container.container_id, {}))
        for container, inside in shares_of_time(f.comparison)
    )


def shares_of_time(c: Comparison) -> Iterator[tuple[Container, Mask]]:
    """For every container the accepted time at the press outlet that filled it."""
    accepted, grid = accepted_time(c), c.record.grid_ms
    begin = int(grid[0])
    for container in c.record.containers:
        end = container.filled.end_ms - int(TRANSIT_S * 1000)
        if container is c.record.containers[-1]:
            end = int(grid[-1]) + 1
        yield container, np.asarray(accepted & (grid >= begin) & (grid < end), dtype=np.bool_)
        begin = max(begin, end)


def _container(
    f: Followed, container: Container, inside: Mask, reported: Mapping[str, float]
) -> ContainerImpact:
    kg = np.array([float((p.affected * p.flow_kg)[inside].sum()) for p in f.made])
    unexplained_kg = float((f.made[0].flow_kg * f.held)[inside].sum())
    filled_kg = float(f.made[0].flow_kg[inside].sum())
    net_kg = container.net_kg if container.net_kg is not None else filled_kg
    rules = f.judging.rules
    chance = float((kg >= rules.least_kg).mean())
    affected = chance > rules.held_above or unexplained_kg >= rules.least_kg
    reasons = (_reasons(f.made, inside, rules.held_above) or ("unexplained",)) if affected else ()
    quality = f.quality.get(container.container_id, {})
    standing = Standing(affected, chance, reasons, f.cause_unknown)
    contents = _contents(f, container, inside, quality, reported)
    decision = decide(standing, contents, f.judging)
    return ContainerImpact(
        container_id=container.container_id,
        filled=container.filled,
        net_kg=net_kg,
        affected_kg=min(max(float(kg.mean()), unexplained_kg), net_kg),
        affected_kg_hi95=min(max(float(np.quantile(kg, 0.95)), unexplained_kg), net_kg),
        affected=affected,
        reasons=reasons,
        quality=quality,
        reported=_with_acceptance(reported, contents),
        proposal=decision.proposal,
        proposal_reason=decision.reason,
        conformance=decision.conformance,
        content_uniformity=decision.content_uniformity,
        sampling=decision.sampling,
        rule=decision.rule.value,
        out_of_specification=contents.out_of_specification,
    )


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
