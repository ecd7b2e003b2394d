"""Reports small enough to be signed and attacked many times, and who signs them."""

from functools import cache

from investigator.domain.acts.closing import SignatureField
from investigator.report.pages import Heading, PageFrame, lay_out
from investigator.report.paper import facts, para
from investigator.report.signing.fields import PERSONS, SEAL, EmptyField
from investigator.report.signing.mark import Manifestation
from investigator.report.signing.sign import sealed, signed
from investigator.report.signing.signer import PdfSigner
from investigator.trust.certificates import person_certificate, seal_certificate
from investigator.trust.keys import SigningKey, new_signing_key
from investigator.trust.policy import MEANING, Role
from support.trust import T0_MS, Site

ZONE = "Europe/Zurich"
MINUTE = 60_000
TURNS = (
    (SignatureField.AUTHOR, "ann", Role.INVESTIGATOR),
    (SignatureField.REVIEWER, "ben", Role.SUBJECT_MATTER_REVIEWER),
    (SignatureField.APPROVER, "eva", Role.QA_APPROVER),
)
"""Who signs in which field, in this order; the n-th signs n minutes after `T0_MS`."""


def full_name(user_id: str) -> str:
    return f"{user_id.title()} of Testing"


class Signers(Site):
    """An authority that hands out signers of PDFs."""

    def certified(self, user_id: str, key: SigningKey, name: str = "", t_ms: int = T0_MS) -> bytes:
        return person_certificate(
            authority_key=self.key,
            authority=self.certificate,
            user_id=user_id,
            full_name=name or full_name(user_id),
            public_key=key.public(),
            t_ms=t_ms,
        )

    def signer(self, user_id: str, name: str = "") -> PdfSigner:
        key = new_signing_key()
        return PdfSigner(self.certified(user_id, key, name), self.certificate, key.sign)

    def seal(self) -> PdfSigner:
        return self.seal_with_key()[0]

    def seal_with_key(self) -> tuple[PdfSigner, SigningKey]:
        key = new_signing_key()
        certificate = seal_certificate(
            authority_key=self.key,
            authority=self.certificate,
            name="Seal of a test",
            public_key=key.public(),
            t_ms=T0_MS,
        )
        return PdfSigner(certificate, self.certificate, key.sign), key


@cache
def unsigned(*names: str) -> bytes:
    """A report of one page with the fields of these names, empty."""
    frame = PageFrame("for signature", "DEV-1", "B1", "Deviation Investigator 0", "Report DEV-1")
    rows = [(name, EmptyField(name, "not signed")) for name in names or PERSONS]
    return lay_out([Heading("14 Approvals"), para("Released: no."), facts(rows, 28)], frame)


def manifestation(turn: int, **other: object) -> Manifestation:
    """What the signer of this turn says."""
    field, user_id, role = TURNS[turn]
    values = {
        "full_name": full_name(user_id),
        "user_id": user_id,
        "role": role,
        "meaning": MEANING[field],
        "t_ms": T0_MS + (turn + 1) * MINUTE,
        "zone": ZONE,
    }
    return Manifestation(**{**values, **other})  # type: ignore[arg-type]


def signed_in_turn(site: Signers, turn: int, pdf: bytes) -> bytes:
    field, user_id, _ = TURNS[turn]
    return signed(pdf, field=field, signer=site.signer(user_id), manifestation=manifestation(turn))


@cache
def three() -> tuple[Signers, tuple[bytes, ...]]:
    """A report's four revisions, from unsigned to signed by three, and the authority behind."""
    site = Signers()
    revisions = [unsigned()]
    for turn in range(len(TURNS)):
        revisions.append(signed_in_turn(site, turn, revisions[-1]))
    return site, tuple(revisions)


@cache
def one_sealed() -> tuple[Signers, bytes]:
    """A sealed report, and the authority behind."""
    site = Signers()
    pdf = sealed(unsigned(SEAL), signer=site.seal(), t_ms=T0_MS + MINUTE, zone=ZONE)
    return site, pdf
