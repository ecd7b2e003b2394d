"""What a signature in the report says: to people in its stamp, to programs in its dictionary.

- Printed name, user id, role, meaning, local time with zone, and UTC (21 CFR 11.50).
- A seal names a workspace and no person, and says that nobody reviewed the report.
- Local time is printed as it was written, also where the rules of a zone have changed since.
- The words of a stamp are part of the form of a signed report: verification expects exactly them,
  so a later wording is added beside this one and never replaces it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from investigator.trust.policy import Meaning, Role

SEALED = "sealed unattended: reviewed and signed by nobody"
_AS = " as "


@dataclass(frozen=True, slots=True)
class Manifestation:
    """What a person's signature says.

    `t_ms`: when, from the one clock; a PDF keeps whole seconds. `zone`: IANA name of the site's
    zone, in which the local time is printed.
    """

    full_name: str
    user_id: str
    role: Role
    meaning: Meaning
    t_ms: int
    zone: str

    @property
    def reason(self) -> str:
        """Meaning and role in one line, such as `approved as QA approver`."""
        return f"{self.meaning}{_AS}{self.role}"

    def lines(self, local: datetime) -> tuple[tuple[str, str], ...]:
        """The lines of the stamp, label and value; `local` is the time in the zone."""
        return (
            ("Signed by", f"{self.full_name} ({self.user_id})"),
            ("Role", self.role),
            ("Meaning", self.meaning),
            *_times(local, self.zone),
        )


@dataclass(frozen=True, slots=True)
class SealMark:
    """What a workspace's seal says; `full_name` is the name in its certificate."""

    full_name: str
    t_ms: int
    zone: str
    user_id: str = ""

    @property
    def reason(self) -> str:
        """That no person stands behind it."""
        return SEALED

    def lines(self, local: datetime) -> tuple[tuple[str, str], ...]:
        """The lines of the stamp, label and value; `local` is the time in the zone."""
        return (
            ("Sealed by", self.full_name),
            ("Meaning", SEALED),
            *_times(local, self.zone),
        )


Mark = Manifestation | SealMark


def mark_from(*, full_name: str, user_id: str, reason: str, t_ms: int, zone: str) -> Mark:
    """The mark that these entries of a signature dictionary stand for.

    Raises:
        ValueError: they are not those of a mark of ours.
    """
    if reason == SEALED:
        return SealMark(full_name, t_ms, zone, user_id)
    meaning, found, role = reason.partition(_AS)
    if not found:
        raise ValueError(reason)
    return Manifestation(full_name, user_id, Role(role), Meaning(meaning), t_ms, zone)


def _times(local: datetime, zone: str) -> tuple[tuple[str, str], ...]:
    utc = local.astimezone(UTC)
    return (
        ("Local time", f"{local.isoformat(sep=' ', timespec='seconds')} ({zone})"),
        ("UTC", f"{utc:%Y-%m-%d %H:%M:%S} UTC"),
    )
