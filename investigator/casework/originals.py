"""The originals of an investigation, kept byte for byte in a vault.

What is kept must be what was read: a file that changed between the two stops the work.
"""

from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence
from investigator.evidence.sources.vault import keep


def keep_originals(folder: Path, evidence: Evidence, vault: Path) -> None:
    """Copy every file of `evidence`, read from `folder`, into the vault.

    Raises:
        UnusableInput: a file cannot be kept, or is no longer the one that was read.
    """
    read = evidence.digests
    kept = keep((folder / file for file in read), vault)
    for file, sha256 in read.items():
        if sha256 not in kept:
            raise UnusableInput(
                file, "changed while it was read", "close the program that writes it"
            )
