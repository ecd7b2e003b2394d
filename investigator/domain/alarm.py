"""Entries of the alarm journal (ISA-18.2: annunciated, acknowledged, returned to normal)."""

from dataclasses import dataclass
from enum import StrEnum


class AlarmTransition(StrEnum):
    """What the entry says of the alarm."""

    ANNUNCIATED = "ALM"
    ACKNOWLEDGED = "ACK"
    RETURNED = "RTN"


@dataclass(frozen=True, slots=True)
class AlarmEvent:
    """One entry of the journal, on the historian's clock. `value` is None where none was given."""

    t_ms: int
    alarm_id: str
    tag: str
    message: str
    priority: int
    transition: AlarmTransition
    value: float | None
    limit: str
    operator: str
