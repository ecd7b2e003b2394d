"""A signed statement of how long the log was and what its root was.

The form is C2SP `tlog-checkpoint` in a `signed-note`: the log's origin, the number of entries and
the root in base64, a line each; a blank line; one line for each signature. It can be printed, sent
or read aloud, and anyone with the public key can check it.

- A signature by a key that is not known is ignored.
- A signature that names a known key and does not verify makes the whole note unusable.
- At least one known key must have signed, and the log's name must be the note's first line.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from investigator.domain.errors import AlteredRecord
from investigator.trust.keys import LogKey, LogVerifier

MARK = "\N{EM DASH} "
MOST_SIGNATURES = 100
ROOT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log `origin` held `size` entries, and their Merkle root was `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def signed_checkpoint(checkpoint: Checkpoint, key: LogKey) -> str:
    """The checkpoint as a note signed with the log's key."""
    text = checkpoint.text()
    value = key.verifier.key_id + key.sign(text.encode())
    return f"{text}\n{MARK}{key.name} {_base64(value)}\n"


def verified_checkpoint(note: str, known: Sequence[LogVerifier]) -> Checkpoint:
    """The checkpoint that a note holds, after its signatures were checked.

    Raises:
        AlteredRecord: the note is malformed, a known key's signature fails, no known key has
            signed, or the origin is not the name of a key that has.
    """
    text, lines = _parted(note)
    if any(ord(character) < 0x20 and character != "\n" for character in note):
        raise AlteredRecord("The checkpoint holds control characters; it is not as it was signed.")
    signed = [found for line in lines if (found := _signer(line, text, known))]
    if not signed:
        raise AlteredRecord("The checkpoint is signed by no key that is known here.")
    checkpoint = _parsed(text)
    if checkpoint.origin not in {key.name for key in signed}:
        raise AlteredRecord(f'The checkpoint of "{checkpoint.origin}" is not signed by that log.')
    return checkpoint


def _parted(note: str) -> tuple[str, list[str]]:
    head, separator, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if not separator or lines.pop() != "" or not 1 <= len(lines) <= MOST_SIGNATURES:
        raise AlteredRecord("The checkpoint has no signature lines after a blank line.")
    return head + "\n", lines


def _signer(line: str, text: str, known: Sequence[LogVerifier]) -> LogVerifier | None:
    name, _, packed = line.removeprefix(MARK).partition(" ")
    value = _bytes(packed)
    if not line.startswith(MARK) or not name or len(value) < 5:
        raise AlteredRecord(f'The signature line "{line}" of the checkpoint is malformed.')
    for key in known:
        if key.name == name and key.key_id == value[:4]:
            if not key.verifies(text.encode(), value[4:]):
                raise AlteredRecord(f'The signature of "{name}" does not fit the checkpoint.')
            return key
    return None


def _parsed(text: str) -> Checkpoint:
    lines = text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines):
        raise AlteredRecord("The checkpoint lacks its origin, size or root.")
    origin, size, root = lines[0], lines[1], _bytes(lines[2])
    if not (size.isascii() and size.isdigit()) or str(int(size)) != size:
        raise AlteredRecord(f'"{size}" is not the size of a log.')
    if len(root) != ROOT_BYTES:
        raise AlteredRecord("The root in the checkpoint is not 32 bytes long.")
    return Checkpoint(origin, int(size), root)


def _bytes(text: str) -> bytes:
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        found = b""
    return found if _base64(found) == text else b""


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
