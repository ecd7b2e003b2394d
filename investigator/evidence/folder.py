"""The one door for evidence: a folder of files in, everything on the historian's clock out.

- Every file is hashed as it lies and listed, whatever it is.
- The historian export and the batch record must be there, of this line and of one batch; without
  the other sources the work goes on, and the loss is stated as a finding and an assumption.
- The clock of every source is compared with the historian's by what both hold.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from investigator.domain.deviation import DeviationNotice
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence, EvidenceAsRead, Finding
from investigator.domain.import_profile import Kind
from investigator.evidence.alarms import AlarmReading
from investigator.evidence.batch_record import RecordReading
from investigator.evidence.clock import JOURNAL, SOURCE, ClockSources, estimate_clocks
from investigator.evidence.environment import EnvironmentReading
from investigator.evidence.facts import TagFacts
from investigator.evidence.historian import HistorianReading
from investigator.evidence.joining import (
    covered,
    missing_sources,
    notice_findings,
    one_record,
    refuse_other_time,
    unrecognised,
)
from investigator.evidence.laboratory import LaboratoryReading
from investigator.evidence.quality import review
from investigator.evidence.reading import FileReading, Opened, open_file, read_file
from investigator.evidence.samples import merged
from investigator.evidence.tag_units import restated

Progress = Callable[[str], None]
R = TypeVar("R")


def files_of(folder: Path) -> list[Path]:
    """All files of a folder and its subfolders, by name; hidden ones are left out.

    Raises:
        UnusableInput: there is no such folder, or it is empty.
    """
    if not folder.is_dir():
        raise UnusableInput(str(folder), "is no folder", "name the folder that holds the evidence")
    inside = (p for p in folder.rglob("*") if p.is_file())
    files = [p for p in inside if not any(n.startswith(".") for n in p.relative_to(folder).parts)]
    if not files:
        raise UnusableInput(str(folder), "is empty", "put the exported files into it")
    return sorted(files, key=lambda p: p.relative_to(folder).as_posix())


def read_folder(
    folder: Path,
    *,
    tags: Mapping[str, TagFacts],
    line_id: str,
    site_zone: str,
    progress: Progress | None = None,
) -> EvidenceAsRead:
    """Read and join all evidence of one deviation; every source stays on its own clock.

    Args:
        folder: any set of files of a batch, also in subfolders.
        tags: the tag list of the line, as `read_tag_list` gives it.
        line_id: id of the line, as the batch record names it, e.g. `CDC-3`.
        site_zone: IANA zone for times that state no offset.
        progress: told in words what is being done.

    Raises:
        UnusableInput: a needed source is missing, cannot be read, or is of another line or batch.
    """
    say = progress or (lambda _: None)
    readings = read_files(folder, tags=tags, line_id=line_id, site_zone=site_zone, progress=say)
    say("joining the sources on the historian's clock")
    return _joined(folder.resolve().name, readings, tags)


def read_files(
    folder: Path,
    *,
    tags: Mapping[str, TagFacts],
    line_id: str,
    site_zone: str,
    progress: Progress,
) -> tuple[FileReading, ...]:
    """Every file of the folder, read by itself, in order of name.

    The batch record comes first, since it says which batch the laboratory rows must be of; records
    of several batches say nothing of the kind.
    """
    opened = [open_file(p, p.relative_to(folder).as_posix()) for p in files_of(folder)]
    done: dict[str, FileReading] = {}
    batches: set[str] = set()
    for one in sorted(opened, key=lambda o: o.recognition.kind is not Kind.BATCH_RECORD):
        progress(_words(one))
        batch_id = next(iter(batches)) if len(batches) == 1 else None
        reading = read_file(one, tags=tags, line_id=line_id, site_zone=site_zone, batch_id=batch_id)
        done[one.file] = reading
        if isinstance(reading.reading, RecordReading):
            batches.add(reading.reading.batch.batch_id)
    return tuple(done[one.file] for one in opened)


def _words(opened: Opened) -> str:
    return f"reading {opened.file} ({opened.recognition.kind}, {opened.recognition.layout})"


def _of(readings: Sequence[FileReading], kind: type[R]) -> list[R]:
    return [r.reading for r in readings if isinstance(r.reading, kind)]


def _joined(
    name: str, readings: Sequence[FileReading], tags: Mapping[str, TagFacts]
) -> EvidenceAsRead:
    exports = _of(readings, HistorianReading)
    if not exports:
        raise UnusableInput(
            name,
            f"holds no historian export{unrecognised(readings)}",
            "add the historian export of the batch",
        )
    record = one_record(name, readings)
    trajectories, twice = merged([e.trajectories for e in exports])
    stated = {tag: unit for export in exports for tag, unit in export.units.items()}
    in_units = restated(trajectories, stated, tags)
    trajectories = dict(in_units.trajectories)
    grid_s = max(e.resolution_s for e in exports)
    journal = [a for reading in _of(readings, AlarmReading) for a in reading.alarms]
    environment = _of(readings, EnvironmentReading)
    points, _ = merged([e.points for e in environment])
    laboratory = tuple(x for r in _of(readings, LaboratoryReading) for x in r.results)
    clocks = estimate_clocks(
        ClockSources(
            batch=record.batch,
            record_alarms=record.alarms,
            trajectories=trajectories,
            facts=tags,
            journal=tuple(journal),
            environment=points,
            laboratory=laboratory,
            grid_s=grid_s,
            zone=record.zone,
        )
    )
    batch = record.batch.on_clock(clocks.record.at)
    refuse_other_time(name, covered(trajectories.values()), batch)
    notice = _notice(name, _of(readings, DeviationNotice))
    reviewed = review(trajectories, tags, gridded=grid_s > 0)
    missing, without = missing_sources(r.kind for r in readings)
    evidence = Evidence(
        name=name,
        items=tuple(r.item for r in readings),
        trajectories=trajectories,
        environment=points,
        alarms=tuple(replace(a, source=JOURNAL) for a in journal)
        or tuple(replace(a, source=SOURCE) for a in record.alarms),
        batch=record.batch,
        laboratory=laboratory,
        deviation=notice,
        clock_offsets=clocks.offsets,
        findings=(
            *missing,
            *clocks.findings,
            *notice_findings(notice, batch),
            *record.findings,
            *(f for e in exports for f in e.findings),
            *_overlap(twice),
            *in_units.findings,
            *reviewed.findings,
            *(f for e in environment for f in e.findings),
        ),
        assumptions=(
            *clocks.assumptions,
            *without,
            *record.assumptions,
            *(a for e in exports for a in e.assumptions),
        ),
    )
    return EvidenceAsRead(evidence, clocks.evidence)


def _notice(name: str, notices: Sequence[DeviationNotice]) -> DeviationNotice | None:
    if len({n.number for n in notices}) > 1:
        raise UnusableInput(
            name,
            f"holds the notices of {len(notices)} deviations",
            "leave that of one deviation in the folder",
        )
    return notices[0] if notices else None


def _overlap(twice: int) -> tuple[Finding, ...]:
    if not twice:
        return ()
    action = "of samples with the same time the best quality was kept, then the last"
    detail = f"{twice} samples stand in two historian exports"
    return (Finding("historian exports", "duplicate", None, action, detail),)
