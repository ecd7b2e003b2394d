"""The case that is shown: what it is about, how it is graded and bounded, and all its acts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.case_acts import ActRow, act_rows, reason_of, zone_of
from investigator.desktop.view_models.cases import days_left, due_tone, left_in_words, today
from investigator.desktop.view_models.recorded import (
    Take,
    by,
    moment_of,
    stale_said,
    told,
    withdrawal,
)
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.case import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Classification,
    ClassificationChanged,
    ContainmentRecorded,
    DueDateExtended,
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
    Shared,
)
from investigator.domain.distribution import ON_THE_MARKET, DistributionStatus
from investigator.domain.investigation import Investigation
from investigator.domain.scope_rules import unknown_distribution

_EXTENSION = timedelta(days=30)
NOT_YET = "not recorded yet"


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing that is said of the case: its name, what it is now, and the act that says so.

    `earlier`: what was said of it before, the latest first, each with its time.
    """

    name: str
    value: str
    tone: Tone
    by: str
    recorded: Recorded[Act] | None
    earlier: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Another batch: decided on, or a candidate because it shares something or the line.

    `where`: its distribution status; empty before there is a decision.
    """

    batch_id: str
    shared: tuple[Shared, ...]
    decision: str
    tone: Tone
    by: str
    why: str
    recorded: Recorded[RelatedBatchDecided] | None
    where: str = ""
    where_tone: Tone = Tone.PLAIN

    @property
    def shares(self) -> str:
        """What it shares, in words."""
        return ", ".join(self.shared)


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the view shows of the case."""

    title: str
    description: str
    particulars: tuple[Particular, ...]
    batches: tuple[BatchRow, ...]
    batches_note: str
    acts: tuple[ActRow, ...]
    acts_note: str


@dataclass(frozen=True, slots=True)
class Asks:
    """How the view asks for what a command needs."""

    classify: Callable[[], object]
    extend: Callable[[], object]
    contain: Callable[[], object]
    related: Callable[[str], object]
    scope: Callable[[], object]
    close: Callable[[], object]
    reopen: Callable[[], object]


def case_page(scene: Scene) -> CasePage | None:
    """The case that is shown; None while none is."""
    case = scene.case
    if case is None:
        return None
    batches = _batches(scene, case)
    waiting = sum(row.recorded is None for row in batches)
    acts = act_rows(case)
    gone = f", {len(case.withdrawals)} withdrawn" if case.withdrawals else ""
    return CasePage(
        title=case.opened.act.title,
        description=case.opened.act.description,
        particulars=_particulars(scene, case),
        batches=batches,
        batches_note=_batches_note(
            len(batches) - waiting, waiting, len(unknown_distribution(case))
        ),
        acts=acts,
        acts_note=f"{len(acts)}{gone}",
    )


def commands(scene: Scene, batch: str, asks: Asks) -> tuple[Command, ...]:
    """What can be done with the case as a whole; `batch`: the other batch that is selected."""
    decide = Command("case.related", "Decide on a batch…", _call(lambda: asks.related(batch)))
    offered = (
        Command("case.classify", "Classify anew…", _call(asks.classify)),
        Command("case.extend", "Extend the due date…", _call(asks.extend), group="status"),
        Command("case.contain", "Record containment…", _call(asks.contain)),
        decide,
        Command("case.scope", "Complete the scope…", _call(asks.scope)),
        _end(scene, asks),
    )
    return tuple(
        replace(command, why_not=scene.why_not(_PROBES[command.id])) for command in offered
    )


def extension_from(scene: Scene) -> date:
    """The day that an extension is proposed to."""
    return scene.case.due.act.due + _EXTENSION if scene.case else date.min


def inspected_particular(scene: Scene, row: Particular, take: Take) -> Inspected:
    """What a particular is and where it came from; before its act, what is missing."""
    if row.recorded is None:
        return Inspected(row.name, "of the case", findings=(Remark(f"{row.name}: {NOT_YET}."),))
    return Inspected(
        title=f"{row.name}: {row.value}",
        kind="of the case",
        facts=(*reason_of(row.recorded), *row.earlier),
        source=told(row.recorded, zone_of(scene)),
        actions=(withdrawal(scene, row.recorded, take),),
    )


def inspected_batch(scene: Scene, row: BatchRow, take: Take, decide: Command) -> Inspected:
    """What another batch has to do with the case."""
    if row.recorded is None:
        remark = Remark(f"Known from {row.why}.")
        return Inspected(row.batch_id, "batch", findings=(remark,), actions=(decide,))
    return Inspected(
        title=row.batch_id,
        kind="batch",
        facts=(
            ("Shares", row.shares),
            ("Decision", row.decision),
            ("Where it is", row.where),
            *reason_of(row.recorded),
        ),
        source=told(row.recorded, zone_of(scene)),
        actions=(decide, withdrawal(scene, row.recorded, take)),
    )


