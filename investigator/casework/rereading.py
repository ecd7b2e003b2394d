"""Evidence read again from its stored originals, and compared with what was admitted.

- Everything is taken from the workspace: the originals by digest, the import profiles that a person
  gave and what else the reading depended on from the stored reading.
- Reading again gives the same bytes, or it is said what differs: which file, which part of the
  evidence, which tags.
- What this program cannot compare - another version of the readers, another tag list of the line -
  is said to be not shown; it is no fault.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from investigator.casework.desk import Desk
from investigator.casework.intake import read_for
from investigator.casework.lines import KnownLine, known_line
from investigator.casework.reading import HowRead, StoredReading, evidence_from, reading_bytes
from investigator.casework.reading_differences import differences
from investigator.casework.stored import decoded
from investigator.domain.acts.evidence import EvidenceAdmitted
from investigator.domain.errors import AlteredRecord, InvestigatorError, UnusableRequest
from investigator.domain.evidence import EvidenceItem
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.reading import READER
from investigator.records.blobs import Blobs
from investigator.records.workspace import BLOBS
from investigator.trust.digest import digest_of_bytes, digest_of_file

Report = Callable[[str, float], None]


class RereadOutcome(StrEnum):
    """What reading again came to."""

    SAME = "the same bytes"
    DIFFERS = "differs"
    NOT_SHOWN = "cannot be compared"


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a folder of evidence again came to; `facts` are sentences."""

    folder: str
    outcome: RereadOutcome
    facts: tuple[str, ...]


def to_reread(desk: Desk, case_id: str) -> tuple[Path, EvidenceAdmitted]:
    """What `reread_task` takes for a case: the folder of the stored bytes, and the act.

    Raises:
        AccessRefused, UnusableRequest: the case cannot be read, or has no evidence yet.
    """
    evidence = desk.case(case_id).evidence
    if evidence is None:
        raise UnusableRequest(f"The case {case_id} has no evidence yet; admit a folder first.")
    return desk.workspace.folder / BLOBS, evidence.act


def reread_task(blobs: Path, admitted: EvidenceAdmitted, *, report: Report) -> Reread:
    """Read evidence again from its stored originals.

    Args:
        blobs: folder of the stored bytes.
        admitted: the act that names them.
        report: told how far it is.
    """
    store = Blobs(blobs)
    if altered := _altered(store, admitted):
        return Reread(admitted.folder, RereadOutcome.DIFFERS, altered)
    try:
        stored = decoded(store.read(admitted.reading), StoredReading)
    except AlteredRecord as fault:
        return _judged(admitted, (str(fault),))
    if why := _not_comparable(stored):
        return Reread(admitted.folder, RereadOutcome.NOT_SHOWN, why)
    try:
        facts = _read_again(store, admitted, stored, report)
    except InvestigatorError as refused:
        facts = (f"Reading again is refused: {refused}",)
    return _judged(admitted, facts)


def _judged(admitted: EvidenceAdmitted, facts: tuple[str, ...]) -> Reread:
    if not facts:
        said = (f"{admitted.folder}: reading again gives the same reading and the same samples.",)
        return Reread(admitted.folder, RereadOutcome.SAME, said)
    others = sorted({file.reader for file in admitted.files} - {READER})
    if not others:
        return Reread(admitted.folder, RereadOutcome.DIFFERS, facts)
    older = f"It was read by {', '.join(others)}; this program reads by {READER}."
    return Reread(admitted.folder, RereadOutcome.NOT_SHOWN, (older, *facts))


def _altered(store: Blobs, admitted: EvidenceAdmitted) -> tuple[str, ...]:
    """A sentence for every stored file that is missing or no longer what it was."""
    named = {"the stored reading": admitted.reading, "the stored samples": admitted.samples}
    named |= {file.name: file.sha256 for file in admitted.files}
    return tuple(
        f"{name}: the stored bytes {sha256[:12]} are {state}."
        for name, sha256 in named.items()
        if (state := _state(store, sha256))
    )


def _state(store: Blobs, sha256: str) -> str:
    if not store.holds(sha256):
        return "missing"
    return "" if digest_of_file(store.place(sha256)) == sha256 else "changed"


def _not_comparable(stored: StoredReading) -> tuple[str, ...]:
    """Why this program cannot read the evidence as it was read; empty where it can."""
    how = stored.how
    if how is None:
        return ("How it was read is not stored with it.",)
    try:
        line = _line(how)
    except InvestigatorError as refused:
        return (str(refused),)
    if line.digest != how.line:
        return (f"The tag list or the limits of the twin {how.twin_id} are others than then.",)
    return ()


def _line(how: HowRead) -> KnownLine:
    return known_line(how.twin_id, without_twin=how.zone if how.twin_id is None else None)


def _read_again(
    store: Blobs, admitted: EvidenceAdmitted, stored: StoredReading, report: Report
) -> tuple[str, ...]:
    how = stored.how
    if how is None:
        raise AlteredRecord("How the evidence was read is not stored with it.")
    with TemporaryDirectory(prefix="investigator-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / (stored.evidence.name or "evidence")
        _laid_out(store, stored.evidence.digests, folder)
        profiles = _given(stored.evidence.items, admitted.edited)
        again = read_for(_line(how), folder, how, profiles, report=report)
    reading, samples = reading_bytes(again, how)
    if (digest_of_bytes(reading), digest_of_bytes(samples)) == (admitted.reading, admitted.samples):
        return ()
    before = evidence_from(store.read(admitted.reading), store.read(admitted.samples))
    return differences(before.evidence, again.evidence)


def _laid_out(store: Blobs, digests: Mapping[str, str], folder: Path) -> None:
    """The originals under their names in a folder of their own."""
    folder.mkdir()
    top = folder.resolve()
    for file, sha256 in digests.items():
        place = (top / file).resolve()
        if not place.is_relative_to(top):
            raise AlteredRecord(f"The stored reading names a file outside its folder ({file}).")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(store.place(sha256), place)


def _given(items: Iterable[EvidenceItem], edited: Sequence[str]) -> dict[str, ImportProfile]:
    named = {"!".join(filter(None, (item.file, item.member))): item.profile for item in items}
    return {name: profile for name in edited if (profile := named.get(name)) is not None}
