"""Intake: a folder of evidence and any document become part of a case, byte for byte.

- Reading is a preview: nothing is recorded until the evidence is admitted.
- What is admitted must be what was read: a file that changed between the two is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.casework.desk import Desk
from investigator.casework.findings import blocking_ids, critical_ids, finding_id
from investigator.casework.reading import HowRead, reading_bytes
from investigator.domain.acts.evidence import (
    AdmittedFile,
    DocumentAdmitted,
    DocumentKind,
    EarlierDeviation,
    EvidenceAdmitted,
)
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.evidence import Evidence, EvidenceAsRead
from investigator.domain.import_profile import ImportProfile
from investigator.domain.investigation import Investigation
from investigator.trust.digest import digest_of_file

if TYPE_CHECKING:
    from investigator.casework.lines import KnownLine
    from investigator.casework.profiles import ReadingChoices

LISTS = frozenset({".csv", ".tsv", ".xlsx"})
"""Endings of a document that is read as a list of earlier deviations."""


@dataclass(frozen=True, slots=True)
class ReadFolder:
    """A folder of evidence as it was read: shown as a preview, then admitted.

    `evidence` is shown with every offset as estimated and every finding acted on; `reading` and
    `samples` are what is stored, before anything was decided. `edited`: tables that were read by a
    profile which a person had corrected. `without_twin`: no tag list of a line was there.
    """

    folder: Path
    evidence: Evidence
    reading: bytes
    samples: bytes
    edited: tuple[str, ...] = ()
    without_twin: bool = False


def read_task(
    folder: Path,
    twin_id: str | None,
    choices: "ReadingChoices | None" = None,
    *,
    report: Callable[[str, float], None],
) -> ReadFolder:
    """Read a folder of evidence.

    Args:
        folder: of the evidence.
        twin_id: for the line of which twin; None: the only one there is.
        choices: import profiles and batch, where a person chose them, and whether the line has a
            twin.
        report: told how far it is.

    Raises:
        UnusableInput: a file cannot be used, or a needed one is missing.
        SeveralBatches: a file holds several batches and none was chosen.
        UnusableRequest: which twin is not clear, or no such zone is known.
    """
    from investigator.casework.lines import known_line
    from investigator.casework.profiles import ReadingChoices, given_profiles
    from investigator.casework.twins import folder_of
    from investigator.evidence.decided import decided

    choices = choices or ReadingChoices()
    alone = choices.without_twin is not None
    line = known_line(twin_id, without_twin=choices.without_twin)
    profiles, assumed = given_profiles(folder, choices, zone=line.zone)
    how = HowRead(
        twin_id=None if alone else folder_of(twin_id).name,
        line=line.digest,
        zone=line.zone,
        batch_id=choices.batch_id,
        assumed=assumed,
    )
    read = read_for(line, folder, how, profiles, report=report)
    return ReadFolder(
        folder,
        decided(read),
        *reading_bytes(read, how),
        edited=tuple(sorted(profiles)),
        without_twin=alone,
    )


def read_for(
    line: "KnownLine",
    folder: Path,
    how: HowRead,
    profiles: Mapping[str, ImportProfile],
    *,
    report: Callable[[str, float], None],
) -> EvidenceAsRead:
    """A folder of evidence read for a line, by these profiles in place of the proposed ones.

    Raises:
        UnusableInput, SeveralBatches: as `read_task`.
    """
    from investigator.evidence.folder import read_folder

    files = sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0
    told = 0

    def progress(words: str) -> None:
        nonlocal told
        told += 1
        report(words, min(0.9, told / (files + 1)))

    read = read_folder(
        folder,
        tags=line.tags,
        line_id=line.line_id,
        site_zone=line.zone,
        profiles=profiles,
        batch_id=how.batch_id,
        limits=line.limits,
        progress=progress,
    )
    assumptions = (*read.evidence.assumptions, *how.assumed)
    return replace(read, evidence=replace(read.evidence, assumptions=assumptions))


def admit_evidence(desk: Desk, case_id: str, read: ReadFolder, *, why: str = "") -> Investigation:
    """Admit a folder as it was read.

    Raises:
        UnusableInput: a file cannot be read any more, or has changed since.
        UnusableRequest: it is of another batch than the case and no reason is given.
        AccessRefused, UnusableRequest: as `Desk.do`.
    """
    _refuse_other_batch(desk.case(case_id), read.evidence, why)
    asked = EvidenceAdmitted("", (), "", "", 0, without_twin=read.without_twin)
    if refused := desk.why_not(case_id, asked):
        raise UnusableRequest(refused)
    store = desk.workspace.blobs
    for file, sha256 in read.evidence.digests.items():
        if store.keep_file(read.folder / file) != sha256:
            raise UnusableInput(
                file, "changed while it was read", "close the program that writes it"
            )
    admitted = EvidenceAdmitted(
        folder=read.evidence.name,
        files=tuple(
            AdmittedFile(
                item.file,
                item.sha256,
                item.size_bytes,
                item.kind,
                item.layout,
                item.reader,
                item.rows_read,
                item.rows_reported,
                item.member,
            )
            for item in read.evidence.items
        ),
        reading=store.keep(read.reading),
        samples=store.keep(read.samples),
        findings=len({finding_id(finding) for finding in read.evidence.findings}),
        critical=critical_ids(read.evidence.findings),
        blocking=blocking_ids(read.evidence.findings),
        clocks=tuple(offset.source for offset in read.evidence.clock_offsets),
        edited=read.edited,
        without_twin=read.without_twin,
    )
    return desk.do(case_id, admitted, why=why)


def is_of_other_batch(case: Investigation, evidence: Evidence) -> bool:
    """Whether the evidence is of another batch than the case, so that admitting it has a reason."""
    of_case, of_record = case.opened.act.batch_id, evidence.batch.batch_id
    return of_case.strip().casefold() != of_record.strip().casefold()


def _refuse_other_batch(case: Investigation, evidence: Evidence, why: str) -> None:
    of_case, of_record = case.opened.act.batch_id, evidence.batch.batch_id
    if is_of_other_batch(case, evidence) and not why.strip():
        raise UnusableRequest(
            f"The evidence is of batch {of_record}, the case {case.case_id} of batch {of_case}; "
            "admit the folder of that batch, or say why this one is right."
        )


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a person states of a document.

    `true_copy`: empty where the file is the original. `earlier`: the deviations that it tells of;
    empty for a list of them, which is read.
    """

    kind: DocumentKind
    title: str
    dated: date
    author: str
    true_copy: str = ""
    earlier: tuple[EarlierDeviation, ...] = ()


