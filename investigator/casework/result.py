"""`result.json`: the outcome of an investigation for other programs.

The order of keys, the rounding of numbers and the writing of times are fixed, so the same folder,
twin, seed and version give the same bytes. Times are ISO 8601 with offset, in the site's zone, on
the historian's clock. The measured run times are the one part that differs and may be left out.
"""

import json
from collections.abc import Mapping

from investigator.casework.impact_document import (
    account_document,
    detectability_document,
    impact_document,
    traced_document,
)
from investigator.casework.output import FORMAT, REPORT
from investigator.casework.plain_values import Json, instant_text, rounded, span_texts
from investigator.domain.alarm_evidence import ExpectedAlarm, OperatorAction
from investigator.domain.applicability import Excursion
from investigator.domain.dossier import Dossier
from investigator.domain.elimination import standing
from investigator.domain.evidence import ClockOffset, EvidenceItem, Finding
from investigator.domain.predictive import borne_out
from investigator.domain.ranking import (
    Elimination,
    HypothesisAssessment,
    Interval,
    NextCheck,
    Ranking,
    Separation,
)
from investigator.domain.replayed import QualityStretch, Replayed, ReplayedContainer

ESTIMATES = ("onset_95", "end_95", "ends_open", "duration_s", "sizes")
"""Keys of `estimates_document`."""


def result_text(dossier: Dossier, *, timings_s: Mapping[str, float] | None) -> str:
    """The text of `result.json`; `timings_s` None leaves the run times out."""
    document = result_document(dossier)
    if timings_s is not None:
        document["timings_s"] = {step: round(seconds, 3) for step, seconds in timings_s.items()}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def result_document(dossier: Dossier) -> Json:
    """The document as plain values, keys in the order of the contract."""
    zone = dossier.zone
    deviation, twin = dossier.deviation, dossier.twin
    return {
        "format": FORMAT,
        "case": dossier.case,
        "deviation_number": None if deviation is None else deviation.number,
        "twin": {
            "id": twin.twin_id,
            "version": twin.version,
            "digest": twin.digest,
            "status": twin.status,
        },
        "software": dossier.software,
        "seed": dossier.seed,
        "marking": dossier.marking,
        "evidence": [_item(item) for item in dossier.items],
        "clock_offsets": [_offset(offset) for offset in dossier.clock_offsets],
        "assumptions": list(dossier.assumptions),
        "data_quality": [_finding(finding, zone) for finding in dossier.findings],
        **ranking_document(dossier.ranking, zone),
        **impact_document(dossier.impact, zone),
        **replayed_document(dossier.replayed, zone),
        "traced": traced_document(dossier.traced, zone),
        "detectability": [detectability_document(found) for found in dossier.detectability],
        "material_account": account_document(dossier.account, zone),
        "report": REPORT,
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


def _item(item: EvidenceItem) -> Json:
    return {
        "file": item.file,
        "sha256": item.sha256,
        "kind": item.kind,
        "layout": item.layout,
        "rows_read": item.rows_read,
        "rows_reported": item.rows_reported,
    }


def _offset(offset: ClockOffset) -> Json:
    return {
        "source": offset.source,
        "offset_s": rounded(offset.offset_s),
        "uncertainty_s": rounded(offset.uncertainty_s),
        "matched_events": offset.matched_events,
    }


def _finding(finding: Finding, zone: str) -> Json:
    start, end = (None, None) if finding.span is None else span_texts(finding.span, zone)
    return {
        "tag": finding.subject,
        "kind": finding.kind,
        "start": start,
        "end": end,
        "action": finding.action,
        "detail": finding.detail,
        "severity": finding.severity.value,
        "treatment": finding.treatment.value,
    }


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


def replayed_document(found: Replayed | None, zone: str) -> Json:
    """The replay of the recorded inputs as plain values; empty where there was none."""
    containers: dict[str, Json] = {}
    for row in found.containers if found else ():
        containers.setdefault(row.container_id, {})[row.attribute] = _replayed(row)
    return {
        "domain_excursions": [_excursion(e, zone) for e in (found.excursions if found else ())],
        "signal_quality": [_stretch(s, zone) for s in (found.quality if found else ())],
        "replayed_containers": containers,
    }


def _excursion(excursion: Excursion, zone: str) -> Json:
    limit = excursion.limit
    start, end = span_texts(excursion.span, zone)
    return {
        "quantity": limit.quantity,
        "title": limit.title,
        "unit": limit.unit,
        "start": start,
        "end": end,
        "low": rounded(limit.low),
        "high": rounded(limit.high),
        "farthest": rounded(excursion.farthest),
        "distance": rounded(excursion.distance),
    }


def _stretch(stretch: QualityStretch, zone: str) -> Json:
    start, end = span_texts(stretch.span, zone)
    return {"tag": stretch.tag, "what": stretch.shortcoming.value, "start": start, "end": end}


def _replayed(row: ReplayedContainer) -> Json:
    return {
        "predicted": rounded(row.predicted),
        "lo95": rounded(row.low95),
        "hi95": rounded(row.high95),
        "unit": row.unit,
        "measured": rounded(row.measured),
        "extrapolated": row.extrapolated,
    }
