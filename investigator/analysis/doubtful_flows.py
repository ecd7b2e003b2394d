"""Where the recorded flows do not tell what was made: missing, in doubt, backwards, or none.

- A flow counts as doubtful where for two minutes or more, with the feeder asked to feed, it was not
  recorded (by scale or screw), was in doubt, was negative, or was nothing. A refill blinds a feeder
  for less.
- What such a feeder brought meanwhile is followed to the press outlet. Near the disturbance, where
  it may be part of it, the containers that hold it are held: more than affected, never less.
- Elsewhere in the run it is told and holds nothing.
- While the speed of the press was not recorded it may have turned: what it then made counts as
  affected as the worse of before and after. Of more than ten minutes nothing is known: what is near
  a disturbance is held.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_map import STEP_MS, outside_run, press_unseen
from investigator.analysis.fitting import Fit
from investigator.analysis.material import Product, window_of
from investigator.analysis.traced_place import entry_of
from investigator.domain.evidence import Finding, Severity
from investigator.domain.instant import Span
from investigator.process.contents import line_flows
from investigator.process.line import LineInputs
from investigator.process.trace import marked_share
from investigator.twin.batch_measurements import containers_unseen
from investigator.twin.measured import clean_set_point
from investigator.twin.package import TwinPackage
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS

LEAST_S, BRIDGED_S = 120.0, 600.0
NOTHING_SHARE = 0.02
BACKWARDS_SHARE = -0.01
HELD_SHARE = 0.02
PRESS = "turret.speed"
NOT_RECORDED = "missing"
REACH_MS = 3_600_000
"""So long after it ended the line has forgotten what was fed or went wrong."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch in which a flow does not tell what was made. `role`: the flow, or the press."""

    role: str
    kind: str
    span: Span


def doubts(record: LineRecord) -> tuple[Doubt, ...]:
    """All stretches, by role and then by time."""
    found: list[Doubt] = []
    for feeder in FEEDERS:
        role, set_point = f"{feeder}.flow", clean_set_point(record, feeder)
        for kind, mask in _of_feeder(record, role, set_point).items():
            found += [Doubt(role, kind, span) for span in _stretches(record, mask)]
    unseen = _stretches(record, press_unseen(record))
    return (*found, *(Doubt(PRESS, NOT_RECORDED, span) for span in unseen))


def bridged(record: LineRecord, product: Product) -> Product:
    """A draw in which the press also made what it may have made while its speed was not recorded,
    at the usual rate and as affected as the worse of the steps before and after."""
    unseen = press_unseen(record)
    known = np.flatnonzero(~unseen)
    if known.size in (0, unseen.size):
        return product
    after = np.searchsorted(known, np.arange(unseen.size))
    before, after = known[np.maximum(after - 1, 0)], known[np.minimum(after, known.size - 1)]
    worse = np.maximum(product.affected[before], product.affected[after])
    usual_kg = record.named.usual["throughput"] * STEP_S / 3600.0
    return replace(
        product,
        affected=np.where(unseen, worse, product.affected),
        reasons=np.where(unseen, product.reasons[before] | product.reasons[after], product.reasons),
        flow_kg=np.where(unseen, usual_kg, product.flow_kg),
    )


def _of_feeder(record: LineRecord, role: str, set_point: Array) -> Mapping[str, Mask]:
    asked = record.running & np.isfinite(set_point) & (set_point > 0.0)
    flow, screw = record.roles[role], role.replace(".flow", ".screw_speed")
    known = np.isfinite(flow)
    share = np.where(known, flow, 0.0) / np.where(asked, set_point, 1.0)
    backwards = known & (share < BACKWARDS_SHARE)
    return {
        NOT_RECORDED: asked & ~known & ~np.isfinite(record.roles[screw]),
        "doubtful": asked & known & (record.sd_factor(role) > 1.0),
        "backwards": asked & backwards,
        "nothing": asked & known & ~backwards & (share < NOTHING_SHARE),
    }


def _stretches(record: LineRecord, mask: Mask) -> Iterator[Span]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        if (end - first) * STEP_S >= LEAST_S:
            yield Span(int(record.grid_ms[first]), int(record.grid_ms[end - 1]) + STEP_MS)


