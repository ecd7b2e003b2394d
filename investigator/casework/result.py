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
from investigator.casework.plain_values import Json, rounded, span_texts
from investigator.casework.ranking_document import ranking_document
from investigator.domain.applicability import Excursion
from investigator.domain.dossier import Dossier
from investigator.domain.evidence import ClockOffset, EvidenceItem, Finding
from investigator.domain.replayed import QualityStretch, Replayed, ReplayedContainer


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
