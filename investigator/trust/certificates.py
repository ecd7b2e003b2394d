"""The workspace's own authority: it says in an X.509 certificate whose key is whose.

- The authority has a P-256 key and a self-signed certificate; it issues certificates for people
  only, fit for signing records and PDF reports (PAdES), never for issuing others.
- Times are handed in from the one clock.
- Whether a certificate is good is told as separate facts.
"""

import datetime
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from cryptography.x509.oid import NameOID

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.domain.instant import from_datetime, to_datetime
from investigator.trust.digest import digest_of_bytes
from investigator.trust.keys import SigningKey

AUTHORITY_YEARS = 20
PERSON_YEARS = 3


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says, and what is true of it at one instant.

    `user_id`, `full_name`: of the holder. `public_key`: SubjectPublicKeyInfo in DER.
    `fingerprint`: SHA-256 of the certificate. `from_authority`: the given authority issued it.
    `within_dates`: the instant lies within its dates of validity.
    """

    user_id: str
    full_name: str
    public_key: bytes
    fingerprint: str
    from_authority: bool
    within_dates: bool


def authority_certificate(key: SigningKey, name: str, t_ms: int) -> bytes:
    """The self-signed certificate (DER) of an authority that begins at `t_ms`, for 20 years."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = _builder(subject, subject, key.public(), key.public(), t_ms, AUTHORITY_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return _signed(builder.add_extension(_usage(issues=True), critical=True), key)


def person_certificate(
    *,
    authority_key: SigningKey,
    authority: bytes,
    user_id: str,
    full_name: str,
    public_key: bytes,
    t_ms: int,
) -> bytes:
    """The certificate (DER) of a person's key from `t_ms` on, for three years.

    Args:
        authority_key: the authority's private key.
        authority: the authority's certificate in DER; it must be of that key.
        user_id: stands in the certificate as user id.
        full_name: stands in the certificate as common name.
        public_key: the person's, SubjectPublicKeyInfo in DER.
        t_ms: when it is issued.
    """
    issuer = _loaded(authority)
    if _public_der(issuer) != authority_key.public():
        raise UnusableRequest("The key is not that of the authority's certificate.")
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, full_name),
            x509.NameAttribute(NameOID.USER_ID, user_id),
        ]
    )
    builder = _builder(
        subject, issuer.subject, public_key, authority_key.public(), t_ms, PERSON_YEARS
    )
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    return _signed(builder.add_extension(_usage(issues=False), critical=True), authority_key)


def certificate_facts(certificate: bytes, authority: bytes, t_ms: int) -> CertificateFacts:
    """What a person's certificate says, and whether it was good at `t_ms`.

    Raises:
        AlteredRecord: one of the two is no certificate, or names nobody.
    """
    found = _loaded(certificate)
    moment = to_datetime(t_ms)
    return CertificateFacts(
        user_id=_named(found, NameOID.USER_ID),
        full_name=_named(found, NameOID.COMMON_NAME),
        public_key=_public_der(found),
        fingerprint=digest_of_bytes(certificate),
        from_authority=_issued_by(found, _loaded(authority)),
        within_dates=found.not_valid_before_utc <= moment <= found.not_valid_after_utc,
    )


def validity_ms(certificate: bytes) -> tuple[int, int]:
    """First and last instant at which a certificate is valid."""
    found = _loaded(certificate)
    return from_datetime(found.not_valid_before_utc), from_datetime(found.not_valid_after_utc)


def _builder(
    subject: x509.Name, issuer: x509.Name, public: bytes, issuing: bytes, t_ms: int, years: int
) -> x509.CertificateBuilder:
    key, issuing_key = _public(public), _public(issuing)
    begin = to_datetime(t_ms).replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=round(365.25 * years)))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing_key), critical=False
        )
    )


def _signed(builder: x509.CertificateBuilder, key: SigningKey) -> bytes:
    return builder.sign(key.private, hashes.SHA256()).public_bytes(Encoding.DER)


def _usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )


def _loaded(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(certificate)
    except ValueError:
        raise AlteredRecord("The certificate cannot be read; it is not as it was issued.") from None


def _public(public: bytes) -> ec.EllipticCurvePublicKey:
    key = load_der_public_key(public)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise UnusableRequest("A certificate is issued for a P-256 key only.")
    return key


def _public_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _named(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    names = certificate.subject.get_attributes_for_oid(oid)
    if len(names) != 1:
        raise AlteredRecord("The certificate does not name exactly one person.")
    return str(names[0].value)


def _issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
        limits = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    return limits.ca
