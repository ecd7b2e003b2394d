"""Adds one signature, or the seal, to a report's PDF.

- What was there stays byte for byte; the signature is an update appended to it.
- The author's signature certifies the report and allows no change but the filling of its fields;
  the approver's locks it. A seal certifies and locks at once.
- The time is handed in, from the one clock; neither file nor metadata takes any other.
- A report that is not as its earlier signers left it is not signed.
"""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from investigator.domain.acts.closing import SignatureField
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import to_datetime
from investigator.report.signing.container import DIGEST, container_size, signed_container
from investigator.report.signing.fields import SEAL, name_of
from investigator.report.signing.limits import LIMITS
from investigator.report.signing.mark import Manifestation, Mark, SealMark
from investigator.report.signing.refusals import (
    refuse_altered,
    refuse_out_of_turn,
    refuse_repeated,
    refuse_unfit_certificate,
    refuse_unfit_words,
)
from investigator.report.signing.signer import PdfSigner
from investigator.report.signing.stamp import stamp
from investigator.report.signing.verify import signed_pdf_facts
from investigator.trust.certificates import CertificateFacts, certificate_facts, seal_facts
from investigator.trust.keys import signature_verifies


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the metadata alone, where pyHanko would write the wall clock's time."""

    def _update_meta(self) -> None:
        return


def signed(
    pdf: bytes, *, field: SignatureField, signer: PdfSigner, manifestation: Manifestation
) -> bytes:
    """The report with one more signature.

    Args:
        pdf: the report as issued, or as its earlier signers left it.
        field: whose turn it is.
        signer: of the person who signs.
        manifestation: what the signature says; name and id are those of the certificate.

    Raises:
        UnusableRequest: it is not this field's or this person's turn, or what is to be said does
            not fit the field or the certificate.
        AlteredRecord: the file is no report, or not as it was left.
    """
    holder = certificate_facts(signer.certificate, signer.authority, manifestation.t_ms)
    refuse_unfit_certificate(holder, manifestation.t_ms)
    refuse_unfit_words(holder, manifestation, field)
    report = signed_pdf_facts(pdf, authority=signer.authority)
    refuse_altered(report)
    refuse_out_of_turn(report, name_of(field))
    refuse_repeated(report, manifestation)
    return _updated(pdf, name_of(field), _checked(signer, holder), manifestation)


def sealed(pdf: bytes, *, signer: PdfSigner, t_ms: int, zone: str) -> bytes:
    """The report of an unattended run with the workspace's seal.

    Args:
        pdf: the report as built.
        signer: of the seal.
        t_ms: when, from the one clock.
        zone: IANA name of the site's zone.

    Raises:
        UnusableRequest: the report is sealed, or is one for signature by persons.
        AlteredRecord: the file is no report, or the certificate is not that of a seal.
    """
    holder = seal_facts(signer.certificate, signer.authority, t_ms)
    refuse_unfit_certificate(holder, t_ms)
    report = signed_pdf_facts(pdf, authority=signer.authority)
    refuse_altered(report)
    refuse_out_of_turn(report, SEAL)
    return _updated(pdf, SEAL, _checked(signer, holder), SealMark(holder.full_name, t_ms, zone))


def _updated(pdf: bytes, name: str, signer: PdfSigner, mark: Mark) -> bytes:
    local = to_datetime(mark.t_ms, mark.zone)
    update = _Update(BytesIO(pdf))
    update.register_extension(ESIC_EXTENSION_1)
    steps = PdfCMSEmbedder().write_cms(name, update, existing_fields_only=True)
    _put_stamp(update, next(steps).get_object(), mark, local)
    steps.send(SigObjSetup(_dictionary(signer, mark, local), mdp_setup=LIMITS[name]))
    prepared, output = steps.send(SigIOSetup(DIGEST))
    steps.send(signed_container(signer, prepared.document_digest))
    return bytes(output.getvalue())


def _checked(signer: PdfSigner, holder: CertificateFacts) -> PdfSigner:
    """The signer, refused where its key is not that of its certificate."""

    def sign(message: bytes) -> bytes:
        value = signer.sign(message)
        if not signature_verifies(holder.public_key, message, value):
            raise UnusableRequest("The key is not that of the certificate; nothing was signed.")
        return value

    return replace(signer, sign=sign)


def _put_stamp(
    update: IncrementalPdfFileWriter, field: DictionaryObject, mark: Mark, local: datetime
) -> None:
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    page = PdfFileReader(BytesIO(stamp(mark, local, right - left, top - bottom)))
    look = update.import_page_as_xobject(page)
    field["/AP"][pdf_name("/N")] = look


def _dictionary(signer: PdfSigner, mark: Mark, local: datetime) -> SignatureObject:
    return SignatureObject(
        timestamp=local,
        subfilter=SigSeedSubFilter.PADES,
        name=mark.full_name,
        location=mark.zone,
        reason=mark.reason,
        contact_info=mark.user_id,
        bytes_reserved=2 * container_size(signer),
    )
