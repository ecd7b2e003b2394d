"""What left the press in which time filled which container, by the batch record.

- A container takes what was accepted from the end of the one before it to its own end of filling,
  each time less the transit from press to drum; nothing accepted falls between two containers.
- Possibly it took more: what lies within the uncertainty of the record's clock beyond a boundary,
  and where the times of two overlap or leave a gap, all of that. Such material counts in both.
- While the speed of the press was not recorded it may have turned: what may have been made then
  counts as possible.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.domain.batch import Container
from investigator.domain.instant import Span
from investigator.twin.container_prediction import HALF
from investigator.twin.record import STEP_S, Array, LineRecord, Mask

STEP_MS = int(STEP_S * 1000)


@dataclass(frozen=True, slots=True)
class Portion:
    """A container and the time at the press outlet that filled it.

    `inside` (n,): the steps by the record. `possibly` (n,): the share of each step that may have
    gone there, 0 to 1. `made` (n,): the same wherever the reject gate stood.
    """

    container: Container
    inside: Mask
    possibly: Array
    made: Array


def accepted_time(c: Comparison) -> Mask:
    """Where the press made tablets that went to a container."""
    return np.asarray(c.record.running & ~_rejected(c.record), dtype=np.bool_)


def _possibly_made(record: LineRecord) -> Mask:
    """Where tablets may have been made: the press turned, or was not recorded."""
    return np.asarray(record.running | press_unseen(record))


def press_unseen(record: LineRecord) -> Mask:
    """Where the press may have turned, its speed not recorded: between its first and last turn."""
    standing = np.isin(record.roles["line.state"], record.named.standing)
    unseen = ~np.isfinite(record.roles["turret.speed"]) & ~standing
    turning = np.flatnonzero(record.running)
    unseen[: turning[0]] = False
    unseen[turning[-1] :] = False
    return np.asarray(unseen, dtype=np.bool_)


def outside_run(record: LineRecord, filled: Span) -> bool:
    """Whether a container was filled wholly before or after what was recorded."""
    return filled.end_ms <= record.span.start_ms or filled.start_ms >= record.span.end_ms


def _rejected(record: LineRecord) -> Mask:
    feedback = record.roles["gate.feedback"]
    return np.asarray(np.where(np.isfinite(feedback), feedback, 0.0) == 1)


def transit_ms(record: LineRecord) -> int:
    """From the press outlet into the drum."""
    return int(1000 * record.named.usual["deduster_transit"])


def shares_of_time(c: Comparison) -> Iterator[tuple[Container, Mask]]:
    """For every container the accepted time at the press outlet that filled it."""
    accepted, grid, late = accepted_time(c), c.record.grid_ms, transit_ms(c.record)
    begin = int(grid[0])
    for container in c.record.containers:
        end = container.filled.end_ms - late
        if container is c.record.containers[-1]:
            end = int(grid[-1]) + 1
        yield container, np.asarray(accepted & (grid >= begin) & (grid < end), dtype=np.bool_)
        begin = max(begin, end)


def portions(c: Comparison) -> tuple[Portion, ...]:
    """Every container with its time, in the order of the record."""
    record, containers = c.record, c.record.containers
    made, kept, late = _possibly_made(record), ~_rejected(record), transit_ms(record)
    margin = int(1000 * HALF[0.95] * record.clock_sd_s)
    begin, end = int(record.grid_ms[0]), int(record.grid_ms[-1]) + STEP_MS
    found = []
    for i, (container, inside) in enumerate(shares_of_time(c)):
        filled = container.filled
        if i > 0:
            before = max(other.filled.end_ms for other in containers[:i])
            begin = min(filled.start_ms, before) - late - margin
        ends = end
        if i + 1 < len(containers):
            after = min(other.filled.start_ms for other in containers[i + 1 :])
            ends = max(filled.end_ms, after) - late + margin
        covered = made * _covered(record, begin, ends)
        found.append(Portion(container, inside, possibly=kept * covered, made=covered))
    return tuple(found)


def _covered(record: LineRecord, begin_ms: int, end_ms: int) -> Array:
    """Share of each step that lies between two instants, (n,)."""
    first = np.maximum(record.grid_ms, begin_ms)
    last = np.minimum(record.grid_ms + STEP_MS, end_ms)
    return np.asarray(np.clip((last - first) / STEP_MS, 0.0, 1.0))
