"""Which events of two clocks are one and the same, before anything is known of their offset.

- Looked for within three minutes either way. Within them a pair counts only where it is the one
  possible partner on both sides: an alarm that chatters tells nothing.
- The offset is where differences crowd; around it pairs are looked for once more, so that an event
  with a second candidate far away still counts.
- Whole hours are tried too. Where one fits at least twice as many events as no hour does, the
  source's zone is wrong: that is said, never absorbed into an offset.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.evidence.clocks.events import SharedEvents

WINDOW_S = 180.0
"""Largest offset looked for: the two minutes that sites allow between checks, and some reserve."""

AGREEMENT_S = 15.0
"""Pairs further than this from where differences crowd are taken for wrong pairs."""

FEWEST_PAIRS = 5
CROWD = 1.0 / 3.0
"""Share of the pairs that must agree."""

BY_CHANCE = 1e-3
"""How often unrelated events may crowd as much, at most."""

OTHERS = 0.8
"""Share of the pairs at another hour that must be of other events: a regular run repeats itself."""

HOURS = (0, -1, 1, -2, 2)
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Matched events, in order of the source's time; all arrays of shape (n,).

    `kind` indexes `kinds`; `difference_s` is historian minus source, freed of the lateness of a
    grid; `sd_s` its standard deviation.
    """

    kinds: tuple[str, ...]
    kind: NDArray[np.int64]
    source_ms: NDArray[np.int64]
    historian_ms: NDArray[np.int64]
    difference_s: NDArray[np.float64]
    sd_s: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return int(self.source_ms.size)

    def only(self, which: NDArray[np.bool_]) -> "Pairs":
        """Those pairs alone."""
        return Pairs(
            self.kinds,
            self.kind[which],
            self.source_ms[which],
            self.historian_ms[which],
            self.difference_s[which],
            self.sd_s[which],
        )


def sole_pairs(shared: Sequence[SharedEvents], *, around_s: float, within_s: float) -> Pairs:
    """Events that are each other's one possible partner at an offset within `within_s` of
    `around_s`."""
    rows = [
        (k, s.source_ms[i], s.historian_ms[j], s.late_s, s.sd_s)
        for k, s in enumerate(shared)
        for i, j in zip(*_sole(s, around_s, within_s), strict=True)
    ]
    rows.sort(key=lambda row: (int(row[1]), row[0]))
    source = np.array([r[1] for r in rows], dtype=np.int64)
    historian = np.array([r[2] for r in rows], dtype=np.int64)
    late = np.array([r[3] for r in rows], dtype=np.float64)
    return Pairs(
        kinds=tuple(s.kind for s in shared),
        kind=np.array([r[0] for r in rows], dtype=np.int64),
        source_ms=source,
        historian_ms=historian,
        difference_s=(historian - source) / 1000.0 - late,
        sd_s=np.array([r[4] for r in rows], dtype=np.float64),
    )


def _sole(
    shared: SharedEvents, around_s: float, within_s: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    apart = (shared.historian_ms[None, :] - shared.source_ms[:, None]) / 1000.0 - shared.late_s
    near = np.abs(apart - around_s) <= within_s
    one = (near.sum(axis=1, keepdims=True) == 1) & (near.sum(axis=0, keepdims=True) == 1)
    source, historian = np.nonzero(near & one)
    return source, historian


def crowd(difference_s: NDArray[np.float64], *, gate_s: float) -> NDArray[np.bool_]:
    """Which differences lie in the interval of twice `gate_s` that holds most of them."""
    if difference_s.size == 0:
        return np.zeros(0, dtype=bool)
    ordered = np.sort(difference_s)
    inside = np.searchsorted(ordered, ordered + 2.0 * gate_s, side="right") - np.arange(
        ordered.size
    )
    middle = float(np.median(ordered[int(np.argmax(inside)) :][: int(inside.max())]))
    return np.abs(difference_s - middle) <= gate_s


@dataclass(frozen=True, slots=True)
class Match:
    """Pairs of two sources at the whole hour that fits them best.

    `wide` are the pairs within the whole window, `near` those around the place where differences
    crowd; the differences hold the hours. `agree` is False where too few agree to claim anything.
    `elsewhere` are other whole hours at which other events agree: a zone that was wrong for a part
    of the run, as in a night when summer time begins or ends.
    """

    hours: int
    wide: Pairs
    near: Pairs
    agree: bool
    elsewhere: tuple[int, ...] = ()


def matched(shared: Sequence[SharedEvents], *, gate_s: float = AGREEMENT_S) -> Match:
    """The pairs of all kinds of events together."""
    wide = {h: sole_pairs(shared, around_s=h * HOUR_S, within_s=WINDOW_S) for h in HOURS}
    crowds = {h: crowd(pairs.difference_s, gate_s=gate_s) for h, pairs in wide.items()}
    count = {h: int(inside.sum()) for h, inside in crowds.items()}
    best = max(HOURS, key=lambda h: count[h])
    hours = best if count[best] >= FEWEST_PAIRS and count[best] > 2 * count[0] else 0
    found, inside = wide[hours], crowds[hours]
    middle = float(np.median(found.difference_s[inside])) if inside.any() else hours * HOUR_S
    near = sole_pairs(shared, around_s=middle, within_s=gate_s)
    elsewhere = tuple(
        h
        for h in sorted(HOURS)
        if h != hours
        and _no_chance(count[h], wide[h].count, gate_s)
        and _others(wide[h].only(crowds[h]), near) >= OTHERS * count[h]
    )
    return Match(hours, found, near, _no_chance(count[hours], found.count, gate_s), elsewhere)


def _others(pairs: Pairs, known: Pairs) -> int:
    """How many pairs are of events that have no partner among the known ones, on either side."""
    seen = set(zip(known.kind.tolist(), known.source_ms.tolist(), strict=True))
    met = set(zip(known.kind.tolist(), known.historian_ms.tolist(), strict=True))
    rows = zip(
        pairs.kind.tolist(), pairs.source_ms.tolist(), pairs.historian_ms.tolist(), strict=True
    )
    return sum((k, source) not in seen and (k, other) not in met for k, source, other in rows)


def _no_chance(agreeing: int, pairs: int, gate_s: float) -> bool:
    """Whether so many of the pairs agree that unrelated events would hardly do it.

    Each pair is the first of an interval that the others then fall into by chance, independently.
    """
    if agreeing < max(FEWEST_PAIRS, CROWD * pairs):
        return False
    inside, others = gate_s / WINDOW_S, pairs - 1
    tail = sum(
        math.comb(others, k) * inside**k * (1.0 - inside) ** (others - k)
        for k in range(agreeing - 1, others + 1)
    )
    return pairs * tail < BY_CHANCE
