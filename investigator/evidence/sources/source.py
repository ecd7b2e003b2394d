"""Where the bytes of evidence come from: a file, or one file inside an archive, always unpacked.

- gzip is told by its magic and unpacked, also inside a zip; a zip gives one source a file in it.
- Nothing is ever written under a name that an archive states, so such a name can do no harm.
- What unpacks to far more than any export would is refused while it is read, before it fills memory
  or time: packed data are never trusted about their own size.
- A damaged, cut or encrypted archive is refused in one sentence.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from investigator.domain.errors import UnusableInput

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
WORKBOOK_PART = "[Content_Types].xml"
"""The part that tells a workbook, which is a zip too, from an archive of files."""

HEAD_BYTES = 1 << 18
WHOLE_LIMIT = 1 << 30
"""The most that is taken into memory at once: documents, workbooks, records; bulk is streamed."""

MEMBER_LIMIT = 10_000
UNPACKED_LIMIT = 1 << 36
RATIO_LIMIT = 400
"""Deflate reaches 1,032 on nothing but zeros. Exports of a line in motion unpack to some 10 times
their size, but wide ones of a line at a standstill, 200 to 600 tags all constant or all but one,
to 120 to 420 times: a lower limit would refuse more of these.
"""

RATIO_FROM = 1 << 26
"""From how many unpacked bytes on the ratio is looked at."""

BUFFER_BYTES = 1 << 17
PIECE_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Source:
    """One file of evidence, or one member of an archive.

    Attributes:
        path: where it lies.
        file: its name as the person knows it, e.g. its path inside the folder.
        member: name inside the archive; empty where the file is none.
        size_bytes: size of the file (of the whole archive) as it lies.
    """

    path: Path
    file: str
    member: str = ""
    size_bytes: int = 0

    @property
    def name(self) -> str:
        """`file`, or `file!member`, for every sentence about it."""
        return f"{self.file}!{self.member}" if self.member else self.file

    def open(self) -> BinaryIO:
        """The unpacked bytes as a stream; whoever opens it closes it.

        Raises:
            UnusableInput: it cannot be opened; while reading, when it is damaged or a bomb.
        """
        with _said(self.name):
            stored = self.path.open("rb")
            try:
                return self._unpacked(stored)
            except BaseException:
                stored.close()
                raise

    def _unpacked(self, stored: BinaryIO) -> BinaryIO:
        inner = stored
        if self.member:
            archive = zipfile.ZipFile(stored)
            inner = cast(BinaryIO, archive.open(self.member))
        if _begins_as_gzip(inner):
            inner = cast(BinaryIO, gzip.GzipFile(fileobj=inner))
        elif not self.member:
            return stored
        guarded = _Guarded(inner, stored, self.name)
        return cast(BinaryIO, io.BufferedReader(guarded, BUFFER_BYTES))

    def head(self, n: int = HEAD_BYTES) -> bytes:
        """The first `n` unpacked bytes, fewer where there are no more."""
        with _said(self.name), self.open() as stream:
            return stream.read(n)

    def whole(self, limit: int = WHOLE_LIMIT) -> bytes:
        """All unpacked bytes; UnusableInput when there are more than `limit`."""
        with _said(self.name), self.open() as stream:
            content = _read(stream, limit + 1)
        if len(content) > limit:
            raise UnusableInput(
                self.name,
                f"holds more than {limit >> 20} MB, which is too much for this kind of file",
                "export a shorter time or fewer columns",
            )
        return content

    @property
    def packed(self) -> bool:
        """Whether the bytes are unpacked on the way: a member, or gzip by its magic."""
        if self.member:
            return True
        with _said(self.name), self.path.open("rb") as stored:
            return stored.read(2) == GZIP_MAGIC


def _read(stream: BinaryIO, n: int) -> bytes:
    """At most `n` bytes, piece by piece: asked for at once, room for all `n` would be taken."""
    pieces = []
    while n > 0 and (piece := stream.read(min(n, PIECE_BYTES))):
        pieces.append(piece)
        n -= len(piece)
    return b"".join(pieces)


def sources_of(path: Path, file: str) -> tuple[Source, ...]:
    """The sources that a file holds: itself, or every file of a zip in the archive's order.

    Folders and hidden files of an archive are left out. A workbook is one source.

    Args:
        path: where the file lies.
        file: its name as the person knows it.

    Raises:
        UnusableInput: it cannot be opened, or the archive is damaged, encrypted, empty or a bomb.
    """
    with _said(file):
        size = path.stat().st_size
        with path.open("rb") as stored:
            if stored.read(len(ZIP_MAGIC)) != ZIP_MAGIC:
                return (Source(path, file, "", size),)
            with zipfile.ZipFile(stored) as archive:
                listed = archive.infolist()
    if any(info.filename == WORKBOOK_PART for info in listed):
        return (Source(path, file, "", size),)
    members = [info for info in listed if not info.is_dir() and not _hidden(info.filename)]
    _refuse_archive(members, file, size)
    return tuple(Source(path, file, info.filename, size) for info in members)


def _hidden(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return parts[-1].startswith(".") or "__MACOSX" in parts


def _refuse_archive(members: list[zipfile.ZipInfo], file: str, size: int) -> None:
    names = {info.filename for info in members}
    wrong = ""
    if not members:
        wrong = "is an archive without files"
    elif len(members) > MEMBER_LIMIT:
        wrong = f"is an archive of more than {MEMBER_LIMIT:,} files"
    elif len(names) < len(members):
        wrong = "is an archive that holds two files of the same name"
    elif any(info.flag_bits & 1 for info in members):
        wrong = "is an encrypted archive"
    elif sum(info.compress_size for info in members) > size:
        wrong = "is a damaged archive (its files overlap)"
    elif sum(info.file_size for info in members) > UNPACKED_LIMIT:
        wrong = f"unpacks to more than {UNPACKED_LIMIT >> 30} GB"
    if wrong:
        raise UnusableInput(file, wrong, "unpack it and hand in its files")


def _begins_as_gzip(stream: BinaryIO) -> bool:
    begin = stream.read(len(GZIP_MAGIC))
    stream.seek(0)
    return begin == GZIP_MAGIC


@contextmanager
def _said(name: str) -> Iterator[None]:
    """Turn what the operating system and the unpackers raise into one sentence."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise UnusableInput(
            name, f"the packed data are damaged or cut short ({fault})", "copy or export it again"
        ) from fault
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError) as fault:
        raise UnusableInput(
            name, f"the archive cannot be unpacked ({fault})", "unpack it and hand in its files"
        ) from fault
    except OSError as fault:
        raise UnusableInput(
            name,
            f"cannot be opened ({fault.strerror or fault})",
            "check that it is there and readable",
        ) from fault


class _Guarded(io.RawIOBase):
    """An unpacking stream that ends in a sentence where the data are damaged or a bomb."""

    def __init__(self, inner: BinaryIO, stored: BinaryIO, name: str) -> None:
        self._inner, self._stored, self._name = inner, stored, name
        self._begin, self._given = stored.tell(), 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any, /) -> int:
        view = memoryview(target).cast("B")
        with _said(self._name):
            block = self._inner.read(len(view))
        self._given += len(block)
        packed = self._stored.tell() - self._begin
        if self._given > min(max(packed * RATIO_LIMIT, RATIO_FROM), UNPACKED_LIMIT):
            raise UnusableInput(
                self._name,
                f"unpacks to more than {RATIO_LIMIT} times its size, as no export does",
                "hand in the file as the historian wrote it",
            )
        view[: len(block)] = block
        return len(block)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._stored.close()
        super().close()
