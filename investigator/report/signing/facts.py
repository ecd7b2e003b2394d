"""What a verification of a report's PDF found: separate facts, and what they prove in words.

Nothing here says "valid". It says what was compared with what, what did not agree and where, and
what no comparison of the file alone can show.
"""

from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.instant import iso
from investigator.report.signing.fields import SEAL


class LaterChanges(StrEnum):
    """What the file holds beyond what a signature covers."""

    NONE = "nothing"
    FIELDS = "fields that were filled"
    OTHER = "other changes"


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """What is true of one signature, or of the seal; each field answers one question.

    `full_name`, `user_id`: in the certificate; a seal has no user id. `role`, `meaning`, `t_ms`,
    `zone`: as the signature says.
    `intact`: the bytes that it covers are those that were signed.
    `valid`: the value is that of the certificate's key.
    `exact`: its container holds nothing but what was signed.
    `from_authority`: the authority issued the certificate.
    `fit`: the certificate may be used to sign.
    `within_dates`: it was within its dates at the time of signing.
    `holder_fits`: a person's certificate stands in a person's field, a seal's in the seal's.
    `names_agree`: the signature says the name and id of the certificate.
    `meaning_fits`: the meaning is that of the field, and the role may give it.
    `stamp_agrees`: the visible stamp says exactly what the signature says.
    `limits_fit`: it allows the changes that this field allows, and no others.
    `later`: what was added to the file after it. `later_allowed`: its limits allow that.
    """

    full_name: str
    user_id: str
    role: str
    meaning: str
    t_ms: int
    zone: str
    intact: bool
    valid: bool
    exact: bool
    from_authority: bool
    fit: bool
    within_dates: bool
    holder_fits: bool
    names_agree: bool
    meaning_fits: bool
    stamp_agrees: bool
    limits_fit: bool
    later: LaterChanges
    later_allowed: bool

    def faults(self) -> tuple[str, ...]:
        """What is wrong, in words; empty when every fact is as it should be."""
        words = (
            (self.intact, "the bytes it covers are not those that were signed"),
            (self.valid, "its value is not that of the certificate's key"),
            (self.exact, "its container holds something that nobody signed"),
            (self.from_authority, "its certificate is not from the authority"),
            (self.fit or not self.from_authority, "its certificate may not be used to sign"),
            (self.within_dates, "its certificate was not valid at the time it states"),
            (self.holder_fits, "its certificate is not of the kind that this field takes"),
            (self.names_agree, "the name or id that it states is not that of the certificate"),
            (self.meaning_fits, "its meaning or role does not belong to this field"),
            (self.stamp_agrees, "the visible stamp does not say what the signature says"),
            (self.limits_fit, "it does not limit later changes as this field must"),
            (self.later_allowed, f"after it {self.later} came into the file, which it forbids"),
        )
        return tuple(word for holds, word in words if not holds)


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field of the report; `signature` is None where it is empty or cannot be read."""

    field: str
    filled: bool
    signature: PdfSignature | None

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the signature in it, each with the field's name."""
        if not self.filled:
            return ()
        if self.signature is None:
            return (f"{self.field}: the signature, or what came after it, cannot be read.",)
        return tuple(f"{self.field}: {word}." for word in self.signature.faults())


