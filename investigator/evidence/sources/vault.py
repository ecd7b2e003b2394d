"""The originals, kept byte for byte under the name of their digest.

A copy is written beside its place, forced to the disk, read back, and only then given its name: a
name in the vault always stands for whole and right bytes.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.evidence.sources.content import BLOCK_BYTES, digest_of


def keep(files: Iterable[Path], vault: Path) -> Mapping[str, Path]:
    """Copy every file into the vault and return its place there, keyed by SHA-256.

    A file that the vault holds already is verified and not written again.

    Raises:
        UnusableInput: a file cannot be read, changed while it was copied, or the vault's copy is
            not what its name says.
    """
    vault.mkdir(parents=True, exist_ok=True)
    return dict(_keep_one(file, vault) for file in files)


def _keep_one(file: Path, vault: Path) -> tuple[str, Path]:
    try:
        digest = digest_of(file)
        place = vault / digest
        if not place.exists():
            _copy(file, place, digest)
    except OSError as fault:
        raise UnusableInput(
            file.name, f"cannot be kept ({fault.strerror})", "check rights and space on the disk"
        ) from fault
    if digest_of(place) != digest:
        raise UnusableInput(
            str(place), "does not hold the bytes that its name says", "restore it from a backup"
        )
    return digest, place


def _copy(file: Path, place: Path, digest: str) -> None:
    part = place.with_suffix(".part")
    try:
        with file.open("rb") as source, part.open("wb") as target:
            while block := source.read(BLOCK_BYTES):
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        if digest_of(part) != digest:
            raise UnusableInput(
                file.name, "changed while it was copied", "close the program that writes it"
            )
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
