"""Why a hypothesis is rejected, or only less probable: one sentence with its numbers.

- Rejected means contradicted: two channels at least lie beyond an implausibility of 3 (Pukelsheim's
  three sigma, as in history matching). It either predicts a change that did not come, or leaves one
  that came, and that the leading hypothesis explains.
- Improbable is another thing: nothing contradicts it, and the sentence says what it would need.
"""

from investigator.domain.instant import Span, to_datetime
from investigator.domain.quantities import UNKNOWN, decimals_for, estimate, fixed
from investigator.domain.ranking import WORTH_SAYING, Elimination, HypothesisAssessment

IMPLAUSIBLE = 3.0


def standing(hypothesis: HypothesisAssessment, zone: str) -> str:
    """Rejected, or possible and what it would need; empty where the ranking does not say.

    It is empty for the leading hypothesis, for given causes and in results of earlier versions.
    """
    if hypothesis.elimination is not None:
        return rejection(hypothesis.elimination, zone)
    if hypothesis.onset_ms is None:
        return hypothesis.why
    if not hypothesis.strength:
        return ""
    if hypothesis.probability >= WORTH_SAYING:
        return "Possible: the evidence does not reject it."
    return (
        "Possible, less probable: fewer than two signals contradict it by more than "
        f"{IMPLAUSIBLE:g} standard deviations. It would need {_needed(hypothesis, zone)}."
    )


def told_apart(hypothesis: HypothesisAssessment, zone: str) -> str:
    """Where it stands and how strongly the leading one is preferred, in sentences.

    Empty as `standing` is.
    """
    said = standing(hypothesis, zone)
    if not hypothesis.strength:
        return said
    strength = f"{hypothesis.strength[0].upper()}{hypothesis.strength[1:]}."
    return f"{said} {strength}".strip()


def rejection(found: Elimination, zone: str) -> str:
    """The sentence on a rejected hypothesis: signal, time, predicted, measured, how far apart."""
    places = decimals_for(abs(found.measured - found.predicted))
    measured, predicted, undisturbed = (
        _with_unit(fixed(value, places), found.unit)
        for value in (found.measured, found.predicted, found.undisturbed)
    )
    when = f"from {_clock(found.span, zone)}"
    if found.did_not_come:
        said = (
            f"Rejected: it predicts {found.channel} at {predicted} {when}, a change that did not "
            f"come: {measured} was measured, the undisturbed line gives {undisturbed}"
        )
    else:
        said = (
            f"Rejected: {found.channel} was {measured} {when}; at best it gives {predicted}, the "
            f"undisturbed line {undisturbed}"
        )
        if found.explained_by:
            said += f", and {found.explained_by} explains it"
    return (
        f"{said} (implausibility {fixed(found.implausibility, 1)}, and "
        f"{fixed(found.second, 1)} in {found.second_channel}; up to {IMPLAUSIBLE:g} is retained)."
    )


def _needed(hypothesis: HypothesisAssessment, zone: str) -> str:
    size = hypothesis.magnitude
    much = UNKNOWN
    if size is not None:
        much = estimate(size.mean, size.lo95, size.hi95, hypothesis.magnitude_unit)
    if hypothesis.onset_ms is None or hypothesis.end_ms is None:
        return much
    return f"{much} from {_clock(Span(hypothesis.onset_ms, hypothesis.end_ms), zone)}"


def _clock(span: Span, zone: str) -> str:
    return f"{_minute(span.start_ms, zone)} to {_minute(span.end_ms, zone)}"


def _minute(t_ms: int, zone: str) -> str:
    return f"{to_datetime(t_ms, zone):%H:%M}"


def _with_unit(text: str, unit: str) -> str:
    return text if unit in {"", "-"} else f"{text} {unit}"
