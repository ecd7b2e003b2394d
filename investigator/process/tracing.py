"""Marked material through the line under the flows, contents and speeds of a run, both ways.

- Forward: material is marked where it enters; asked is its share in what leaves every vessel after.
- Backward: something left the press; asked is when it entered. It is the exact transpose.
- Exact for rows of stirred tanks and for dead times, whatever flows; from vessel to vessel go mean
  and change over a step, whose error falls with the fourth power of the step.
- Shares are of the stream that can be marked (of the powders of a feeder, of the lubricant, of
  everything that comes down): 1 means that all of it is marked.
- During a stop nothing moves and nothing ages.

Method: residence times under varying flow follow the mass that passed (Niemi, Int. J. Appl. Radiat.
Isot. 28 (1977) 855-860); here each vessel follows its own, with its content as it was.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.process import plug_flow, tracing_kernel
from investigator.process.chain import PLUG, Chain
from investigator.process.four import LANES
from investigator.process.stretches import stretches_of

Floats = NDArray[np.float64]

_LEAST_SHARE = 1e-12


@dataclass(frozen=True, slots=True)
class CameFrom:
    """When what was asked for entered, in kg of the stream.

    Attributes:
        fed_kg: (n, k, M) of what entered in each step.
        start_kg: (k, M) of what was in the vessels at the start.
    """

    fed_kg: Floats
    start_kg: Floats


@dataclass(frozen=True, slots=True)
class Passed:
    """What leaves each of V vessels (or the last only), means over each step.

    Attributes:
        chain: the vessels.
        share: (V, k, M, n) marked share of the stream, 0 where there is nothing of it.
        stream_share: (V, 1, M, n) share of the stream in everything that leaves, or (1, 1, 1, 1).
    """

    chain: Chain
    share: Floats
    stream_share: Floats

    def leaving_kg(self) -> Floats:
        """Everything that leaves, (V, 1, M, n)."""
        leaving = _by_step(self.chain.leaving_kg(), self.chain.cut)[:, -self.share.shape[0] :]
        return leaving[:, :, np.newaxis].transpose(1, 2, 3, 0)

    def marked_kg(self) -> Floats:
        """What is marked of what leaves, (V, k, M, n)."""
        return np.asarray(self.share * self.stream_share * self.leaving_kg())


def passed(
    chain: Chain, marked: Floats, *, outlet_only: bool = False, of_everything: bool = False
) -> Passed:
    """Follow what is marked.

    Args:
        chain: the vessels.
        marked: (n, k) marked share of the stream that enters in each step. Of what is in the line
            at the start, nothing is marked.
        outlet_only: only what leaves the last vessel is told.
        of_everything: shares are of all that leaves instead of the stream, which is sooner told.
    """
    k, alone = marked.shape[1], chain.alone or of_everything
    parts = marked if chain.cut.size == chain.stream.shape[0] else marked.repeat(chain.cut, axis=0)
    carried = parts[:, :, np.newaxis] * chain.stream[:, np.newaxis]
    start = np.zeros((chain.tanks.size, k, chain.members))
    if not alone:
        carried = np.concatenate([carried, chain.stream[:, np.newaxis]], axis=1)
        start = np.concatenate([start, chain.start[:, np.newaxis]], axis=1)
    shares = _forward(chain, carried, start, outlet_only)
    if chain.cut.size < shares.shape[0]:
        shares = _joined(chain, shares)
    stream, found = np.ones((1, 1, 1, 1)), shares[:, :, :k]
    if not alone:
        stream = shares[:, :, k:]
        found = found / np.maximum(stream, _LEAST_SHARE)
    found = np.clip(found, 0.0, 1.0)
    return Passed(chain, found.transpose(1, 2, 3, 0), stream.transpose(1, 2, 3, 0))


def came_from(chain: Chain, taken: Floats) -> CameFrom:
    """When material entered that left the press.

    Args:
        chain: the vessels.
        taken: (n, k) share that each of k portions takes of what leaves the press in each step.
    """
    leaving = chain.leaving_kg()
    parts = np.repeat(taken, chain.cut, axis=0)[:, :, np.newaxis]
    asked = parts * leaving[:, -1][:, np.newaxis]
    into, start = _backward(chain, asked, leaving)
    fed = into * chain.stream[:, np.newaxis]
    begun = (start * chain.start[:, np.newaxis]).sum(axis=0)
    return CameFrom(_by_step(fed, chain.cut), begun)


def _sections(chain: Chain) -> list[tuple[int, int]]:
    """Vessels from-to that are carried together: rows of tanks, and each dead time by itself."""
    count = chain.tanks.size
    inner = [v for v in range(1, count) if PLUG in (chain.tanks[v], chain.tanks[v - 1])]
    return list(zip([0, *inner], [*inner, count], strict=True))


def _inflow(chain: Chain, leaving: Floats, v: int) -> Floats:
    """Everything that enters vessel v in each part, (N, M)."""
    above = leaving[:, v - 1] if v > 0 else 0.0
    return np.broadcast_to(chain.entered_kg[:, v] + above, (leaving.shape[0], chain.members))


def _forward(chain: Chain, carried: Floats, start: Floats, outlet_only: bool) -> Floats:
    """Shares behind the vessels, (N, V, k, M), of what enters the first with shares (N, k, M)."""
    if PLUG not in chain.tanks:
        first = chain.tanks.size - 1 if outlet_only else 0
        return _tanks(chain.entered_kg, chain.holdup_kg, chain.tanks, carried, start, first)
    leaving, found = chain.leaving_kg(), []
    for a, b in _sections(chain):
        inflow = _inflow(chain, leaving, a)
        if a > 0:
            kept = leaving[:, a - 1] / np.maximum(inflow, 1e-300)
            carried = carried * kept[:, np.newaxis]
        if chain.tanks[a] == PLUG:
            members = [
                plug_flow.through(
                    carried[:, :, m % carried.shape[2]],
                    inflow[:, m],
                    leaving[:, a, m],
                    float(chain.holdup_kg[0, a, m]),
                    start[a, :, m],
                )
                for m in range(chain.members)
            ]
            shares = np.stack(members, axis=-1)[:, np.newaxis]
        else:
            entered = _with_first(chain.entered_kg[:, a:b], inflow)
            shares = _tanks(entered, chain.holdup_kg[:, a:b], chain.tanks[a:b], carried, start[a:b])
        found.append(shares)
        carried = shares[:, -1]
    return np.concatenate(found, axis=1)[:, -1 if outlet_only else 0 :]


def _with_first(entered: Floats, inflow: Floats) -> Floats:
    rest = np.broadcast_to(entered[:, 1:], (*entered[:, 1:].shape[:2], inflow.shape[1]))
    return np.concatenate([inflow[:, np.newaxis], rest], axis=1)


def _backward(chain: Chain, asked: Floats, leaving: Floats) -> tuple[Floats, Floats]:
    """Kg asked for per share of what enters (N, k, M), and of what was there (V, k, M)."""
    started = np.zeros((chain.tanks.size, *asked.shape[1:]))
    for a, b in reversed(_sections(chain)):
        inflow = _inflow(chain, leaving, a)
        if chain.tanks[a] == PLUG:
            for m in range(chain.members):
                asked[:, :, m], started[a, :, m] = plug_flow.back(
                    asked[:, :, m],
                    inflow[:, m],
                    leaving[:, a, m],
                    float(chain.holdup_kg[0, a, m]),
                )
        else:
            entered = _with_first(chain.entered_kg[:, a:b], inflow)
            asked, started[a:b] = _tanks_back(
                entered, chain.holdup_kg[:, a:b], chain.tanks[a:b], asked
            )
        if a > 0:
            kept = leaving[:, a - 1] / np.maximum(inflow, 1e-300)
            asked = asked * kept[:, np.newaxis]
    return asked, started


def _tanks(
    entered: Floats,
    holdup: Floats,
    tanks: NDArray[np.int64],
    carried: Floats,
    start: Floats,
    first: int = 0,
) -> Floats:
    members = holdup.shape[2]
    stretches = stretches_of(entered, holdup, tanks) if members == 1 else None
    if stretches is not None:
        entered, holdup = stretches.flows(entered), stretches.contents(holdup)
        carried = stretches.flows(carried)
    out = np.empty((carried.shape[0], tanks.size - first, carried.shape[1], LANES))
    tracing_kernel.forward(
        _lanes(entered),
        _all_lanes(holdup),
        tanks,
        _lanes(carried),
        np.zeros((0, carried.shape[1], 1)),
        _all_lanes(start),
        first,
        out,
    )
    return out[..., :members] if stretches is None else stretches.joined(out)


def _tanks_back(
    entered: Floats, holdup: Floats, tanks: NDArray[np.int64], asked: Floats
) -> tuple[Floats, Floats]:
    n, k, members = asked.shape
    into, start = np.empty((n, k, LANES)), np.empty((tanks.size, k, LANES))
    tracing_kernel.backward(
        _lanes(entered), _all_lanes(holdup), tanks, _all_lanes(asked), into, start
    )
    return into[..., :members], start[..., :members]


def _lanes(values: Floats) -> Floats:
    """With the members in four lanes; what they share stays as it is."""
    return np.ascontiguousarray(values) if values.shape[-1] == 1 else _all_lanes(values)


def _all_lanes(values: Floats) -> Floats:
    """With the members in four lanes, the last in those that are left."""
    members = values.shape[-1]
    if members == LANES:
        return np.ascontiguousarray(values)
    return np.ascontiguousarray(values[..., np.minimum(np.arange(LANES), members - 1)])


def _by_step(kg: Floats, cut: NDArray[np.int64]) -> Floats:
    """Sums over the parts of each step."""
    if cut.size == kg.shape[0]:
        return kg
    return np.asarray(np.add.reduceat(kg, np.cumsum(cut) - cut, axis=0))


def _joined(chain: Chain, shares: Floats) -> Floats:
    """Shares in the parts of steps (N, V, k, M) as means over the steps, by what leaves."""
    leaving = chain.leaving_kg()[:, -shares.shape[1] :, np.newaxis]
    kg, marked = _by_step(leaving, chain.cut), _by_step(shares * leaving, chain.cut)
    means = shares[np.cumsum(chain.cut) - 1]
    np.divide(marked, kg, out=means, where=kg > 0.0)
    return means
