"""The approval of a twin as a report carries it: whoever has the report alone can check it.

- It holds the signature of the twin approver as the log holds it, and what was chosen: twin,
  version, digest of the package, and what for.
- Checked alone, it shows who approved exactly that content. That the approval was in force when the
  twin was chosen is told by the log of the workspace only.
"""

from dataclasses import dataclass
from typing import Any

from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.acts.twin import version_named
from investigator.domain.errors import AlteredRecord
from investigator.domain.instant import iso
from investigator.trust.canonical import Canonical, canonical_bytes, from_canonical
from investigator.trust.certificates import certificate_facts
from investigator.trust.keys import signature_verifies
from investigator.trust.policy import Meaning, may_sign
from investigator.trust.signature import Signature, signature_from_record

NAME = "twin-approval.json"
FORMAT = "investigator-twin-approval/1"
_SHA256 = "sha256:"


@dataclass(frozen=True, slots=True)
class CarriedApproval:
    """What a report carries. `entry`: number of the signature in the log; None without approval,
    as is `signature`."""

    twin_id: str
    version: str
    digest: str
    use: TwinUse
    entry: int | None
    signature: Signature | None

    def as_bytes(self) -> bytes:
        """The content of the file that is attached."""
        document: dict[str, Canonical] = {
            "format": FORMAT,
            "twin": self.twin_id,
            "version": self.version,
            "digest": self.digest,
            "use": self.use.value,
            "entry": self.entry,
            "signature": None if self.signature is None else self.signature.as_record(),
        }
        return canonical_bytes(document)

    def faults(self, authority: bytes) -> tuple[str, ...]:
        """What does not agree, in sentences.

        Args:
            authority: certificate of the workspace's authority, DER; empty where none is known.

        Raises:
            AlteredRecord: a certificate cannot be read.
        """
        name = f"The approval of the twin {self.twin_id} {self.version}"
        if self.signature is None:
            decides = self.use is TwinUse.GXP
            return (f"{name} is missing, though decisions rest on it.",) if decides else ()
        wrong = _wrong(self, self.signature, authority)
        return tuple(f"{name}: {words}." for words in wrong)

    def proven(self, *, authority_known: bool) -> tuple[str, ...]:
        """What the agreeing facts show, in sentences."""
        if self.signature is None:
            return ()
        said = self.signature.statement
        who = f"{said.full_name} ({said.user_id}), {said.role}"
        who = who if authority_known else f"in the name of {who}"
        return (
            f"The twin {self.twin_id} {self.version} with the digest {self.digest} was approved, "
            f"{who}, {iso(said.t_ms)}: signed over exactly that content.",
        )


def chosen_with(act: TwinChosen, signature: Signature | None) -> CarriedApproval:
    """The approval that a choice rests on, as its report carries it."""
    return CarriedApproval(act.twin_id, act.version, act.digest, act.use, act.approval, signature)


def carried_from(data: bytes) -> CarriedApproval:
    """The approval that an attached file holds; raises AlteredRecord if it holds none."""
    said: Any = from_canonical(data)
    try:
        if said["format"] != FORMAT:
            raise ValueError(said["format"])
        texts = twin_id, version, digest = said["twin"], said["version"], said["digest"]
        entry, record = said["entry"], said["signature"]
        if not all(isinstance(text, str) for text in texts) or not (
            entry is None or type(entry) is int
        ):
            raise TypeError(texts)
        signature = None if record is None else signature_from_record(record)
        return CarriedApproval(twin_id, version, digest, TwinUse(said["use"]), entry, signature)
    except (KeyError, TypeError, ValueError):
        raise AlteredRecord("The approval of the twin in the file cannot be read.") from None


def _wrong(carried: CarriedApproval, signature: Signature, authority: bytes) -> list[str]:
    said = signature.statement
    holder = certificate_facts(signature.certificate, authority or signature.certificate, said.t_ms)
    message = canonical_bytes(said.as_record())
    about = (version_named(carried.twin_id, carried.version), carried.digest)
    words = (
        (
            signature_verifies(holder.public_key, message, signature.value),
            "the signed statement was altered",
        ),
        (
            (said.object, _SHA256 + said.digest) == about,
            "it was given for another twin, version or content",
        ),
        (
            holder.from_authority or not authority,
            "its certificate is not from the workspace's authority",
        ),
        (
            (said.user_id, said.full_name) == (holder.user_id, holder.full_name),
            "the printed name or id is not that of the certificate",
        ),
        (
            said.meaning is Meaning.TWIN_APPROVED and may_sign(said.role, said.meaning),
            "it is no approval by a twin approver",
        ),
        (holder.within_dates, "its certificate was not valid at the time it states"),
    )
    return [said for holds, said in words if not holds]