_PROBES: dict[str, Act] = {
    "case.classify": ClassificationChanged(Classification.MINOR),
    "case.extend": DueDateExtended(date.min),
    "case.contain": ContainmentRecorded(""),
    "case.related": RelatedBatchDecided("", (), ScopeDecision.AFFECTED),
    "case.scope": ScopeCompleted(),
    "case.close": CaseClosed(),
    "case.reopen": CaseReopened(),
}


def _particulars(scene: Scene, case: Investigation) -> tuple[Particular, ...]:
    act, left = case.opened.act, days_left(case, today(scene, case))
    due = " · ".join(filter(None, (case.due.act.due.isoformat(), left_in_words(left))))
    graded, dated = (CaseOpened, ClassificationChanged), (CaseOpened, DueDateExtended)
    return (
        _particular(case, "Deviation", f"{act.number}, {act.product}", case.opened),
        _particular(case, "Batch and line", f"{act.batch_id} on {act.line}", case.opened),
        _particular(case, "Classification", case.grade.value, case.classification, graded),
        _particular(case, "Due", due, case.due, dated, due_tone(left)),
        _containment(case),
        _scope(case),
    )


def _containment(case: Investigation) -> Particular:
    found = case.containment
    said, tone = (found.act.measures, Tone.PLAIN) if found else (NOT_YET, Tone.WARN)
    return _particular(case, "Containment", said, found, (ContainmentRecorded,), tone)


def _scope(case: Investigation) -> Particular:
    found = case.scope
    if found is None:
        return _particular(case, "Scope", NOT_YET, None, (), Tone.WARN)
    if case.is_stale(found):
        return _particular(case, "Scope", stale_said("completed"), found, (), Tone.WARN)
    return _particular(case, "Scope", "completed", found)


def _particular(
    case: Investigation,
    name: str,
    value: str,
    recorded: Recorded[Act] | None,
    kinds: tuple[type[Act], ...] = (),
    tone: Tone = Tone.PLAIN,
) -> Particular:
    """`kinds`: of the acts that say it."""
    zone = case.opened.act.zone
    who = f"{by(recorded)}, {moment_of(recorded, zone)}" if recorded else ""
    said = [r for r in case.history if isinstance(r.act, kinds) and r is not recorded]
    earlier = tuple(
        ("Before", f"{_said_then(r.act, name)}, {moment_of(r, zone)}") for r in reversed(said)
    )
    return Particular(name, " ".join(value.split()), tone, who, recorded, earlier)


def _said_then(act: Act, name: str) -> str:
    """What an earlier act said of the same thing."""
    if isinstance(act, ContainmentRecorded):
        return act.measures
    field = "classification" if name == "Classification" else "due"
    return str(getattr(act, field))


def _batches(scene: Scene, case: Investigation) -> tuple[BatchRow, ...]:
    """Those decided on, then those that share something, then the others of the same line."""
    decided = tuple(_decided(r, case) for r in case.related_batches)
    rows = {row.batch_id: row for row in decided}
    for related in scene.related:
        why = f"{related.case_id}: {related.words}"
        rows.setdefault(related.batch_id, _candidate(related.batch_id, related.shares, why))
    for other in scene.cases:
        opened = other.opened.act
        if opened.line == case.opened.act.line:
            why = f"{other.case_id}: of the same line"
            rows.setdefault(opened.batch_id, _candidate(opened.batch_id, (), why))
    rows.pop(case.opened.act.batch_id, None)
    return tuple(rows.values())


def _candidate(batch_id: str, shared: tuple[Shared, ...], why: str) -> BatchRow:
    return BatchRow(batch_id, shared, "to be decided", Tone.WARN, "", why, None)


def _decided(recorded: Recorded[RelatedBatchDecided], case: Investigation) -> BatchRow:
    act = recorded.act
    tone = Tone.WARN if act.decision is ScopeDecision.AFFECTED else Tone.PLAIN
    return BatchRow(
        act.batch_id,
        act.shares,
        act.decision.value,
        tone,
        f"{by(recorded)}, {moment_of(recorded, case.opened.act.zone)}",
        recorded.why,
        recorded,
        act.distribution.value,
        _where_tone(act),
    )


def _where_tone(act: RelatedBatchDecided) -> Tone:
    """Marked where it is not known, or where an affected batch may reach patients."""
    on_the_market = act.distribution in ON_THE_MARKET and act.decision is ScopeDecision.AFFECTED
    unknown = act.distribution is DistributionStatus.UNKNOWN
    return Tone.WARN if unknown or on_the_market else Tone.PLAIN


def _batches_note(decided: int, waiting: int, unknown: int) -> str:
    said = [f"{decided} decided"]
    said += [f"{waiting} to be decided"] if waiting else []
    said += [f"not known where: {unknown}"] if unknown else []
    return ", ".join(said)


def _end(scene: Scene, asks: Asks) -> Command:
    if scene.case is not None and scene.case.closed:
        return Command("case.reopen", "Re-open…", _call(asks.reopen), group="status")
    return Command("case.close", "Close the case…", _call(asks.close), group="status")


def _call(ask: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        ask()

    return run
