"""Where the product of another batch is: it decides how urgent a decision on it is."""

from enum import StrEnum


class DistributionStatus(StrEnum):
    """Where a batch is."""

    UNKNOWN = "not known"
    IN_PROCESS = "in process"
    QUARANTINED = "in quarantine"
    RELEASED = "released on site"
    DISTRIBUTED = "distributed"
    REJECTED = "rejected"


ON_THE_MARKET = frozenset({DistributionStatus.RELEASED, DistributionStatus.DISTRIBUTED})
"""States in which a patient may be reached: a recall or a hold is to be considered."""
