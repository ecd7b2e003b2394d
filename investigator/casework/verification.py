"""Verification of a workspace or of a report, by anyone, without a password.

- A workspace: log, checkpoints, stored bytes, signatures, keys (`records.verify`); the rules of the
  cases (`case_checks`, `together_checks`); the signatures in the pages of every report; where it
  is asked for, that the evidence reads again as it was admitted (`rereading`).
- A report: its signatures and its bytes; with a workspace at hand also that it is the report on
  record there, and its latest revision.
- What agrees is said, what does not agree is said, and what cannot be shown is said.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from investigator.casework.case_book import CaseBook
from investigator.casework.case_checks import ReportOnRecord, reports_on_record, rule_faults
from investigator.casework.together_checks import faults_together
from investigator.casework.twin_checks import is_for_decisions
from investigator.casework.unattended import RECORDED
from investigator.domain.errors import AlteredRecord, UnusableInput
from investigator.domain.investigation import Investigation
from investigator.records.blobs import Blobs
from investigator.records.entry import Entry
from investigator.records.verify import verify_workspace
from investigator.records.workspace import (
    BLOBS,
    entries_found,
    identity_found,
    transactions_found,
)
from investigator.trust.digest import digest_of_bytes
from investigator.trust.keys import LogVerifier, log_verifier
from investigator.trust.policy import MEANING

PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification came to, in sentences.

    `subject`: what was verified. `faults`: what does not agree. `proven`: what is shown; nothing
    where there are faults. `not_proven`: what was not shown. `remarks`: what is to be known.
    """

    subject: str
    faults: tuple[str, ...]
    proven: tuple[str, ...]
    not_proven: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """All of it, each with its word before it."""
        return (
            *(f"FAULT: {text}" for text in self.faults),
            *(f"Proven: {text}" for text in self.proven),
            *(f"Not proven: {text}" for text in self.not_proven),
            *(f"Remark: {text}" for text in self.remarks),
        )


@dataclass(frozen=True, slots=True)
class KnownElsewhere:
    """What is handed in to compare with.

    `log_key`: public key of the log as one line of text; empty if unknown. `checkpoints`: signed
    notes kept elsewhere. `workspace`: the one that a report is to be compared with. `reread`: the
    evidence of every case is read again from its stored originals, which takes time.
    """

    log_key: str = ""
    checkpoints: tuple[str, ...] = ()
    workspace: Path | None = None
    reread: bool = False


def verify(path: Path, known: KnownElsewhere | None = None) -> Verification:
    """Verify the workspace in a folder, or a report.

    Raises:
        UnusableInput: there is neither, or it cannot be read.
        UnusableRequest: the key handed in is none.
    """
    at_hand = known or KnownElsewhere()
    try:
        data = None if path.is_dir() else _bytes_of(path)
    except (OSError, ValueError, MemoryError) as fault:
        why = getattr(fault, "strerror", None) or "no such path, or too large"
        raise UnusableInput(
            str(path), f"cannot be read ({why})", "name a workspace or a report"
        ) from None
    if data is None:
        return _workspace(path, at_hand)
    if not data.startswith(PDF):
        raise UnusableInput(
            path.name, "is neither a workspace nor a report", "name the folder or the PDF file"
        )
    return _report(path, data, at_hand)


def _bytes_of(path: Path) -> bytes:
    """All of a PDF; of anything else, however large, only how it begins."""
    with path.open("rb") as stream:
        head = stream.read(len(PDF))
        return head + stream.read() if head == PDF else head


def verify_task(
    folder: Path, *, report: Callable[[str, float], None]
) -> tuple[bool, tuple[str, ...]]:
    """Whether a workspace holds no fault, and all sentences about it; in the background."""
    report("comparing everything with everything that names it", 0.1)
    found = verify(folder)
    return not found.faults, found.sentences()


def _workspace(folder: Path, known: KnownElsewhere) -> Verification:
    facts = verify_workspace(folder, log_key=_key(known.log_key), outside=known.checkpoints)
    faults = [fault.words for fault in facts.faults]
    reports = choices = 0
    if not faults:
        entries, authority = entries_found(folder), identity_found(folder).authority
        faults += rule_faults(entries)
        faults += () if faults else faults_together(entries, transactions_found(folder))
        choices = sum(map(is_for_decisions, entries))
        for _, report in () if faults else _reports(entries):
            reports += 1
            faults += page_faults(Blobs(folder / BLOBS), report, authority)
    again = _read_again(folder) if known.reread and not faults else _Again()
    faults += again.faults
    proven = [] if faults else [*facts.proven(), *_said_of_cases(reports, choices), *again.proven]
    return Verification(
        f"workspace {facts.origin or folder.name}",
        tuple(faults),
        tuple(proven),
        (*facts.not_proven(), *again.not_proven),
        facts.remarks,
    )


