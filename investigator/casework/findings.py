"""Findings on data quality: each has an id by its content, is accepted or dismissed, or added.

- What needs a person stands first (`review_order`, in groups of one cause; `exception_first`).
- A critical finding is judged on its own; the others may be accepted together.
- A person's own finding has its id by its content, too, and says what is done with the samples.
"""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from investigator.domain.acts.data_review import FindingAdded
from investigator.domain.acts.evidence import FindingJudged, Judgement
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import Evidence, Finding, Severity, Treatment
from investigator.domain.finding_order import FindingGroup, exception_first, review_order
from investigator.domain.instant import Span, iso
from investigator.domain.investigation import Investigation
from investigator.evidence.finding_ids import finding_id

__all__ = [
    "FindingGroup",
    "added",
    "blocking_ids",
    "critical_ids",
    "exception_first",
    "finding_id",
    "finding_in_words",
    "judged",
    "open_ones",
    "open_together",
    "review_order",
    "treatment_in_words",
]

MAPPING_KINDS = frozenset({"unit_differs"})
"""Kinds of findings that the review of the tag map answers."""


def finding_in_words(finding: Finding, zone: str) -> str:
    """One sentence: which tag or source, what, when, what was done about it."""
    span = finding.span
    begin, end = ("", "") if span is None else (iso(t, zone) for t in (span.start_ms, span.end_ms))
    when = f", {begin}" + (f" to {end}" if end != begin else "") if begin else ""
    detail = f" ({finding.detail})" if finding.detail else ""
    return f"{finding.subject}: {finding.kind}{when}{detail}; {finding.action}"


def treatment_in_words(treatment: Treatment, sd_factor: float) -> str:
    """What the analyses do with the samples of a finding."""
    match treatment:
        case Treatment.DROP:
            return "samples left out"
        case Treatment.WIDEN:
            return f"standard deviation multiplied by {sd_factor:g}"
        case Treatment.IGNORE:
            return "samples used as they are"


def judged(findings: Iterable[Finding], judgement: Judgement, zone: str) -> list[FindingJudged]:
    """The acts that judge these findings, one for each, to be handed to the desk together."""
    unique = {finding_id(f): f for f in findings}
    return [
        FindingJudged(found, finding_in_words(finding, zone), judgement)
        for found, finding in unique.items()
    ]


def open_ones(case: Investigation, evidence: Evidence) -> dict[str, Finding]:
    """Findings of the reading that wait for a judgement, by id, those that need a person first."""
    done = {name for name, r in case.judged_findings.items() if not case.is_stale(r)}
    done |= {r.act.finding_id for r in case.added_findings}
    unique = {finding_id(f): f for f in exception_first(evidence.findings)}
    return {name: finding for name, finding in unique.items() if name not in done}


def critical_ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Ids of the critical findings, sorted."""
    return tuple(sorted({finding_id(f) for f in findings if f.severity is Severity.CRITICAL}))


def blocking_ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Ids of the critical findings on tags and units, sorted: no replay before the map's review."""
    return critical_ids(f for f in findings if f.kind in MAPPING_KINDS)


def open_together(case: Investigation, evidence: Evidence) -> dict[str, Finding]:
    """Those of `open_ones` that may be accepted together: all but the critical ones."""
    critical = frozenset(case.evidence.act.critical if case.evidence else ())
    waiting = open_ones(case, evidence)
    return {name: finding for name, finding in waiting.items() if name not in critical}


def added(
    tag: str,
    kind: str,
    span: Span,
    treatment: Treatment,
    *,
    sd_factor: str = "1",
    words: str,
    known_tags: Iterable[str],
) -> FindingAdded:
    """The act that adds a person's own finding.

    Args:
        tag: the historian tag.
        kind: what kind of doubt, in a word or two.
        span: the samples that it speaks of.
        treatment: what the analyses do with them.
        sd_factor: decimal text, at least 1; more than 1 where the treatment is to widen.
        words: what was seen.
        known_tags: tags of the evidence.

    Raises:
        UnusableRequest: no such tag, an empty text or span, or a factor that widens nothing.
    """
    if tag not in frozenset(known_tags):
        raise UnusableRequest(f'The evidence has no tag "{tag}"; name one that was read.')
    if not kind.strip() or not words.strip():
        raise UnusableRequest("A finding needs its kind and, in words, what was seen.")
    if span.end_ms <= span.start_ms:
        raise UnusableRequest("The finding ends before it begins; give its begin and its end.")
    factor = _factor(sd_factor, treatment)
    finding = Finding(
        tag,
        kind.strip(),
        span,
        treatment_in_words(treatment, float(factor)),
        words.strip(),
        severity=Severity.MAJOR,
        treatment=treatment,
        sd_factor=float(factor),
    )
    return FindingAdded(
        finding_id(finding),
        tag,
        finding.kind,
        span.start_ms,
        span.end_ms,
        treatment,
        factor,
        finding.detail,
    )


def _factor(text: str, treatment: Treatment) -> str:
    """The factor as plain decimal text; 1 unless the standard deviation is widened."""
    try:
        factor = Decimal(text)
    except InvalidOperation:
        raise UnusableRequest(f'"{text}" is no factor; give a number such as 3 or 2.5.') from None
    if treatment is not Treatment.WIDEN:
        return "1"
    if not factor.is_finite() or not 1 < factor <= 1000:
        raise UnusableRequest(
            "A standard deviation is widened by a factor above 1 and up to 1000; give another one."
        )
    return f"{factor.normalize():f}"
