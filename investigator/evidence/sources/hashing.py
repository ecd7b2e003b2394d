"""The digest of a file as it lies, made in a thread while the file is being parsed.

Hashing and parsing read the file each for itself; a file that changes between the two is refused,
so the digest is always that of the bytes that were parsed.
"""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from investigator.domain.errors import UnusableInput


@contextmanager
def hashing(path: Path, file: str) -> Iterator[Callable[[], str]]:
    """Hash a file beside the work of the `with` block.

    Gives a function that waits for the SHA-256 in hexadecimal; called when all has been read.

    Args:
        path: where the file lies.
        file: its name as the person knows it.

    Raises:
        UnusableInput: when called, if the file cannot be read or was changed since the beginning.
    """
    before = _state(path, file)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(_digest, path, file)

        def digest() -> str:
            found = coming.result()
            if _state(path, file) != before:
                raise UnusableInput(
                    file, "changed while it was read", "close the program that writes it"
                )
            return found

        yield digest


def _digest(path: Path, file: str) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as fault:
        raise _unreadable(file, fault) from fault


def _state(path: Path, file: str) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError as fault:
        raise _unreadable(file, fault) from fault
    return found.st_ino, found.st_size, found.st_mtime_ns


def _unreadable(file: str, fault: OSError) -> UnusableInput:
    return UnusableInput(
        file, f"cannot be opened ({fault.strerror})", "check that it is there and readable"
    )
