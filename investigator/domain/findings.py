"""Findings on data quality in the order in which a person looks at them."""

from collections.abc import Iterable

from investigator.domain.evidence import Finding, Severity

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def exception_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The critical ones first, then the major, then the minor ones, each in order of time."""
    return tuple(sorted(findings, key=_place))


def _place(finding: Finding) -> tuple[int, bool, int, str, str]:
    span = finding.span
    start_ms = span.start_ms if span else 0
    return _ORDER[finding.severity], span is None, start_ms, finding.subject, finding.kind
