"""The review of a tag map: what every signal of a twin is taken from, and what could be instead.

A suggestion is never applied without a person; it says why it is made.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag of the export that may be the signal.

    Attributes:
        tag: its name.
        score: 0 to 1; how much of what could be compared speaks for it.
        reasons: what speaks for it and against it, in words.
        unit: its unit, as stated or as its values suggest.
        factor, offset: the signal's value is `factor` times the tag's plus `offset`.
    """

    tag: str
    score: float
    reasons: tuple[str, ...]
    unit: str = ""
    factor: float = 1.0
    offset: float = 0.0


class MapState(StrEnum):
    """Where what stands for a signal comes from, and what is open about it."""

    PACKAGED = "as in the package"
    CONVERTED = "converted by its stated unit"
    BY_PERSON = "by a person"
    LEFT_OUT = "left out by a person"
    UNIT_DIFFERS = "unit differs"
    MISSING = "missing"


OPEN = frozenset({MapState.UNIT_DIFFERS, MapState.MISSING})


@dataclass(frozen=True, slots=True)
class ReviewedSignal:
    """One signal of the twin.

    Attributes:
        signal: role of the twin.
        unit: in which the twin takes it.
        tag: what stands for it; empty where nothing does.
        tag_unit: the unit of that tag.
        factor, offset: from the tag's numbers to the twin's.
        state: where this comes from.
        detail: what is open, or empty.
        suggestions: other tags of the export, best first; none where nothing is open.
    """

    signal: str
    unit: str
    tag: str
    tag_unit: str
    factor: float
    offset: float
    state: MapState
    detail: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingReview:
    """All signals, those with something open first, and the tags that nothing is taken from."""

    signals: tuple[ReviewedSignal, ...]
    unused: tuple[str, ...]

    @property
    def open(self) -> tuple[ReviewedSignal, ...]:
        """Signals for a person to look at."""
        return tuple(s for s in self.signals if s.state in OPEN)

    @property
    def blocking(self) -> tuple[ReviewedSignal, ...]:
        """Signals that must be settled before anything runs: numbers in a unit that differs."""
        return tuple(s for s in self.signals if s.state is MapState.UNIT_DIFFERS)
