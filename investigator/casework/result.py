"""`result.json`: the outcome of an investigation for other programs.

The order of keys, the rounding of numbers and the writing of times are fixed, so the same folder,
twin, seed and version give the same bytes. Times are ISO 8601 with offset, in the site's zone, on
the historian's clock. The measured run times are the one part that differs and may be left out.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from investigator.casework.output import FORMAT, REPORT
from investigator.domain.applicability import Excursion
from investigator.domain.conformance import AcceptanceValue, Conformance, SamplingPlan
from investigator.domain.detectability import Detectability, DiversionLimit
from investigator.domain.dossier import Dossier
from investigator.domain.evidence import ClockOffset, EvidenceItem, Finding
from investigator.domain.impact import ContainerImpact, Impact, PredictedQuality
from investigator.domain.instant import Span, iso
from investigator.domain.ranking import HypothesisAssessment, NextCheck, Ranking
from investigator.domain.replayed import QualityStretch, Replayed, ReplayedContainer
from investigator.domain.tracing import Traced

SIGNIFICANT_DIGITS = 6

Json = dict[str, Any]


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
        "traced": _traced(dossier.traced, zone),
        "detectability": [_detectability(found) for found in dossier.detectability],
        "report": REPORT,
    }


def rounded(value: float | None) -> float | None:
    """To six significant digits; None for what is not a finite number (JSON has no NaN)."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0


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
    start, end = (None, None) if finding.span is None else _span(finding.span, zone)
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
        "indistinguishable": [list(group) for group in ranking.indistinguishable],
        "next_checks": [_check(check) for check in ranking.next_checks],
    }


def _hypothesis(hypothesis: HypothesisAssessment, zone: str) -> Json:
    return {
        "cause": hypothesis.cause,
        "probability": rounded(hypothesis.probability),
        "onset": _instant(hypothesis.onset_ms, zone),
        "end": _instant(hypothesis.end_ms, zone),
        "magnitude": magnitude_text(hypothesis),
        "why": hypothesis.why,
    }


def _check(check: NextCheck) -> Json:
    return {
        "check": check.check,
        "separates": list(check.separates),
        "expected_information_bits": rounded(check.expected_information_bits),
    }


def impact_document(impact: Impact, zone: str) -> Json:
    """The impact as plain values, keys in the order of the contract."""
    spans = impact.affected_intervals
    hull: list[str] | list[None] = [None, None]
    if spans:
        hull = _span(Span(min(s.start_ms for s in spans), max(s.end_ms for s in spans)), zone)
    return {
        "onset": _instant(impact.onset_ms, zone),
        "affected_interval": hull,
        "affected_intervals": [_span(span, zone) for span in spans],
        "affected_containers": list(impact.affected_containers),
        "container_quality": {c.container_id: _qualities(c) for c in impact.containers},
        "disposition_proposed": {
            c.container_id: {
                "proposal": c.proposal.value,
                "reason": c.proposal_reason,
                "rule": c.rule or None,
                "out_of_specification": list(c.out_of_specification),
            }
            for c in impact.containers
        },
        "conformance": {
            c.container_id: {found.attribute: _conformance(found) for found in c.conformance}
            for c in impact.containers
        },
        "content_uniformity": {
            c.container_id: _acceptance(c.content_uniformity) for c in impact.containers
        },
        "sampling_plan": {
            c.container_id: _plan(c.sampling) for c in impact.containers if c.sampling
        },
        "container_impact": {c.container_id: _affected(c) for c in impact.containers},
    }


def _affected(container: ContainerImpact) -> Json:
    return {
        "net_kg": rounded(container.net_kg),
        "filled_kg": rounded(container.filled_kg),
        "affected": container.affected,
        "chance_affected": rounded(container.chance_affected),
        "affected_kg": rounded(container.affected_kg),
        "affected_kg_lo95": rounded(container.affected_kg_lo95),
        "affected_kg_hi95": rounded(container.affected_kg_hi95),
        "affected_tablets": container.affected_tablets,
        "affected_tablets_hi95": container.affected_tablets_hi95,
        "reasons": list(container.reasons),
    }


def _conformance(found: Conformance) -> Json:
    return {
        "low": rounded(found.low),
        "high": rounded(found.high),
        "unit": found.unit,
        "guard": rounded(found.guard),
        "p_conform": rounded(found.p_conform),
        "zone": found.zone.value,
        "consumer_risk": rounded(found.consumer_risk),
        "producer_risk": rounded(found.producer_risk),
    }


def _acceptance(found: AcceptanceValue | None) -> Json | None:
    if found is None:
        return None
    return {
        "predicted": rounded(found.mean),
        "lo95": rounded(found.lo95),
        "hi95": rounded(found.hi95),
        "p_pass": rounded(found.p_pass),
        "limit": rounded(found.limit),
        "reported": rounded(found.reported),
    }


def _plan(plan: SamplingPlan) -> Json:
    return {
        "units": plan.units,
        "places": plan.strata,
        "from_kg": rounded(plan.from_kg),
        "to_kg": rounded(plan.to_kg),
        "attributes": list(plan.attributes),
        "why": plan.why,
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


def _traced(traced: Traced | None, zone: str) -> Json | None:
    """When disturbed material leaves the press, and the units that it passes."""
    if traced is None:
        return None
    found = traced.interval
    return {
        "draws": traced.draws,
        "stages": [stage.stage for stage in traced.stages],
        "surely": _span(found.surely, zone) if found and found.surely else None,
        "central": _span(found.central, zone) if found and found.central else None,
        "possibly": _span(found.possibly, zone) if found else None,
    }


def _detectability(found: Detectability) -> Json:
    """Where the deviation stands in the funnel of an entry, and the diversion limits."""
    point = found.deviation
    return {
        "entry": found.entry,
        "deviation": None
        if point is None
        else {
            "title": point.title,
            "duration_s": rounded(point.duration_s),
            "size_pct": rounded(point.size_pct),
            "lo95": rounded(point.size_pct_low),
            "hi95": rounded(point.size_pct_high),
        },
        "note": found.note,
        "judged_by": found.judged_by,
        "diversion_limits": [_diversion(limit) for limit in found.limits],
    }


def _diversion(limit: DiversionLimit) -> Json:
    return {
        "sensor": limit.sensor,
        "alarm": limit.alarm,
        "alarm_pct": rounded(limit.alarm_pct),
        "start_s": rounded(limit.start_s),
        "end_s": rounded(limit.end_s),
        "containment": rounded(limit.containment),
        "good_lost_kg": rounded(limit.good_lost_kg),
        "current": limit.current,
        "current_containment": rounded(limit.current_containment),
        "current_good_lost_kg": rounded(limit.current_good_lost_kg),
    }


def _excursion(excursion: Excursion, zone: str) -> Json:
    limit = excursion.limit
    start, end = _span(excursion.span, zone)
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
    start, end = _span(stretch.span, zone)
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


def _qualities(container: ContainerImpact) -> Json:
    return {name: _quality(container.quality[name]) for name in sorted(container.quality)}


def _quality(quality: PredictedQuality) -> Json:
    return {
        "mean": rounded(quality.mean),
        "lo95": rounded(quality.lo95),
        "hi95": rounded(quality.hi95),
        "unit": quality.unit,
        "p_conform": rounded(quality.p_conform),
    }


def _instant(t_ms: int | None, zone: str) -> str | None:
    return None if t_ms is None else iso(t_ms, zone)


def _span(span: Span, zone: str) -> list[str]:
    return [iso(span.start_ms, zone), iso(span.end_ms, zone)]
