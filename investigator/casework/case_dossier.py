"""The dossier of a case: what people decided, with the results that they decided on.

- There is none while the rules of order would refuse a report: nothing stale, nothing left open.
- The results handed in must be those of the case: same twin, same containers.
- Where no decision may rest on the twin, the marking of every page says so.
"""

from collections.abc import Iterable
from dataclasses import replace

from investigator.casework.basis import Basis, dossier_on
from investigator.casework.decisions import decisions_of
from investigator.casework.twin_book import numbers_on_twin
from investigator.domain.acts.act import Actor
from investigator.domain.acts.closing import ReportIssued, ReportSigned
from investigator.domain.case_record import CaseRecord, LogCheckpoint, TrailRow
from investigator.domain.dossier import Dossier
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.domain.rules import refusal
from investigator.evidence.clocks.words import is_of_clock
from investigator.records.entry import Entry


def case_dossier(
    case: Investigation,
    basis: Basis,
    *,
    revision: int,
    seed: int,
    trail: tuple[TrailRow, ...],
    checkpoint: str,
) -> Dossier:
    """The dossier of one revision of the report.

    Args:
        case: the investigation, as it is before the report is issued.
        basis: what it was decided on.
        revision: of the report, from 1.
        seed: of every random draw.
        trail: the entries of the case (`audit_trail`).
        checkpoint: the latest signed note of the log.

    Raises:
        UnusableRequest: the case is not ready for a report, or the basis is not its own.
        AlteredRecord: the checkpoint has no form, or the entry with the approval of the twin is
            missing.
    """
    refused = refusal(case, ReportIssued(revision, dossier="", pdf="")) or _foreign(case, basis)
    if refused:
        raise UnusableRequest(refused)
    record = CaseRecord(
        case.case_id, revision, case.history, case.withdrawals, trail, log_checkpoint(checkpoint)
    )
    _require_approval(record)
    assumed = (basis.evidence, basis.replay, basis.ranking, basis.impact)
    found = dossier_on(
        basis,
        marking=marking(record),
        case=case.case_id,
        zone=case.opened.act.zone,
        seed=seed,
        assumptions=_open_assumptions(case, (text for a in assumed for text in a.assumptions)),
    )
    return replace(found, record=record, tag_map=decisions_of(case).tags)


def _open_assumptions(case: Investigation, assumed: Iterable[str]) -> tuple[str, ...]:
    """Each once, without those on clocks that a person judged."""
    judged = [source for source, record in case.clocks.items() if not case.is_stale(record)]
    return tuple(
        text
        for text in dict.fromkeys(assumed)
        if not any(is_of_clock(text, source) for source in judged)
    )


def marking(record: CaseRecord) -> str:
    """What stands at the head of every page."""
    revision = f"revision {record.revision}"
    if not record.for_information_only:
        return f"{revision}, for signature"
    not_approved = "" if record.twin_approval else ": the twin is not approved"
    return f"{revision}, for information only{not_approved}"


def audit_trail(case: Investigation, entries: Iterable[Entry]) -> tuple[TrailRow, ...]:
    """The entries of a case among those of the log, with the approval and the end of its twin."""
    log = tuple(entries)
    numbers = _numbers(case) | numbers_on_twin(case, log)
    return tuple(_row(entry) for entry in log if entry.sequence in numbers)


def log_checkpoint(note: str) -> LogCheckpoint:
    """The checkpoint that a signed note states; its signature is not verified here.

    Raises:
        AlteredRecord: the note has not the form of a checkpoint.
    """
    try:
        origin, size, root = note.split("\n")[:3]
        return LogCheckpoint(origin, int(size), root, note)
    except ValueError:
        raise AlteredRecord("The checkpoint lacks its origin, size or root.") from None


def _numbers(case: Investigation) -> frozenset[int]:
    """Entries that are acts of the case, withdraw one, or hold a signature that one speaks of."""
    acts = [*case.history, *(w.withdrawn for w in case.withdrawals)]
    signed = {r.sequence - 1 for r in acts if isinstance(r.act, ReportSigned)}
    return frozenset({r.sequence for r in acts} | {w.sequence for w in case.withdrawals} | signed)


def _row(entry: Entry) -> TrailRow:
    who = Actor(entry.who.user_id, entry.who.full_name, entry.who.role)
    when = entry.when
    return TrailRow(entry.sequence, who, when.t_ms, when.zone, entry.act, entry.object, entry.why)


def _foreign(case: Investigation, basis: Basis) -> str | None:
    """Why the basis is not that of the case, in one sentence; None if it is."""
    twin, impact = case.twin, case.impact
    if twin is not None and twin.act.digest != basis.twin.digest:
        return (
            f"The twin {basis.twin.twin_id} at hand is not the one that the case was investigated "
            "with: its package has changed; restore the package."
        )
    named = tuple(c.container_id for c in basis.impact.impact.containers)
    if impact is not None and impact.act.containers != named:
        return "The impact at hand is not the recorded one; read it again from the stored bytes."
    return None


def _require_approval(record: CaseRecord) -> None:
    twin = record.case.twin
    if twin is not None and twin.act.approval is not None and record.twin_approval is None:
        raise AlteredRecord(
            f"Entry {twin.act.approval}, with the approval of the twin {twin.act.twin_id}, is not "
            "in the audit trail handed over; verify the workspace."
        )
