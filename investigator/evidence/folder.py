"""The one door for evidence: a folder of files in, everything on the historian's clock out.

- Every file is hashed as it lies and listed, whatever it is.
- The historian export must be there, and a batch record or a notice that names the batch, of this
  line and of one batch; without the other sources the work goes on, and the loss is stated as a
  finding and an assumption.
- The clock of every source is compared with the historian's by what both hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from investigator.domain.alarm import AlarmEvent
from investigator.domain.batch import BatchRecord
from investigator.domain.deviation import DeviationNotice
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import BATCH_RECORD, Evidence, EvidenceAsRead, Finding, Severity
from investigator.domain.import_profile import ImportProfile
from investigator.domain.laboratory import LabResult
from investigator.domain.materials import together
from investigator.domain.reconciliation import USUAL_LIMITS, ReconciliationLimits
from investigator.domain.trajectory import Trajectory
from investigator.evidence.batch.material_extract import MaterialReading
from investigator.evidence.batch.material_joining import material_findings, result_findings
from investigator.evidence.batch.notice_record import record_of_notice
from investigator.evidence.batch.reconciliation import reconciled, reconciliation_findings
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.batch.table_record import record_from_tables
from investigator.evidence.clocks.estimate import (
    JOURNAL,
    Clocks,
    ClockSources,
    estimate_clocks,
)
from investigator.evidence.files import Progress, facts_beside, read_files
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.historian.samples import StoodTwice, merged
from investigator.evidence.joining import (
    covered,
    missing_sources,
    notice_findings,
    one_record,
    refuse_other_time,
    unrecognised,
)
from investigator.evidence.laboratory.results import LaboratoryReading
from investigator.evidence.mapping.tag_list_differences import list_differences
from investigator.evidence.mapping.tag_units import restated
from investigator.evidence.monitoring.alarms import AlarmReading
from investigator.evidence.monitoring.environment import EnvironmentReading
from investigator.evidence.quality.review import review
from investigator.evidence.reading import FileReading, doubts_found

R = TypeVar("R")
NAMED_TAGS = 5
"""So many tags of which two exports contradict each other are named."""


def read_folder(
    folder: Path,
    *,
    tags: Mapping[str, TagFacts],
    line_id: str,
    site_zone: str,
    profiles: Mapping[str, ImportProfile] | None = None,
    batch_id: str | None = None,
    limits: ReconciliationLimits = USUAL_LIMITS,
    progress: Progress | None = None,
) -> EvidenceAsRead:
    """Read and join all evidence of one deviation; every source stays on its own clock.

    Args:
        folder: any set of files of a batch, also in subfolders and archives.
        tags: the tag list of the line, as `read_tag_list` gives it.
        line_id: id of the line, as the batch record names it, e.g. `CDC-3`.
        site_zone: IANA zone for times that state no offset.
        profiles: import profiles that a person gave, by `file` or `file!member`; they are used
            instead of what recognition proposes.
        batch_id: the batch, where files hold several and the record does not tell.
        limits: of the balances of the batch, as the line specifies them.
        progress: told in words what is being done.

    Raises:
        UnusableInput: a needed source is missing, cannot be read, or is of another line or batch.
        SeveralBatches: a file holds several batches and none was chosen.
    """
    say = progress or (lambda _: None)
    readings = read_files(
        folder,
        tags=tags,
        line_id=line_id,
        site_zone=site_zone,
        profiles=profiles,
        batch_id=batch_id,
        progress=say,
    )
    say("joining the sources on the historian's clock")
    name = folder.resolve().name
    record = _record(name, readings, batch_id=batch_id, line_id=line_id, zone=site_zone)
    return _joined(name, readings, record, tags, limits)


def _of(readings: Sequence[FileReading], kind: type[R]) -> list[R]:
    return [r.reading for r in readings if isinstance(r.reading, kind)]


def _record(
    name: str, readings: Sequence[FileReading], *, batch_id: str | None, line_id: str, zone: str
) -> RecordReading:
    """The batch record that was handed in, or one made of a table of batches or of the notice."""
    exports = _of(readings, HistorianReading)
    if not exports:
        raise UnusableInput(
            name,
            f"holds no historian export{unrecognised(readings)}",
            "add the historian export of the batch",
        )
    span = covered(curve for export in exports for curve in export.trajectories.values())
    if batch_id is not None and span is None:
        raise UnusableInput(
            name,
            f"none of its historian exports holds samples of batch {batch_id}",
            "add the export of this batch",
        )
    if span is None or _of(readings, RecordReading):
        return one_record(name, readings)
    tables = [r.table for r in _of(readings, LaboratoryReading) if r.table is not None]
    made = None
    if batch_id is not None:
        made = record_from_tables(tables, batch_id, span=span, line_id=line_id, zone=zone)
    notice = _notice(name, _of(readings, DeviationNotice))
    if made is None and notice is not None and batch_id in (None, notice.batch_id):
        unknown = unrecognised(readings)
        made = record_of_notice(notice, span=span, line_id=line_id, zone=zone, unknown=unknown)
    return made or one_record(name, readings)


@dataclass(frozen=True, slots=True)
class _ByKind:
    """What the files of a folder held, by kind, and the batch record that goes with it."""

    record: RecordReading
    exports: Sequence[HistorianReading]
    journals: Sequence[AlarmReading]
    environment: Sequence[EnvironmentReading]
    extracts: Sequence[MaterialReading]
    analyses: Sequence[LaboratoryReading]

    @property
    def grid_s(self) -> float:
        """Grid of the coarsest export."""
        return max(export.resolution_s for export in self.exports)

    @property
    def journal(self) -> tuple[AlarmEvent, ...]:
        """The entries of all alarm journals."""
        return tuple(alarm for journal in self.journals for alarm in journal.alarms)

    @property
    def laboratory(self) -> tuple[LabResult, ...]:
        """The results of all laboratory files."""
        return tuple(result for analysis in self.analyses for result in analysis.results)


def _by_kind(readings: Sequence[FileReading], record: RecordReading) -> _ByKind:
    return _ByKind(
        record=record,
        exports=_of(readings, HistorianReading),
        journals=_of(readings, AlarmReading),
        environment=_of(readings, EnvironmentReading),
        extracts=_of(readings, MaterialReading),
        analyses=_of(readings, LaboratoryReading),
    )


def _joined(
    name: str,
    readings: Sequence[FileReading],
    record: RecordReading,
    tags: Mapping[str, TagFacts],
    limits: ReconciliationLimits,
) -> EvidenceAsRead:
    held = _by_kind(readings, record)
    stored, twice = merged([e.trajectories for e in held.exports])
    stated = {tag: unit for export in held.exports for tag, unit in export.units.items()}
    in_units = restated(stored, stated, tags)
    trajectories = dict(in_units.trajectories)
    points, _ = merged([e.points for e in held.environment])
    clocks = _clocks(held, trajectories, points, tags)
    batch = record.batch.on_clock(clocks.record.at)
    refuse_other_time(name, covered(trajectories.values()), batch)
    notice = _notice(name, _of(readings, DeviationNotice))
    as_stored = tuple(f for e in held.exports for f in e.findings)
    beside = {tag: f for tag, f in facts_beside(readings).items() if tag in trajectories}
    gridded = held.grid_s > 0
    reviewed = review(trajectories, {**beside, **tags}, gridded=gridded, reading=as_stored)
    missing, without = missing_sources(r.kind for r in readings)
    evidence = Evidence(
        name=name,
        items=tuple(r.item for r in readings),
        trajectories=trajectories,
        environment=points,
        alarms=_alarms(held),
        batch=record.batch,
        laboratory=held.laboratory,
        deviation=notice,
        clock_offsets=clocks.offsets,
        findings=(
            *missing,
            *doubts_found(readings),
            *clocks.findings,
            *notice_findings(notice, batch),
            *record.findings,
            *as_stored,
            *overlap(twice),
            *in_units.findings,
            *list_differences(beside, tags),
            *reviewed.findings,
            *(f for e in held.environment for f in e.findings),
            *(f for analysis in held.analyses for f in analysis.findings),
        ),
        assumptions=(*clocks.assumptions, *without, *_assumptions(held)),
        materials=together(e.extracts for e in held.extracts),
        reconciliation_limits=limits,
    )
    return EvidenceAsRead(_balanced(evidence, batch), clocks.evidence, held.grid_s)


def _clocks(
    held: _ByKind,
    trajectories: Mapping[str, Trajectory],
    points: Mapping[str, Trajectory],
    tags: Mapping[str, TagFacts],
) -> Clocks:
    record = held.record
    return estimate_clocks(
        ClockSources(
            batch=record.batch,
            record_alarms=record.alarms,
            trajectories=trajectories,
            facts=tags,
            journal=held.journal,
            environment=points,
            laboratory=held.laboratory,
            grid_s=held.grid_s,
            zone=record.zone,
            own_clock=record.own_clock,
        )
    )


def _alarms(held: _ByKind) -> tuple[AlarmEvent, ...]:
    """The journal's alarms; without a journal those that the record repeats."""
    journal = tuple(replace(alarm, source=JOURNAL) for alarm in held.journal)
    return journal or tuple(replace(alarm, source=BATCH_RECORD) for alarm in held.record.alarms)


