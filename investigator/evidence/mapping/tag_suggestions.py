"""Which tag of an export may be a signal under another name: a score, and the reasons for it.

- Four things are compared where they can be: the words of name and description, the unit, the
  range of the instrument, and the course of a signal that is expected to run alike (a redundant
  tag, or what the twin predicts).
- A tag in a unit that cannot be the signal's is never suggested.
- What cannot be compared counts neither for nor against.
- A suggestion changes nothing: a person maps.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.tag_review import Suggestion
from investigator.domain.trajectory import Quality, Signal, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.tag_units import ALTERNATIVES, converted
from investigator.evidence.mapping.units import Conversion, canonical, conversion

PARTS = re.compile(r"[A-Za-zÀ-ÿ]+|\d+")
WEIGHTS = {"name": 0.4, "unit": 0.1, "range": 0.15, "course": 0.35}
OTHER_NUMBER = 0.5
"""The words of two names count half where they name different units (LW-311 and LW-312)."""

RESEMBLANCE = 70.0
NAMES_LOOKED_AT = 200

LEAST_SCORE = 0.5
MOST = 5
GRID_MS = 10_000
FEWEST_SHARED = 60
SAME_LEVEL = 0.1
"""A course is in the expected unit where its level is within a tenth of the expected level."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The signal that is looked for: its facts as the tag list states them, and how it should run.

    `expected` is in the signal's unit; None where nothing is known of its course.
    """

    facts: TagFacts
    expected: Trajectory | None = None

    @property
    def signal(self) -> Signal:
        """Its packaged tag, words and unit."""
        return self.facts.signal


def suggest(wanted: Wanted, candidates: Mapping[str, Trajectory]) -> tuple[Suggestion, ...]:
    """The candidates that may be the signal, best first, at most `MOST`.

    Args:
        wanted: the signal.
        candidates: tags that nothing is taken from yet, each with its own unit where stated.
    """
    scored = (_judged(wanted, trajectory) for _, trajectory in sorted(candidates.items()))
    likely = [s for s in scored if s is not None and s.score >= LEAST_SCORE]
    return tuple(sorted(likely, key=lambda s: (-s.score, s.tag))[:MOST])


def _judged(wanted: Wanted, candidate: Trajectory) -> Suggestion | None:
    if not _same_nature(wanted.signal, candidate):
        return None
    unit, how, of_unit = _unit(wanted, candidate)
    if how is None:
        return None
    seen = converted(candidate, how, wanted.signal.unit)
    marks = {
        "name": _name(wanted.signal, candidate.signal),
        "unit": of_unit,
        "range": _states(wanted.signal, candidate.signal) or _range(wanted.facts, seen),
        "course": _course(wanted.expected, seen),
    }
    told = {what: mark for what, mark in marks.items() if mark is not None}
    weight = sum(WEIGHTS[what] for what in told)
    score = sum(WEIGHTS[what] * mark[0] for what, mark in told.items()) / weight
    reasons = tuple(mark[1] for mark in told.values())
    return Suggestion(candidate.signal.tag, round(score, 3), reasons, unit, how.factor, how.offset)


Mark = tuple[float, str]


def _same_nature(wanted: Signal, candidate: Trajectory) -> bool:
    """Both are numbers, or both are states, by name or by code."""
    if bool(wanted.states) == bool(candidate.signal.states):
        return True
    good = (candidate.quality != Quality.BAD) & np.isfinite(candidate.value)
    codes = np.array([code for code, _ in wanted.states], dtype=np.float64)
    return bool(wanted.states) and bool(np.isin(candidate.value[good], codes).all())


def _states(wanted: Signal, candidate: Signal) -> Mark | None:
    if not wanted.states or not candidate.states:
        return None
    names = {name.casefold() for _, name in wanted.states}
    known = [name for _, name in candidate.states if name.casefold() in names]
    words = f"{len(known)} of its {len(candidate.states)} states known"
    return len(known) / len(candidate.states), words


def words_of(text: str) -> list[str]:
    """The words and numbers of a name, without regard to case and separators."""
    return [part.casefold() for part in PARTS.findall(text)]


def _other_number(asked: list[str], seen: list[str]) -> bool:
    """Whether both names hold numbers of units and share none of them."""
    numbers = [{w for w in words if w.isdigit() and len(w) > 1} for words in (asked, seen)]
    return all(numbers) and not numbers[0] & numbers[1]


def _alike(asked: list[str], seen: list[str]) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(" ".join(asked), " ".join(seen)))


def _name(wanted: Signal, candidate: Signal) -> Mark:
    from rapidfuzz import fuzz

    asked, seen = words_of(wanted.tag), words_of(candidate.tag)
    described = " ".join(words_of(wanted.description))
    alike = max(
        _alike(asked, seen),
        fuzz.token_set_ratio(described, " ".join([*words_of(candidate.description), *seen])),
    )
    apart = _other_number(asked, seen)
    other = ", of another unit by its number" if apart else ""
    return alike / 100.0 * (OTHER_NUMBER if apart else 1.0), f"name alike to {alike:.0f} %{other}"


def resembles(names: Iterable[str], listed: Iterable[str]) -> bool:
    """Whether names are mostly those of a tag list written otherwise: another prefix or separator.

    The names of another line differ in the numbers of their units and do not count.
    """
    known = [words_of(tag) for tag in listed]
    asked = [words_of(name) for name in list(names)[:NAMES_LOOKED_AT]]
    near = [
        any(_alike(one, seen) >= RESEMBLANCE and not _other_number(one, seen) for one in known)
        for seen in asked
    ]
    return bool(near) and sum(near) >= len(near) / 2.0


def _unit(wanted: Wanted, candidate: Trajectory) -> tuple[str, Conversion | None, Mark | None]:
    """The candidate's unit, the conversion into the wanted one, and how much that speaks for it."""
    asked, stated = wanted.signal.unit, candidate.signal.unit
    if wanted.signal.states:
        return asked, Conversion(), None
    if not canonical(stated):
        return _likely_unit(wanted, candidate)
    how = conversion(stated, asked)
    if isinstance(how, str):
        return stated, None, None
    words = "same unit" if how == Conversion() else f"its unit {stated} converts to {asked}"
    return stated, how, (1.0, words)


