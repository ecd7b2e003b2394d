"""The golden envelope: each signal of the batch inside what normal batches show, on one axis."""

from dataclasses import dataclass, replace

import numpy as np

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.comparison_part import (
    Facts,
    Go,
    clock,
    on_the_timeline,
    signals_by_channel,
    told_comparison,
    whole_span,
)
from investigator.desktop.view_models.results import zone_of
from investigator.domain.quantities import (
    UNKNOWN,
    count,
    decimals_for,
    fixed,
    period,
    significant,
)
from investigator.domain.results import ReplayResult
from investigator.domain.toolbox import AlignedCourse, Axis, BatchComparison, EnvelopeExit
from investigator.domain.toolbox_words import change_in_words

NO_ENVELOPE = "This replay holds no envelope of normal batches"
NEXT_ENVELOPE = (
    "It was made before there was one, or its twin keeps no envelope: estimate that with "
    "`investigator twin reference`, then replay the batch again."
)
A_REASON = (
    "An exit is a reason to look, not a finding: some normal batches, left out in turn, leave too."
)


@dataclass(frozen=True, slots=True, eq=False)
class CourseRow:
    """A signal as it is read. `exits`: how often it leaves; `farthest`: in multiples of the limit;
    `first`: clock time of the first exit."""

    course: AlignedCourse
    exits: int
    farthest: float | None
    said: str
    first: str


def comparison_on(result: ReplayResult | None, axis: Axis) -> BatchComparison | None:
    """The comparison on an axis; None where there is none."""
    comparisons = result.toolbox.comparisons if result and result.toolbox else ()
    return next((c for c in comparisons if c.axis is axis), None)


def course_rows(comparison: BatchComparison, zone: str) -> tuple[CourseRow, ...]:
    """The signals of which anything is known, those that leave farthest first."""
    known = [c for c in comparison.courses if bool(np.isfinite(c.value).any())]
    rows = [_row(course, zone) for course in known]
    return tuple(sorted(rows, key=lambda row: -(row.farthest or 0.0)))


def farthest_of(course: AlignedCourse) -> EnvelopeExit | None:
    """The exit that goes farthest beyond its limit."""
    return max(course.exits, key=lambda e: e.score / e.limit, default=None)


def place_at(course: AlignedCourse, place: float) -> int | None:
    """The position that a place of the axis lies in; None outside."""
    if not course.place.size:
        return None
    first, last = course.bounds
    if not first <= place <= last:
        return None
    return int(np.argmin(np.abs(course.place - place)))


def said_at(course: AlignedCourse, position: int, axis: Axis, zone: str) -> str:
    """Place, clock, value and band at a position, in one line."""
    t_ms = int(course.t_ms[position])
    at = f"{fixed(float(course.place[position]), 1)} {axis.unit}"
    when = clock(t_ms, zone) if t_ms >= 0 else "never reached"
    value, low, high = (
        _value(course, v[position]) for v in (course.value, course.low, course.high)
    )
    return f"{at}, {when}: {value}; normal batches {low} to {high} {_unit(course)}".strip()


def about_course(
    scene: Scene, result: ReplayResult, shown: BatchComparison, row: CourseRow, go: Go
) -> Inspected:
    """A signal inside the envelope, with each of its exits."""
    course, zone = row.course, zone_of(scene)
    unit = shown.axis.unit
    exits = tuple(
        (f"Leaves, {fixed(e.begin, 0)} to {fixed(e.end, 0)} {unit}", _exit(course, e, zone))
        for e in course.exits
    )
    facts: Facts = (
        ("Axis", f"{shown.axis}, positions of {_step(course)} {unit}"),
        ("Normal batches", f"{shown.batches}; band from their 5 % to their 95 % quantile"),
        *(exits or (("Leaves", "never"),)),
        *_limit(course),
    )
    spans = [e.span for e in course.exits] or [whole_span(result)]
    tags = signals_by_channel(result).get(course.channel, ())
    beyond = count(shown.beyond, "position")
    unjudged = f"{beyond} of this batch: too few normal batches came so far to judge them."
    return told_comparison(
        scene,
        course.title,
        "signal beside normal batches",
        facts,
        go,
        evidence=tuple(t for span in spans for t in on_the_timeline(tags, span, zone, go)),
        remarks=(A_REASON, *((unjudged,) if shown.beyond else ())),
    )


def about_exit(
    scene: Scene, result: ReplayResult, shown: BatchComparison, row: CourseRow, at: int, go: Go
) -> Inspected:
    """The exit at a position, or the position itself where there is none."""
    course, zone = row.course, zone_of(scene)
    place, unit = float(course.place[at]), shown.axis.unit
    found = next((e for e in course.exits if e.begin <= place <= e.end), None)
    if found is None:
        made = about_course(scene, result, shown, row, go)
        return replace(made, facts=(("Here", said_at(course, at, shown.axis, zone)), *made.facts))
    tags = signals_by_channel(result).get(course.channel, ())
    return told_comparison(
        scene,
        course.title,
        "exit from the envelope",
        (
            ("On the axis", f"{fixed(found.begin, 1)} to {fixed(found.end, 1)} {unit}"),
            ("By the clock", period(found.span, zone)),
            ("Largest departure", change_in_words(found.largest, course.unit)),
            *_height(found),
        ),
        go,
        evidence=on_the_timeline(tags, found.span, zone, go),
        remarks=(A_REASON,),
    )


def _row(course: AlignedCourse, zone: str) -> CourseRow:
    worst = farthest_of(course)
    ratio = worst.score / worst.limit if worst else None
    first = min((e.span.start_ms for e in course.exits), default=None)
    return CourseRow(
        course=course,
        exits=len(course.exits),
        farthest=ratio,
        said=significant(ratio) if ratio is not None else UNKNOWN,
        first=clock(first, zone) if first is not None else UNKNOWN,
    )


def _exit(course: AlignedCourse, found: EnvelopeExit, zone: str) -> str:
    return (
        f"{period(found.span, zone)}, by {change_in_words(found.largest, course.unit)}"
        + f", {significant(found.score / found.limit)} × the limit"
    )


def _height(found: EnvelopeExit) -> Facts:
    return (
        ("In half-widths", significant(found.score)),
        ("Limit", f"{significant(found.limit)} half-widths, for a further normal batch"),
    )


def _limit(course: AlignedCourse) -> Facts:
    worst = farthest_of(course)
    return _height(worst) if worst else ()


def _step(course: AlignedCourse) -> str:
    return fixed(float(course.place[1] - course.place[0]), 0) if course.place.size > 1 else UNKNOWN


def _value(course: AlignedCourse, value: float) -> str:
    width = np.nanmedian(course.high - course.low) if np.isfinite(course.high).any() else 0.0
    return fixed(float(value), decimals_for(float(width) / 4))


def _unit(course: AlignedCourse) -> str:
    return "" if course.unit == "-" else course.unit
