"""The applicability domain of a twin: within which bounds its predictions were shown to hold.

- Each limit names one quantity of the run, its bounds, and the evidence that they come from.
- Leaving the domain does not stop a replay: it is reported with time, variable and distance, and
  what is predicted there is an extrapolation.
"""

from dataclasses import dataclass

from investigator.domain.instant import Span


@dataclass(frozen=True, slots=True)
class DomainLimit:
    """Bounds of one quantity; `scale` is one unit of distance outside (same unit, > 0)."""

    quantity: str
    title: str
    unit: str
    low: float
    high: float
    scale: float
    origin: str


@dataclass(frozen=True, slots=True)
class Excursion:
    """A stretch of a run outside the domain.

    `farthest`: the value farthest out, in the unit of the limit. `distance`: how far beyond the
    nearer bound it lies, in units of the limit's scale.
    """

    limit: DomainLimit
    span: Span
    farthest: float
    distance: float
