"""A secret at rest: sealed under a password, opened only with it.

- The key comes from the password by Argon2id with a salt of its own; the secret is encrypted and
  authenticated by AES-256-GCM. The head of the file (format, costs, salt) is authenticated too.
- A wrong password and an altered file cannot be told apart; both are refused in one sentence.
- The file is canonical JSON; bytes in it are base64.
"""

import base64
import binascii
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from investigator.domain.errors import AccessRefused, AlteredRecord
from investigator.trust.argon2id import DEAREST, RFC_9106, Cost, derived_key
from investigator.trust.canonical import Canonical, canonical_bytes, from_canonical

FORMAT = "investigator-sealed/1"
SALT_BYTES = 16
NONCE_BYTES = 12


def seal(secret: bytes, password: str, cost: Cost = RFC_9106) -> bytes:
    """The secret sealed under the password; two seals of one secret differ."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    head = _head(salt, cost)
    key = derived_key(password, salt=salt, cost=cost)
    locked = AESGCM(key).encrypt(nonce, secret, canonical_bytes(head))
    return canonical_bytes({**head, "nonce": _text(nonce), "locked": _text(locked)})


def unseal(sealed: bytes, password: str) -> bytes:
    """The secret again.

    Raises:
        AccessRefused: the password is wrong, or the sealed bytes were altered.
        AlteredRecord: the bytes are no sealed secret at all.
    """
    salt, cost, nonce, locked = _parts(sealed)
    key = derived_key(password, salt=salt, cost=cost)
    try:
        return AESGCM(key).decrypt(nonce, locked, canonical_bytes(_head(salt, cost)))
    except InvalidTag:
        raise AccessRefused(
            "The key does not open: the password is wrong or the key file was altered."
        ) from None


def _head(salt: bytes, cost: Cost) -> dict[str, Canonical]:
    return {
        "format": FORMAT,
        "kdf": "argon2id",
        "cipher": "aes-256-gcm",
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": _text(salt),
    }


def _parts(sealed: bytes) -> tuple[bytes, Cost, bytes, bytes]:
    document: Any = from_canonical(sealed)
    try:
        cost = Cost(document["passes"], document["memory_kib"], document["lanes"])
        salt, nonce, locked = (_bytes(document[name]) for name in ("salt", "nonce", "locked"))
        if set(document) != {*_head(salt, cost), "nonce", "locked"}:
            raise ValueError("unknown fields")
        if any(document[name] != value for name, value in _head(salt, cost).items()):
            raise ValueError("another format")
        _refuse_unfit(cost, salt, nonce)
    except (KeyError, TypeError, ValueError):
        raise AlteredRecord("This is not a sealed key of this program.") from None
    return salt, cost, nonce, locked


def _refuse_unfit(cost: Cost, salt: bytes, nonce: bytes) -> None:
    within = (
        1 <= cost.passes <= DEAREST.passes
        and 1 <= cost.lanes <= DEAREST.lanes
        and 8 * cost.lanes <= cost.memory_kib <= DEAREST.memory_kib
    )
    if not within or len(salt) != SALT_BYTES or len(nonce) != NONCE_BYTES:
        raise ValueError("unfit costs, salt or nonce")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as fault:
        raise ValueError(str(fault)) from None
