"""What a twin makes of the recorded inputs of a run, and how far that may be believed.

- The comparison with set-points says whether a run was normal; this says what the run, as it was
  driven, must have made: signals, quality over time, and quality of every container.
- Where inputs were missing or in doubt, or the run left the domain of the twin, bands are wider and
  the stretches are named.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from investigator.domain.applicability import DomainLimit, Excursion
from investigator.domain.instant import Span
from investigator.domain.panel import Curve


class Shortcoming(StrEnum):
    """What a signal lacks in a stretch of time."""

    MISSING = "not recorded"
    DOUBTFUL = "in doubt"
    BRIDGED = "not recorded, bridged"


@dataclass(frozen=True, slots=True)
class QualityStretch:
    """A stretch in which a signal is not as good as it should be.

    `tag`: of the historian. `signals`: titles of the channels that are measured by it. `BRIDGED` is
    what drives the twin; its band is wider for it.
    """

    tag: str
    signals: tuple[str, ...]
    shortcoming: Shortcoming
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class ReplayedCourse:
    """A signal or quality attribute as the twin replays it from the recorded inputs.

    `attribute`: its id in the list of specifications; empty for a signal. `t_ms`, `middle` and the
    limits of its 50 and 95 % bands are of shape (n,), NaN where the line made nothing; the band of
    a signal is for its reading, that of an attribute for the product. `measured`: the signal, or
    the means that the laboratory reports, at the middle of each container; None without any.
    `in_process`: samples taken at the press. `limits` of the specification.
    """

    attribute: str
    title: str
    unit: str
    t_ms: NDArray[np.int64]
    middle: NDArray[np.float64]
    low50: NDArray[np.float64]
    high50: NDArray[np.float64]
    low95: NDArray[np.float64]
    high95: NDArray[np.float64]
    measured: Curve | None = None
    in_process: Curve | None = None
    limits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplayedContainer:
    """One attribute of one container, replayed without its laboratory result.

    `low95` to `high95`: where the mean that the laboratory reports should lie. `measured`: that
    mean, None where there is none. `extrapolated`: whether any of the container was made outside
    the domain of the twin.
    """

    container_id: str
    attribute: str
    unit: str
    predicted: float
    low95: float
    high95: float
    measured: float | None
    extrapolated: bool

    @property
    def inside(self) -> bool | None:
        """Whether the reported mean lies in the interval; None without one."""
        return None if self.measured is None else self.low95 <= self.measured <= self.high95


@dataclass(frozen=True, slots=True)
class Replayed:
    """A run replayed from its recorded inputs.

    `limits`: those of the domain that the run was held against. `excursions`: where it left them.
    `courses`: attributes first, then signals, those that lie outside their band most above.
    """

    limits: tuple[DomainLimit, ...]
    excursions: tuple[Excursion, ...]
    quality: tuple[QualityStretch, ...]
    courses: tuple[ReplayedCourse, ...]
    containers: tuple[ReplayedContainer, ...]
    assumptions: tuple[str, ...]
