"""Properties of the powder leaving a hopper, when lots follow each other in it.

- The hopper is stirred: what a refill brings mixes with what is there (assumption of the twin).
- A refill brings what its weight shows and what left meanwhile; where the weight was not recorded,
  what leaves is made up for at once.
- A lot enters with the first refill after its connection.
"""

import numpy as np

from investigator.twin.record import STEP_S, Array, LineRecord, LotInUse

# Middle of the refill levels of each hopper, equipment dossier of the line, section 2.
USUAL_CONTENT_KG = {"api": 2.35, "mcc": 3.7, "lactose": 3.5, "mgst": 0.265}


def share_of_lots(record: LineRecord, feeder: str, flow_kg_h: Array) -> tuple[Array, ...]:
    """For each lot of a feeder, in order of use, its share of the powder leaving, (n,) each."""
    lots = lots_of(record, feeder)
    if len(lots) < 2:
        return tuple(np.ones(record.grid_ms.size) for _ in lots)
    brought = _brought_kg(record, feeder, flow_kg_h)
    content = _content(record, feeder)
    entering = np.zeros(record.grid_ms.size, dtype=np.int64)
    for place, lot in enumerate(lots):
        if not lot.first:
            entering[record.index(lot.start_ms) :] = place
    new = np.clip(brought / np.maximum(content, 1e-6), 0.0, 1.0)
    shares = np.zeros((len(lots), entering.size))
    now = np.zeros(len(lots))
    now[0] = 1.0
    for i in range(entering.size):
        now = now * (1.0 - new[i])
        now[entering[i]] += new[i]
        shares[:, i] = now
    return tuple(shares)


def lots_of(record: LineRecord, feeder: str) -> tuple[LotInUse, ...]:
    """The lots of a feeder in order of use, that of the start first."""
    mine = [lot for lot in record.lots if lot.feeder == feeder]
    return tuple(sorted(mine, key=lambda lot: (not lot.first, lot.start_ms)))


def _content(record: LineRecord, feeder: str) -> Array:
    content = record.roles[f"{feeder}.net_weight"]
    known = np.flatnonzero(np.isfinite(content))
    if known.size == 0:
        return np.full(content.shape, USUAL_CONTENT_KG[feeder])
    return np.interp(np.arange(content.size), known, content[known])


def _brought_kg(record: LineRecord, feeder: str, flow_kg_h: Array) -> Array:
    """Powder that came into the hopper in each step, kg."""
    left = flow_kg_h * STEP_S / 3600.0
    if not np.isfinite(record.roles[f"{feeder}.net_weight"]).any():
        return left
    risen = np.diff(_content(record, feeder), prepend=np.nan)
    return np.where(np.nan_to_num(risen) > left, risen + left, 0.0)
