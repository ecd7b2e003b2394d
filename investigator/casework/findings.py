"""Findings on data quality: each has an id by its content, and is accepted or overridden."""

from collections.abc import Iterable

from investigator.domain.acts.evidence import FindingJudged, Judgement
from investigator.domain.evidence import Finding
from investigator.domain.instant import iso
from investigator.trust.digest import digest_of_value

ID_DIGITS = 8


def finding_id(finding: Finding) -> str:
    """The id of a finding: the same finding has the same id whenever the evidence is read."""
    span = finding.span
    return digest_of_value(
        [
            finding.subject,
            finding.kind,
            None if span is None else [span.start_ms, span.end_ms],
            finding.action,
            finding.detail,
        ]
    )[:ID_DIGITS]


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
