"""Evidence as read with its mapped tags under the names of the package, looked through as those.

- Reading looks through a tag that the tag list does not know without range, rate, states or
  neighbours. Once a person has mapped it, it is looked through again as the signal that it is, and
  what was found without knowing that gives way.
- What a person decided about the export's own tag - a finding dismissed, one added - holds for the
  signal: the same kind of finding over the same time.
- A mapped tag is neither unknown nor missing any more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from investigator.domain.evidence import EvidenceAsRead, Finding
from investigator.domain.evidence_decisions import EvidenceDecisions, TagMapping
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory
from investigator.evidence.finding_ids import finding_id
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.tag_mapping import mapped
from investigator.evidence.quality.review import review

ANSWERED = frozenset({"unknown_tag", "missing_tag"})
"""Kinds of findings that the map answers."""

Names = Mapping[str, tuple[str, ...]]
"""Packaged tags of every tag of the export that a person mapped."""

Place = tuple[str, str, Span | None]
"""Subject, kind and time of a finding: what is the same doubt, in whatever words."""


@dataclass(frozen=True, slots=True)
class MappedReading:
    """Evidence and decisions with the packaged names; `found`: what only the new look found."""

    read: EvidenceAsRead
    decisions: EvidenceDecisions
    found: tuple[Finding, ...]


def mapped_reading(
    read: EvidenceAsRead,
    decisions: EvidenceDecisions,
    *,
    tag_map: Mapping[str, str],
    facts: Mapping[str, TagFacts],
) -> MappedReading:
    """What `decided` takes where a person mapped tags; the same where nobody did.

    Args:
        read: as read, its tags under their own names.
        decisions: what a person decided, by those names.
        tag_map: packaged tag of every signal.
        facts: the tag list of the line.

    Raises:
        UnusableInput: as `mapped`.
    """
    if not decisions.tags:
        return MappedReading(read, decisions, ())
    evidence = mapped(read.evidence, decisions.tags, tag_map=tag_map, facts=facts)
    names = _names(decisions.tags, tag_map)
    taken = frozenset(tag_map[mapping.signal] for mapping in decisions.tags)
    looked = {tag: t for tag, t in evidence.trajectories.items() if tag not in set(names) - taken}
    before = _found(read.evidence.trajectories, facts, read)
    fresh = [f for f in _found(looked, facts, read) if f.subject in taken]
    fresh = [f for f in fresh if f.kind not in ANSWERED]
    seen = frozenset(map(finding_id, before))
    kept = [
        f
        for f in read.evidence.findings
        if finding_id(f) not in seen or f.subject not in taken | set(names)
    ]
    findings = (*_renamed(_still(kept, taken, names), names, taken), *fresh)
    told = {_place(f) for f in _renamed(read.evidence.findings, names, taken)}
    return MappedReading(
        replace(read, evidence=replace(evidence, findings=findings)),
        _carried(decisions, read.evidence.findings, findings, names, taken),
        tuple(f for f in fresh if _place(f) not in told),
    )


def _names(mappings: Iterable[TagMapping], tag_map: Mapping[str, str]) -> Names:
    names: dict[str, tuple[str, ...]] = {}
    for mapping in mappings:
        if mapping.tag:
            names[mapping.tag] = (*names.get(mapping.tag, ()), tag_map[mapping.signal])
    return names


def _found(
    trajectories: Mapping[str, Trajectory], facts: Mapping[str, TagFacts], read: EvidenceAsRead
) -> tuple[Finding, ...]:
    return review(
        trajectories, facts, gridded=read.grid_s > 0, reading=read.evidence.findings
    ).findings


def _still(findings: Iterable[Finding], taken: Collection[str], names: Names) -> Iterator[Finding]:
    """Without what the map answers: tags unknown or missing that are mapped now."""
    for finding in findings:
        mapped_now = finding.subject in taken or finding.subject in names
        if not (mapped_now and finding.kind in ANSWERED):
            yield finding


def _renamed(
    findings: Iterable[Finding], names: Names, taken: Collection[str]
) -> Iterator[Finding]:
    """Findings under the packaged names; those on a tag whose place another one took are gone."""
    for finding in findings:
        if finding.subject in names:
            yield from (replace(finding, subject=tag) for tag in names[finding.subject])
        elif finding.subject not in taken:
            yield finding


def _carried(
    decisions: EvidenceDecisions,
    read: Iterable[Finding],
    now: Iterable[Finding],
    names: Names,
    taken: Collection[str],
) -> EvidenceDecisions:
    dismissed = frozenset(decisions.dismissed)
    gone = (f for f in read if finding_id(f) in dismissed)
    places = {_place(f) for f in _renamed(gone, names, taken)}
    further = (finding_id(f) for f in now if _place(f) in places)
    return replace(
        decisions,
        dismissed=tuple(sorted(dismissed.union(further))),
        added=tuple(_renamed(decisions.added, names, taken)),
    )


def _place(finding: Finding) -> Place:
    return finding.subject, finding.kind, finding.span
