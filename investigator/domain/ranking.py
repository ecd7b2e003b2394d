"""Hypotheses and how well each stands up to the evidence."""

from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.instant import Span

NONE_OF_THESE = "none of these (a cause that is on no list)"
NO_CAUSE = "no assignable cause"
WORTH_SAYING = 0.02
"""Contradictions and the interval of the onset are worked out from this probability on."""


class CauseCategory(StrEnum):
    """The six branches of the Ishikawa diagram."""

    PEOPLE = "people"
    METHOD = "method"
    MACHINE = "machine"
    MATERIAL = "material"
    MEASUREMENT = "measurement"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its central 95 % interval, in the unit that goes with it."""

    mean: float
    lo95: float
    hi95: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A channel that speaks against a hypothesis: predicted, measured, and by how many sigma."""

    channel: str
    span: Span
    predicted: float
    measured: float
    unit: str
    sigma: float


@dataclass(frozen=True, slots=True)
class HypothesisAssessment:
    """One failure mode fitted to the evidence through the twin.

    Attributes:
        cause: id of the failure mode.
        title: its name in words.
        category: branch of the Ishikawa diagram.
        probability: posterior probability that this cause was at work.
        onset, end: best estimates; None when it was refuted without a fit.
        onset_interval: central 95 % interval of the onset.
        magnitude: size with its interval, in `magnitude_unit`.
        log_bayes_factor: natural log of marginal likelihood over that of "no assignable cause".
        why: one sentence, with numbers.
        supports: channels that it explains, best first, in words.
        contradictions: channels that it leaves unexplained or makes worse, worst first; worked out
            from `WORTH_SAYING` on.
        confirm_by: what would confirm it on site.
    """

    cause: str
    title: str
    category: CauseCategory
    probability: float
    onset_ms: int | None
    end_ms: int | None
    onset_interval: Span | None
    magnitude: Interval | None
    magnitude_unit: str
    log_bayes_factor: float
    why: str
    supports: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    confirm_by: str


@dataclass(frozen=True, slots=True)
class NextCheck:
    """A further measurement or check, with what it would separate and how much it would tell."""

    check: str
    separates: tuple[str, ...]
    expected_information_bits: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The outcome of diagnosis. `hypotheses` are in order of falling probability."""

    hypotheses: tuple[HypothesisAssessment, ...]
    none_of_the_above: float
    no_deviation: float
    indistinguishable: tuple[tuple[str, ...], ...]
    next_checks: tuple[NextCheck, ...]
