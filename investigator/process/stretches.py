"""A long run of one member in four stretches side by side, one a lane, for the line forgets.

- Each stretch begins earlier than it is asked for: so much earlier that of what was in the vessels
  then less than `FORGOTTEN` is left. How much must pass for that is bounded from the contents.
- Where a run is too short, or too little passed, nothing is gained and it is carried as it is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.process.four import LANES

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FORGOTTEN = 1e-12
LEAST_STEPS = 2000


@dataclass(frozen=True, slots=True)
class Stretches:
    """Steps (length, 4) of a run of `count`, by lanes; some lie outside it.

    Those before `asked` are carried so that what was before is forgotten.
    """

    steps: Integers
    asked: int
    count: int

    def flows(self, entered: Floats) -> Floats:
        """What enters (n, V, 1), by lanes; nothing outside the run."""
        inside = (self.steps >= 0) & (self.steps < self.count)
        here = entered[np.clip(self.steps, 0, self.count - 1), :, 0] * inside[:, :, np.newaxis]
        return np.ascontiguousarray(here.transpose(0, 2, 1))

    def contents(self, holdup: Floats) -> Floats:
        """Contents at the borders (n + 1, V, 1), by lanes; as at begin and end outside the run."""
        borders = np.vstack([self.steps, self.steps[-1:] + 1])
        here = holdup[np.clip(borders, 0, self.count), :, 0]
        return np.ascontiguousarray(here.transpose(0, 2, 1))

    def joined(self, out: Floats) -> Floats:
        """Results (length, ..., 4) of the lanes as those of the run, (n, ..., 1)."""
        parts = np.moveaxis(out[self.asked :], -1, 0)
        return parts.reshape(-1, *parts.shape[2:])[: self.count, ..., np.newaxis]


def stretches_of(entered: Floats, holdup: Floats, tanks: Integers) -> Stretches | None:
    """Four stretches of a run of one member; None where nothing is gained by them.

    Args:
        entered, holdup, tanks: (n, V, 1), (n + 1, V, 1) and (V,), as for the kernel.
    """
    n = entered.shape[0]
    length = -(-n // LANES)
    if n < LEAST_STEPS:
        return None
    most = holdup[:, :, 0].max(axis=0)
    so_far = np.concatenate([np.zeros(1), np.cumsum(entered[:, 0, 0])])
    begins = np.arange(1, LANES) * length
    # What entered went on but for what the vessels hold more by then, all they hold at most.
    enough = so_far[begins] - mass_to_forget(most, tanks) - most.sum()
    since = np.searchsorted(so_far, enough, side="right") - 1
    run_in = int((begins - since).max())
    if since.min() < 0 or run_in > length:
        return None
    steps = np.arange(-run_in, length)[:, np.newaxis] + np.arange(LANES) * length
    return Stretches(steps, run_in, n)


def mass_to_forget(most_kg: Floats, tanks: Integers) -> float:
    """Mass after whose passing less than `FORGOTTEN` of a content is left, kg.

    Chernoff's bound on the mass that passes before a portion has left all tanks: the least z with
    exp(-s z) / prod(1 - s m) <= FORGOTTEN for some s, m the contents (V,) per tank.
    """
    each = most_kg / tanks
    s = np.linspace(0.02, 0.98, 97) / each.max()
    late = -(tanks * np.log1p(-s[:, np.newaxis] * each)).sum(axis=1)
    return float(((late - np.log(FORGOTTEN)) / s).min())
