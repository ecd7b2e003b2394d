"""When a report is not signed: each refusal is one sentence that says why.

What verification would find fault with afterwards is refused before.
"""

from investigator.domain.acts.closing import SignatureField
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.domain.instant import iso
from investigator.report.signing.facts import SignedPdfFacts
from investigator.report.signing.mark import Manifestation
from investigator.trust.certificates import CertificateFacts
from investigator.trust.policy import MEANING, may_sign


def refuse_unfit_certificate(holder: CertificateFacts, t_ms: int) -> None:
    """Raise UnusableRequest unless the certificate is its authority's and valid at `t_ms`."""
    if not holder.from_authority:
        raise UnusableRequest(
            f"The certificate of {holder.full_name} is not from the authority that was handed in "
            "with it; nothing was signed."
        )
    if not holder.within_dates:
        raise UnusableRequest(
            f"The certificate of {holder.full_name} is not valid at {iso(t_ms)}; nothing was "
            "signed. Issue a new one."
        )


def refuse_unfit_words(
    holder: CertificateFacts, said: Manifestation, field: SignatureField
) -> None:
    """Raise UnusableRequest unless what is said fits the certificate and the field."""
    if (holder.user_id, holder.full_name) != (said.user_id, said.full_name):
        raise UnusableRequest(
            f"The certificate is that of {holder.full_name} ({holder.user_id}), not of "
            f"{said.full_name} ({said.user_id}); nothing was signed."
        )
    if said.meaning is not MEANING[field] or not may_sign(said.role, said.meaning):
        raise UnusableRequest(
            f'"{said.reason}" is not what the {field} of a report can sign; nothing was signed.'
        )


def refuse_altered(report: SignedPdfFacts) -> None:
    """Raise AlteredRecord unless the report is as it was issued, or as its signers left it."""
    for fault in report.alterations():
        raise AlteredRecord(f"The report was not signed. {fault}")


def refuse_out_of_turn(report: SignedPdfFacts, name: str) -> None:
    """Raise UnusableRequest unless the field `name` is the next to be filled."""
    if name not in (field.field for field in report.fields):
        raise UnusableRequest(f'The report has no field "{name}"; nothing was signed.')
    if name != next(iter(report.unsigned), None):
        following = ", ".join(report.unsigned) or "none"
        raise UnusableRequest(f'The field "{name}" is out of turn; still empty: {following}.')


def refuse_repeated(report: SignedPdfFacts, said: Manifestation) -> None:
    """Raise UnusableRequest where the person has signed already, or another one at a later time."""
    for field in report.fields:
        if field.signature is None:
            continue
        if field.signature.user_id == said.user_id:
            raise UnusableRequest(
                f"{said.full_name} ({said.user_id}) has signed this report as {field.field.lower()}"
                "; the next signature must be another person's."
            )
        if field.signature.t_ms > said.t_ms:
            raise UnusableRequest(
                f"The clock stands at {iso(said.t_ms)}, before the signature of "
                f"{field.signature.full_name} at {iso(field.signature.t_ms)}; nothing was signed."
            )
