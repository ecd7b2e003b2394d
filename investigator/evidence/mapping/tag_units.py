"""The units that an export states for its tags, against those of the tag list.

- Two spellings of one unit are one unit.
- Numbers in another unit of the same quantity are converted into the tag list's, by the unit that
  the file states, and that is said.
- Numbers in a unit that cannot be converted are left as they stand; that finding is critical, and
  nothing runs on them before a person has mapped the tag.
- Where no unit is stated but nearly all numbers lie outside the instrument's range, and inside it
  in another unit, the unit is in doubt: critical as well, and nothing is converted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from investigator.domain.evidence import Finding, Severity
from investigator.domain.trajectory import Quality, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.units import Conversion, canonical, conversion

MOSTLY = 0.9
ALTERNATIVES = {
    "kg/h": ("g/h", "g/min", "kg/min", "lb/h"),
    "kg": ("g", "lb"),
    "g": ("mg", "kg"),
    "kN": ("N", "kp"),
    "N": ("kN", "kp"),
    "°C": ("°F", "K"),
    "mbar": ("Pa", "kPa", "bar", "psi"),
    "Pa": ("mbar", "kPa"),
    "mm": ("µm", "m"),
    "1/min": ("1/s", "1/h"),
}
"""Units in which plants also write a quantity, for those that they usually write it in."""


@dataclass(frozen=True, slots=True)
class Restated:
    """Trajectories in the units of the tag list, with what was found about units."""

    trajectories: Mapping[str, Trajectory]
    findings: tuple[Finding, ...]


def converted(trajectory: Trajectory, how: Conversion, unit: str) -> Trajectory:
    """The same samples in another unit."""
    value = how.factor * trajectory.value + how.offset
    return replace(trajectory, signal=replace(trajectory.signal, unit=unit), value=value)


def restated(
    trajectories: Mapping[str, Trajectory],
    stated: Mapping[str, str],
    facts: Mapping[str, TagFacts],
) -> Restated:
    """Every trajectory in the unit of the tag list, as far as that can be done by what is stated.

    Args:
        trajectories: as read, by tag.
        stated: unit of a tag as the export states it; tags without one are not in it.
        facts: the tag list. A tag that is not in it keeps its numbers and its own unit.
    """
    done, findings = dict(trajectories), []
    for tag, trajectory in trajectories.items():
        unit = stated.get(tag, "").strip()
        if tag not in facts:
            if unit:
                done[tag] = converted(trajectory, Conversion(), unit)
            continue
        if trajectory.signal.states:
            continue
        done[tag], found = _restated(trajectory, unit, facts[tag])
        findings += found
    return Restated(done, tuple(findings))


def _restated(
    trajectory: Trajectory, unit: str, facts: TagFacts
) -> tuple[Trajectory, list[Finding]]:
    listed = facts.signal.unit
    if not unit or canonical(unit) == canonical(listed) is not None or unit == listed:
        doubt = None if unit else in_doubt(trajectory, facts)
        return trajectory, [doubt] if doubt else []
    how = conversion(unit, listed)
    if isinstance(how, str):
        return trajectory, [_differs(trajectory.signal.tag, unit, listed, how)]
    if how == Conversion():
        return trajectory, []
    return converted(trajectory, how, listed), [
        _was_converted(trajectory.signal.tag, unit, listed, how)
    ]


def _differs(tag: str, unit: str, listed: str, why: str) -> Finding:
    return Finding(
        subject=tag,
        kind="unit_differs",
        span=None,
        action="left as it stands; its numbers wait for a mapping by a person",
        detail=f"the export states {unit}, the tag list {listed or 'no unit'}: {why}",
        severity=Severity.CRITICAL,
    )


def _was_converted(tag: str, unit: str, listed: str, how: Conversion) -> Finding:
    plus = f" {how.offset:+.6g}" if how.offset else ""
    return Finding(
        subject=tag,
        kind="unit_converted",
        span=None,
        action=f"converted by the stated unit: times {how.factor:.6g}{plus}",
        detail=f"the export states {unit}, the tag list {listed}",
        severity=Severity.MAJOR,
    )


def in_doubt(trajectory: Trajectory, facts: TagFacts) -> Finding | None:
    """A finding where the numbers fit the instrument's range in another unit only."""
    looks = fitting_units(trajectory, facts)
    listed = facts.signal.unit
    if not looks or listed in looks:
        return None
    return Finding(
        subject=trajectory.signal.tag,
        kind="unit_differs",
        span=None,
        action="left as it stands; its numbers wait for a mapping by a person",
        detail=f"no unit is stated; nearly all numbers lie outside {facts.range_low:g} to"
        f" {facts.range_high:g} {listed}, and inside it if they are {' or '.join(looks)}",
        severity=Severity.CRITICAL,
    )


def fitting_units(trajectory: Trajectory, facts: TagFacts) -> tuple[str, ...]:
    """Units in which nearly all numbers lie inside the instrument's range, its own first.

    Empty where the tag list gives no range or no number is good. A signal at rest tells nothing:
    only numbers other than 0 count.
    """
    low, high, listed = facts.range_low, facts.range_high, facts.signal.unit
    good = (trajectory.quality != Quality.BAD) & np.isfinite(trajectory.value)
    value = trajectory.value[good & (trajectory.value != 0.0)]
    if low is None or high is None or not value.size:
        return ()

    def fits(unit: str) -> bool:
        how = conversion(unit, listed)
        if isinstance(how, str):
            return False
        seen = how.factor * value + how.offset
        inside = (seen >= low) & (seen <= high)
        middle = float(np.median(seen))
        return float(np.mean(inside)) >= MOSTLY and abs(middle - low) >= 0.02 * (high - low)

    if float(np.mean((value >= low) & (value <= high))) >= 1.0 - MOSTLY:
        return (listed,)
    others = ALTERNATIVES.get(canonical(listed) or listed, ())
    return tuple(unit for unit in others if fits(unit))
