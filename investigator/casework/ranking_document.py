"""The ranking for other programs: every hypothesis with its estimates, what rejects it, what tells.

Numbers are rounded and times written as in the rest of `result.json`.
"""

from investigator.casework.plain_values import Json, instant_text, rounded, span_texts
from investigator.domain.alarm_evidence import ExpectedAlarm, OperatorAction
from investigator.domain.elimination import standing
from investigator.domain.predictive import borne_out
from investigator.domain.ranking import (
    Elimination,
    HypothesisAssessment,
    Interval,
    NextCheck,
    Ranking,
    Separation,
)

ESTIMATES = ("onset_95", "end_95", "ends_open", "duration_s", "sizes")
"""Keys of `estimates_document`."""


def ranking_document(ranking: Ranking, zone: str) -> Json:
    """The ranking as plain values, keys in the order of the contract."""
    return {
        "ranked_hypotheses": [_hypothesis(h, zone) for h in ranking.hypotheses],
        "none_of_the_above": rounded(ranking.none_of_the_above),
        "no_deviation": rounded(ranking.no_deviation),
        "predictive_check": _predictive(ranking),
        "indistinguishable": [list(group) for group in ranking.indistinguishable],
        "separations": [_separation(found) for found in ranking.separations],
        "next_checks": [_check(check) for check in ranking.next_checks],
        "missing": list(ranking.missing),
        "operator_actions": [_action(action, zone) for action in ranking.actions],
    }


def _hypothesis(hypothesis: HypothesisAssessment, zone: str) -> Json:
    return {
        "cause": hypothesis.cause,
        "probability": rounded(hypothesis.probability),
        "onset": instant_text(hypothesis.onset_ms, zone),
        "end": instant_text(hypothesis.end_ms, zone),
        "magnitude": magnitude_text(hypothesis),
        **estimates_document(hypothesis, zone),
        "time_shape": hypothesis.time_shape or None,
        "time_constant_s": rounded(hypothesis.time_constant_s or None),
        "why": hypothesis.why,
        "strength": hypothesis.strength,
        "standing": standing(hypothesis, zone),
        "elimination": _elimination(hypothesis.elimination, zone),
        "runs": list(hypothesis.runs),
        "alarms": [_expected_alarm(told, zone) for told in hypothesis.alarms],
        "actions": [_action(action, zone) for action in hypothesis.actions],
        "told_gain": rounded(hypothesis.told_gain),
    }


def estimates_document(hypothesis: HypothesisAssessment, zone: str) -> Json:
    """Intervals of onset, end and duration, and every size, as plain values."""
    onset, end = hypothesis.onset_interval, hypothesis.end_interval
    lasted = hypothesis.duration_s
    return {
        "onset_95": list(span_texts(onset, zone)) if onset else None,
        "end_95": list(span_texts(end, zone)) if end else None,
        "ends_open": hypothesis.ends_open,
        "duration_s": _interval(lasted) if lasted else None,
        "sizes": [
            {"name": one.name, "unit": one.unit, **_interval(one.size)} for one in hypothesis.sizes
        ],
    }


def _interval(found: Interval) -> Json:
    return {
        "mean": rounded(found.mean),
        "lo95": rounded(found.lo95),
        "hi95": rounded(found.hi95),
    }


def _separation(found: Separation) -> Json:
    return {
        "between": [found.one, found.other],
        "sigma": rounded(found.sigma),
        "channel": found.channel,
        "channel_sigma": rounded(found.channel_sigma),
    }


def _elimination(found: Elimination | None, zone: str) -> Json | None:
    if found is None:
        return None
    start, end = span_texts(found.span, zone)
    return {
        "channel": found.channel,
        "start": start,
        "end": end,
        "predicted": rounded(found.predicted),
        "measured": rounded(found.measured),
        "undisturbed": rounded(found.undisturbed),
        "unit": found.unit,
        "implausibility": rounded(found.implausibility),
        "second_channel": found.second_channel,
        "second_implausibility": rounded(found.second),
    }


def _predictive(ranking: Ranking) -> Json | None:
    found = ranking.predictive
    if found is None:
        return None
    return {
        "model": list(found.model),
        "p_value": rounded(found.p_value),
        "channel": found.channel,
        "explained": None if found.explained is None else rounded(found.explained),
        "words": borne_out(ranking),
    }


def _expected_alarm(told: ExpectedAlarm, zone: str) -> Json:
    start, end = span_texts(told.expected, zone)
    return {
        "alarm": told.alarm,
        "expected": [start, end],
        "came": instant_text(told.came_ms, zone),
        "log_likelihood": rounded(told.gain),
    }


def _action(action: OperatorAction, zone: str) -> Json:
    return {
        "time": instant_text(action.t_ms, zone),
        "person": action.person_id or None,
        "text": action.text,
        "log_likelihood": rounded(action.gain),
    }


def _check(check: NextCheck) -> Json:
    return {
        "check": check.check,
        "separates": list(check.separates),
        "expected_information_bits": rounded(check.expected_information_bits),
        "check_id": check.check_id or None,
        "place": check.place or None,
        "effort": check.effort,
    }


def magnitude_text(hypothesis: HypothesisAssessment) -> str | None:
    """The fitted size with its 95 % interval in words, e.g. `-12.5 % (95 %: -14 to -11)`."""
    size = hypothesis.magnitude
    if size is None:
        return None
    mean = with_unit(f"{size.mean:.3g}", hypothesis.magnitude_unit)
    return f"{mean} (95 %: {size.lo95:.3g} to {size.hi95:.3g})"


def with_unit(figure: str, unit: str) -> str:
    """A figure with its unit; the unit `-` of a pure number is not written."""
    return figure if unit in {"", "-"} else f"{figure} {unit}"
