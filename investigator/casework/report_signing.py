"""The report is issued, signed by three people, returned or voided.

- What is signed is the digest of the report as issued; the pages carry the same three signatures as
  PAdES signatures, made with the same opened key in the same act.
- A signer names the report that was shown, by its digest; one issued anew since is not signed.
- Id and password are asked for at every signature; the person must be the one signed in.
- Author, reviewer and approver are three people, in this order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from investigator.casework.act_record import drafted
from investigator.casework.basis import Basis
from investigator.casework.case_dossier import audit_trail, case_dossier, log_checkpoint
from investigator.casework.desk import Desk
from investigator.casework.outcomes import SEED
from investigator.casework.rights import ROLE_OF_FIELD, demand
from investigator.casework.snapshot import Snapshot
from investigator.casework.software import software
from investigator.casework.stored import encoded
from investigator.domain.acts.analysis import TwinChosen
from investigator.domain.acts.closing import ReportIssued, ReportSigned, SignatureField
from investigator.domain.dossier import Dossier
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.records.entry import Draft, Entry
from investigator.trust.carried_approval import chosen_with
from investigator.trust.keys import SigningKey
from investigator.trust.policy import MEANING
from investigator.trust.signature import Statement, signature_from_record


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """What a report was made from: it names everything that its pages say by number or digest.

    `entries`: how many entries the log had. `root`: their Merkle root, base64.
    The others are digests of stored bytes.
    """

    case_id: str
    revision: int
    entries: int
    root: str
    reading: str
    samples: str
    replay: str
    ranking: str
    impact: str
    software: str
    remedies: str = ""
    scenario_runs: tuple[str, ...] = ()
    rankings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draught:
    """A report about to be issued: its basis, and the dossier that its pages are made of."""

    basis: ReportBasis
    dossier: Dossier


def draught(desk: Desk, seen: Snapshot) -> Draught:
    """The next revision of the report of a case, to be laid out in the background.

    Raises:
        AccessRefused: the person may not issue it.
        UnusableRequest: the case is not ready for a report, or its twin has changed.
    """
    from investigator.casework.dossier import twin_statement
    from investigator.casework.recurrence import recurrence_of
    from investigator.casework.twins import choose_twin, require_still_validated

    case = seen.case
    revision = 1 + sum(isinstance(r.act, ReportIssued) for r in case.history)
    if refused := desk.why_not(case.case_id, ReportIssued(revision, "", "")):
        raise UnusableRequest(refused)
    if not (seen.evidence and seen.replay and seen.ranking and seen.impact and case.twin):
        raise UnusableRequest("The report needs evidence, replay, ranking and impact.")
    package = choose_twin(case.twin.act.twin_id)
    require_still_validated(package, case.twin.act.use)
    life = desk.twins.life(package.digest)
    twin = twin_statement(package, life.standing(package.standing))
    log = desk.workspace.log
    entries, note = log.entries(), log.checkpoint()
    dossier = case_dossier(
        case,
        Basis(
            seen.evidence,
            twin,
            seen.replay,
            seen.ranking,
            seen.impact,
            clocks=seen.read.clocks if seen.read else (),
            recurrence=recurrence_of(desk, seen),
            remedies=seen.remedies,
        ),
        revision=revision,
        seed=SEED,
        trail=audit_trail(case, entries),
        checkpoint=note,
    )
    carried = replace(
        dossier,
        twin_approval=_twin_approval(case.twin.act, entries),
        scenario_runs=seen.scenario_runs,
        rankings=seen.rankings,
    )
    return Draught(_basis(seen, revision, note), carried)


def _twin_approval(chosen: TwinChosen, entries: Sequence[Entry]) -> bytes:
    number = chosen.approval
    signature = None if number is None else signature_from_record(entries[number].new)
    return chosen_with(chosen, signature).as_bytes()


def _basis(seen: Snapshot, revision: int, note: str) -> ReportBasis:
    case = seen.case
    log, evidence = log_checkpoint(note), case.evidence
    replay, ranking, impact = case.replay, case.ranking, case.impact
    return ReportBasis(
        case_id=case.case_id,
        revision=revision,
        entries=log.size,
        root=log.root,
        reading=evidence.act.reading if evidence else "",
        samples=evidence.act.samples if evidence else "",
        replay=replay.act.result if replay else "",
        ranking=ranking.act.result if ranking else "",
        impact=impact.act.result if impact else "",
        software=software(),
        remedies=case.remedies.act.result if case.remedies else "",
        scenario_runs=tuple(r.act.result for r in case.scenario_runs),
        rankings=tuple(past.result for past in seen.rankings),
    )


def report_task(dossier: Dossier, *, report: Callable[[str, float], None]) -> bytes:
    """The pages of a dossier; runs in the background."""
    from investigator.report.build import build_report

    report("writing the report", 0.1)
    return build_report(dossier)


def issue(desk: Desk, draught: Draught, pdf: bytes) -> Investigation:
    """Issue the pages as the report to be signed.

    Raises:
        UnusableRequest: the case has changed since the draught, or the act is out of order.
        AccessRefused: as `Desk.do`.
    """
    if desk.workspace.log.size != draught.basis.entries:
        raise UnusableRequest(
            "Something was recorded while the report was written; issue it again."
        )
    blobs = desk.workspace.blobs
    issued = ReportIssued(
        draught.basis.revision, blobs.keep(encoded(draught.basis)), blobs.keep(pdf)
    )
    return desk.do(draught.basis.case_id, issued)


def current_pdf(desk: Desk, case: Investigation) -> bytes:
    """The report as issued last, with the signatures in force.

    Raises:
        UnusableRequest: none was issued.
        AlteredRecord: its stored bytes are missing or changed.
    """
    if case.report is None:
        raise UnusableRequest("There is no report yet; issue it first.")
    signed = case.signatures
    return desk.workspace.blobs.read(signed[-1].act.pdf if signed else case.report.act.pdf)


def sign_report(
    desk: Desk,
    case_id: str,
    field: SignatureField,
    *,
    seen: str,
    user_id: str,
    password: str,
    why: str = "",
) -> Investigation:
    """Sign the report in force.

    Args:
        desk: where the case is.
        case_id: the case.
        field: as author, reviewer or approver.
        seen: SHA-256 of the report as issued that was shown to the signer.
        user_id: first component, typed for this signature.
        password: second component, typed for this signature.
        why: a comment of the signer.

    Raises:
        AccessRefused: not the person signed in, wrong password, role or person not fit.
        UnusableRequest: there is no report in force, it is not the one that was seen, or the
            signature is out of turn.
        AlteredRecord: the stored report is not as it was left.
    """
    person, case = desk.session.demand_signer(user_id), desk.case(case_id)
    issued = case.report.act.pdf if case.report else ""
    demand(person, case, ReportSigned(field, issued, ""))
    if seen != issued:
        raise UnusableRequest("The report in force is another one than was shown; read it first.")
    pdf = current_pdf(desk, case)
    entries = desk.workspace.people.sign(
        object_id=f"{case_id}/report",
        digest=issued,
        meaning=MEANING[field],
        role=ROLE_OF_FIELD[field],
        user_id=user_id,
        password=password,
        stored=True,
        why=why,
        accompany=_signing_pages(desk, case_id, field, issued, pdf),
    )
    desk.take_in(entries)
    return desk.case(case_id)


def _signing_pages(
    desk: Desk, case_id: str, field: SignatureField, issued: str, pdf: bytes
) -> Callable[[SigningKey, bytes, Statement], Sequence[Draft]]:
    def sign_pages(key: SigningKey, certificate: bytes, said: Statement) -> Sequence[Draft]:
        from investigator.report.signing.mark import Manifestation
        from investigator.report.signing.sign import signed
        from investigator.report.signing.signer import PdfSigner

        pages = signed(
            pdf,
            field=field,
            signer=PdfSigner(certificate, desk.workspace.identity.authority, key.sign),
            manifestation=Manifestation(
                said.full_name, said.user_id, said.role, said.meaning, said.t_ms, said.zone
            ),
        )
        act = ReportSigned(field, issued, desk.workspace.blobs.keep(pages))
        return [drafted(case_id, act, old=None, why="")]

    return sign_pages
