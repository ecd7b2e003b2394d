"""The bytes of a file: hashed as they lie on disk, unpacked for the reader. Never altered."""

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from investigator.domain.errors import UnusableInput

GZIP_MAGIC = b"\x1f\x8b"
BLOCK_BYTES = 1 << 20


def digest_of(path: Path) -> str:
    """SHA-256 of the file as it lies, in hexadecimal, read block by block."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was read, once: the digest is that of the very bytes that the reader gets.

    `content` is unpacked; `sha256` and `size_bytes` speak of the file as it lies.
    """

    sha256: str
    size_bytes: int
    content: bytes
    packed: bool


def load(path: Path, file: str) -> Content:
    """The content of a file, unpacked when it begins as gzip does.

    Raises:
        UnusableInput: the file cannot be opened, or its gzip stream is damaged or cut short.
    """
    try:
        stored = path.read_bytes()
    except OSError as fault:
        raise UnusableInput(
            file, f"cannot be opened ({fault.strerror})", "check that it is there and readable"
        ) from fault
    digest, packed = hashlib.sha256(stored).hexdigest(), stored.startswith(GZIP_MAGIC)
    return Content(digest, len(stored), _unpacked(stored, file) if packed else stored, packed)


def _unpacked(stored: bytes, file: str) -> bytes:
    try:
        return gzip.decompress(stored)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise UnusableInput(
            file, f"the gzip stream is damaged or cut short ({fault})", "copy or export it again"
        ) from fault


def as_text(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was read in: UTF-8, or else Windows Latin-1.

    Every byte is some Latin-1 character, so this never fails; what is no text is found out by what
    it says.
    """
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"