@dataclass(frozen=True, slots=True)
class _Again:
    """What reading the evidence of every case again came to."""

    faults: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    not_proven: tuple[str, ...] = ()


def _read_again(folder: Path) -> _Again:
    from investigator.casework.rereading import RereadOutcome, reread_task

    book = CaseBook()
    for entry in entries_found(folder):
        book.take_in(entry)
    told: dict[RereadOutcome, list[str]] = {outcome: [] for outcome in RereadOutcome}
    for case in book.cases():
        if case.evidence is not None:
            found = reread_task(folder / BLOBS, case.evidence.act, report=lambda *_: None)
            told[found.outcome] += (f"Evidence of {case.case_id}: {fact}" for fact in found.facts)
    return _Again(
        tuple(told[RereadOutcome.DIFFERS]),
        tuple(told[RereadOutcome.SAME]),
        tuple(told[RereadOutcome.NOT_SHOWN]),
    )


def _said_of_cases(reports: int, choices: int) -> list[str]:
    said = ["Every act was done by a person whose role allowed it, in order, with its reasons."]
    if choices:
        said.append(
            "Choices of a twin for GxP decisions that rest on an approval of exactly its content, "
            f"in force then: {choices}, all of them."
        )
    if reports:
        said.append(
            f"Issued reports whose pages carry the signatures that the log names: {reports}, all "
            "of them."
        )
    return said


def _report(path: Path, data: bytes, known: KnownElsewhere) -> Verification:
    from investigator.report.signing.verify import signed_pdf_facts

    if known.workspace is None:
        facts = signed_pdf_facts(data, authority=None)
        return Verification(path.name, facts.faults(), facts.proven(), facts.not_proven())
    authority = identity_found(known.workspace).authority
    chain, said, faults = _on_record(known.workspace, data)
    facts = signed_pdf_facts(data, authority=authority, known=chain)
    sound = _workspace(known.workspace, replace(known, workspace=None))
    faults += [*facts.faults(), *(f"In the workspace: {words}" for words in sound.faults)]
    proven = () if faults else (*facts.proven(), *said, *sound.proven)
    return Verification(
        path.name, tuple(faults), proven, (*facts.not_proven(), *sound.not_proven), sound.remarks
    )


def _on_record(folder: Path, data: bytes) -> tuple[tuple[str, ...], list[str], list[str]]:
    """Digests of the report on record that the file is one of, what is said of it, and faults."""
    digest, entries = digest_of_bytes(data), entries_found(folder)
    if any(entry.act == RECORDED and digest in entry.blobs for entry in entries):
        return (digest,), ["It is the report of an unattended run on record."], []
    for case, report in _reports(entries):
        if digest not in report.digests:
            continue
        if case.signatures and case.signatures[-1].act.pdf == digest:
            said = [f"It is the report in force of the case {case.case_id}."]
            return report.digests, said, []
        return report.digests, [], [f"It is not the report in force of the case {case.case_id}."]
    return (), [], ["The workspace knows no report of these bytes."]


def _reports(entries: Sequence[Entry]) -> Iterator[tuple[Investigation, ReportOnRecord]]:
    book = CaseBook()
    for entry in entries:
        book.take_in(entry)
    for case in book.cases():
        for report in reports_on_record(case):
            yield case, report


def page_faults(blobs: Blobs, report: ReportOnRecord, authority: bytes) -> Iterator[str]:
    """Where the pages say something else than the log about who signed what."""
    from investigator.report.signing.verify import signed_pdf_facts

    where = f"Report {report.issued[:12]}"
    try:
        pages = blobs.read(report.digests[-1])
    except AlteredRecord as fault:
        yield str(fault)
        return
    facts = signed_pdf_facts(pages, authority=authority, known=report.digests)
    yield from (f"{where}: {words}" for words in facts.alterations())
    in_pages = [(s.user_id, s.meaning) for f in facts.fields if (s := f.signature)]
    in_log = [(r.who.user_id, str(MEANING[r.act.field])) for r in report.signatures]
    if in_pages != in_log:
        yield f"{where}: the signatures in its pages are not those that the log names."


def _key(text: str) -> LogVerifier | None:
    return log_verifier(text.strip()) if text.strip() else None
