"""Affected material beside the containers: in the reject bin, in samples and at the end of the run.

- The draws of the product at the press outlet say how much; the position of the reject gate says
  where it went. Material in which something unexplained shows counts as affected in every draw.
- An in-process sample is of the tablets of its time; a laboratory sample may be of any part of its
  container.
- What stays in the line counts as affected as the last material that was made.
"""

from collections.abc import Iterator

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_map import accepted_time
from investigator.analysis.material import Product
from investigator.domain.batch import InProcessSample
from investigator.domain.impact import ContainerImpact
from investigator.domain.material_account import (
    MG_TO_KG,
    REJECTED,
    AffectedSample,
    MassEstimate,
    MaterialAccount,
    Place,
    RecordedMasses,
    material_account,
)
from investigator.twin.record import STEP_S, Array, LineRecord, Mask

LAST_S = 120.0
CERTAIN = 0.999


def accounted(
    c: Comparison,
    made: tuple[Product, ...],
    held: Mask,
    containers: tuple[ContainerImpact, ...],
    recorded: RecordedMasses,
    *,
    held_above: float,
) -> MaterialAccount:
    """The account of the batch.

    Args:
        c: the comparison, for gate, press and samples.
        made: the product at the press outlet, by draw.
        held: time at the press outlet in which something unexplained shows, shape (n,).
        containers: the impact on every container.
        recorded: the masses that the records give.
        held_above: chance above which what was drawn counts as affected.
    """
    shares = np.array([np.maximum(p.affected, held) for p in made])
    flows = np.array([p.flow_kg for p in made])
    last = c.record.running & (np.cumsum(c.record.running[::-1])[::-1] <= LAST_S / STEP_S)
    affected = {place: _mass(shares, flows, at) for place, at in _rejected(c).items()}
    affected[Place.CONTAINERS] = _in_containers(containers)
    affected[Place.IN_PROCESS_SAMPLES] = _in_samples(c.record, made, shares)
    affected[Place.IN_LINE] = _mass(shares, flows, last)
    samples = (
        *_in_process(c.record, shares.mean(axis=0), held_above),
        *_analysed(c.record, containers),
    )
    return material_account(recorded, affected, samples)


def _rejected(c: Comparison) -> dict[Place, Mask]:
    """Where the gate stood at reject: before anything was accepted, between, and after it."""
    accepted = accepted_time(c)
    rejected = c.record.running & ~accepted
    index = np.arange(accepted.size)
    inside = np.flatnonzero(accepted)
    first, end = (inside[0], inside[-1] + 1) if inside.size else (accepted.size, accepted.size)
    when = (index < first, (index >= first) & (index < end), index >= end)
    return {place: rejected & at for place, at in zip(REJECTED, when, strict=True)}


def _mass(shares: Array, flows: Array, at: Mask) -> MassEstimate:
    """`shares`, `flows`: (draws, n)."""
    kg = (shares * flows)[:, at].sum(axis=1)
    return _estimate(float(flows[:, at].sum(axis=1).mean()), kg)


def _estimate(total_kg: float, affected_kg: Array) -> MassEstimate:
    low, high = np.quantile(affected_kg, (0.025, 0.975))
    return MassEstimate(total_kg, float(affected_kg.mean()), float(low), float(high))


def _in_containers(containers: tuple[ContainerImpact, ...]) -> MassEstimate:
    """Bounds of the containers added up: wider than the interval of the sum, never narrower."""
    return MassEstimate(
        kg=sum(x.net_kg for x in containers),
        affected_kg=sum(x.affected_kg for x in containers),
        affected_kg_lo95=sum(x.affected_kg_lo95 for x in containers),
        affected_kg_hi95=sum(x.affected_kg_hi95 for x in containers),
    )


def _in_samples(record: LineRecord, made: tuple[Product, ...], shares: Array) -> MassEstimate:
    steps = [record.index(s.t_ms) for s in record.samples]
    tablets = np.array([s.size or _largest_test(s) for s in record.samples], dtype=np.float64)
    each_kg = np.array([p.attributes["weight"][steps] * MG_TO_KG for p in made]) * tablets
    return _estimate(float(each_kg.sum(axis=1).mean()), (each_kg * shares[:, steps]).sum(axis=1))


def _largest_test(sample: InProcessSample) -> int:
    """Tablets that the sample held at least, where the record does not say how many."""
    return max((len(test.values) for test in sample.tests), default=0)


def _in_process(record: LineRecord, share: Array, held_above: float) -> Iterator[AffectedSample]:
    for sample in record.samples:
        here = float(share[record.index(sample.t_ms)])
        if here <= held_above:
            continue
        name = sample.description or "in-process sample"
        yield AffectedSample(
            name,
            Place.IN_PROCESS_SAMPLES,
            sample.t_ms,
            sample.container_id,
            here,
            here >= CERTAIN,
            f"drawn while {100 * here:.0f} % of what left the press counts as affected",
        )


def _analysed(
    record: LineRecord, containers: tuple[ContainerImpact, ...]
) -> Iterator[AffectedSample]:
    hit = {x.container_id: x for x in containers if x.affected}
    drawn = {(r.sample_id, r.container_id): r.sampled for r in record.laboratory}
    for (sample_id, container_id), when in drawn.items():
        if not sample_id or container_id not in hit:
            continue
        container = hit[container_id]
        share = min(container.affected_kg / container.net_kg, 1.0) if container.net_kg else 1.0
        yield AffectedSample(
            sample_id,
            Place.LABORATORY_SAMPLES,
            None,
            container_id,
            share,
            share >= CERTAIN,
            f"drawn from {container_id}, of which {container.affected_kg:.2f} of "
            f"{container.net_kg:.2f} kg count as affected; "
            f"{f'sampled {when}' if when else 'when it was drawn is not recorded'}",
        )
