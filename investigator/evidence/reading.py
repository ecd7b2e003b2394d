"""One file of evidence: opened, hashed, recognised, read, with its line in the list of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from investigator.domain.deviation import DeviationNotice
from investigator.domain.evidence import EvidenceItem
from investigator.domain.import_profile import Kind
from investigator.evidence.alarms import AlarmReading, read_alarms
from investigator.evidence.batch_record import RecordReading, read_batch_record
from investigator.evidence.content import Content, load
from investigator.evidence.environment import EnvironmentReading, read_environment
from investigator.evidence.facts import TagFacts
from investigator.evidence.historian import HistorianReading
from investigator.evidence.laboratory import LaboratoryReading, read_laboratory
from investigator.evidence.ledger import LossLedger
from investigator.evidence.long_layout import read_long_parquet, read_long_text
from investigator.evidence.notice import read_notice
from investigator.evidence.recognise import Layout, Recognition, recognise
from investigator.evidence.wide_layout import read_wide_text

READER = "evidence/1"
"""Version of the readers as a whole: changed when the same bytes would be read otherwise."""

HISTORIAN_READERS = {
    Layout.LONG: read_long_text,
    Layout.WIDE: read_wide_text,
    Layout.PARQUET: read_long_parquet,
}

Reading = (
    HistorianReading
    | RecordReading
    | LaboratoryReading
    | AlarmReading
    | EnvironmentReading
    | DeviationNotice
    | None
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of which is known what it is. `file` is its path inside the folder."""

    file: str
    content: Content
    recognition: Recognition


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file with what was read from it; `reading` is None for a document."""

    item: EvidenceItem
    kind: Kind
    reading: Reading


def open_file(path: Path, file: str) -> Opened:
    """Open and recognise a file; UnusableInput when it is damaged data or of no known kind."""
    content = load(path, file)
    return Opened(file, content, recognise(content.content, file))


def read_file(
    opened: Opened,
    *,
    tags: Mapping[str, TagFacts],
    line_id: str,
    site_zone: str,
    batch_id: str | None,
) -> FileReading:
    """Read a file by the reader of its kind.

    Args:
        opened: the file.
        tags: tag list of the line.
        line_id: id of the line as the batch record names it.
        site_zone: IANA zone for times without offset.
        batch_id: laboratory rows of another batch are not used; None takes them all.

    Raises:
        UnusableInput: as the reader of that kind says.
    """
    bytes_in, file = opened.content.content, opened.file
    reading: Reading = None
    ledger = LossLedger()
    match opened.recognition.kind:
        case Kind.HISTORIAN:
            read = HISTORIAN_READERS[opened.recognition.layout]
            reading = read(bytes_in, file, tags=tags, site_zone=site_zone)
        case Kind.BATCH_RECORD:
            reading = read_batch_record(bytes_in, file, line_id=line_id, site_zone=site_zone)
        case Kind.LABORATORY:
            reading = read_laboratory(bytes_in, file, batch_id=batch_id)
        case Kind.ALARMS:
            reading = read_alarms(bytes_in, file, site_zone=site_zone)
        case Kind.ENVIRONMENT:
            reading = read_environment(bytes_in, file)
        case Kind.NOTICE:
            reading, ledger = read_notice(bytes_in, file, site_zone=site_zone)
        case Kind.DOCUMENT:
            pass
    if reading is not None and not isinstance(reading, DeviationNotice):
        ledger = reading.ledger
    return FileReading(_item(opened, reading, ledger), opened.recognition.kind, reading)


def _item(opened: Opened, reading: Reading, ledger: LossLedger) -> EvidenceItem:
    layout = str(opened.recognition.layout)
    if isinstance(reading, HistorianReading) and reading.resolution_s:
        layout += f", {reading.resolution_s:g} s"
    if opened.content.packed:
        layout += ", gzip"
    return EvidenceItem(
        file=opened.file,
        sha256=opened.content.sha256,
        size_bytes=opened.content.size_bytes,
        kind=str(opened.recognition.kind),
        layout=layout,
        reader=READER,
        rows_read=ledger.rows_read,
        rows_reported=ledger.rows_reported,
        problems=ledger.problems,
    )
