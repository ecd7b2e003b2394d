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
    """One entry of the journal. `value` is None where none was given.

    `source`: the source whose clock its time is on; empty for the historian's.
    """

    t_ms: int
    alarm_id: str
    tag: str
    message: str
    priority: int
    transition: AlarmTransition
    value: float | None
    limit: str
    operator: str
    source: str = ""
