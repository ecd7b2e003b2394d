"""What is true of the signature in one field of a report."""

import asyncio
from datetime import datetime

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.generic import DictionaryObject, parse_pdf_date
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.signers.cms_embedder import SigMDPSetup
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from investigator.domain.acts.closing import SignatureField
from investigator.domain.errors import AlteredRecord
from investigator.domain.instant import from_datetime
from investigator.report.signing.container import DIGEST, certificates_in, made_again
from investigator.report.signing.document import BROKEN
from investigator.report.signing.facts import LaterChanges, PdfSignature
from investigator.report.signing.fields import PERSONS, SEAL
from investigator.report.signing.limits import LIMITS
from investigator.report.signing.mark import Manifestation, Mark, SealMark, mark_from
from investigator.report.signing.stamp import printed_lines
from investigator.report.signing.stamp_text import text_lines
from investigator.trust.certificates import CertificateFacts, certificate_facts, seal_facts
from investigator.trust.policy import MEANING, may_sign


def field_signature(
    pdf: bytes, embedded: EmbeddedPdfSignature, *, name: str, authority: bytes
) -> PdfSignature:
    """The facts about the signature in the field `name`.

    Args:
        pdf: the whole file.
        embedded: the signature as pyHanko found it.
        name: of the field.
        authority: the certificate that is believed, DER.

    Raises:
        One of `BROKEN`: it cannot be read.
    """
    mark, local = _said(embedded.sig_object)
    certificate, beside = certificates_in(embedded.pkcs7_content)
    holder = _holder(certificate, authority, mark.t_ms)
    status = _status(embedded, authority, local)
    return PdfSignature(
        full_name=holder.full_name,
        user_id=holder.user_id,
        role=mark.role if isinstance(mark, Manifestation) else "",
        meaning=mark.meaning if isinstance(mark, Manifestation) else mark.reason,
        t_ms=mark.t_ms,
        zone=mark.zone,
        intact=status.intact,
        valid=status.valid,
        exact=_is_exact(pdf, embedded),
        from_authority=holder.from_authority and beside == authority,
        fit=status.trusted or not (status.intact and status.valid and holder.within_dates),
        within_dates=holder.within_dates,
        holder_fits=bool(holder.user_id) == (name in PERSONS),
        names_agree=(mark.user_id, mark.full_name) == (holder.user_id, holder.full_name),
        meaning_fits=_meaning_fits(mark, name),
        stamp_agrees=_stamp_agrees(embedded.sig_field, mark, local),
        limits_fit=_limits(embedded) == LIMITS[name],
        later=_later(embedded),
        later_allowed=bool(status.docmdp_ok),
    )


def _said(dictionary: DictionaryObject) -> tuple[Mark, datetime]:
    """What the signature dictionary says, and the local time in it."""
    local = parse_pdf_date(dictionary["/M"], strict=True)
    mark = mark_from(
        full_name=str(dictionary["/Name"]),
        user_id=str(dictionary["/ContactInfo"]) if "/ContactInfo" in dictionary else "",
        reason=str(dictionary["/Reason"]),
        t_ms=from_datetime(local),
        zone=str(dictionary["/Location"]),
    )
    return mark, local


def _holder(certificate: bytes, authority: bytes, t_ms: int) -> CertificateFacts:
    try:
        return certificate_facts(certificate, authority, t_ms)
    except AlteredRecord:
        return seal_facts(certificate, authority, t_ms)


def _status(
    embedded: EmbeddedPdfSignature, authority: bytes, moment: datetime
) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=[Certificate.load(authority)],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=moment,
    )
    return asyncio.run(async_validate_pdf_signature(embedded, context))


def _is_exact(pdf: bytes, embedded: EmbeddedPdfSignature) -> bool:
    """Whether the place that the signature does not cover holds its container and zeros."""
    start, before, after, _ = embedded.byte_range
    digits = made_again(embedded.pkcs7_content).hex().upper().encode()
    room = after - before - 2
    return start == 0 and pdf[before:after] == b"<" + digits.ljust(room, b"0") + b">"


def _meaning_fits(mark: Mark, name: str) -> bool:
    if isinstance(mark, SealMark) or name == SEAL:
        return isinstance(mark, SealMark) and name == SEAL
    expected = MEANING[SignatureField(name.lower())]
    return mark.meaning is expected and may_sign(mark.role, mark.meaning)


def _stamp_agrees(field: DictionaryObject, mark: Mark, local: datetime) -> bool:
    try:
        return text_lines(field) == printed_lines(mark, local)
    except BROKEN:
        return False


def _limits(embedded: EmbeddedPdfSignature) -> SigMDPSetup:
    catalog = embedded.reader.root
    return SigMDPSetup(
        DIGEST,
        certify="/Perms" in catalog and catalog["/Perms"]["/DocMDP"] is embedded.sig_object,
        field_lock=embedded.fieldmdp,
        docmdp_perms=embedded.docmdp_level,
    )


def _later(embedded: EmbeddedPdfSignature) -> LaterChanges:
    found = embedded.diff_result
    if not isinstance(found, DiffResult):
        return LaterChanges.OTHER
    if found.modification_level is ModificationLevel.NONE:
        return LaterChanges.NONE
    return LaterChanges.FIELDS
