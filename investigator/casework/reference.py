"""What a twin knows of normal batches: estimated from a folder of them, written into its package.

- Every subfolder is the evidence of one normal batch; one with a deviation notice is refused.
- The same batches give the same bytes, with one worker or many; the package is sealed anew.
- A package that has no such statistics yet, or whose seal is open, can be given them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.analysis.usual_gains import usual_gains
from investigator.casework.investigate import executor_of
from investigator.casework.twins import TAGS, folder_of
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.twin.digests import seal
from investigator.twin.manifest import read_manifest
from investigator.twin.package import REFERENCE, package_parameters, package_tag_map
from investigator.twin.record import LineRecord, line_record
from investigator.twin.reference import FILE, estimate_reference

FEWEST_BATCHES = 3

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """The statistics as written (the document of the package) and the digest after sealing."""

    twin_id: str
    statistics: dict[str, Any]
    digest: str


def estimate_twin_reference(
    twin_id: str, history: Path, *, workers: int, progress: Progress
) -> ReferenceReport:
    """Estimate the reference statistics of a twin from normal batches and write them into it.

    Args:
        twin_id: id of the twin package.
        history: folder with one folder of evidence for each normal batch.
        workers: number of threads; changes nothing but the time.
        progress: is told, in words, what is being done.

    Raises:
        UnusableRequest: there is no such twin or folder, or it holds too few batches.
        UnusableInput: the evidence of a batch cannot be used, or is not that of a normal batch.
    """
    folder = folder_of(twin_id)
    runs = _runs(folder, _batch_folders(history), progress)
    parameters = package_parameters(folder).line()
    with executor_of(workers) as executor:
        progress("estimating usual levels and noise of every channel")
        statistics = estimate_reference(runs, parameters, executor)
        progress("searching the normal batches for changes")
        records = [record for _, record in runs]
        statistics["usual_gains"] = usual_gains(records, parameters, statistics, executor)
    return ReferenceReport(twin_id, statistics, _write(folder, statistics))


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


def _runs(
    folder: Path, batches: list[Path], progress: Progress
) -> tuple[tuple[str, LineRecord], ...]:
    manifest = read_manifest(folder)
    tags, tag_map = read_tag_list(folder / TAGS), package_tag_map(folder)
    runs: dict[str, LineRecord] = {}
    for place in batches:
        progress(f"reading {place.name}")
        read = read_folder(place, tags=tags, line_id=manifest.line_id, site_zone=manifest.site_zone)
        evidence = decided(read)
        batch_id = evidence.batch.batch_id
        if evidence.deviation is not None:
            raise UnusableInput(place.name, "holds a deviation notice", "leave normal batches only")
        if batch_id in runs:
            raise UnusableInput(place.name, f"repeats the batch {batch_id}", "leave it out")
        runs[batch_id] = line_record(evidence, tag_map)
    return tuple(sorted(runs.items()))


def _write(folder: Path, statistics: dict[str, Any]) -> str:
    place = folder / REFERENCE / f"{FILE}.json"
    place.parent.mkdir(exist_ok=True)
    text = json.dumps(statistics, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    place.write_text(text, encoding="utf-8", newline="\n")
    return seal(folder)