def admit_document(
    desk: Desk, case_id: str, file: Path, facts: DocumentFacts, *, why: str = ""
) -> Investigation:
    """Admit a document of any kind.

    Raises:
        UnusableInput: the file cannot be read.
        UnusableRequest: title or author are missing, or as `Desk.do`.
        AccessRefused: as `Desk.do`.
    """
    if not facts.title.strip() or not facts.author.strip():
        raise UnusableRequest("A document needs a title and an author.")
    if not file.is_file():
        raise UnusableInput(file.name, "is no file", "name the file of the document")
    case = desk.case(case_id)
    admitted = DocumentAdmitted(
        document_id=_next_id(case),
        kind=facts.kind,
        title=facts.title.strip(),
        dated=facts.dated,
        author=facts.author.strip(),
        file=file.name,
        sha256=digest_of_file(file),
        size_bytes=file.stat().st_size,
        true_copy=facts.true_copy.strip(),
        earlier=_earlier(file, facts),
    )
    if refused := desk.why_not(case_id, admitted):
        raise UnusableRequest(refused)
    if desk.workspace.blobs.keep_file(file) != admitted.sha256:
        raise UnusableInput(file.name, "changed while it was read", "close the program that has it")
    return desk.do(case_id, admitted, why=why)


def _earlier(file: Path, facts: DocumentFacts) -> tuple[EarlierDeviation, ...]:
    """What the person states of earlier deviations, or what a list of them holds."""
    if facts.kind is not DocumentKind.EARLIER_DEVIATION:
        if facts.earlier:
            raise UnusableRequest(
                f"Earlier deviations are stated of a document of kind "
                f'"{DocumentKind.EARLIER_DEVIATION}", not "{facts.kind}".'
            )
        return ()
    if facts.earlier or file.suffix.casefold() not in LISTS:
        return facts.earlier
    from investigator.evidence.earlier_deviations import read_earlier_deviations

    return read_earlier_deviations(file.read_bytes(), file.name)


def _next_id(case: Investigation) -> str:
    """Documents are numbered; the number of a withdrawn one is not given again."""
    given = [r.act for r in case.history if isinstance(r.act, DocumentAdmitted)]
    gone = [w.withdrawn.act for w in case.withdrawals]
    gone_documents = [act for act in gone if isinstance(act, DocumentAdmitted)]
    return f"DOC-{len(given) + len(gone_documents) + 1:02d}"
