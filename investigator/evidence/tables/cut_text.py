"""A stream of text, cut into blocks of whole lines in UTF-8 that know where they stand.

- A block ends at a line break outside of quotes. A quote that stands alone turns inside and outside
  around; where that leaves no place to cut, the last line break will do.
- Line ends of an old Macintosh (CR alone) become line feeds; no other character is touched.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from investigator.domain.errors import UnusableInput

LONE_RETURN = re.compile(rb"\r(?!\n)")
ZEROS_ALLOWED = 100
"""Of that many bytes of text at most one is a binary zero."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Whole lines of a file.

    Attributes:
        text: UTF-8.
        encoding: what the file's bytes were read as.
        line: number (from 1) of its first line.
    """

    text: bytes
    encoding: str
    line: int


def cuts(
    stream: BinaryIO, encoding: str, *, quote: str, first_line: int, file: str, size: int
) -> Iterator[Cut]:
    """The text from `first_line` on in blocks of about `size` bytes; blocks of blanks are left out.

    Raises:
        UnusableInput: a line is longer than `size`, or the bytes are no text.
    """
    line, rest = 1, b""
    for piece in _decoded(stream, encoding, size):
        pending = rest + piece
        end = _place_to_cut(pending, quote)
        if not end and len(pending) > size:
            raise UnusableInput(
                file,
                f"line {line} is longer than {size >> 10:,} kB, as no row is",
                "export it again as text with line ends",
            )
        whole, rest = _line_ends(pending[:end]), pending[end:]
        yield from _from(whole, line, first_line, encoding, file)
        line += whole.count(b"\n")
    yield from _from(_line_ends(rest), line, first_line, encoding, file)


def _line_ends(text: bytes) -> bytes:
    """CR alone ends a row for the parser, so it ends a line as well."""
    if b"\r" not in text or text.count(b"\r") == text.count(b"\r\n"):
        return text
    return LONE_RETURN.sub(b"\n", text)


def _from(whole: bytes, line: int, first_line: int, encoding: str, file: str) -> Iterator[Cut]:
    """The lines of a block that stand at or below `first_line`; none if they are blank."""
    if b"\0" in whole and whole.count(b"\0") * ZEROS_ALLOWED > len(whole):
        raise UnusableInput(
            file, f"is no text (binary zeros from line {line} on)", "export it again as text"
        )
    start = 0
    while line < first_line and start < len(whole):
        end = whole.find(b"\n", start)
        start = len(whole) if end < 0 else end + 1
        line += 1
    text = whole[start:]
    if text and not text.isspace():
        yield Cut(*_valid(text, encoding), line)


def _valid(text: bytes, encoding: str) -> tuple[bytes, str]:
    """The text in valid UTF-8, and what it was read as."""
    if text.isascii():
        return text, encoding
    try:
        text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace").encode(), "cp1252"
    return text, encoding


def _place_to_cut(text: bytes, quote: str) -> int:
    """Behind the last line break outside of quotes, else behind the last one; 0 without any."""
    last = end = text.rfind(b"\n") + 1
    mark = quote.encode()
    if not quote or mark not in text:
        return end
    inside = text.count(mark, 0, end) % 2
    while inside and end:
        opening = text.rfind(mark, 0, end)
        end = text.rfind(b"\n", 0, opening) + 1
        inside ^= text.count(mark, end, opening + 1) % 2
    return end or last


def _decoded(stream: BinaryIO, encoding: str, size: int) -> Iterator[bytes]:
    """The stream without its byte order mark, in UTF-8 unless it claims to be that already.

    The last piece is empty but for what the decoder had kept back.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    plain = codecs.lookup(encoding).name == "utf-8"
    first, old_ends = True, False
    while True:
        stored = stream.read(size)
        piece = stored if plain else decoder.decode(stored, final=not stored).encode()
        if first:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            old_ends = b"\r" in piece and b"\n" not in piece
            first = False
        yield piece.replace(b"\r", b"\n") if old_ends else piece
        if not stored:
            return
