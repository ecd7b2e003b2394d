"""Normal batches from a folder of them: what a twin's reference and its validation rest on.

- Every subfolder is the evidence of one normal batch; one with a deviation notice is refused, and
  so is a batch that comes twice.
- Runs are in order of batch id, whatever the folders are called.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from investigator.casework.twins import TAGS
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.evidence import Evidence
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.twin.manifest import read_manifest
from investigator.twin.package import package_tag_map
from investigator.twin.record import LineRecord, line_record
from investigator.twin.record_map import read_record_map

FEWEST_BATCHES = 3

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A batch as the twin sees it; `digest`: over the digests of the files of its evidence."""

    batch_id: str
    digest: str
    record: LineRecord


def normal_runs(twin: Path, history: Path, progress: Progress) -> tuple[RecordedRun, ...]:
    """The runs of a folder of normal batches.

    Args:
        twin: folder of the package that knows the line and its tags.
        history: folder with one folder of evidence for each normal batch.
        progress: is told which is being read.

    Raises:
        UnusableRequest: there is no such folder, or it holds too few batches.
        UnusableInput: the evidence of a batch cannot be used, or is not that of a normal batch.
    """
    tag_map, named = package_tag_map(twin), read_record_map(twin)
    runs: dict[str, RecordedRun] = {}
    for place in _batch_folders(history):
        progress(f"reading {place.name}")
        evidence = read_evidence(twin, place)
        batch_id = evidence.batch.batch_id
        if evidence.deviation is not None:
            raise UnusableInput(place.name, "holds a deviation notice", "leave normal batches only")
        if batch_id in runs:
            raise UnusableInput(place.name, f"repeats the batch {batch_id}", "leave it out")
        record = line_record(evidence, tag_map, named)
        runs[batch_id] = RecordedRun(batch_id, evidence_digest(evidence), record)
    return tuple(run for _, run in sorted(runs.items()))


def read_evidence(twin: Path, place: Path) -> Evidence:
    """The evidence of a folder, read for the line of a twin, what a person would decide decided.

    Raises:
        UnusableInput: it cannot be used.
    """
    manifest, tags = read_manifest(twin), read_tag_list(twin / TAGS)
    read = read_folder(place, tags=tags, line_id=manifest.line_id, site_zone=manifest.site_zone)
    return decided(read)


def _batch_folders(history: Path) -> list[Path]:
    if not history.is_dir():
        raise UnusableRequest(f"{history}: there is no such folder; name that of normal batches.")
    folders = [p for p in history.iterdir() if p.is_dir() and not p.name.startswith(".")]
    if len(folders) < FEWEST_BATCHES:
        raise UnusableRequest(
            f"{history}: holds {len(folders)} folders of batches; at least {FEWEST_BATCHES} are "
            "needed to tell how normal batches differ."
        )
    return sorted(folders, key=lambda p: p.name)


def evidence_digest(evidence: Evidence) -> str:
    """One digest over the digests of the files of an evidence folder."""
    lines = "".join(f"{sha}  {name}\n" for name, sha in sorted(evidence.digests.items()))
    return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()
