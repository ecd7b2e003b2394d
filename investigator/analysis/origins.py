"""What containers were made of: lots of each material, and times of feeding.

- What left the press while a container was filled is followed back to when it entered; what entered
  then was of the lots that left the hopper at that time.
- What was in the line when the record begins counts for the lots of the start.
- Shares of the lots of one material sum to 1, and so do those of the times of feeding; what is
  below 0.1 % in all draws is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.analysis.container_map import STEP_MS
from investigator.analysis.traced_place import entry_of
from investigator.domain.batch import Container
from investigator.domain.instant import Span, to_datetime
from investigator.domain.tracing import ContainerOrigin, Origin, OriginKind
from investigator.process.chain import Integers, chain_of, cut_into
from investigator.process.contents import LineFlows
from investigator.process.line_inputs import LineInputs
from investigator.process.trace import Entry
from investigator.process.tracing import came_from
from investigator.twin.hopper_lots import lots_of, share_of_lots
from investigator.twin.package import TwinPackage
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.recorded_inputs import TITLES

BIN_S = 600.0
LEAST_SHARE = 1e-3
_PER_BIN = int(BIN_S / STEP_S)
_LEAST_KG = 1e-6


@dataclass(frozen=True, slots=True)
class LotColumn:
    """A lot, its feeder, its share in what enters there in each step (n,), and at the start."""

    lot_id: str
    feeder: str
    entering: Array
    at_start: float


@dataclass(frozen=True, slots=True)
class Backward:
    """What is asked of a run: containers, the share of each step that each took (n, K), and the
    lots by the place where they entered."""

    record: LineRecord
    containers: tuple[Container, ...]
    taken: Array
    lots: tuple[tuple[Entry, tuple[LotColumn, ...]], ...]


@dataclass(frozen=True, slots=True)
class Fed:
    """Of one draw: kg of each lot in each container (K, L), and the powders of each container by
    step of feeding, what was there at the start before the first (K, n + 1)."""

    lots_kg: Array
    powders_kg: Array


def backward_of(
    package: TwinPackage,
    record: LineRecord,
    inputs: LineInputs,
    portions: Sequence[tuple[Container, Mask]],
) -> Backward:
    """What is to be followed back.

    Args:
        package: the twin. record, inputs: the run.
        portions: containers, each with the steps (n,) in which it was made.
    """
    by_entry: dict[Entry, list[LotColumn]] = {Entry.BLENDER: []}
    for feeder in FEEDERS:
        entry = entry_of(package, feeder)
        by_entry.setdefault(entry, []).extend(_columns(package, record, inputs, feeder))
    taken = [mask.astype(np.float64) for _, mask in portions]
    return Backward(
        record,
        tuple(container for container, _ in portions),
        np.array(taken).reshape(len(taken), record.grid_ms.size).T,
        tuple((entry, tuple(columns)) for entry, columns in by_entry.items()),
    )


def _columns(
    package: TwinPackage, record: LineRecord, inputs: LineInputs, feeder: str
) -> list[LotColumn]:
    flow = np.maximum(inputs.feed_kg_h, 0.0)
    own, entry = flow[FEEDERS.index(feeder)], package.parameters.route.entry
    here = [i for i, at in enumerate(entry) if at == entry[FEEDERS.index(feeder)]]
    whole = flow[here].sum(axis=0)
    of_feed = own / np.maximum(whole, 1e-12)
    at_start = float(own.sum() / max(float(whole.sum()), 1e-12))
    return [
        LotColumn(lot.lot_id, feeder, of_feed * share, at_start if place == 0 else 0.0)
        for place, (lot, share) in enumerate(
            zip(lots_of(record, feeder), share_of_lots(record, feeder, own), strict=True)
        )
    ]


def fed(back: Backward, flows: list[LineFlows], parts: Integers) -> list[Fed]:
    """What the containers were made of under each member of `flows`, steps cut into `parts`."""
    lots: list[list[Array]] = [[] for _ in flows]
    powders: list[Array] = [np.zeros((0, 0)) for _ in flows]
    for entry, columns in back.lots:
        if entry is not Entry.BLENDER and _one_lot_each(columns):
            lots = [own + [np.ones(len(back.containers))] * len(columns) for own in lots]
            continue
        came = came_from(cut_into(chain_of(flows, entry), parts), back.taken)
        for m in range(len(flows)):
            kg, start = came.fed_kg[:, :, m], came.start_kg[:, m]
            lots[m] += [
                (kg * one.entering[:, np.newaxis]).sum(axis=0) + start * one.at_start
                for one in columns
            ]
            if entry is Entry.BLENDER:
                powders[m] = np.vstack([start, kg]).T
    return [
        Fed(np.array(own).reshape(len(own), len(back.containers)).T, by_step)
        for own, by_step in zip(lots, powders, strict=True)
    ]


def _one_lot_each(columns: tuple[LotColumn, ...]) -> bool:
    """Whether no feeder had a second lot: then all of its material is of the first."""
    return len({column.feeder for column in columns}) == len(columns)


def container_origins(
    back: Backward, central: Fed, sets: Sequence[Sequence[Fed]]
) -> tuple[ContainerOrigin, ...]:
    """Lots and times of feeding of each container, with the 95 % interval over the draws.

    A container of which nothing could be traced has no origins.
    """
    columns = [column for _, some in back.lots for column in some]
    shares, times = _lot_shares(central, columns), _time_shares(central)
    lots = _bounds(shares, [[_lot_shares(one, columns) for one in some] for some in sets])
    feeding = _bounds(times, [[_time_shares(one) for one in some] for some in sets])
    return tuple(
        ContainerOrigin(
            container.container_id,
            _fed_span(back, container, central.powders_kg[k]),
            (*_of_lots(columns, shares[k], lots, k), *_of_times(back, times[k], feeding, k)),
        )
        for k, container in enumerate(back.containers)
    )


def _lot_shares(one: Fed, columns: list[LotColumn]) -> Array:
    """Share of each lot in its own material, (K, L)."""
    feeders = [column.feeder for column in columns]
    same = np.array([[a == b for b in feeders] for a in feeders], dtype=np.float64)
    kg = one.lots_kg[:, :, np.newaxis]
    whole = (kg * same.reshape(1, len(feeders), len(feeders))).sum(axis=1)
    return np.asarray(one.lots_kg / np.maximum(whole, _LEAST_KG))


def _time_shares(one: Fed) -> Array:
    """Share of each time of feeding in the powders, what was there before the first, (K, B)."""
    begins = np.r_[0, np.arange(1, one.powders_kg.shape[1], _PER_BIN)]
    kg = np.add.reduceat(one.powders_kg, begins, axis=1)
    return np.asarray(kg / np.maximum(kg.sum(axis=1, keepdims=True), _LEAST_KG))


def _bounds(central: Array, sets: Sequence[Sequence[Array]]) -> tuple[Array, Array]:
    """The widest 95 % interval of any set of draws."""
    found = [np.quantile(some, [0.025, 0.975], axis=0) for some in sets]
    low = np.minimum(np.min([one[0] for one in found], axis=0), central)
    return low, np.maximum(np.max([one[1] for one in found], axis=0), central)


def _of_lots(
    columns: list[LotColumn], shares: Array, bounds: tuple[Array, Array], k: int
) -> list[Origin]:
    return [
        Origin(
            OriginKind.LOT,
            column.lot_id,
            float(shares[i]),
            float(bounds[0][k, i]),
            float(bounds[1][k, i]),
            TITLES[column.feeder],
        )
        for i, column in enumerate(columns)
        if bounds[1][k, i] >= LEAST_SHARE
    ]


def _of_times(back: Backward, shares: Array, bounds: tuple[Array, Array], k: int) -> list[Origin]:
    return [
        Origin(
            OriginKind.FEEDING,
            _time_in_words(back.record, i),
            float(shares[i]),
            float(bounds[0][k, i]),
            float(bounds[1][k, i]),
            fed=_time_of(back.record, i),
        )
        for i in range(shares.size)
        if bounds[1][k, i] >= LEAST_SHARE
    ]


def _time_of(record: LineRecord, at: int) -> Span | None:
    """A time of feeding; None for the first, which holds what was in the line before."""
    if at == 0:
        return None
    begin = int(record.grid_ms[0]) + (at - 1) * _PER_BIN * STEP_MS
    return Span(begin, begin + _PER_BIN * STEP_MS)


def _time_in_words(record: LineRecord, at: int) -> str:
    """By the clock, UTC."""
    span = _time_of(record, at)
    if span is None:
        return "before the record"
    clock = [to_datetime(t).strftime("%H:%M") for t in (span.start_ms, span.end_ms)]
    return f"{clock[0]} to {clock[1]} UTC"


def _fed_span(back: Backward, container: Container, powders_kg: Array) -> Span:
    """When the middle 95 % of the powders of a container entered; its filling where none did."""
    so_far = np.cumsum(powders_kg)
    if so_far[-1] < _LEAST_KG:
        return container.filled
    first, last = np.searchsorted(so_far / so_far[-1], [0.025, 0.975])
    grid = back.record.grid_ms
    begin, end = max(int(first) - 1, 0), min(int(last), grid.size - 1)
    return Span(int(grid[begin]), int(grid[end]) + (STEP_MS if end == begin else 0))
