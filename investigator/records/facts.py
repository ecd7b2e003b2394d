"""What a verification found: separate facts, and what they prove in words.

Nothing here says "valid". It says what was compared with what, what did not agree and where, and
what no comparison can show.
"""

from dataclasses import dataclass
from enum import StrEnum

from investigator.trust.signature import SignatureFacts


class FaultKind(StrEnum):
    """What kind of thing does not agree."""

    DATABASE = "database"
    ENTRY = "entry"
    ORDER = "order"
    CHAIN = "chain"
    CHECKPOINT = "checkpoint"
    TAIL = "tail"
    BLOB = "stored bytes"
    SIGNATURE = "signature"
    ACCOUNT = "account"
    CREDENTIALS = "credentials"
    SEARCH = "search table"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not agree: its kind, where it is, and a sentence."""

    kind: FaultKind
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """The facts about the signature that an entry holds."""

    sequence: int
    object: str
    facts: SignatureFacts


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    """What is true of a workspace.

    `origin`: the log's name. `entries`: how many it holds. `root`: Merkle root over them,
    hexadecimal. `checkpoints`: how many of the database were signed and agree. `outside`: how many
    of those handed in agree. `key_handed_in`: the log's public key was known from elsewhere.
    `blobs`: how many stored files that entries name were read and agree. `signatures`: the facts
    of each. `remarks`: what is no fault and yet to be known. `faults`: everything that does not
    agree.
    """

    origin: str
    entries: int
    root: str
    checkpoints: int
    outside: int
    key_handed_in: bool
    blobs: int
    signatures: tuple[SignedEntry, ...]
    remarks: tuple[str, ...]
    faults: tuple[Fault, ...]

    def proven(self) -> tuple[str, ...]:
        """What the agreeing facts show, in sentences; where there are faults, nothing."""
        if self.faults:
            return ()
        said = [
            f"All {self.entries} entries are as they were written, in their order, none missing "
            f"before the last checkpoint; the root is {self.root}.",
            f"Checkpoints of the log {self.origin} that are signed and agree: {self.checkpoints}.",
            f"Stored files that are byte for byte what the log names: {self.blobs}, all of them.",
            f"Signatures that are intact and were in force when given: {len(self.signatures)}, all "
            "of them.",
        ]
        if self.outside:
            said.append(
                "Checkpoints kept elsewhere that agree, so that no history was swapped: "
                f"{self.outside}."
            )
        return tuple(said)

    def not_proven(self) -> tuple[str, ...]:
        """What cannot be shown with what was at hand, in sentences."""
        said = ["That nothing happened that was never recorded cannot be shown by any log."]
        if not self.key_handed_in:
            said.append(
                "The log's key was taken from the workspace itself: that this is the workspace it "
                "says it is was not shown. Hand in its public key."
            )
        if not self.outside:
            said.append(
                "No checkpoint from elsewhere was handed in: an older copy of the whole folder, or "
                "a history written anew by whoever holds the log's key, would not be noticed."
            )
        return tuple(said)
