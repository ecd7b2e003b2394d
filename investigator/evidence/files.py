"""The files of a folder, each hashed as it lies and read part by part.

- Lists of states and tags are read first, since they say what the tags of the exports are; then the
  batch record, which says of which batch the other files must be.
- Every part of every file has its line in the result, in order of name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.tag_lists import StateListReading, States, TagListReading
from investigator.evidence.opened import Opened, open_file
from investigator.evidence.reading import FileReading, Line, read_part
from investigator.evidence.sources.hashing import hashing

Progress = Callable[[str], None]
FIRST_READ = {Kind.STATES: 0, Kind.TAG_LIST: 1, Kind.BATCH_RECORD: 2}
LATER = 3


@dataclass(slots=True)
class _SoFar:
    """What the files read so far say about those to come."""

    states: dict[str, States] = field(default_factory=dict)
    facts: dict[str, TagFacts] = field(default_factory=dict)
    batches: set[str] = field(default_factory=set)

    def learn(self, reading: FileReading) -> None:
        match reading.reading:
            case StateListReading() as listed:
                self.states[listed.name] = listed.states
            case TagListReading() as listed:
                self.facts.update(listed.with_states(self.states))
            case RecordReading() as record:
                self.batches.add(record.batch.batch_id)


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


def read_files(
    folder: Path,
    *,
    tags: Mapping[str, TagFacts],
    line_id: str,
    site_zone: str,
    profiles: Mapping[str, ImportProfile] | None = None,
    batch_id: str | None = None,
    progress: Progress,
) -> tuple[FileReading, ...]:
    """Every part of every file of a folder, read by itself, in order of name.

    Without a chosen batch that of the record counts; records of several batches say nothing of the
    kind. Arguments as of `read_folder`.
    """
    named = [(path, path.relative_to(folder).as_posix()) for path in files_of(folder)]
    return read_named(
        named,
        tags=tags,
        line_id=line_id,
        site_zone=site_zone,
        profiles=profiles,
        batch_id=batch_id,
        progress=progress,
    )


def read_named(
    files: Sequence[tuple[Path, str]],
    *,
    tags: Mapping[str, TagFacts],
    line_id: str,
    site_zone: str,
    profiles: Mapping[str, ImportProfile] | None = None,
    batch_id: str | None = None,
    progress: Progress,
) -> tuple[FileReading, ...]:
    """Every part of some files, each given with the name that a person knows it by."""
    opened = [
        (path, open_file(path, file, zone=site_zone, profiles=profiles or {}))
        for path, file in files
    ]
    known = _SoFar()
    done: dict[Path, tuple[FileReading, ...]] = {}
    for path, parts in sorted(opened, key=lambda one: _turn(one[1])):
        batches = known.batches if batch_id is None else {batch_id}
        chosen = next(iter(batches)) if len(batches) == 1 else None
        line = Line(tags, line_id, site_zone, known.facts)
        done[path] = _read(path, parts, line, chosen, progress)
        for reading in done[path]:
            known.learn(reading)
    return tuple(reading for path, _ in opened for reading in done[path])


def facts_beside(readings: Sequence[FileReading]) -> dict[str, TagFacts]:
    """What tag lists and lists of states among the files say of tags."""
    known = _SoFar()
    for kind in (StateListReading, TagListReading):
        for reading in readings:
            if isinstance(reading.reading, kind):
                known.learn(reading)
    return known.facts


def _turn(parts: Sequence[Opened]) -> int:
    """When a file is read: by the part of it that others wait for most."""
    return min(FIRST_READ.get(part.recognition.kind, LATER) for part in parts)


def _read(
    path: Path, parts: Sequence[Opened], line: Line, batch_id: str | None, progress: Progress
) -> tuple[FileReading, ...]:
    with hashing(path, parts[0].source.file) as digest:
        readings = []
        for part in parts:
            told = part.recognition
            progress(f"reading {part.name} ({told.kind.value.replace('_', ' ')}, {told.layout})")
            readings.append(read_part(part, line, batch_id=batch_id))
        sha256 = digest()
    return tuple(replace(r, item=replace(r.item, sha256=sha256)) for r in readings)
