"""The keys: one P-256 key for each person and for the authority, one Ed25519 key for the log.

- A private key leaves the program only as PKCS#8 sealed under a password (`sealed`).
- A person's key signs records and reports; the log's key signs checkpoints only.
- A log is known by its name and public key together, written as the C2SP signed-note "vkey".
"""

import base64
import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.trust.argon2id import RFC_9106, Cost
from investigator.trust.sealed import seal, unseal

ED25519 = b"\x01"
"""The algorithm byte of Ed25519 in signed notes."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private P-256 key of a person or of the workspace's authority."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """ECDSA over SHA-256 of the message, DER."""
        return self.private.sign(message, ec.ECDSA(hashes.SHA256()))

    def public(self) -> bytes:
        """The public key, SubjectPublicKeyInfo in DER."""
        return self.private.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )

    def sealed(self, password: str, cost: Cost = RFC_9106) -> bytes:
        """The key as it may lie on a disk: PKCS#8, sealed under the password."""
        return seal(_pkcs8(self.private), password, cost)


@dataclass(frozen=True, slots=True)
class LogVerifier:
    """What is needed to check a log's checkpoints: its name and its 32-byte Ed25519 public key."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() for c in self.name):
            raise UnusableRequest(
                f'The log name "{self.name}" must not be empty or hold " " or "+".'
            )

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line names this key (C2SP signed-note)."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def text(self) -> str:
        """The key on one line, to be printed or stored: `name+id+base64`."""
        packed = base64.b64encode(ED25519 + self.public).decode("ascii")
        return f"{self.name}+{self.key_id.hex()}+{packed}"

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature over the message is this key's."""
        try:
            key = ed25519.Ed25519PublicKey.from_public_bytes(self.public)
            key.verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class LogKey:
    """The private Ed25519 key with which a workspace signs its checkpoints."""

    name: str
    private: ed25519.Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Ed25519 over the message, 64 bytes."""
        return self.private.sign(message)

    @property
    def verifier(self) -> LogVerifier:
        """The public part, to be given to anyone."""
        return LogVerifier(self.name, self.private.public_key().public_bytes_raw())

    def sealed(self, password: str, cost: Cost = RFC_9106) -> bytes:
        """The key as it may lie on a disk: PKCS#8, sealed under the password."""
        return seal(_pkcs8(self.private), password, cost)


def new_signing_key() -> SigningKey:
    """A new key from the system's random source."""
    return SigningKey(ec.generate_private_key(ec.SECP256R1()))


def new_log_key(name: str) -> LogKey:
    """A new log key; the name is the log's origin, such as `site.example/workspace/3f2a`."""
    key = LogKey(name, ed25519.Ed25519PrivateKey.generate())
    key.verifier.text()
    return key


def opened_signing_key(sealed: bytes, password: str) -> SigningKey:
    """The person's key again; raises AccessRefused for a wrong password."""
    key = load_der_private_key(unseal(sealed, password), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise AlteredRecord("The sealed key is not a person's key (P-256).")
    return SigningKey(key)


def opened_log_key(name: str, sealed: bytes, password: str) -> LogKey:
    """The log's key again; raises AccessRefused for a wrong password."""
    key = load_der_private_key(unseal(sealed, password), None)
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise AlteredRecord("The sealed key is not a log key (Ed25519).")
    return LogKey(name, key)


def log_verifier(text: str) -> LogVerifier:
    """The public log key that one line of text stands for.

    Raises:
        UnusableRequest: the text is no such key, or its parts contradict each other.
    """
    try:
        name, key_id, packed = text.split("+", 2)
        raw = base64.b64decode(packed, validate=True)
        if raw[:1] != ED25519 or len(raw) != 33:
            raise ValueError
        found = LogVerifier(name, raw[1:])
        if found.key_id.hex() != key_id:
            raise ValueError
    except ValueError:
        raise UnusableRequest(f'"{text}" is not the public key of a log.') from None
    return found


def signature_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an ECDSA signature over SHA-256 of the message is that of a P-256 public key."""
    try:
        key = load_der_public_key(public)
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _pkcs8(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
