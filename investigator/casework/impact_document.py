"""The impact in `result.json`: containers, material account, tracing, detectability."""

from collections.abc import Mapping

from investigator.casework.plain_values import Json, instant_text, rounded, span_texts
from investigator.domain.conformance import AcceptanceValue, Conformance, SamplingPlan
from investigator.domain.detectability import Detectability, DiversionLimit
from investigator.domain.impact import ContainerImpact, Impact, PredictedQuality
from investigator.domain.instant import Span
from investigator.domain.material_account import AffectedSample, MaterialAccount, MaterialAtPlace
from investigator.domain.tracing import Traced


def impact_document(impact: Impact, zone: str) -> Json:
    """The impact as plain values, keys in the order of the contract."""
    spans = impact.affected_intervals
    hull: list[str] | list[None] = [None, None]
    if spans:
        hull = span_texts(Span(min(s.start_ms for s in spans), max(s.end_ms for s in spans)), zone)
    return {
        "onset": instant_text(impact.onset_ms, zone),
        "affected_interval": hull,
        "affected_intervals": [span_texts(span, zone) for span in spans],
        "affected_containers": list(impact.affected_containers),
        "container_quality": {
            c.container_id: quality_document(c.quality) for c in impact.containers
        },
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


def traced_document(traced: Traced | None, zone: str) -> Json | None:
    """When disturbed material leaves the press, and the units that it passes."""
    if traced is None:
        return None
    found = traced.interval
    return {
        "draws": traced.draws,
        "stages": [stage.stage for stage in traced.stages],
        "surely": span_texts(found.surely, zone) if found and found.surely else None,
        "central": span_texts(found.central, zone) if found and found.central else None,
        "possibly": span_texts(found.possibly, zone) if found else None,
    }


def detectability_document(found: Detectability) -> Json:
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


def quality_document(quality: Mapping[str, PredictedQuality]) -> Json:
    """Predicted quality by attribute id, in order of id."""
    return {name: _quality(quality[name]) for name in sorted(quality)}


def _quality(quality: PredictedQuality) -> Json:
    return {
        "mean": rounded(quality.mean),
        "lo95": rounded(quality.lo95),
        "hi95": rounded(quality.hi95),
        "unit": quality.unit,
        "p_conform": rounded(quality.p_conform),
    }


def account_document(account: MaterialAccount | None, zone: str) -> Json | None:
    """Where all material is, and how much of it is affected; None where it was not made."""
    if account is None:
        return None
    return {
        "output_kg": rounded(account.output_kg),
        "output_source": account.output_source,
        "closes": account.closes,
        "places": {line.place.value: _place(line) for line in account.lines},
        "affected_samples": [_sample(sample, zone) for sample in account.samples],
    }


def _place(line: MaterialAtPlace) -> Json:
    return {
        "kg": rounded(line.kg),
        "source": line.source,
        "affected_kg": rounded(line.affected_kg),
        "affected_kg_lo95": rounded(line.affected_kg_lo95),
        "affected_kg_hi95": rounded(line.affected_kg_hi95),
    }


def _sample(sample: AffectedSample, zone: str) -> Json:
    return {
        "sample": sample.sample_id,
        "place": sample.place.value,
        "time": instant_text(sample.t_ms, zone),
        "container": sample.container_id,
        "share": rounded(sample.share),
        "certain": sample.certain,
        "why": sample.words,
    }