def _likely_unit(
    wanted: Wanted, candidate: Trajectory
) -> tuple[str, Conversion | None, Mark | None]:
    """Without a stated unit: the one in which the level is the expected one, else the wanted."""
    asked = wanted.signal.unit
    pair = _shared(wanted.expected, candidate)
    if pair is None:
        return asked, Conversion(), None
    level, seen = float(np.median(pair[0])), float(np.median(pair[1]))
    for unit in (asked, *ALTERNATIVES.get(canonical(asked) or asked, ())):
        how = conversion(unit, asked)
        if isinstance(how, Conversion):
            apart = abs(how.factor * seen + how.offset - level)
            if apart <= SAME_LEVEL * abs(level):
                return unit, how, (0.8, f"no unit stated; its level is the expected one in {unit}")
    return asked, Conversion(), (0.2, "no unit stated; its level is not the expected one")


def _range(facts: TagFacts, seen: Trajectory) -> Mark | None:
    low, high = facts.range_low, facts.range_high
    good = (seen.quality != Quality.BAD) & np.isfinite(seen.value)
    if low is None or high is None or not good.any():
        return None
    inside = float(np.mean((seen.value[good] >= low) & (seen.value[good] <= high)))
    return inside, f"{100 * inside:.0f} % of its numbers inside the range"


def _course(expected: Trajectory | None, seen: Trajectory) -> Mark | None:
    pair = _shared(expected, seen)
    if pair is None:
        return None
    one, other = pair
    if float(np.std(one)) == 0.0 or float(np.std(other)) == 0.0:
        return None
    alike = float(np.corrcoef(one, other)[0, 1])
    return max(alike, 0.0), f"runs like the expected course (correlation {alike:.2f})"


def _shared(
    expected: Trajectory | None, seen: Trajectory
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Both courses on the times that they share; None where these are too few."""
    if expected is None or not expected.t_ms.size or not seen.t_ms.size:
        return None
    first = max(int(expected.t_ms[0]), int(seen.t_ms[0]))
    last = min(int(expected.t_ms[-1]), int(seen.t_ms[-1]))
    grid = np.arange(first, last + 1, GRID_MS, dtype=np.int64)
    one, other = expected.at(grid), seen.at(grid)
    both = np.isfinite(one) & np.isfinite(other)
    return (one[both], other[both]) if int(both.sum()) >= FEWEST_SHARED else None
