"""The vessels from where material is marked down to the press outlet, as a run moved them.

- A chain holds one to four members: the same run with other parameters.
- Within a step flows are constant and contents change linearly, so a step may be cut into parts
  without changing the run. Cut is where a good part of a tank flows in a step: there what a vessel
  hands on is no longer told by its mean and its change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.process.contents import LineFlows
from investigator.process.trace import Entry, vessel_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PLUG = 0
"""As a number of tanks: dead time, nothing mixes."""

MOST_OF_A_TANK = 0.5
MOST_PARTS = 400
_LEAST_KG = 1e-300


@dataclass(frozen=True, slots=True)
class Chain:
    """V vessels for M members over n steps, each of `cut[i]` equal parts, N parts in all.

    Attributes:
        entered_kg: (N, V, M) from outside into each vessel in each part, or (N, V, 1) where the
            members share it; into the first vessel, everything that enters it.
        holdup_kg: (N + 1, V, M) contents at the borders of the parts.
        tanks: (V,) tanks, `PLUG` for dead time.
        stream: (N, M) or (N, 1) share in what enters the first vessel of what can be marked.
        start: (V, M) its share in the contents at the start.
        alone: whether nothing else is in the vessels.
        cut: (n,) parts of each step.
    """

    entered_kg: Floats
    holdup_kg: Floats
    tanks: Integers
    stream: Floats
    start: Floats
    alone: bool
    cut: Integers

    @property
    def members(self) -> int:
        """Number of members."""
        return int(self.holdup_kg.shape[2])

    def stream_kg(self) -> Floats:
        """What can be marked and enters in each part, kg, (N, M) or (N, 1)."""
        return np.asarray(self.stream * self.entered_kg[:, 0])

    def leaving_kg(self) -> Floats:
        """What leaves each vessel in each part, kg, (N, V, M)."""
        return leaving_kg(self.entered_kg, self.holdup_kg)


def leaving_kg(entered_kg: Floats, holdup_kg: Floats) -> Floats:
    """What leaves each vessel in each step, kg, (n, V, M); nothing flows backwards."""
    n, count, members = holdup_kg.shape[0] - 1, holdup_kg.shape[1], holdup_kg.shape[2]
    found, flowing = np.empty((n, count, members)), np.zeros((n, members))
    for v in range(count):
        flowing = flowing + entered_kg[:, v] - np.diff(holdup_kg[:, v], axis=0)
        flowing = np.maximum(flowing, 0.0)
        found[:, v] = flowing
    return found


def chain_of(flows: Sequence[LineFlows], entry: Entry, stream_kg: Floats | None = None) -> Chain:
    """The vessels from an entry on, steps not cut.

    Args:
        flows: of one to four members with the same vessels and tanks.
        entry: where material is marked.
        stream_kg: (n,) kg in each step of what can be marked, where that is but a part of what a
            feeder's place brings: one component of several.
    """
    at = vessel_of(flows[0].route, entry)
    shared = all(one.entered_kg is flows[0].entered_kg for one in flows)
    entered = np.stack([one.entered_kg for one in (flows[:1] if shared else flows)], axis=-1)
    holdup = np.stack([one.holdup_kg for one in flows], axis=-1)
    everything = entry not in (Entry.BLENDER, Entry.PORT)
    own = entered[:, at] if stream_kg is None else stream_kg[:, np.newaxis]
    first = entered[:, at]
    if at > 0:
        first = first + leaving_kg(entered[:, :at], holdup[:, :at])[:, -1]
        entered = np.broadcast_to(entered, (*entered.shape[:2], holdup.shape[2]))
    below = np.concatenate([first[:, np.newaxis], entered[:, at + 1 :]], axis=1)
    start = np.ones((below.shape[1], holdup.shape[2]))
    if not everything:
        so_far = np.cumsum(entered.sum(axis=0), axis=0)[at:]
        start *= own.sum(axis=0) / np.maximum(so_far, _LEAST_KG)
    return Chain(
        entered_kg=below,
        holdup_kg=np.ascontiguousarray(holdup[:, at:]),
        tanks=flows[0].tank_counts[at:],
        stream=np.ones((first.shape[0], 1)) if everything else own / np.maximum(first, _LEAST_KG),
        start=start,
        alone=everything and not below[:, 1:].any(),
        cut=np.ones(first.shape[0], dtype=np.int64),
    )


def parts_needed(chain: Chain) -> Integers:
    """Into how many parts each step is to be cut, (n,), for a chain that is not cut."""
    inflow = chain.leaving_kg() + np.diff(chain.holdup_kg, axis=0)
    least = np.minimum(chain.holdup_kg[:-1], chain.holdup_kg[1:])
    flowing = np.maximum(inflow, chain.leaving_kg()) / np.maximum(least, _LEAST_KG)
    mixed = chain.tanks > PLUG
    of_a_tank = (flowing * chain.tanks[:, np.newaxis])[:, mixed].max(axis=(1, 2), initial=0.0)
    parts = np.clip(np.ceil(of_a_tank / MOST_OF_A_TANK), 1, MOST_PARTS)
    return np.asarray(parts, dtype=np.int64)


def cut_into(chain: Chain, parts: Integers) -> Chain:
    """The same run with each step in so many equal parts, (n,)."""
    if parts.max(initial=1) == 1:
        return chain
    of = np.repeat(np.arange(parts.size), parts)
    part = np.arange(of.size) - np.repeat(np.cumsum(parts) - parts, parts)
    done = (part / parts[of])[:, np.newaxis, np.newaxis]
    begins = chain.holdup_kg[of] + done * (chain.holdup_kg[of + 1] - chain.holdup_kg[of])
    return replace(
        chain,
        entered_kg=np.asarray(chain.entered_kg[of] / parts[of][:, np.newaxis, np.newaxis]),
        holdup_kg=np.concatenate([begins, chain.holdup_kg[-1:]]),
        stream=chain.stream[of],
        cut=parts,
    )
