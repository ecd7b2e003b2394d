"""The signature value in the PDF: one CMS container, and nothing in it that nobody signed.

- PAdES baseline B-B (ETSI EN 319 142-1): P-256 with SHA-256, signing certificate attribute, no
  time in the container; the certificates are the signer's and the authority's.
- A container is made in one way only, so it can be made again from what is signed in it and
  compared byte for byte: no place is left in which something could be changed unseen.
"""

import asyncio

from asn1crypto.cms import CMSAttributes, ContentInfo
from asn1crypto.x509 import Certificate
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from investigator.report.signing.signer import PdfSigner

DIGEST = "sha256"
_LONGEST_VALUE = 72


class _HandedIn(Signer):
    """PyHanko's view of a signer whose key is elsewhere."""

    def __init__(self, signer: PdfSigner) -> None:
        beside = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        beside.register(Certificate.load(signer.authority))
        super().__init__(
            signing_cert=Certificate.load(signer.certificate),
            cert_registry=beside,
        )
        self._sign = signer.sign

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        del digest_algorithm
        return bytes(_LONGEST_VALUE) if dry_run else self._sign(data)


def signed_container(signer: PdfSigner, document_digest: bytes) -> bytes:
    """The container (DER) with a new signature over a document's SHA-256."""
    made = _HandedIn(signer).async_sign(document_digest, DIGEST, use_pades=True)
    return bytes(asyncio.run(made).dump())


def container_size(signer: PdfSigner) -> int:
    """The most bytes that a container of this signer can have."""
    made = _HandedIn(signer).async_sign(bytes(32), DIGEST, dry_run=True, use_pades=True)
    return len(asyncio.run(made).dump())


def certificates_in(container: bytes) -> tuple[bytes, bytes]:
    """The signer's and the authority's certificate (DER) in a container.

    Raises:
        ValueError: it does not hold these two, or cannot be read.
    """
    content = ContentInfo.load(container)["content"]
    (info,) = content["signer_infos"]
    serial = info["sid"].chosen["serial_number"].native
    held = [choice.chosen for choice in content["certificates"]]
    if min(found.serial_number for found in held) <= 0:
        raise ValueError("a serial number of a certificate is positive")
    signer = [found.dump() for found in held if found.serial_number == serial]
    others = [found.dump() for found in held if found.serial_number != serial]
    if len(signer) != 1 or len(others) != 1:
        raise ValueError("not the certificates of one signer and one authority")
    return signer[0], others[0]


def made_again(container: bytes) -> bytes:
    """The container as it is made from the certificates and the signature that it holds.

    Raises:
        ValueError: it cannot be read.
    """
    certificate, authority = certificates_in(container)
    (info,) = ContentInfo.load(container)["content"]["signer_infos"]
    value = info["signature"].native
    attributes = CMSAttributes.load(info["signed_attrs"].untag().dump())
    signer = _HandedIn(PdfSigner(certificate, authority, lambda _: value))
    made = signer.async_sign_prescribed_attributes(DIGEST, attributes)
    return bytes(asyncio.run(made).dump())
