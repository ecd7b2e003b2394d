"""Findings in the order in which a person looks at them, those of one cause together.

- What is grave stands first: critical, then major, then minor.
- Among equals that first which takes most away from the inference: the seconds of information that
  a finding drops, or of which its wider standard deviation leaves only 1/sd_factor^2. Then by time.
- One line for one cause: the findings of a kind in a signal; those of a kind over the same stretch
  in several signals; minor ones of a kind, and those without a stretch, whatever their signals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from investigator.domain.evidence import Finding, Severity, Treatment

GRAVITY = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}
SAME_STRETCH_MS = 60_000
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one cause, in order of time; never empty."""

    findings: tuple[Finding, ...]

    @property
    def kind(self) -> str:
        """The kind of all of them."""
        return self.findings[0].kind

    @property
    def severity(self) -> Severity:
        """The severity of all of them."""
        return self.findings[0].severity

    @property
    def subjects(self) -> tuple[str, ...]:
        """The signals or sources that they speak of, in order of name."""
        return tuple(sorted({finding.subject for finding in self.findings}))

    @property
    def lost_s(self) -> float:
        """Seconds of information that they take from the inference, all signals together."""
        return sum(lost_s(finding) for finding in self.findings)

    @property
    def title(self) -> str:
        """What and where in words: `12 x spike in NIR-331`, `gap in 14 signals`."""
        words, subjects = self.kind.replace("_", " "), self.subjects
        where = subjects[0] if len(subjects) == 1 else f"{len(subjects)} signals"
        times = f"{len(self.findings)} x " if len(self.findings) > len(subjects) else ""
        return f"{times}{words} in {where}"


def lost_s(finding: Finding) -> float:
    """Seconds of information that a finding takes from the inference."""
    if finding.span is None or finding.treatment is Treatment.IGNORE:
        return 0.0
    if finding.treatment is Treatment.DROP:
        return finding.span.seconds
    return finding.span.seconds * (1.0 - 1.0 / (finding.sd_factor * finding.sd_factor))


def review_order(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """All findings in groups of one cause, what needs a person first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for stretch, members in _stretches(sorted(findings, key=_in_time)):
        for finding in members:
            groups.setdefault(_cause(finding, stretch, members), []).append(finding)
    found = [FindingGroup(tuple(members)) for members in groups.values()]
    return tuple(sorted(found, key=_rank))


def _in_time(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    place = (span.start_ms, span.end_ms) if span else (-1, -1)
    doubt = (finding.severity, finding.treatment, finding.sd_factor)
    return (*place, finding.kind, finding.subject, finding.action, finding.detail, *doubt)


def _rank(group: FindingGroup) -> tuple[object, ...]:
    return (GRAVITY[group.severity], -group.lost_s, *_in_time(group.findings[0]))


def _stretches(findings: Sequence[Finding]) -> list[tuple[int, list[Finding]]]:
    """Findings of one kind over the same stretch together, with the number of the stretch."""
    together: list[list[Finding]] = []
    latest: dict[str, list[list[Finding]]] = {}
    for finding in findings:
        near = [g for g in latest.get(finding.kind, []) if _same_stretch(g[0], finding)]
        if near:
            near[0].append(finding)
            continue
        together.append([finding])
        latest.setdefault(finding.kind, []).append(together[-1])
    return list(enumerate(together))


def _same_stretch(one: Finding, other: Finding) -> bool:
    if one.span is None or other.span is None:
        return one.span is other.span
    return (
        abs(one.span.start_ms - other.span.start_ms) <= SAME_STRETCH_MS
        and abs(one.span.end_ms - other.span.end_ms) <= SAME_STRETCH_MS
    )


def _cause(finding: Finding, stretch: int, members: Sequence[Finding]) -> tuple[object, ...]:
    of_kind = (finding.kind, finding.severity, finding.treatment)
    if finding.severity is Severity.MINOR or finding.span is None:
        return of_kind
    if len({member.subject for member in members}) >= SEVERAL:
        return (*of_kind, stretch)
    return (*of_kind, finding.subject)


def exception_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings one by one, in the order of their groups."""
    return tuple(finding for group in review_order(findings) for finding in group.findings)
