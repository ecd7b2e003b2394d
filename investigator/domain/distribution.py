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


def where_in_words(status: DistributionStatus) -> str:
    """Where a batch is; what is not known is told as open, the same on console and paper."""
    return f"{status} (open)" if status is DistributionStatus.UNKNOWN else status.value


ON_THE_MARKET = frozenset({DistributionStatus.RELEASED, DistributionStatus.DISTRIBUTED})
"""States in which a patient may be reached: a recall or a hold is to be considered."""
