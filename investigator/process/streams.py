"""What is carried through vessels, and by what: the tables that a run of them needs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Streams(NamedTuple):
    """What feeders bring: kg into each vessel (n, V), and what of it is which property.

    Property `of[b]` of what enters vessel `at[b]` is `carries[b]`; shapes (B,), (B,), (B, n). What
    is not named is 0. If `marks` is the index of a vessel, everything that enters it, also from
    upstream, takes the properties of its stream: the label of a tracer put in there; -1 for none.
    """

    entered_kg: Floats
    of: Integers
    at: Integers
    carries: Floats
    marks: int


class Sources(NamedTuple):
    """What is added to resident material: property `of[g]` of vessel `at[g]` by `grown[g, i]`.

    Shapes (G,), (G,), (G, n); amounts are per step.
    """

    of: Integers
    at: Integers
    grown: Floats

    def always(self, vessels: int, properties: int) -> Floats:
        """What sources that never change add in every step, shape (vessels, properties)."""
        found = np.zeros((vessels, properties))
        for of, at, grown, varies in zip(self.of, self.at, self.grown, self.vary(), strict=True):
            found[at, of] = 0.0 if varies else grown[0]
        return found

    def vary(self) -> NDArray[np.bool_]:
        """Which of the sources change in the run, shape (G,)."""
        return np.array([row.min() != row.max() for row in self.grown], dtype=bool)


class Vessels(NamedTuple):
    """Contents at the borders of the steps (n + 1, V), tanks (V,), properties carried (V,).

    `start` (V, k) are the properties of each vessel's content at the start.
    """

    holdup_kg: Floats
    tanks: Integers
    held: Integers
    start: Floats


NO_SOURCES = Sources(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float64)
)
