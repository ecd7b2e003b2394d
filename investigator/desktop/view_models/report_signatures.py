"""The three signatures of a report: who gave them, who is next, what a signer states.

- Author, reviewer and approver are three people, in this order.
- A signature that no longer holds is shown in the open, with what made it void.
"""

from dataclasses import dataclass
from typing import Any

from investigator.casework.rights import MEANING, ROLE_OF_FIELD
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import by, moment_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.case import CaseClosed
from investigator.domain.acts.closing import (
    ReportIssued,
    ReportReturned,
    ReportSigned,
    SignatureField,
    SignaturesVoided,
)
from investigator.domain.investigation import Investigation


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One of the three signatures. `meaning`: what it says. `given`: the act; None while open."""

    field: SignatureField
    name: str
    meaning: str
    when: str
    words: str
    tone: Tone
    given: Recorded[ReportSigned] | None


@dataclass(frozen=True, slots=True)
class VoidedRow:
    """Signatures that were given and no longer hold."""

    fields: str
    words: str
    recorded: Recorded[SignaturesVoided]


@dataclass(frozen=True, slots=True)
class Signing:
    """What a person is about to sign: which signature, on what, and what is stated by it."""

    field: SignatureField
    meaning: str
    record: str
    digest: str
    statement: str


def signatures(scene: Scene) -> tuple[SignatureRow, ...]:
    """The three, in their order."""
    case = scene.case
    if case is None:
        return ()
    given = {r.act.field: r for r in case.signatures}
    return tuple(_row(case, field, given.get(field)) for field in SignatureField)


def voided(scene: Scene) -> tuple[VoidedRow, ...]:
    """Every signature that was voided, the latest first."""
    case = scene.case
    if case is None:
        return ()
    zone = case.opened.act.zone
    found = [r for r in case.history if isinstance(r.act, SignaturesVoided)]
    return tuple(_voided(case, r, zone) for r in reversed(found))


def next_field(case: Investigation) -> SignatureField | None:
    """Which signature is next; None where all are given or there is nothing to sign."""
    left = list(SignatureField)[len(case.signatures) :]
    return left[0] if left and case.report_in_force else None


def why_not_signed(scene: Scene) -> str:
    """Why the person cannot give the next signature; empty if they can."""
    case = scene.case
    if case is None:
        return "Open a case first."
    field = next_field(case) or SignatureField.AUTHOR
    issued = case.report.act.pdf if case.report else ""
    return scene.why_not(ReportSigned(field, issued, ""))


def signing(scene: Scene) -> Signing | None:
    """What would be signed now; None where nothing can be."""
    case = scene.case
    field = next_field(case) if case else None
    if case is None or case.report is None or field is None:
        return None
    meaning, revision = MEANING[field].value, case.report.act.revision
    return Signing(
        field,
        meaning,
        f"Deviation report {case.case_id}, revision {revision}",
        case.report.act.pdf,
        f"I, {scene.person.full_name}, state that I have {meaning} this report in exactly the "
        "bytes that the digest names. My electronic signature binds me as my handwritten one.",
    )


def why_not_returned(scene: Scene) -> str:
    """Why the report cannot be sent back by the person; empty if it can."""
    return scene.why_not(ReportReturned())


def why_not_closed(scene: Scene) -> str:
    """Why the case cannot be closed by the person; empty if it can."""
    return scene.why_not(CaseClosed())


def _row(
    case: Investigation, field: SignatureField, given: Recorded[ReportSigned] | None
) -> SignatureRow:
    meaning = MEANING[field].value
    if given is not None:
        when = moment_of(given, case.opened.act.zone)
        return SignatureRow(field, by(given), meaning, when, "signed", Tone.GOOD, given)
    if next_field(case) is field:
        return SignatureRow(field, "", meaning, "", f"waits for {_an(field)}", Tone.WARN, None)
    return SignatureRow(field, "", meaning, "", _later(case, field), Tone.PLAIN, None)


def _later(case: Investigation, field: SignatureField) -> str:
    if not case.report_in_force:
        return "once the report is issued"
    before = list(SignatureField)[list(SignatureField).index(field) - 1]
    return f"after the {before}"


def _voided(case: Investigation, r: Recorded[Any], zone: str) -> VoidedRow:
    fields = f"{', '.join(r.act.fields)} of revision {_signed_revision(case, r)}"
    words = f"void since {moment_of(r, zone)}: {r.act.because}, by {by(r)}, entry {r.sequence}"
    return VoidedRow(fields, words, r)


def _signed_revision(case: Investigation, voiding: Recorded[Any]) -> int:
    """The revision that carried the signatures that were voided."""
    revisions = {r.act.pdf: r.act.revision for r in case.history if isinstance(r.act, ReportIssued)}
    signed = [
        r.act.issued
        for r in case.history
        if isinstance(r.act, ReportSigned) and r.sequence < voiding.sequence
    ]
    return revisions.get(signed[-1], 0) if signed else 0


def _role(field: SignatureField) -> str:
    return ROLE_OF_FIELD[field].value


def _an(field: SignatureField) -> str:
    role = _role(field)
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
