"""Material followed through the line, forward to the press outlet and backward to the feeders.

- Shares are of the material at a place and time: 1 means that all of it is marked.
- Every statement carries the uncertainty of the residence times: lower, central and upper.
"""

from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.instant import Span
from investigator.domain.panel import Curve


@dataclass(frozen=True, slots=True)
class StageCourse:
    """The share of disturbed material behind one unit over time, in the order of the flow.

    `low` and `high`: 2.5 % and 97.5 % of the draws of the residence times.
    """

    stage: str
    central: Curve
    low: Curve
    high: Curve


@dataclass(frozen=True, slots=True)
class TracedInterval:
    """When disturbed material leaves the press.

    `surely`: in 97.5 % of the draws, None where no instant is. `central`: in half of them.
    `possibly`: in 2.5 % of them, the conservative one.
    """

    surely: Span | None
    central: Span | None
    possibly: Span


class OriginKind(StrEnum):
    """What material is traced back to."""

    LOT = "lot"
    FEEDING = "time of feeding"


@dataclass(frozen=True, slots=True)
class Origin:
    """A lot, or a time of feeding, and its share in what is traced back: central, 95 % interval.

    `material`: of a lot, of which its share is; shares of the lots of one material sum to 1.
    `fed`: of a time of feeding, when that was; None for a lot, for what was in the line before the
    record, and in results that were stored before.
    """

    kind: OriginKind
    name: str
    share: float
    low95: float
    high95: float
    material: str = ""
    fed: Span | None = None


@dataclass(frozen=True, slots=True)
class ContainerOrigin:
    """What a container came from. `fed`: when 95 % of its material entered the line."""

    container_id: str
    fed: Span
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """The disturbance traced to the press outlet, and the containers traced back.

    `draws`: of the parameters of the residence times.
    """

    stages: tuple[StageCourse, ...]
    interval: TracedInterval | None
    origins: tuple[ContainerOrigin, ...]
    draws: int
