"""The findings on data quality, and what a person makes of each: accepted, or dismissed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from investigator.casework.decisions import finding_of
from investigator.casework.findings import (
    exception_first,
    finding_id,
    judged,
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
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.data_review import FindingAdded
from investigator.domain.acts.evidence import FindingJudged, Judgement
from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span, to_datetime
from investigator.domain.investigation import Investigation

_WORDS = {Judgement.ACCEPTED: "accepted", Judgement.DISMISSED: "dismissed"}
GRAVITY_TONE = {
    Severity.CRITICAL: Tone.BAD,
    Severity.MAJOR: Tone.WARN,
    Severity.MINOR: Tone.PLAIN,
}
NO_EVIDENCE = ("No findings yet", "Admit a folder of evidence; its data are reviewed then.")
NO_FINDINGS = (
    "Nothing was found in the data",
    "If you doubt samples that the reading did not doubt, add a finding of your own.",
)
NOT_ACTED_ON = "not acted on"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, or one that a person added.

    Attributes:
        finding_id: by its content.
        subject, kind: which tag or source, and what kind of doubt.
        severity: how much it asks of a person.
        when, since_ms: its stretch of time in words, and its begin; empty and None without one.
        treatment: what the analyses do with its samples now, e.g. "widen ×3".
        done, detail: what was done about it, and what was seen, in words.
        judgement, tone: how it stands.
        is_open: whether it waits for a person.
        in_force: whether the analyses act on it now.
        finding: the finding itself.
        recorded: the act that judged or added it; None before that.
    """

    finding_id: str
    subject: str
    kind: str
    severity: Severity
    when: str
    since_ms: int | None
    treatment: str
    done: str
    detail: str
    judgement: str
    tone: Tone
    is_open: bool
    in_force: bool
    finding: Finding
    recorded: Recorded[FindingJudged] | Recorded[FindingAdded] | None

    @property
    def is_own(self) -> bool:
        """Whether a person added it."""
        return self.recorded is not None and isinstance(self.recorded.act, FindingAdded)


def findings(scene: Scene) -> tuple[FindingRow, ...]:
    """The findings about the admitted evidence, each once, what needs a person first."""
    if scene.case is None or scene.seen is None or scene.seen.evidence is None:
        return ()
    case = scene.case
    added = {r.act.finding_id: r for r in case.added_findings}
    own = [finding_of(r.act) for r in case.added_findings]
    judgements = case.judged_findings
    unique = _in_order((*scene.seen.evidence.findings, *own))
    return tuple(
        _own(case, added[key], found)
        if key in added
        else _row(case, key, found, judgements.get(key))
        for key, found in unique
    )


@lru_cache(maxsize=2)
def _in_order(found: tuple[Finding, ...]) -> tuple[tuple[str, Finding], ...]:
    """Each once, by id; kept, since every act of the case asks for the same ones again."""
    return tuple({finding_id(f): f for f in exception_first(found)}.items())


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


def together(scene: Scene, rows: Iterable[FindingRow]) -> tuple[FindingRow, ...]:
    """Those that wait and may be accepted together: all but the critical ones."""
    evidence = scene.case.evidence if scene.case else None
    critical = frozenset(evidence.act.critical if evidence else ())
    return tuple(row for row in rows if row.is_open and row.finding_id not in critical)


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
        ("Severity", row.severity.value),
        ("Kind", row.kind),
        ("When", _in_full(row.finding.span, zone)),
        ("Treatment", row.treatment),
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


def treatment_said(finding: Finding) -> str:
    """What the analyses do with its samples, e.g. "drop", "widen ×3", "ignore"."""
    if finding.treatment is Treatment.WIDEN:
        return f"widen ×{finding.sd_factor:g}"
    return finding.treatment.value


def _row(
    case: Investigation, key: str, found: Finding, recorded: Recorded[FindingJudged] | None
) -> FindingRow:
    stale = recorded is not None and case.is_stale(recorded)
    judgement, tone = open_said(), Tone.PLAIN
    if recorded is not None:
        judgement = _WORDS[recorded.act.judgement]
        tone = Tone.GOOD if recorded.act.judgement is Judgement.ACCEPTED else Tone.WARN
    is_open = recorded is None or stale
    dismissed = recorded is not None and recorded.act.judgement is Judgement.DISMISSED
    if stale:
        judgement, tone = stale_said(judgement), Tone.PLAIN
    return _made(
        case,
        key,
        found,
        judgement=(judgement, tone, is_open),
        in_force=is_open or not dismissed,
        recorded=recorded,
    )


def _own(case: Investigation, recorded: Recorded[FindingAdded], found: Finding) -> FindingRow:
    stale = case.is_stale(recorded)
    said = f"added by {recorded.who.full_name}"
    return _made(
        case,
        recorded.act.finding_id,
        found,
        judgement=(stale_said(said) if stale else said, Tone.PLAIN, False),
        in_force=not stale,
        recorded=recorded,
    )


def _made(
    case: Investigation,
    key: str,
    found: Finding,
    *,
    judgement: tuple[str, Tone, bool],
    in_force: bool,
    recorded: Recorded[FindingJudged] | Recorded[FindingAdded] | None,
) -> FindingRow:
    words, tone, is_open = judgement
    return FindingRow(
        finding_id=key,
        subject=found.subject,
        kind=found.kind.replace("_", " "),
        severity=found.severity,
        when=_when(found.span, case.opened.act.zone),
        since_ms=found.span.start_ms if found.span else None,
        treatment=treatment_said(found) if in_force else NOT_ACTED_ON,
        done=found.action,
        detail=found.detail,
        judgement=words,
        tone=tone,
        is_open=is_open,
        in_force=in_force,
        finding=found,
        recorded=recorded,
    )


@lru_cache(maxsize=8192)
def _when(span: Span | None, zone: str) -> str:
    """Begin and end to the second; the day once. Kept, as there may be thousands."""
    if span is None:
        return ""
    start, end = (_to_the_second(t_ms, zone) for t_ms in (span.start_ms, span.end_ms))
    return start[5:] if start == end else f"{start[5:]} to {end[11:]}"


def _in_full(span: Span | None, zone: str) -> str:
    if span is None:
        return ""
    first, last = (_to_the_second(t_ms, zone) for t_ms in (span.start_ms, span.end_ms))
    return first if first == last else f"{first} to {last}"


def _to_the_second(t_ms: int, zone: str) -> str:
    """For example "2026-02-06 03:48:50"."""
    return to_datetime(t_ms, zone).isoformat(" ", "seconds")[:19]
