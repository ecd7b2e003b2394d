"""When a hypothesis began and ended, for how long and how large, in words with 95 % intervals.

Results that were stored before intervals of the end were known say what they hold.
"""

from collections.abc import Iterator

from investigator.domain.quantities import UNKNOWN, estimate, moment, period
from investigator.domain.ranking import HypothesisAssessment, Interval

NOT_ENDED = "not ended by the end of the run"
_MINUTES_FROM_S, _HOURS_FROM_S = 120.0, 7200.0
# What is known to some minutes is told in minutes, however long it was.
_HOURS_UNSURE_S = 1800.0


def onset_in_words(hypothesis: HypothesisAssessment, zone: str) -> str:
    """The onset with its interval."""
    best = moment(hypothesis.onset_ms, zone)
    if hypothesis.onset_interval is None:
        return best
    return f"{best} ({period(hypothesis.onset_interval, zone)})"


def end_in_words(hypothesis: HypothesisAssessment, zone: str) -> str:
    """The end with its interval, or that it had not come by the end of the run."""
    best, interval = moment(hypothesis.end_ms, zone), hypothesis.end_interval
    if hypothesis.end_ms is None or (interval is None and not hypothesis.ends_open):
        return best
    if interval is None:
        return NOT_ENDED
    if not hypothesis.ends_open:
        return f"{best} ({period(interval, zone)})"
    earliest = f"{moment(interval.start_ms, zone)} at the earliest"
    if hypothesis.end_ms >= interval.end_ms:
        return f"{NOT_ENDED} ({earliest})"
    return f"{best} ({earliest}, perhaps {NOT_ENDED})"


def ended_in_words(hypothesis: HypothesisAssessment, zone: str) -> str:
    """The same as a part of a sentence: `end ...`, or that it had not ended."""
    end = end_in_words(hypothesis, zone)
    return end if end.startswith(NOT_ENDED) else f"end {end}"


def duration_in_words(hypothesis: HypothesisAssessment) -> str:
    """How long it was at work, in the unit that suits it; within the run where it did not end."""
    lasted = hypothesis.duration_s
    if lasted is None:
        return UNKNOWN
    unit, seconds = _unit(lasted)
    text = estimate(lasted.mean / seconds, lasted.lo95 / seconds, lasted.hi95 / seconds, unit)
    return f"{text} within the run" if hypothesis.ends_open else text


def _unit(lasted: Interval) -> tuple[str, float]:
    if lasted.mean < _MINUTES_FROM_S:
        return "s", 1.0
    unsure = lasted.hi95 - lasted.lo95 >= _HOURS_UNSURE_S
    return ("h", 3600.0) if unsure and lasted.mean >= _HOURS_FROM_S else ("min", 60.0)


def sizes_in_words(hypothesis: HypothesisAssessment) -> tuple[str, ...]:
    """Every size as `over-feed 119 (99 to 139) %`; of an older result the first, without a name."""
    if hypothesis.sizes:
        return tuple(f"{one.name} {_estimate(one.size, one.unit)}" for one in hypothesis.sizes)
    size = hypothesis.magnitude
    return () if size is None else (_estimate(size, hypothesis.magnitude_unit),)


def _estimate(size: Interval, unit: str) -> str:
    return estimate(size.mean, size.lo95, size.hi95, unit)


def estimates_in_words(hypothesis: HypothesisAssessment, zone: str) -> str:
    """All of it in one line, for a hypothesis that has intervals; empty for others."""
    if hypothesis.onset_interval is None:
        return ""
    return f"with 95 % intervals, {'; '.join(_told(hypothesis, zone))}"


def _told(hypothesis: HypothesisAssessment, zone: str) -> Iterator[str]:
    yield f"onset {onset_in_words(hypothesis, zone)}"
    if hypothesis.duration_s is not None:
        yield ended_in_words(hypothesis, zone)
        yield f"at work for {duration_in_words(hypothesis)}"
    yield from sizes_in_words(hypothesis)


def fitted_sizes(hypothesis: HypothesisAssessment) -> tuple[float, ...]:
    """The sizes of the fit, of an older result the first; empty without a fit."""
    if hypothesis.sizes:
        return tuple(one.size.mean for one in hypothesis.sizes)
    return () if hypothesis.magnitude is None else (hypothesis.magnitude.mean,)
