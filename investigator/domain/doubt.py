"""How grave a doubt about the data is, and what is done with the samples that it speaks of."""

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding asks of a person: critical ones first, minor ones may go together."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Treatment(StrEnum):
    """What the inference does with the samples that a finding speaks of."""

    DROP = "drop"
    WIDEN = "widen"
    IGNORE = "ignore"
