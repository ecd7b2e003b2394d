"""A part of a scenario in words, as console and report tell it."""

from investigator.domain.instant import Span
from investigator.domain.quantities import period, significant
from investigator.domain.scenario import Course, ScenarioPart, TargetKind


def part_in_words(part: ScenarioPart, zone: str) -> str:
    """What is changed, by how much, in which course and when."""
    sizes = " and ".join(_signed(size) for size in part.sizes)
    if part.course is Course.WHOLE_BATCH:
        return f"{part.kind} {part.target} by {sizes} {part.course.how}"
    how = "" if part.kind is TargetKind.FAILURE_MODE else f" {part.course.how}"
    timed = f" ({significant(part.tau_s)} s)" if part.tau_s else ""
    when = period(Span(part.onset_ms, part.end_ms), zone)
    return f"{part.kind} {part.target} by {sizes}{how}{timed}, {when}"


def _signed(size: float) -> str:
    return f"+{significant(size)}" if size > 0 else significant(size)
