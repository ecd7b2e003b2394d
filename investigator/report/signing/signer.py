"""What is needed to sign a PDF in somebody's name, without ever holding the private key."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PdfSigner:
    """A signer, handed in by whoever holds the key.

    `certificate`: the signer's, DER. `authority`: that of the authority which issued it, DER.
    `sign`: from a message to its ECDSA signature (P-256, SHA-256) in DER.
    """

    certificate: bytes
    authority: bytes
    sign: Callable[[bytes], bytes] = field(repr=False)
