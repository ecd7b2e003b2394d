"""Scenarios that a person makes: what is changed on the line, from when, for how long, how much.

- A scenario is a hypothesis of a person's own, or a failure mode of the twin with sizes of their
  own; of several parts, all are at work together.
- A run of a scenario is never deleted: every one that was recorded stands in the report.
"""

from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.ranking import CauseCategory


class TargetKind(StrEnum):
    """What a part of a scenario changes."""

    PARAMETER = "parameter"
    INPUT = "input"
    SENSOR = "sensor"
    FAILURE_MODE = "failure mode"


class Course(StrEnum):
    """The course of a change in time between its onset and its end.

    STEP: at once, and back at the end. RAMP: rises over its time constant, then holds. DRIFT: rises
    from onset to end. PULSES: on for half of every period, the period being the time constant.
    PERIODIC: a sine of that period. WHOLE_BATCH: from start to end of the run.
    """

    STEP = "step"
    RAMP = "ramp"
    DRIFT = "drift"
    PULSES = "pulse train"
    PERIODIC = "periodic"
    WHOLE_BATCH = "whole batch"

    @property
    def how(self) -> str:
        """What something is changed like, in words."""
        if self is Course.WHOLE_BATCH:
            return "over the whole batch"
        return "as a sine" if self is Course.PERIODIC else f"as a {self}"


@dataclass(frozen=True, slots=True)
class ScenarioPart:
    """One change.

    Attributes:
        kind, target: what is changed: a declared parameter, input or sensor, or a failure mode.
        course: in time; of a failure mode one of its own.
        onset_ms, end_ms: when; both within the run.
        tau_s: time constant or period, where the course has one.
        sizes: how much, in the unit of the target; of a failure mode one for each of its sizes.
    """

    kind: TargetKind
    target: str
    course: Course
    onset_ms: int
    end_ms: int
    tau_s: float
    sizes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario: its id in the case, what it says, and what it changes; `note`: in the person's
    words."""

    scenario_id: str
    title: str
    category: CauseCategory
    parts: tuple[ScenarioPart, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SizeRange:
    """What a size may be: its name, its bounds in `unit`, and a usual one to begin with."""

    name: str
    unit: str
    low: float
    high: float
    usual: float


@dataclass(frozen=True, slots=True)
class Target:
    """What a part of a scenario can change.

    `low`, `high`: bounds of a size, in `unit`. `usual`: a size to begin with. `relative`: a size is
    a change of the usual value in per cent, else it is added to it. `sizes`: how many it takes;
    `further`: the ranges of those after the first. `courses`: what its change can be in time, the
    usual one first. `times_s`: of a failure mode, the time constant or period of each course to
    begin with, 0 where it has none; empty for anything else. `value`: of a parameter as it is, in
    `unit`; None for anything else. `whole`: its sizes are whole numbers. `size_name`: of the first
    size.
    """

    kind: TargetKind
    target: str
    title: str
    unit: str
    low: float
    high: float
    usual: float
    relative: bool
    sizes: int = 1
    further: tuple[SizeRange, ...] = ()
    courses: tuple[Course, ...] = tuple(Course)
    times_s: tuple[float, ...] = ()
    value: float | None = None
    whole: bool = False
    size_name: str = "size"

    def usual_time_s(self, course: Course) -> float:
        """The time constant or period of a failure mode in a course to begin with; 0: none."""
        return dict(zip(self.courses, self.times_s, strict=False)).get(course, 0.0)

    def ranges(self) -> tuple[SizeRange, ...]:
        """What each of its sizes may be."""
        first = SizeRange(self.size_name, self.unit, self.low, self.high, self.usual)
        return (first, *self.further)
