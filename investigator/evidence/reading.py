"""One part of a file of evidence read by the reader of its kind, with its line in the evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from investigator.domain.deviation import DeviationNotice
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import EvidenceItem, Finding, Severity
from investigator.domain.import_profile import Arrangement, ImportProfile, Kind
from investigator.evidence.batch.event_list import read_event_list
from investigator.evidence.batch.material_extract import MaterialReading, read_extract
from investigator.evidence.batch.material_messages import read_message
from investigator.evidence.batch.record import RecordReading, read_batch_record
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.long_layout import read_long
from investigator.evidence.historian.reading import HistorianReading, unknown_tags
from investigator.evidence.historian.tag_lists import (
    StateListReading,
    TagListReading,
    read_state_list,
    read_tag_list_table,
)
from investigator.evidence.historian.wide_layout import read_columns
from investigator.evidence.laboratory.fhir import read_fhir_laboratory
from investigator.evidence.laboratory.results import LaboratoryReading, read_laboratory
from investigator.evidence.ledger import LossLedger
from investigator.evidence.monitoring.alarms import AlarmReading, read_alarms
from investigator.evidence.monitoring.environment import EnvironmentReading, read_environment
from investigator.evidence.needed_columns import refuse_without_needed
from investigator.evidence.notice import read_notice
from investigator.evidence.opened import Opened
from investigator.evidence.recognition import Layout
from investigator.evidence.tables.proposal import ASKS_ZONE
from investigator.evidence.tables.source_tables import table_of

READER = "evidence/3"
"""Version of the readers as a whole: changed when the same bytes would be read otherwise."""

BatchData = (
    HistorianReading
    | RecordReading
    | LaboratoryReading
    | AlarmReading
    | EnvironmentReading
    | MaterialReading
)
Reading = BatchData | TagListReading | StateListReading | DeviationNotice | None


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of the line before any file is opened.

    Attributes:
        tags: its tag list; empty where the line is not known.
        line_id: its id as the batch record names it.
        site_zone: IANA zone for times without offset.
        beside: facts of further tags, from tag lists among the evidence.
    """

    tags: Mapping[str, TagFacts]
    line_id: str
    site_zone: str
    beside: Mapping[str, TagFacts]