def _assumptions(held: _ByKind) -> tuple[str, ...]:
    sources = (
        [held.record],
        held.exports,
        held.extracts,
        held.analyses,
        held.environment,
        held.journals,
    )
    return tuple(words for source in sources for one in source for words in one.assumptions)


def _balanced(evidence: Evidence, batch: BatchRecord) -> Evidence:
    """With the doubts that only the sources together raise; `batch` on the historian's clock."""
    found = (
        *material_findings(batch, evidence.materials),
        *result_findings(batch, evidence.laboratory),
        *reconciliation_findings(reconciled(evidence)),
    )
    return replace(evidence, findings=(*evidence.findings, *found))


def _notice(name: str, notices: Sequence[DeviationNotice]) -> DeviationNotice | None:
    if len({n.number for n in notices}) > 1:
        raise UnusableInput(
            name,
            f"holds the notices of {len(notices)} deviations",
            "leave that of one deviation in the folder",
        )
    return notices[0] if notices else None


def overlap(twice: StoodTwice) -> tuple[Finding, ...]:
    """A finding where two exports hold the same times, of weight where they contradict."""
    if not twice.samples:
        return ()
    action = "of samples with the same time the best quality was kept, then the last"
    detail = f"{twice.samples} samples stand in two historian exports"
    if not twice.contradicting:
        return (Finding("historian exports", "duplicate", None, action, detail),)
    of = sorted(twice.contradicting.items(), key=lambda one: (-one[1], one[0]))
    named = ", ".join(f"{tag} {count}" for tag, count in of[:NAMED_TAGS])
    further = f" and {len(of) - NAMED_TAGS} further tags" if len(of) > NAMED_TAGS else ""
    detail += f", {sum(count for _, count in of)} of them with another value ({named}{further})"
    severity = Severity.MAJOR
    return (Finding("historian exports", "duplicate", None, action, detail, severity),)