def unsure_time(
    c: Comparison,
    inputs: LineInputs,
    fits: tuple[Fit, ...],
    package: TwinPackage,
    found: tuple[Doubt, ...],
) -> Mask:
    """Where what left the press may be affected for all that its flows tell, (n,).

    Args:
        c: the run. inputs: what drives the line. fits: what is at work.
        package: the twin. found: doubts of the run.
    """
    record = c.record
    unsure = np.zeros(record.grid_ms.shape, dtype=np.bool_)
    near = window_of(record, fits)
    chosen = [d for d in found if _touches(record, near, d.span) and not _own(record, d, fits)]
    for doubt in (d for d in chosen if d.role == PRESS and d.span.seconds > BRIDGED_S):
        unsure |= _inside(record, doubt.span)
    fed = [d for d in chosen if d.role != PRESS]
    if not fed:
        return unsure & near
    flows, start_ms = line_flows(inputs, package.parameters.line()), int(record.grid_ms[0])
    for doubt in fed:
        since = ((doubt.span.start_ms - start_ms) / 1000.0, (doubt.span.end_ms - start_ms) / 1000.0)
        entry = entry_of(package, doubt.role.removesuffix(".flow"))
        unsure |= marked_share(flows, STEP_S, entry, [since])[:, 0] > HELD_SHARE
    return unsure & near


def _touches(record: LineRecord, near: Mask, span: Span) -> bool:
    return bool((near & _inside(record, span)).any())


def _inside(record: LineRecord, span: Span) -> Mask:
    return np.asarray((record.grid_ms >= span.start_ms) & (record.grid_ms < span.end_ms))


def _own(record: LineRecord, doubt: Doubt, fits: tuple[Fit, ...]) -> bool:
    """Whether a cause at that feeder is at work: what its flow shows then is its doing. A flow
    that was not recorded shows nothing."""
    if doubt.kind == NOT_RECORDED:
        return False
    feeder = doubt.role.removesuffix(".flow")
    return any(record.named.feeder_of(fit.mode.unit) == feeder for fit in fits)


def unseen_containers(
    record: LineRecord, windows: Sequence[tuple[Fit, ...]], *, cause_unknown: bool
) -> frozenset[str]:
    """Ids of the containers that may hold part of a disturbance for all that is known: the run was
    not recorded for much of the time in which they were filled, and a disturbance is near, or the
    container was filled outside what was recorded, or nobody knows where the disturbance was.

    Args:
        record: the run. windows: fits of every hypothesis that counts.
        cause_unknown: whether "none of these" is likely.
    """
    near = np.zeros(record.grid_ms.shape, dtype=np.bool_)
    for fits in windows:
        near |= window_of(record, fits)
    if not (cause_unknown or near.any()):
        return frozenset()
    unseen = containers_unseen(record)
    return frozenset(
        c.container_id
        for c in record.containers
        if c.container_id in unseen
        and (cause_unknown or outside_run(record, c.filled) or _touches(record, near, c.filled))
    )


def flow_findings(
    found: tuple[Doubt, ...], tag_map: Mapping[str, str], held: Mask, record: LineRecord
) -> tuple[Finding, ...]:
    """What is doubtful in the flows, and whether containers are held for it."""
    return tuple(
        Finding(
            tag_map.get(doubt.role, doubt.role),
            f"flow_{doubt.kind}",
            doubt.span,
            _action(record, doubt, held),
            f"for {doubt.span.seconds / 60.0:.1f} min the record does not tell what was made",
            Severity.MAJOR,
        )
        for doubt in found
    )


def _action(record: LineRecord, doubt: Doubt, held: Mask) -> str:
    if doubt.role == PRESS and doubt.span.seconds <= BRIDGED_S:
        return "what may have been made counts as affected as the worse of before and after"
    reached = Span(doubt.span.start_ms, doubt.span.end_ms + REACH_MS)
    if _touches(record, held, reached):
        return "containers that hold what was made of it are held"
    return "no container is held for it: no disturbance is near, or its own feeder is the cause"
