"""Where a tag list among the evidence contradicts the line's own list about a tag.

- The line's own list is used; which of both is right is for a person to say.
- Units are compared by what they mean and ranges in one unit; a list that is silent contradicts
  nothing.
- Another unit or other states change what the numbers mean and are critical; another range changes
  only which of them are doubted.
"""

import math
from collections.abc import Mapping

from investigator.domain.evidence import Finding, Severity
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.tag_lists import States
from investigator.evidence.mapping.units import canonical, conversion

AGREEMENT = 1e-6
"""Relative difference of two limits that is one of writing."""


def list_differences(
    beside: Mapping[str, TagFacts], tags: Mapping[str, TagFacts]
) -> tuple[Finding, ...]:
    """A finding for every tag of which both lists speak and say something else.

    Args:
        beside: facts of exported tags from the lists among the evidence.
        tags: the tag list of the line.
    """
    both = (tag for tag in beside if tag in tags)
    return tuple(
        finding for tag in both if (finding := _difference(tag, beside[tag], tags[tag])) is not None
    )


def _difference(tag: str, beside: TagFacts, own: TagFacts) -> Finding | None:
    grave = [*_units(beside, own), *_states(beside.signal.states, own.signal.states)]
    said = [*grave, *_ranges(beside, own)]
    if not said:
        return None
    return Finding(
        subject=tag,
        kind="tag_list_differs",
        span=None,
        action="read as the line's own list says",
        detail=f"a tag list among the evidence says otherwise: {'; '.join(said)}",
        severity=Severity.CRITICAL if grave else Severity.MAJOR,
    )


def _units(beside: TagFacts, own: TagFacts) -> list[str]:
    one, other = beside.signal.unit.strip(), own.signal.unit.strip()
    if own.signal.states or not one or not other:
        return []
    if one == other or canonical(one) == canonical(other) is not None:
        return []
    return [f"unit {one}, not {other}"]


def _states(beside: States, own: States) -> list[str]:
    one = {code: name.casefold() for code, name in beside}
    other = {code: name.casefold() for code, name in own}
    if not one or not other or one == other:
        return []
    codes = sorted(c for c in one.keys() | other.keys() if one.get(c) != other.get(c))
    return [
        f"states {', '.join(f'{c} = {_named(beside, c)}, not {_named(own, c)}' for c in codes)}"
    ]


def _named(states: States, code: int) -> str:
    return next((name for known, name in states if known == code), "nothing")


def _ranges(beside: TagFacts, own: TagFacts) -> list[str]:
    """Ranges compared in the unit of the line; not at all where the units cannot be converted."""
    stated = (beside.range_low, beside.range_high, own.range_low, own.range_high)
    if None in stated:
        return []
    unit = own.signal.unit
    how = conversion(beside.signal.unit or unit, unit)
    if isinstance(how, str):
        return []
    low, high, own_low, own_high = (float(limit) for limit in stated if limit is not None)
    low, high = (how.factor * limit + how.offset for limit in (low, high))
    width = AGREEMENT * max(abs(own_high - own_low), abs(own_high))
    if math.isclose(low, own_low, abs_tol=width) and math.isclose(high, own_high, abs_tol=width):
        return []
    return [f"range {_range(beside, unit)}, not {_range(own, unit)}"]


def _range(facts: TagFacts, unit: str) -> str:
    """A range as its list writes it."""
    return f"{facts.range_low:g} to {facts.range_high:g} {facts.signal.unit or unit}".rstrip()
