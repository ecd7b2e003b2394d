"""A scenario as a person enters it: begun, copied, changed.

What is entered is text; nothing of it is recorded before the person says so.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

from investigator.desktop.scene import Scene
from investigator.desktop.view_models.own_finding import time_said
from investigator.desktop.view_models.results import zone_of
from investigator.domain.instant import Span
from investigator.domain.scenario import Course, Scenario, ScenarioPart, Target, TargetKind
from investigator.domain.scenario_rules import (
    needs_time_constant,
    targets_by_name,
)

TAU_S = 600.0
"""A time constant to begin with, in seconds."""
_MINUTE_MS = 60_000
_MINUS = "−"


@dataclass(frozen=True)
class Ground:
    """What a scenario is made over: what can be changed, the run, and the zone of its times."""

    targets: tuple[Target, ...]
    run: Span
    zone: str

    @cached_property
    def by_name(self) -> dict[tuple[TargetKind, str], Target]:
        """Targets by kind and id."""
        return dict(targets_by_name(self.targets))

    def target(self, entered: "PartEntered") -> Target | None:
        """What a part changes; None where the twin does not know it."""
        return self.by_name.get((entered.kind, entered.target))


@dataclass(frozen=True, slots=True)
class PartEntered:
    """One change, as `ScenarioPart`, with times and numbers as they were entered."""

    kind: TargetKind
    target: str
    course: Course
    onset: str
    end: str
    tau: str
    sizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario as it was entered.

    `category`: empty while none is chosen. `copied_from`: id of the scenario that it began as;
    empty for none.
    """

    scenario_id: str
    title: str
    category: str
    parts: tuple[PartEntered, ...]
    note: str = ""
    copied_from: str = ""


def ground_without_twin(scene: Scene, targets: tuple[Target, ...]) -> Ground | None:
    """What a scenario is shown over where the twin cannot be asked: the batch."""
    evidence = scene.seen.evidence if scene.seen else None
    return Ground(targets, evidence.batch.span, zone_of(scene)) if evidence else None


def new_draft(scenario_id: str, ground: Ground) -> Draft:
    """A scenario to begin with: the first input that can be changed, by its usual size."""
    inputs = [t for t in ground.targets if t.kind is TargetKind.INPUT]
    first = next(iter(inputs or ground.targets), None)
    return Draft(scenario_id, "", "", (new_part(first, ground),) if first else ())


def copied(draft: Draft, scenario_id: str, *, recorded: bool) -> Draft:
    """A copy under another id; of a scenario that is recorded it says which."""
    title = f"{draft.title} (copy)" if draft.title else ""
    origin = draft.scenario_id if recorded else ""
    return replace(draft, scenario_id=scenario_id, title=title, copied_from=origin)


def new_part(target: Target, ground: Ground) -> PartEntered:
    """A change of a target by its usual size, in the middle third of the run."""
    course = target.courses[0]
    onset, end = _window(course, ground)
    tau_s = target.usual_time_s(course) or TAU_S
    return PartEntered(
        target.kind,
        target.target,
        course,
        onset,
        end,
        number_said(tau_s) if needs_time_constant(course, target) else "",
        tuple(number_said(size.usual) for size in target.ranges()),
    )


def with_course(part: PartEntered, course: Course, ground: Ground) -> PartEntered:
    """The same change in another course in time, with a time constant where it needs one."""
    target = ground.target(part)
    needs = target is not None and needs_time_constant(course, target)
    usual, before = (
        number_said((target.usual_time_s(of) if target else 0.0) or TAU_S)
        for of in (course, part.course)
    )
    # What nobody changed belongs to the course that it was shown for.
    tau = usual if part.tau in ("", before) else part.tau
    made = replace(part, course=course, tau=tau if needs else "")
    if Course.WHOLE_BATCH not in (part.course, course):
        return made
    onset, end = _window(course, ground)
    return replace(made, onset=onset, end=end)


def with_span(part: PartEntered, span: Span, ground: Ground) -> PartEntered:
    """The same change over another stretch of time, as far as it lies in the run."""
    onset_ms = max(span.start_ms, ground.run.start_ms)
    end_ms = min(span.end_ms, ground.run.end_ms)
    onset, end = (time_said(t // 1000 * 1000, ground.zone) for t in (onset_ms, end_ms))
    return replace(part, onset=onset, end=end)


def draft_of(scenario: Scenario, zone: str, *, copied_from: str = "") -> Draft:
    """What the editor shows of a scenario."""
    parts = tuple(_entered(part, zone) for part in scenario.parts)
    return Draft(
        scenario.scenario_id,
        scenario.title,
        scenario.category.value,
        parts,
        scenario.note,
        copied_from,
    )


def number_said(value: float) -> str:
    """A number as it stands in a field: exact, in the fewest digits."""
    short = f"{value:g}"
    text = short if float(short) == value else repr(float(value))
    return text.replace("-", _MINUS)


def number_meant(text: str) -> float | None:
    """The number that was entered; None where it is none."""
    try:
        value = float(text.strip().replace(_MINUS, "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _entered(part: ScenarioPart, zone: str) -> PartEntered:
    return PartEntered(
        part.kind,
        part.target,
        part.course,
        time_said(part.onset_ms, zone),
        time_said(part.end_ms, zone),
        number_said(part.tau_s) if part.tau_s else "",
        tuple(number_said(size) for size in part.sizes),
    )


def _window(course: Course, ground: Ground) -> tuple[str, str]:
    """When a change begins and ends before anyone says so: to the minute, in the middle third."""
    run = ground.run
    third = (run.end_ms - run.start_ms) // 3
    if course is Course.WHOLE_BATCH or third < _MINUTE_MS:
        return time_said(run.start_ms, ground.zone), time_said(run.end_ms, ground.zone)
    onset_ms, end_ms = (
        -(-t // _MINUTE_MS) * _MINUTE_MS for t in (run.start_ms + third, run.end_ms - third)
    )
    return time_said(onset_ms, ground.zone), time_said(end_ms, ground.zone)
