"""What people decided about the data of a case, as every analysis takes it.

- Decisions count that are not stale: made about the evidence as it is admitted.
- What was accepted as found, estimated or packaged is no departure and does not stand among them.
- A tag map counts for the twin that it was reviewed for.
"""

from investigator.casework.findings import treatment_in_words
from investigator.domain.acts.data_review import (
    ClockBasis,
    ClockJudged,
    FindingAdded,
    MappedTag,
    TagsMapped,
)
from investigator.domain.acts.evidence import Judgement
from investigator.domain.evidence import ClockOffset, Finding, Severity
from investigator.domain.evidence_decisions import EvidenceDecisions, TagMapping
from investigator.domain.instant import Span
from investigator.domain.investigation import Investigation


def decisions_of(case: Investigation) -> EvidenceDecisions:
    """The decisions in force; an empty one where everything is as estimated and as found."""
    judged = (r for r in case.judged_findings.values() if not case.is_stale(r))
    added = (r.act for r in case.added_findings if not case.is_stale(r))
    clocks = (r.act for r in case.clocks.values() if not case.is_stale(r))
    return EvidenceDecisions(
        dismissed=tuple(
            sorted(r.act.finding_id for r in judged if r.act.judgement is Judgement.DISMISSED)
        ),
        added=tuple(
            finding_of(act) for act in sorted(added, key=lambda act: (act.start_ms, act.finding_id))
        ),
        clocks=tuple(
            offset_of(act)
            for act in sorted(clocks, key=lambda act: act.source)
            if act.basis is ClockBasis.SET
        ),
        tags=tuple(mapping_of(tag) for tag in _departures(case)),
    )


def finding_of(act: FindingAdded) -> Finding:
    """The finding that a person added."""
    factor = float(act.sd_factor)
    return Finding(
        subject=act.tag,
        kind=act.kind,
        span=Span(act.start_ms, act.end_ms),
        action=treatment_in_words(act.treatment, factor),
        detail=act.words,
        severity=Severity.MAJOR,
        treatment=act.treatment,
        sd_factor=factor,
    )


def offset_of(act: ClockJudged) -> ClockOffset:
    """The offset that a person accepted or set."""
    return ClockOffset(
        source=act.source,
        offset_s=act.offset_ms / 1000,
        uncertainty_s=act.uncertainty_ms / 1000,
        matched_events=act.matched_events,
        drift_ppm=act.drift_ppb / 1000,
        drift_uncertainty_ppm=act.drift_uncertainty_ppb / 1000,
        reference_ms=act.reference_ms,
    )


def mapping_of(tag: MappedTag) -> TagMapping:
    """One line of a reviewed map."""
    return TagMapping(tag.signal, tag.tag, tag.unit, float(tag.factor), float(tag.offset))


def _departures(case: Investigation) -> tuple[MappedTag, ...]:
    reviewed = case.tag_map
    if reviewed is None or case.is_stale(reviewed) or _of_another_twin(case, reviewed.act):
        return ()
    return tuple(
        sorted((m for m in reviewed.act.mappings if not m.packaged), key=lambda m: m.signal)
    )


def _of_another_twin(case: Investigation, reviewed: TagsMapped) -> bool:
    return case.twin is not None and case.twin.act.twin_id != reviewed.twin_id
