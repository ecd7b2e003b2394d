"""What somebody with a PDF library, or with a key of their own, can do to a signed report.

Nothing here is made with the program's own signing: the tools are pyHanko's as they come.
"""

from collections.abc import Callable
from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from investigator.trust.keys import SigningKey

Writer = IncrementalPdfFileWriter
BOX = (30, 30, 200, 60)


def for_encryption_only(authority: bytes, authority_key: SigningKey, key: SigningKey) -> bytes:
    """A certificate of Ann's key that the authority never meant for signing."""
    issuer = x509.load_der_x509_certificate(authority)
    names = {NameOID.COMMON_NAME: "Ann of Testing", NameOID.USER_ID: "ann"}
    uses = {"digital_signature", "content_commitment", "data_encipherment", "key_agreement"}
    uses |= {"key_cert_sign", "crl_sign", "encipher_only", "decipher_only"}
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(oid, name) for oid, name in names.items()]))
        .issuer_name(issuer.subject)
        .public_key(key.private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(issuer.not_valid_before_utc)
        .not_valid_after(issuer.not_valid_after_utc)
        .add_extension(
            x509.KeyUsage(key_encipherment=True, **dict.fromkeys(uses, False)), critical=True
        )
    )
    return builder.sign(authority_key.private, hashes.SHA256()).public_bytes(Encoding.DER)


def flipped(pdf: bytes, place: int, bit: int = 0) -> bytes:
    """The file with one bit turned."""
    changed = bytearray(pdf)
    changed[place] ^= 1 << bit
    return bytes(changed)


def updated(pdf: bytes, change: Callable[[Writer], None]) -> bytes:
    """The file with an incremental update."""
    writer, target = Writer(BytesIO(pdf)), BytesIO()
    change(writer)
    writer.write(target)
    return target.getvalue()


def page_replaced(writer: Writer) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    content = StreamObject(stream_data=b"BT /F1 12 Tf 50 50 Td (RELEASED) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(content)
    writer.update_container(page)


def annotated(writer: Writer) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    note = {
        "/Type": pdf_name("/Annot"),
        "/Subtype": pdf_name("/FreeText"),
        "/Rect": ArrayObject([NumberObject(edge) for edge in BOX]),
        "/Contents": pdf_string("APPROVED FOR RELEASE"),
        "/DA": pdf_string("/Helv 12 Tf"),
    }
    entries = DictionaryObject({pdf_name(key): value for key, value in note.items()})
    page["/Annots"].append(writer.add_object(entries))
    writer.update_container(page["/Annots"])
    writer.update_container(page)


def metadata_touched(writer: Writer) -> None:
    writer.update_root()


def signed_by_hand(
    pdf: bytes,
    field: str,
    *,
    key: SigningKey,
    certificate: bytes,
    authority: bytes,
    new_field: bool = False,
    stamp: str | None = None,
    **says: str,
) -> bytes:
    """A signature as pyHanko makes it by default, in a field that is there or in a new one."""
    info = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register(Certificate.load(authority))
    signer = PdfSigner(
        PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, **says),
        SimpleSigner(
            signing_cert=Certificate.load(certificate),
            signing_key=PrivateKeyInfo.load(info),
            cert_registry=store,
        ),
        stamp_style=StaticStampStyle.from_pdf_file(stamp) if stamp else StaticStampStyle(),
        new_field_spec=SigFieldSpec(field, box=BOX) if new_field else None,
    )
    target = BytesIO()
    signer.sign_pdf(Writer(BytesIO(pdf)), existing_fields_only=not new_field, output=target)
    return target.getvalue()
