"""The findings on data quality, and what a person makes of each: accepted, or dismissed."""

from collections.abc import Iterable
from dataclasses import dataclass

from investigator.casework.clocks import accepted
from investigator.casework.findings import (
    exception_first,
    finding_id,
    judged,
    open_together,
)
from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import (
    Take,
    facts_of,
    open_said,
    stale_said,
    told,
    withdrawal,
)
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.evidence import FindingJudged, Judgement
from investigator.domain.evidence import Finding
from investigator.domain.instant import Span, to_datetime
from investigator.domain.investigation import Investigation
from investigator.domain.rules import open_clocks

_WORDS = {Judgement.ACCEPTED: "accepted", Judgement.DISMISSED: "dismissed"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding; `since_ms` orders it in time, None where it is of no stretch of time."""

    finding_id: str
    subject: str
    kind: str
    when: str
    since_ms: int | None
    done: str
    detail: str
    judgement: str
    tone: Tone
    is_open: bool
    finding: Finding
    recorded: Recorded[FindingJudged] | None


def findings(scene: Scene) -> tuple[FindingRow, ...]:
    """The findings about the admitted evidence, each once, what needs a person first."""
    if scene.case is None or scene.seen is None or scene.seen.evidence is None:
        return ()
    unique = {finding_id(f): f for f in exception_first(scene.seen.evidence.findings)}
    return tuple(_row(scene.case, key, found) for key, found in unique.items())


def findings_note(rows: Iterable[FindingRow]) -> str:
    """How many wait for a judgement."""
    known = tuple(rows)
    waiting = sum(row.is_open for row in known)
    return f"{waiting} of {len(known)} to be judged" if waiting else f"all {len(known)} judged"


def acts_for(
    scene: Scene, rows: Iterable[FindingRow], judgement: Judgement
) -> tuple[FindingJudged, ...]:
    """The acts that judge these findings, to be recorded together."""
    zone = scene.case.opened.act.zone if scene.case else "UTC"
    return tuple(judged((row.finding for row in rows), judgement, zone))


def acts_for_all(scene: Scene) -> tuple[Act, ...]:
    """The acts that accept all that may be accepted together: findings and clocks."""
    if scene.case is None or scene.seen is None or scene.seen.evidence is None:
        return ()
    case, evidence = scene.case, scene.seen.evidence
    waiting = open_clocks(case)
    clocks = accepted(o for o in evidence.clock_offsets if o.source in waiting)
    remaining = open_together(case, evidence).values()
    return (*judged(remaining, Judgement.ACCEPTED, case.opened.act.zone), *clocks)


def why_not_judge(scene: Scene) -> str:
    """Why nothing can be judged now; empty if it can."""
    return scene.why_not(FindingJudged("", "", Judgement.ACCEPTED))


def inspected_finding(
    scene: Scene, row: FindingRow, take: Take, *, actions: tuple[Command, ...], tag: Thing | None
) -> Inspected:
    """What the finding is, what was done about it, and who judged it."""
    zone = scene.case.opened.act.zone if scene.case else "UTC"
    recorded = row.recorded
    facts = [
        ("Kind", row.kind),
        ("When", _in_full(row.finding.span, zone)),
        ("Done", row.done),
        ("Detail", row.detail),
        ("Judgement", row.judgement),
        *(facts_of(recorded, zone) if recorded else ()),
    ]
    return Inspected(
        title=row.subject,
        kind="finding on data quality",
        facts=tuple((name, value) for name, value in facts if value),
        source=told(recorded, zone) if recorded else "Raised by the reading of the evidence.",
        rests_on=(tag,) if tag else (),
        actions=(*actions, *((withdrawal(scene, recorded, take),) if recorded else ())),
    )


def _row(case: Investigation, key: str, found: Finding) -> FindingRow:
    recorded = case.judged_findings.get(key)
    stale = recorded is not None and case.is_stale(recorded)
    judgement, tone = open_said(), Tone.PLAIN
    if recorded is not None:
        judgement = _WORDS[recorded.act.judgement]
        tone = Tone.GOOD if recorded.act.judgement is Judgement.ACCEPTED else Tone.WARN
    if stale:
        judgement, tone = stale_said(judgement), Tone.PLAIN
    return FindingRow(
        finding_id=key,
        subject=found.subject,
        kind=found.kind.replace("_", " "),
        when=_when(found.span, case.opened.act.zone),
        since_ms=found.span.start_ms if found.span else None,
        done=found.action,
        detail=found.detail,
        judgement=judgement,
        tone=tone,
        is_open=recorded is None or stale,
        finding=found,
        recorded=recorded,
    )


def _when(span: Span | None, zone: str) -> str:
    """Begin and end to the second; the day once."""
    if span is None:
        return ""
    start, end = to_datetime(span.start_ms, zone), to_datetime(span.end_ms, zone)
    if start == end:
        return f"{start:%m-%d %H:%M:%S}"
    return f"{start:%m-%d %H:%M:%S} to {end:%H:%M:%S}"


def _in_full(span: Span | None, zone: str) -> str:
    if span is None:
        return ""
    start, end = to_datetime(span.start_ms, zone), to_datetime(span.end_ms, zone)
    first, last = f"{start:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%d %H:%M:%S}"
    return first if first == last else f"{first} to {last}"
