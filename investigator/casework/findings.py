"""Findings on data quality: each has an id by its content, and is accepted or dismissed."""

from collections.abc import Iterable

from investigator.domain.acts.evidence import FindingJudged, Judgement
from investigator.domain.evidence import Finding
from investigator.domain.instant import iso
from investigator.evidence.finding_ids import finding_id

__all__ = ["finding_id", "finding_in_words", "judged"]


def finding_in_words(finding: Finding, zone: str) -> str:
    """One sentence: which tag or source, what, when, what was done about it."""
    span = finding.span
    when = "" if span is None else f", {iso(span.start_ms, zone)} to {iso(span.end_ms, zone)}"
    detail = f" ({finding.detail})" if finding.detail else ""
    return f"{finding.subject}: {finding.kind}{when}{detail}; {finding.action}"


def judged(findings: Iterable[Finding], judgement: Judgement, zone: str) -> list[FindingJudged]:
    """The acts that judge these findings, one for each, to be handed to the desk together."""
    unique = {finding_id(f): f for f in findings}
    return [
        FindingJudged(found, finding_in_words(finding, zone), judgement)
        for found, finding in unique.items()
    ]
