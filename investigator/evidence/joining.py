"""What must hold between the files of a folder before they are one body of evidence.

- One batch record; the same bytes under two names are one record, two different ones are refused:
  which of them is valid is for a person to say.
- Historian and batch record must speak of the same time.
- A notice of another batch is reported, a missing source is reported with what it costs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from investigator.domain.batch import BatchRecord
from investigator.domain.deviation import DeviationNotice
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Finding
from investigator.domain.import_profile import Kind
from investigator.domain.instant import Span, iso
from investigator.domain.trajectory import Trajectory
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.reading import FileReading


@dataclass(frozen=True, slots=True)
class _Loss:
    """What the absence of a source costs, and how the work goes on."""

    name: str
    cost: str


OPTIONAL = {
    Kind.LABORATORY: _Loss(
        "laboratory results", "raw material and product quality rest on the twin alone"
    ),
    Kind.ALARMS: _Loss(
        "the alarm journal", "alarms are taken from the batch record, where it repeats them"
    ),
    Kind.ENVIRONMENT: _Loss(
        "environmental data", "room conditions rest on the historian's own sensors"
    ),
    Kind.NOTICE: _Loss(
        "the deviation notice", "what was observed first and when is not known to the analysis"
    ),
}


def missing_sources(kinds: Iterable[Kind]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Findings and assumption sentences for the sources that a folder lacks."""
    there = set(kinds)
    absent = [loss for kind, loss in OPTIONAL.items() if kind not in there]
    findings = tuple(
        Finding(
            subject=loss.name,
            kind="missing_source",
            span=None,
            action=f"continued without: {loss.cost}",
            detail="the evidence is weaker for it",
        )
        for loss in absent
    )
    return findings, tuple(f"without {loss.name}: {loss.cost}" for loss in absent)


def unrecognised(readings: Sequence[FileReading]) -> str:
    """The files that no reader knows, in brackets behind what is missing; empty without any."""
    files = [r.item.file for r in readings if r.kind is Kind.DOCUMENT]
    return f" (not recognised as data: {', '.join(files)})" if files else ""


def one_record(folder: str, readings: Sequence[FileReading]) -> RecordReading:
    """The batch record of the folder.

    Raises:
        UnusableInput: there is none, or there are two that differ.
    """
    records = {r.item.sha256: r for r in reversed(readings) if isinstance(r.reading, RecordReading)}
    if not records:
        raise UnusableInput(
            folder,
            f"holds no batch record{unrecognised(readings)}",
            "add the BatchML export of the executed record, or the notice that names the batch",
        )
    first, *others = sorted(records.values(), key=lambda r: r.item.file)
    if not isinstance(first.reading, RecordReading):
        raise TypeError("a batch record without its reading")
    if others:
        ids = sorted(
            {
                r.reading.batch.batch_id
                for r in records.values()
                if isinstance(r.reading, RecordReading)
            }
        )
        raise UnusableInput(
            folder,
            f"holds {len(records)} different batch records"
            f" ({', '.join(sorted(r.item.file for r in records.values()))};"
            f" batch {', '.join(ids)})",
            "leave the valid record of one batch in the folder",
        )
    return first.reading


def covered(trajectories: Iterable[Trajectory]) -> Span | None:
    """From the first to the last sample of all trajectories; None without samples."""
    spans = [(int(t.t_ms[0]), int(t.t_ms[-1])) for t in trajectories if t.t_ms.size]
    if not spans:
        return None
    return Span(min(a for a, _ in spans), max(b for _, b in spans))


def refuse_other_time(folder: str, historian: Span | None, batch: BatchRecord) -> None:
    """Raise UnusableInput when the historian export does not cover any of the batch."""
    if historian is not None and historian.overlaps(batch.span):
        return
    seen = (
        "nothing" if historian is None else f"{iso(historian.start_ms)} to {iso(historian.end_ms)}"
    )
    raise UnusableInput(
        folder,
        f"the historian export covers {seen}, the batch {batch.batch_id}"
        f" ran from {iso(batch.span.start_ms)} to {iso(batch.span.end_ms)}",
        "export the historian for the time of this batch",
    )


def notice_findings(notice: DeviationNotice | None, batch: BatchRecord) -> tuple[Finding, ...]:
    """A finding where the notice speaks of another batch than the record."""
    if notice is None or notice.batch_id == batch.batch_id:
        return ()
    return (
        Finding(
            subject=notice.number,
            kind="other_batch",
            span=None,
            action="kept; the batch record decides",
            detail=f"the notice names batch {notice.batch_id}, the record {batch.batch_id}",
        ),
    )
