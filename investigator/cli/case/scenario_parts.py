"""A part of a scenario as it is typed: what is changed, when, by how much, and its course.

`input:paddle.speed@2026-03-31T14:05/2026-03-31T14:20=20,step`; of a failure mode with two sizes
`failure-mode:nir_fouling@.../...=5;1,ramp:1900`; without times it is the whole run.
"""

import argparse
from collections.abc import Mapping
from types import MappingProxyType

from investigator.cli.arguments import choices, instant, one_of
from investigator.cli.case.evidence import ms_of
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.scenario import Course, ScenarioPart, TargetKind

PART = "KIND:TARGET[@FROM/TO]=SIZE[;SIZE][,COURSE[:SECONDS]]"
PART_HELP = (
    f"what is changed; kinds: {choices(TargetKind)}; courses: {choices(Course)}, with its time "
    "constant or period; such as input:paddle.speed@2026-03-31T14:05/2026-03-31T14:20=20,step"
)


NO_COURSES: Mapping[str, Course] = MappingProxyType({})


def part_of(
    typed: str, zone: str, run: Span | None, usual: Mapping[str, Course] = NO_COURSES
) -> ScenarioPart:
    """The part that is typed; `run`: that is meant where no times are typed; `usual`: the course of
    a failure mode, by its id, where none is typed.

    Raises:
        UnusableRequest: it has not that form.
    """
    changed, equals, how = typed.partition("=")
    kind, colon, rest = changed.partition(":")
    target, at, stretch = rest.partition("@")
    sizes, comma, course = how.partition(",")
    if not (equals and colon and target.strip()):
        raise _unusable(typed, "it lacks a kind, a target or a size")
    try:
        of = one_of(TargetKind)(kind)
        when = _times(stretch, zone) if at else _whole(typed, run)
        unsaid = _usual(of, target.strip(), usual, timed=bool(at))
        form, tau_s = _course(course) if comma else (unsaid, 0.0)
        values = tuple(_number(size) for size in sizes.split(";"))
        if at and form is Course.WHOLE_BATCH:
            raise argparse.ArgumentTypeError("a change over the whole batch has no times")
    except argparse.ArgumentTypeError as fault:
        raise _unusable(typed, str(fault)) from None
    return ScenarioPart(of, target.strip(), form, when.start_ms, when.end_ms, tau_s, values)


def _unusable(typed: str, why: str) -> UnusableRequest:
    return UnusableRequest(f'"{typed}" is no part of a scenario ({why}); write it as {PART}.')


def _times(stretch: str, zone: str) -> Span:
    start, slash, end = stretch.partition("/")
    if not slash:
        raise argparse.ArgumentTypeError("FROM and TO are separated by /")
    begin_ms, end_ms = ms_of(instant(start), zone), ms_of(instant(end), zone)
    if end_ms <= begin_ms:
        raise argparse.ArgumentTypeError("it ends before it begins")
    return Span(begin_ms, end_ms)


def _whole(typed: str, run: Span | None) -> Span:
    if run is None:
        raise UnusableRequest(
            f'"{typed}" names no times, and the run is known after the replay only; name FROM/TO '
            "or replay the batch first."
        )
    return run


def _usual(kind: TargetKind, target: str, usual: Mapping[str, Course], *, timed: bool) -> Course:
    if kind is TargetKind.FAILURE_MODE:
        return usual.get(target, Course.STEP)
    return Course.STEP if timed and kind is not TargetKind.PARAMETER else Course.WHOLE_BATCH


def _course(typed: str) -> tuple[Course, float]:
    word, _, seconds = typed.partition(":")
    return one_of(Course)(word), _number(seconds) if seconds else 0.0


def _number(typed: str) -> float:
    try:
        return float(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is no number") from None
