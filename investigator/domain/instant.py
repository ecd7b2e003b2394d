"""Instants and spans on one clock.

- An instant is a whole number of milliseconds since 1970-01-01T00:00:00Z (`t_ms`): exact, sortable,
  free of zones. Unless a name says otherwise it is on the historian's clock.
- Zones appear only where text is read or written.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_datetime(moment: datetime) -> int:
    """Milliseconds since the epoch of a zoned `moment`; a naive one raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a time without zone cannot be placed")
    return (moment - EPOCH) // timedelta(milliseconds=1)


def to_datetime(t_ms: int, zone: str = "UTC") -> datetime:
    """The instant as a `datetime` in the named IANA `zone`."""
    return (EPOCH + timedelta(milliseconds=int(t_ms))).astimezone(ZoneInfo(zone))


def iso(t_ms: int, zone: str = "UTC") -> str:
    """ISO 8601 with offset, to the second, in the named IANA `zone`."""
    return to_datetime(t_ms, zone).isoformat(timespec="seconds")


def known_zone(zone: str) -> bool:
    """Whether this is the name of an IANA zone."""
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return bool(zone)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of time [start_ms, end_ms)."""

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if self.end_ms < self.start_ms:
            raise ValueError(
                f"a span cannot end ({self.end_ms}) before it starts ({self.start_ms})"
            )

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return (self.end_ms - self.start_ms) / 1000.0

    def contains(self, t_ms: int) -> bool:
        """Whether the instant lies inside."""
        return self.start_ms <= t_ms < self.end_ms

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share any time."""
        return self.start_ms < other.end_ms and other.start_ms < self.end_ms

    def shifted(self, by_ms: int) -> "Span":
        """The same span `by_ms` later."""
        return Span(self.start_ms + by_ms, self.end_ms + by_ms)
