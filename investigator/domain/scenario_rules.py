"""What makes a scenario unusable, in one sentence each: for the console, the window and the engine.

- It changes something that is known, within its bounds, at a time that lies within the run. Bounds
  hold for what is reached: a sine swings to both sides, and what is added at one time adds up.
- A time constant is named where the course has one, and a period is one that can be seen.
"""

import math
from collections.abc import Mapping, Sequence, Sized
from dataclasses import replace

from investigator.domain.instant import Span
from investigator.domain.scenario import (
    Course,
    Scenario,
    ScenarioPart,
    Target,
    TargetKind,
)

MOST_PARTS = 6
TIMED = (Course.RAMP, Course.PULSES, Course.PERIODIC)
"""Courses with a time constant or period."""
REPEATED = (Course.PULSES, Course.PERIODIC)
SHORTEST_PERIOD_S = 120.0
"""Line and twin are compared in steps of 30 s; of fewer than four steps a period is not what is run
but something slower, or nothing."""

Targets = Mapping[tuple[TargetKind, str], Target]


def targets_by_name(targets: tuple[Target, ...]) -> Targets:
    """Targets by kind and id."""
    return {(target.kind, target.target): target for target in targets}


def with_own_courses(scenario: Scenario, targets: Targets) -> Scenario:
    """The scenario with every failure mode of one course on that, and on the usual time constant of
    its course where none is named."""
    return replace(scenario, parts=tuple(_on_own_course(p, targets) for p in scenario.parts))


def _on_own_course(part: ScenarioPart, targets: Targets) -> ScenarioPart:
    target = targets.get((part.kind, part.target))
    if target is None or part.kind is not TargetKind.FAILURE_MODE:
        return part
    course = target.courses[0] if len(target.courses) == 1 else part.course
    return replace(part, course=course, tau_s=part.tau_s or target.usual_time_s(course))


def refusal_of_scenario(scenario: Scenario, targets: Targets, run: Span | None) -> str | None:
    """Why the scenario cannot be run, in one sentence; None if it can.

    `run`: of the press; None leaves times against it unjudged.
    """
    if said_nothing := says_nothing(scenario.scenario_id, scenario.title, scenario.parts):
        return said_nothing
    if len(scenario.parts) > MOST_PARTS:
        return f"The scenario {scenario.scenario_id} has more than {MOST_PARTS} parts; leave some."
    refused = [refusal_of_part(part, targets, run) for part in scenario.parts]
    return next((words for words in refused if words), None) or _too_much(scenario.parts, targets)


def says_nothing(scenario_id: str, title: str, parts: Sized) -> str | None:
    """What a scenario lacks to say anything, in one sentence; None: nothing."""
    if not scenario_id.strip():
        return "A scenario needs an id; name it."
    if not title.strip():
        return f"The scenario {scenario_id} has no title; say what it supposes."
    if not parts:
        return f"The scenario {scenario_id} changes nothing; give it at least one part."
    return None


def refusal_of_part(part: ScenarioPart, targets: Targets, run: Span | None) -> str | None:
    """Why one part cannot be run, in one sentence; None if it can."""
    target = targets.get((part.kind, part.target))
    if target is None:
        return f'The twin knows no {part.kind} "{part.target}"; choose one of those that it lists.'
    return (
        _unusable_sizes(part, target)
        or _unusable_course(part, target)
        or _outside(part, target, run)
    )


def _unusable_sizes(part: ScenarioPart, target: Target) -> str | None:
    if len(part.sizes) != target.sizes:
        return f"{target.title} takes {_sizes(target.sizes)}, not {len(part.sizes)}; give each."
    if not all(math.isfinite(size) for size in part.sizes):
        return f"A size of {target.title} is no number; give one in {target.unit}."
    if target.whole and any(size != round(size) for size in part.sizes):
        return f"{target.title} is a whole number; change it by whole numbers."
    if not any(part.sizes):
        return f"{target.title} is changed by 0 {target.unit}; give a size other than 0."
    for size, allowed in zip(part.sizes, target.ranges(), strict=True):
        if not allowed.low <= size <= allowed.high:
            return (
                f"{target.title}: {allowed.name} {size:g} {allowed.unit} lies outside "
                f"{allowed.low:g} to {allowed.high:g} {allowed.unit}; choose one within."
            )
    return None


def _sizes(number: int) -> str:
    return "1 size" if number == 1 else f"{number} sizes"


def _unusable_course(part: ScenarioPart, target: Target) -> str | None:
    if part.course not in target.courses:
        allowed = ", ".join(target.courses)
        return f"{target.title} is not changed {part.course.how}; it is changed as: {allowed}."
    if part.course is Course.PERIODIC and not all(
        allowed.low <= -size <= allowed.high
        for size, allowed in zip(part.sizes, target.ranges(), strict=True)
    ):
        return (
            f"{target.title} as a sine swings as far to the other side, out of its bounds; choose "
            "a smaller size or another course."
        )
    return _unusable_time(part, target) if needs_time_constant(part.course, target) else None


def _unusable_time(part: ScenarioPart, target: Target) -> str | None:
    how = f"{target.title} {part.course.how}"
    if not (math.isfinite(part.tau_s) and part.tau_s > 0.0):
        return f"{how} needs a time constant; give it in seconds."
    if part.course in REPEATED and part.tau_s < SHORTEST_PERIOD_S:
        return (
            f"{how} has a period of {part.tau_s:g} s, too short to be seen; give one of "
            f"{SHORTEST_PERIOD_S:g} s or more."
        )
    return None


def needs_time_constant(course: Course, target: Target) -> bool:
    """Whether a part of this course on this target names a time constant."""
    if target.kind is TargetKind.FAILURE_MODE:
        return target.usual_time_s(course) > 0.0
    return course in TIMED


def _too_much(parts: Sequence[ScenarioPart], targets: Targets) -> str | None:
    """What is added by parts that are at work at one time, where it is beyond the bounds."""
    for part in parts:
        target = targets[(part.kind, part.target)]
        if target.relative or target.kind is TargetKind.FAILURE_MODE:
            continue
        beside = [p for p in parts if (p.kind, p.target) == (part.kind, part.target)]
        swings = [(p.sizes[0], p.course is Course.PERIODIC) for p in beside if _meet(p, part)]
        up = sum(max(size, abs(size) * swing, 0.0) for size, swing in swings)
        down = sum(min(size, -abs(size) * swing, 0.0) for size, swing in swings)
        if down < target.low or up > target.high:
            return (
                f"{target.title}: what is added at one time lies outside {target.low:g} to "
                f"{target.high:g} {target.unit}; choose smaller sizes."
            )
    return None


def _meet(one: ScenarioPart, other: ScenarioPart) -> bool:
    if Course.WHOLE_BATCH in (one.course, other.course):
        return True
    return one.onset_ms < other.end_ms and other.onset_ms < one.end_ms


def _outside(part: ScenarioPart, target: Target, run: Span | None) -> str | None:
    if part.end_ms <= part.onset_ms:
        return f"The change of {target.title} ends before it begins; give a later end."
    if run is None or part.course is Course.WHOLE_BATCH:
        return None
    if not run.start_ms <= part.onset_ms < run.end_ms:
        return f"The onset of {target.title} lies outside the run; choose a time within it."
    if part.end_ms > run.end_ms:
        return f"The end of {target.title} lies after the run; choose a time within it."
    return None
