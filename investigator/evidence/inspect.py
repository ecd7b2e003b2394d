"""What a file or a folder is read as, before anything is decided. A preview records nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import EvidenceItem, Finding
from investigator.domain.import_profile import ImportProfile
from investigator.domain.instant import Span, iso
from investigator.domain.trajectory import Trajectory
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.files import read_files, read_named
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.joining import covered
from investigator.evidence.laboratory.results import LaboratoryReading
from investigator.evidence.monitoring.alarms import AlarmReading
from investigator.evidence.monitoring.environment import EnvironmentReading
from investigator.evidence.quality.review import review
from investigator.evidence.reading import FileReading, Reading


@dataclass(frozen=True, slots=True)
class FileInspection:
    """One file: what it was read as.

    `tags` are the historian tags or monitoring points that it holds; `span` is the time it covers,
    on its own clock; `zone` that of its time stamps, as stated in them or assumed. `doubts` are
    sentences about other readings that are possible and would change a result.
    """

    item: EvidenceItem
    tags: tuple[str, ...]
    span: Span | None
    zone: str
    findings: tuple[Finding, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """A path and its files, with the zone in which times are written out."""

    path: str
    site_zone: str
    files: tuple[FileInspection, ...]

    def as_json(self) -> dict[str, Any]:
        """The inspection as JSON values; times are ISO 8601 in the site's zone."""
        return {
            "format": "investigator-inspection/1",
            "path": self.path,
            "files": [_file_json(one, self.site_zone) for one in self.files],
        }


def inspect_path(
    path: Path,
    *,
    tags: Mapping[str, TagFacts],
    line_id: str,
    site_zone: str,
    profiles: Mapping[str, ImportProfile] | None = None,
    batch_id: str | None = None,
) -> Inspection:
    """Read a file of any known kind, or every file of a folder, and say what was read.

    Args:
        path: a file or a folder.
        tags: tag list of the line.
        line_id: id of the line as the batch record names it.
        site_zone: IANA zone for times without offset.
        profiles: import profiles that a person gave, by `file` or `file!member`.
        batch_id: the batch, where a file holds several.

    Raises:
        UnusableInput: there is nothing at the path, or a file cannot be used.
    """
    if path.is_dir():
        readings = read_files(
            path,
            tags=tags,
            line_id=line_id,
            site_zone=site_zone,
            profiles=profiles,
            batch_id=batch_id,
            progress=lambda _: None,
        )
    elif path.is_file():
        readings = read_named(
            [(path, path.name)],
            tags=tags,
            line_id=line_id,
            site_zone=site_zone,
            profiles=profiles,
            batch_id=batch_id,
            progress=lambda _: None,
        )
    else:
        raise UnusableInput(str(path), "is not there", "name a file or a folder of evidence")
    files = tuple(_inspected(r, tags, site_zone) for r in readings)
    return Inspection(path.resolve().name, site_zone, files)


def _inspected(
    reading: FileReading, tags: Mapping[str, TagFacts], site_zone: str
) -> FileInspection:
    match reading.reading:
        case HistorianReading() as export:
            reviewed = review(
                export.trajectories,
                tags,
                gridded=export.resolution_s > 0,
                reading=export.findings,
            )
            held: Mapping[str, Trajectory] = export.trajectories
            findings, zone = export.findings + reviewed.findings, export.zone
        case EnvironmentReading() as monitoring:
            held, findings = monitoring.points, monitoring.findings
            zone = reading.item.profile.zone if reading.item.profile is not None else site_zone
        case LaboratoryReading() as analyses:
            held, findings, zone = {}, analyses.findings, site_zone
        case RecordReading() as record:
            held, findings, zone = {}, record.findings, record.zone
        case _:
            held, findings, zone = {}, (), site_zone if reading.reading is not None else ""
    span = _span(reading.reading, held)
    return FileInspection(reading.item, tuple(held), span, zone, findings, reading.doubts)


def _span(reading: Reading, held: Mapping[str, Trajectory]) -> Span | None:
    if held:
        return covered(held.values())
    if isinstance(reading, RecordReading):
        return reading.batch.span
    if isinstance(reading, AlarmReading) and reading.alarms:
        return Span(reading.alarms[0].t_ms, reading.alarms[-1].t_ms)
    return None


def _span_json(span: Span | None, zone: str) -> list[str] | None:
    return None if span is None else [iso(span.start_ms, zone), iso(span.end_ms, zone)]


def _profile_json(profile: ImportProfile) -> dict[str, Any]:
    return {**asdict(profile), "columns": [asdict(use) for use in profile.columns]}


def _file_json(one: FileInspection, zone: str) -> dict[str, Any]:
    item = one.item
    return {
        "file": item.file,
        "member": item.member,
        "sha256": item.sha256,
        "size_bytes": item.size_bytes,
        "kind": item.kind,
        "layout": item.layout,
        "reader": item.reader,
        "tags": list(one.tags),
        "span": _span_json(one.span, zone),
        "zone": one.zone,
        "profile": None if item.profile is None else _profile_json(item.profile),
        "doubts": list(one.doubts),
        "rows_read": item.rows_read,
        "rows_reported": item.rows_reported,
        "problems": [{"line": p.line, "text": p.text, "reason": p.reason} for p in item.problems],
        "findings": [
            {
                "subject": f.subject,
                "kind": f.kind,
                "span": _span_json(f.span, zone),
                "action": f.action,
                "detail": f.detail,
            }
            for f in one.findings
        ],
    }