@dataclass(frozen=True, slots=True)
class FileReading:
    """A part of a file with what was read from it; `reading` is None for a document.

    `doubts` are the sentences of recognition about it; of one that a person gave the profile of,
    only that it is kept unread.
    """

    item: EvidenceItem
    kind: Kind
    reading: Reading
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`file`, or `file!member`."""
        return f"{self.item.file}!{self.item.member}" if self.item.member else self.item.file


def read_part(opened: Opened, line: Line, *, batch_id: str | None) -> FileReading:
    """Read a part by the reader of its kind; its digest is still to be entered.

    Args:
        opened: the part.
        line: what is known of the line.
        batch_id: rows of another batch are reported and not used; None takes them all.

    Raises:
        UnusableInput: as the reader of that kind says.
        SeveralBatches: it holds several batches and none was chosen.
    """
    if opened.given and opened.recognition.profile is not None:
        refuse_without_needed(opened.recognition.profile, opened.name)
    reading, ledger = _read(opened, line, batch_id)
    unused = isinstance(reading, HistorianReading) and not reading.trajectories
    kind = opened.recognition.kind
    settled = opened.given and kind is not Kind.DOCUMENT
    doubts = () if settled or unused else opened.recognition.doubts
    return FileReading(_item(opened, reading, ledger), kind, reading, doubts)


def doubts_found(readings: Sequence[FileReading]) -> tuple[Finding, ...]:
    """A finding for every doubt about how a file was read.

    A zone that no file states is the site's: every reader says so among the assumptions.
    """
    return tuple(
        _doubted(reading, doubt)
        for reading in readings
        for doubt in reading.doubts
        if not doubt.startswith(ASKS_ZONE)
    )


def _doubted(reading: FileReading, doubt: str) -> Finding:
    if reading.kind is Kind.DOCUMENT:
        return Finding(reading.name, "kept_as_document", None, "hashed and kept", doubt)
    return Finding(
        subject=reading.name,
        kind="import_doubt",
        span=None,
        action="read as proposed; the import profile may be corrected",
        detail=doubt,
        severity=Severity.MAJOR,
    )


def _read(opened: Opened, line: Line, batch_id: str | None) -> tuple[Reading, LossLedger]:
    kind = opened.recognition.kind
    if kind is Kind.NOTICE:
        return read_notice(opened.source.whole(), opened.name, site_zone=line.site_zone)
    if kind in {Kind.TAG_LIST, Kind.STATES}:
        listed = _list(opened)
        return listed, listed.ledger
    if kind is Kind.MATERIALS:
        said = _materials(opened)
        return said, said.ledger
    reading = _batch_data(opened, line, batch_id)
    return reading, LossLedger() if reading is None else reading.ledger


def _batch_data(opened: Opened, line: Line, batch_id: str | None) -> BatchData | None:
    match opened.recognition.kind:
        case Kind.HISTORIAN:
            return _historian(opened, line, batch_id)
        case Kind.BATCH_RECORD:
            return _record(opened, line)
        case Kind.MATERIALS:
            return _materials(opened)
        case Kind.DOCUMENT:
            return None
        case _:
            return _table(opened, line, batch_id)


def _table(
    opened: Opened, line: Line, batch_id: str | None
) -> LaboratoryReading | AlarmReading | EnvironmentReading | None:
    name, content, zone = opened.name, opened.source.whole(), line.site_zone
    profile = opened.recognition.profile
    match opened.recognition.kind:
        case Kind.LABORATORY if opened.recognition.layout is Layout.FHIR:
            return read_fhir_laboratory(content, name, batch_id=batch_id)
        case Kind.LABORATORY:
            return read_laboratory(content, name, batch_id=batch_id, profile=profile)
        case Kind.ALARMS:
            return read_alarms(content, name, site_zone=zone, profile=profile)
        case Kind.ENVIRONMENT:
            return read_environment(content, name, site_zone=zone, profile=profile)
        case _:
            return None


def _record(opened: Opened, line: Line) -> RecordReading:
    """An executed record, or the list of events of a site that has none; only that is a table."""
    content, name, profile = opened.source.whole(), opened.name, opened.recognition.profile
    if profile is None:
        return read_batch_record(content, name, line_id=line.line_id, site_zone=line.site_zone)
    return read_event_list(
        content, name, line_id=line.line_id, site_zone=line.site_zone, profile=profile
    )


def _materials(opened: Opened) -> MaterialReading:
    content, profile = opened.source.whole(), opened.recognition.profile
    if profile is None:
        return read_message(content, opened.name)
    return read_extract(content, opened.name, profile=profile)


def _list(opened: Opened) -> TagListReading | StateListReading:
    profile = _needed(opened.recognition.profile, opened.name)
    ledger = LossLedger()
    table = table_of(opened.source, profile, ledger)
    if opened.recognition.kind is Kind.TAG_LIST:
        return read_tag_list_table(table, ledger)
    return read_state_list(table, opened.source.member or opened.source.file, ledger)


def _historian(opened: Opened, line: Line, batch_id: str | None) -> HistorianReading:
    profile = _needed(opened.recognition.profile, opened.name)
    tags = {**line.beside, **line.tags}
    if profile.arrangement is Arrangement.LONG:
        export = read_long(opened.source, profile, tags=tags, batch_id=batch_id)
    else:
        export = read_columns(opened.source, profile, tags=tags, batch_id=batch_id)
    if not line.beside or not line.tags:
        return export
    foreign = unknown_tags(export.trajectories, line.tags, opened.name)
    return replace(export, findings=export.findings + foreign)


def _needed(profile: ImportProfile | None, name: str) -> ImportProfile:
    if profile is None:
        raise UnusableInput(name, "has no import profile", "give it one")
    return profile


def _item(opened: Opened, reading: Reading, ledger: LossLedger) -> EvidenceItem:
    layout = str(opened.recognition.layout)
    if isinstance(reading, HistorianReading) and reading.resolution_s:
        layout += f", {reading.resolution_s:g} s"
    if opened.source.packed:
        layout += ", zip" if opened.source.member else ", gzip"
    return EvidenceItem(
        file=opened.source.file,
        sha256="",
        size_bytes=opened.source.size_bytes,
        kind=str(opened.recognition.kind),
        layout=layout,
        reader=READER,
        rows_read=ledger.rows_read,
        rows_reported=ledger.rows_reported,
        problems=ledger.problems,
        member=opened.member,
        profile=opened.recognition.profile,
    )
