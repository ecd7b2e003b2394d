"""The id of a finding: by its content, so that the same finding has it at every reading."""

from investigator.domain.evidence import Finding
from investigator.trust.digest import digest_of_value

ID_DIGITS = 8


def finding_id(finding: Finding) -> str:
    """The id of a finding, eight hexadecimal digits."""
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
