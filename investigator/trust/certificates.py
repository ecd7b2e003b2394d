"""The workspace's own authority: it says in an X.509 certificate whose key is whose.

- The authority has a P-256 key and a self-signed certificate; it issues certificates for people
  and for the workspace's seal, fit for signing records and PDF reports (PAdES), never for issuing
  others.
- A person's certificate carries a user id. A seal's carries none and names its unit a seal: neither
  can be read as the other.
- Times are handed in from the one clock.
- Whether a certificate is good is told as separate facts.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.domain.instant import from_datetime, to_datetime
from investigator.trust.digest import digest_of_bytes
from investigator.trust.keys import SigningKey

AUTHORITY_YEARS = 20
PERSON_YEARS = 3
SEAL_YEARS = 20
SEAL_UNIT = "seal of a workspace, no person"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says, and what is true of it at one instant.

    `user_id`, `full_name`: of the holder; a seal has no user id. `public_key`:
    SubjectPublicKeyInfo in DER. `fingerprint`: SHA-256 of the certificate. `from_authority`: the
    given authority issued it. `within_dates`: the instant lies within its dates of validity.
    """

    user_id: str
    full_name: str
    public_key: bytes
    fingerprint: str
    from_authority: bool
    within_dates: bool


def authority_certificate(key: SigningKey, name: str, t_ms: int) -> bytes:
    """The self-signed certificate (DER) of an authority that begins at `t_ms`, for 20 years."""
    subject = _subject({NameOID.COMMON_NAME: name})
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

    Raises:
        UnusableRequest: the key is not the authority's, or a name is empty or too long.
    """
    subject = _subject({NameOID.COMMON_NAME: full_name, NameOID.USER_ID: user_id})
    return _issued(authority_key, authority, subject, public_key, t_ms, PERSON_YEARS)


def seal_certificate(
    *, authority_key: SigningKey, authority: bytes, name: str, public_key: bytes, t_ms: int
) -> bytes:
    """The certificate (DER) of a workspace's seal from `t_ms` on, for 20 years.

    Args:
        authority_key: the authority's private key.
        authority: the authority's certificate in DER; it must be of that key.
        name: stands in the certificate as common name, such as `Seal of site.example/quality`.
        public_key: the seal's, SubjectPublicKeyInfo in DER.
        t_ms: when it is issued.

    Raises:
        UnusableRequest: the key is not the authority's, or the name is empty or too long.
    """
    subject = _subject({NameOID.COMMON_NAME: name, NameOID.ORGANIZATIONAL_UNIT_NAME: SEAL_UNIT})
    return _issued(authority_key, authority, subject, public_key, t_ms, SEAL_YEARS)


def certificate_facts(certificate: bytes, authority: bytes, t_ms: int) -> CertificateFacts:
    """What a person's certificate says, and whether it was good at `t_ms`.

    Raises:
        AlteredRecord: one of the two is no certificate, or names nobody.
    """
    with _reading():
        found = _loaded(certificate)
        if _all_named(found, NameOID.ORGANIZATIONAL_UNIT_NAME):
            raise AlteredRecord("The certificate is not that of a person.")
        return _facts(found, _named(found, NameOID.USER_ID), certificate, authority, t_ms)


def seal_facts(certificate: bytes, authority: bytes, t_ms: int) -> CertificateFacts:
    """What a seal's certificate says, and whether it was good at `t_ms`.

    Raises:
        AlteredRecord: one of the two is no certificate, or it is not that of a seal.
    """
    with _reading():
        found = _loaded(certificate)
        units = _all_named(found, NameOID.ORGANIZATIONAL_UNIT_NAME)
        if units != [SEAL_UNIT] or _all_named(found, NameOID.USER_ID):
            raise AlteredRecord("The certificate is not that of a workspace's seal.")
        return _facts(found, "", certificate, authority, t_ms)


def authority_name(authority: bytes) -> str:
    """The name of an authority, from its certificate.

    Raises:
        AlteredRecord: it is no certificate of an authority, or not as it was issued.
    """
    with _reading():
        found = _loaded(authority)
        if not _issued_by(found, found):
            raise AlteredRecord("The certificate is not that of an authority, or was altered.")
        return _named(found, NameOID.COMMON_NAME)


def validity_ms(certificate: bytes) -> tuple[int, int]:
    """First and last instant at which a certificate is valid; AlteredRecord if it is none."""
    with _reading():
        found = _loaded(certificate)
    return from_datetime(found.not_valid_before_utc), from_datetime(found.not_valid_after_utc)


def _facts(
    found: x509.Certificate, user_id: str, certificate: bytes, authority: bytes, t_ms: int
) -> CertificateFacts:
    moment = to_datetime(t_ms)
    return CertificateFacts(
        user_id=user_id,
        full_name=_named(found, NameOID.COMMON_NAME),
        public_key=_public_der(found),
        fingerprint=digest_of_bytes(certificate),
        from_authority=_issued_by(found, _loaded(authority)),
        within_dates=found.not_valid_before_utc <= moment <= found.not_valid_after_utc,
    )


def _issued(
    authority_key: SigningKey,
    authority: bytes,
    subject: x509.Name,
    public_key: bytes,
    t_ms: int,
    years: int,
) -> bytes:
    with _reading():
        issuer = _loaded(authority)
    if _public_der(issuer) != authority_key.public():
        raise UnusableRequest("The key is not that of the authority's certificate.")
    builder = _builder(subject, issuer.subject, public_key, authority_key.public(), t_ms, years)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    return _signed(builder.add_extension(_usage(issues=False), critical=True), authority_key)


def _subject(names: dict[x509.ObjectIdentifier, str]) -> x509.Name:
    try:
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in names.items()])
    except ValueError:
        raise UnusableRequest(
            f'A certificate cannot name "{" / ".join(names.values())}": no name may be empty, nor '
            "longer than 64 bytes."
        ) from None


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


_UNREADABLE = (
    CryptographyDeprecationWarning,
    OverflowError,
    UnsupportedAlgorithm,
    ValueError,
    x509.DuplicateExtension,
    x509.InvalidVersion,
)


@contextmanager
def _reading() -> Iterator[None]:
    """Parts of a certificate are read only when asked for, and may be found broken only then."""
    try:
        yield
    except _UNREADABLE:
        raise AlteredRecord("The certificate cannot be read; it is not as it was issued.") from None


def _loaded(certificate: bytes) -> x509.Certificate:
    found = x509.load_der_x509_certificate(certificate)
    if not certificate.endswith(b"\x00" + found.signature):
        # The count of unused bits before the value is covered by no signature.
        raise ValueError("the value of the signature is not written as DER demands")
    return found


def _public(public: bytes) -> ec.EllipticCurvePublicKey:
    key = load_der_public_key(public)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise UnusableRequest("A certificate is issued for a P-256 key only.")
    return key


def _public_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _named(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    names = _all_named(certificate, oid)
    if len(names) != 1:
        raise AlteredRecord("The certificate does not name exactly one person.")
    return names[0]


def _all_named(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> list[str]:
    return [str(name.value) for name in certificate.subject.get_attributes_for_oid(oid)]


def _issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
        limits = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    return limits.ca