@dataclass(frozen=True, slots=True)
class SignedPdfFacts:
    """What is true of a report's PDF.

    `digest`: SHA-256 of the file. `issued`: of the report as it was before its first signature.
    `authority`: name and SHA-256 fingerprint of the authority, as printed; empty where no signature
    names one. `authority_handed_in`: it was known from elsewhere.
    `fields`: those that a report has, in the order of signing. `missing`, `extra`: names of fields
    that should be there and are not, or are there and should not be.
    `in_order`: the signatures were added one by one in the order of the fields, at rising times,
    with no other revision between. `different_people`: nobody signed twice.
    `uncovered`: how many bytes stand behind the last signature's end; negative where some lack.
    `known`: how many revisions are on record; `revision`: which of them, from 1, this file is.
    `unreadable`: why nothing could be read, as a sentence; empty where it could.
    `twin_faults`: what does not agree in the approval of the twin that it carries, in sentences.
    `twin_proven`: what it shows. Both are empty where it carries none.
    """

    digest: str
    issued: str
    authority: str
    authority_handed_in: bool
    fields: tuple[FieldFacts, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    in_order: bool
    different_people: bool
    uncovered: int
    known: int
    revision: int | None
    unreadable: str = ""
    twin_faults: tuple[str, ...] = ()
    twin_proven: tuple[str, ...] = ()

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Names of the fields that are empty."""
        return tuple(field.field for field in self.fields if not field.filled)

    @property
    def sealed_only(self) -> bool:
        """Whether it is a report of an unattended run, which takes a seal and no signature."""
        return [field.field for field in self.fields] == [SEAL]

    def alterations(self) -> tuple[str, ...]:
        """What does not agree, in sentences; that a field is still empty is none of it."""
        if self.unreadable:
            return (self.unreadable,)
        return (
            *(f'The field "{name}" is missing.' for name in self.missing),
            *(f'The field "{name}" was added: no report has it.' for name in self.extra),
            *(fault for field in self.fields for fault in field.faults()),
            *self._faults_of_file(),
            *self.twin_faults,
        )

    def faults(self) -> tuple[str, ...]:
        """All that keeps the report from being proven, in sentences."""
        act = "sealed" if self.sealed_only else "signed"
        return (
            *self.alterations(),
            *(f"{name}: not {act}, or what was {act} there was cut off." for name in self.unsigned),
        )

    def proven(self) -> tuple[str, ...]:
        """What the agreeing facts show, in sentences; where there are faults, nothing."""
        if self.faults():
            return ()
        said = [
            *(self._says(field.field, field.signature) for field in self.fields if field.signature),
            "Every byte of the file is covered: nothing was changed, added or removed since the "
            "last signature, and before it nothing but the fields was filled.",
            "Each visible stamp says what its signature says.",
            *self.twin_proven,
        ]
        if self.authority_handed_in:
            said.append(f"The certificates are from the authority handed in, {self.authority}.")
        if self.known:
            said.append(f"The file is the last of {self.known} revisions on record.")
        return tuple(said)

    def not_proven(self) -> tuple[str, ...]:
        """What cannot be shown with what was at hand, in sentences."""
        said = ["The times are those of the signer's clock; no outside time stamp confirms them."]
        if self.sealed_only:
            said.append("No person has reviewed or signed this report; a seal stands for nobody.")
        if not self.authority_handed_in:
            said.append(_not_pinned(self.authority))
        if self.twin_proven and not self.known:
            said.append(
                "That the approval of the twin was in force when it was chosen is told by the log "
                "of the workspace only."
            )
        if not self.known:
            said.append(
                "Nothing from the log of the workspace was handed in: that this is the report as "
                "issued, that its signers held their roles, and that nothing was signed or voided "
                "since, was not shown."
            )
        return tuple(said)

    def _says(self, field: str, signature: PdfSignature) -> str:
        who = signature.full_name
        if signature.user_id:
            who = f"{who} ({signature.user_id}), {signature.role}"
        if not self.authority_handed_in:
            who = f"in the name of {who}"
        return f"{field}: {signature.meaning}, {who}, {iso(signature.t_ms)}."

    def _faults_of_file(self) -> tuple[str, ...]:
        order = "The signatures were not added one by one in the order of the fields."
        words = (
            (self.in_order, order),
            (self.different_people, "One person signed in more than one field."),
            (not self.uncovered, _beyond(self.uncovered)),
            (not self.known or self.revision == self.known, self._which_revision()),
        )
        return tuple(word for holds, word in words if not holds)

    def _which_revision(self) -> str:
        if self.revision is None:
            return f"The file is none of the {self.known} revisions on record."
        return (
            f"The file is revision {self.revision} of {self.known} on record: what was signed "
            "after it was cut off."
        )


def _beyond(uncovered: int) -> str:
    if uncovered < 0:
        return f"The file ends {-uncovered} bytes before the end of its last signature."
    return f"Behind the end of the last signature {uncovered} bytes were added."


def _not_pinned(authority: str) -> str:
    if not authority:
        return "No certificate of an authority was handed in, and the file holds none."
    return (
        f"The authority, {authority}, was taken from the file itself: whose authority it is was "
        "not shown. Hand in the certificate of the workspace."
    )
