"""What is said of clocks: findings for what a person must look at, sentences for the rest."""

from investigator.domain.evidence import ClockOffset, Finding, Severity
from investigator.domain.instant import Span
from investigator.evidence.clocks.fit import Step
from investigator.evidence.clocks.match import FEWEST_PAIRS, HOUR_S

ALLOWED_S = 120.0
"""The largest offset that sites allow between checks of their clocks."""


def _stated(offset: ClockOffset) -> str:
    drift = f", drifting by {offset.drift_ppm:+.0f} ppm" if offset.drift_ppm else ""
    return f"{offset.offset_s:+.1f} s ± {offset.uncertainty_s:.1f} s{drift}"


def assumption(offset: ClockOffset, *, mean_s: float = 0.0) -> str:
    """The offset as it is taken where nobody says otherwise.

    `mean_s`: interval over which a source takes means, 0 for momentary readings.
    """
    basis = f"{offset.matched_events} events"
    if offset.source == "environment":
        readings = f"means over the {mean_s:.0f} s up to their times" if mean_s else "momentary"
        basis = f"{offset.matched_events} readings, taken as {readings}"
    return f"clock offset of the {offset.source} of {_stated(offset)} ({basis}) accepted by default"


def is_of_clock(assumption: str, source: str) -> bool:
    """Whether a sentence says what offset of this source is taken where nobody says otherwise."""
    return assumption.startswith(f"clock offset of the {source} of ")


def taken_as_in_step(source: str, pairs: int) -> str:
    """The assumption for a source whose clock cannot be compared."""
    common = f"{pairs} events in common are too few or disagree" if pairs else "nothing is common"
    return f"the {source} is taken to be on the historian's clock: {common}"


def laboratory_assumption() -> str:
    """What laboratory times are used for."""
    return "times of the laboratory order its analyses, nothing is placed by them"


def findings_of(
    offset: ClockOffset,
    *,
    hours: int = 0,
    elsewhere: tuple[int, ...] = (),
    step: Step | None = None,
) -> tuple[Finding, ...]:
    """What a person must look at in a clock: wrong zone, set during the batch, far off."""
    found = []
    if hours:
        found.append(_wrong_zone(offset, hours))
    found += [_wrong_for_a_part(offset, other - hours) for other in elsewhere]
    if step is not None:
        found.append(_was_set(offset, step))
    if abs(offset.offset_s) > ALLOWED_S:
        found.append(_far_off(offset))
    return tuple(found)


def offset_unknown(offset: ClockOffset, pairs: int) -> Finding:
    """The finding for an offset that nothing tells; `pairs` events could be common."""
    common = f"only {pairs} events are common to record and historian"
    if pairs >= FEWEST_PAIRS:
        common = f"{pairs} events may be common to record and historian, but they do not agree"
    return Finding(
        subject=offset.source,
        kind="clock_offset_unknown",
        span=None,
        action=f"taken as in step, with an uncertainty of {offset.uncertainty_s:.0f} s",
        detail=common,
        severity=Severity.MAJOR,
    )


def _wrong_zone(offset: ClockOffset, hours: int) -> Finding:
    whole_s = hours * HOUR_S
    side = "behind" if hours > 0 else "ahead of"
    return Finding(
        subject=offset.source,
        kind="zone_error",
        span=None,
        action=f"not corrected: its times stand {abs(whole_s):.0f} s off until its zone is stated"
        f" right or an offset of {whole_s + offset.offset_s:+.1f} s is set",
        detail=f"its times stand {abs(hours)} h {side} the historian's: {offset.matched_events}"
        " readings or events agree at that hour and not without it",
        severity=Severity.CRITICAL,
    )


def _wrong_for_a_part(offset: ClockOffset, hours: int) -> Finding:
    side = "behind" if hours > 0 else "ahead of"
    return Finding(
        subject=offset.source,
        kind="zone_error",
        span=None,
        action="not corrected: those times stand as they are until its zone is stated right",
        detail=f"for a part of the run its times stand {abs(hours)} h {side} the others, as when"
        " summer time begins or ends and the zone does not follow",
        severity=Severity.CRITICAL,
    )


def _was_set(offset: ClockOffset, step: Step) -> Finding:
    return Finding(
        subject=offset.source,
        kind="clock_step",
        span=Span(offset.at(step.after_ms), offset.at(step.before_ms)),
        action=f"taken midway, with an uncertainty of {offset.uncertainty_s:.0f} s",
        detail=f"the clock was set during the batch: its offset changes by {step.size_s:+.1f} s",
        severity=Severity.MAJOR,
    )


def _far_off(offset: ClockOffset) -> Finding:
    return Finding(
        subject=offset.source,
        kind="clock_far_off",
        span=None,
        action="its times are corrected by the offset",
        detail=f"the offset of {_stated(offset)} is more than the {ALLOWED_S:.0f} s that sites"
        " allow between checks",
        severity=Severity.MAJOR,
    )
