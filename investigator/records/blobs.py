"""Originals and results as bytes, each under the name of its digest.

- Bytes are stored before the entry that names them, so that an entry never names what is not there.
- What is read is compared with its name each time; other bytes are never handed out.
- The same bytes are stored once.
"""

from collections.abc import Iterator
from pathlib import Path

from investigator.domain.errors import AlteredRecord, UnusableInput, UnusableRequest
from investigator.records.durable import write_durably
from investigator.trust.digest import digest_of_bytes, digest_of_file, is_digest


class Blobs:
    """The stored bytes of a workspace, in its folder `blobs`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        """Store bytes durably and return their digest.

        Raises:
            UnusableRequest: the disk refuses it.
        """
        digest = digest_of_bytes(data)
        place = self.place(digest)
        try:
            if not place.exists() or digest_of_file(place) != digest:
                place.parent.mkdir(parents=True, exist_ok=True)
                write_durably(place, data)
        except OSError as fault:
            raise UnusableRequest(f"The bytes cannot be stored ({fault.strerror}).") from None
        return digest

    def keep_file(self, file: Path) -> str:
        """Store a file's bytes durably and return their digest.

        Raises:
            UnusableInput: the file cannot be read.
        """
        try:
            data = file.read_bytes()
        except OSError as fault:
            raise UnusableInput(
                file.name, f"cannot be read ({fault.strerror})", "check the path and its rights"
            ) from None
        return self.keep(data)

    def read(self, digest: str) -> bytes:
        """The bytes of this digest.

        Raises:
            AlteredRecord: they are missing, or no longer what they were.
        """
        try:
            data = self.place(digest).read_bytes()
        except OSError:
            raise AlteredRecord(f"The stored bytes {digest} are missing.") from None
        if digest_of_bytes(data) != digest:
            raise AlteredRecord(f"The stored bytes {digest} were changed.")
        return data

    def holds(self, digest: str) -> bool:
        """Whether bytes lie under this name; they are compared only when read."""
        return self.place(digest).is_file()

    def place(self, digest: str) -> Path:
        """Where bytes of this digest lie."""
        if not is_digest(digest):
            raise UnusableRequest(f'"{digest}" is no SHA-256 digest of stored bytes.')
        return self._folder / digest[:2] / digest

    def names(self) -> Iterator[str]:
        """Names of all files in the store, in order; also of what does not belong there."""
        if self._folder.is_dir():
            for path in sorted(self._folder.rglob("*")):
                if path.is_file():
                    yield path.name
