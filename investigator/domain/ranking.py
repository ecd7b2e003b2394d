"""Hypotheses and how well each stands up to the evidence."""

from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.alarm_evidence import ExpectedAlarm, OperatorAction
from investigator.domain.instant import Span

NONE_OF_THESE = "none of these (a cause that is on no list)"
NO_CAUSE = "no assignable cause"
WORTH_SAYING = 0.02
"""Contradictions and the intervals of onset, end and duration are worked out from this probability
on, and the intervals of sizes in full."""
ALIKE_SIGMA = 2.5
"""Two hypotheses whose predictions lie no farther apart cannot be told apart: data of one would
prefer it to the other by a factor of exp(2.5^2 / 2) = 23 on average, where "strong" begins at 20
(Kass and Raftery 1995, J. Am. Stat. Assoc. 90, 773-795)."""


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
class NamedSize:
    """One of the sizes of a hypothesis: its name, unit (`-`: a pure number) and estimate."""

    name: str
    unit: str
    size: Interval


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
class Elimination:
    """The channel that speaks worst, to be seen in its means, against a rejected hypothesis.

    `predicted`, `measured`, `undisturbed` (the twin with nothing wrong): means over the span, in
    `unit`. `implausibility`: distance between predicted and measured in standard deviations of
    measurement, twin and discrepancy together; `second`: that of the worst other channel, which is
    `second_channel`. `explained_by`: title of the leading hypothesis, which explains both; empty
    where no listed one leads.
    """

    channel: str
    span: Span
    predicted: float
    measured: float
    undisturbed: float
    unit: str
    implausibility: float
    second: float
    second_channel: str
    explained_by: str

    @property
    def did_not_come(self) -> bool:
        """Whether the change that is predicted is larger than that which was measured."""
        return abs(self.predicted - self.undisturbed) > abs(self.measured - self.undisturbed)


@dataclass(frozen=True, slots=True)
class HypothesisAssessment:
    """One failure mode fitted to the evidence through the twin.

    Attributes:
        cause: id of the failure mode.
        title: its name in words.
        category: branch of the Ishikawa diagram.
        probability: posterior probability that this cause was at work.
        onset, end: best estimates; None when it was refuted without a fit.
        onset_interval: central 95 % interval of the onset, from `WORTH_SAYING` on.
        magnitude: first size with its interval, in `magnitude_unit`.
        time_shape, time_constant_s: its course in time, in the words of the twin, with the time
            constant or period, 0 where it has none; empty where it was not fitted.
        log_bayes_factor: natural log of marginal likelihood over that of "no assignable cause".
        why: one sentence, with numbers.
        supports: channels that it explains, best first, in words.
        contradictions: channels that it leaves unexplained or makes worse, worst first; worked out
            from `WORTH_SAYING` on.
        confirm_by: what would confirm it on site.
        strength: how strongly the leading hypothesis is preferred to it, in words (see
            `domain/evidence_strength.py`); empty for the leading one itself, and for causes that
            were given or could not be fitted.
        elimination: what rejects it; None where it is retained.
        runs: digests of the runs of the twin that it rests on.
        alarms, actions: alarms that it expects, those that did not come first; what operators did
            or wrote that speaks of it.
        told_gain: what these together add to the log of its prior, bounded; None where they do not
            enter its probability (a result stored before they did, a cause that is given).
        end_interval: central 95 % interval of the end; None where the end is that of the run.
        ends_open: whether it had not ended by the end of the run, as far as the data tell.
        duration_s: how long it was at work, with its central 95 % interval; where it `ends_open`,
            within the run.
        sizes: all sizes that it has, the first one first; below `WORTH_SAYING` with what is unsure
            of them in the given window alone; empty in results that were stored before further ones
            were told.
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
    strength: str = ""
    elimination: Elimination | None = None
    runs: tuple[str, ...] = ()
    alarms: tuple[ExpectedAlarm, ...] = ()
    actions: tuple[OperatorAction, ...] = ()
    told_gain: float | None = None
    time_shape: str = ""
    time_constant_s: float = 0.0
    end_interval: Span | None = None
    ends_open: bool = False
    duration_s: Interval | None = None
    sizes: tuple[NamedSize, ...] = ()


@dataclass(frozen=True, slots=True)
class NextCheck:
    """A further measurement or check, with what it would separate and how much it would tell.

    `check_id`: of the check in the twin; empty where it is none of the twin's. `effort`: what it
    takes, in words. `place`: container or lot to measure, empty for an inspection. `tells`: pairs
    of likely causes that its outcome tells apart.
    """

    check: str
    separates: tuple[str, ...]
    expected_information_bits: float
    check_id: str = ""
    effort: str = ""
    place: str = ""
    tells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Separation:
    """How far apart the predictions of two hypotheses lie, each refitted to the other.

    `sigma`: distance over all channels; `channel`, `channel_sigma`: that which separates them most.
    """

    one: str
    other: str
    sigma: float
    channel: str
    channel_sigma: float


@dataclass(frozen=True, slots=True)
class PredictiveCheck:
    """Whether the leading hypothesis explains the data (posterior-predictive check).

    `model`: causes at work in it. `p_value`: probability that data made by it would leave as much
    unexplained as was left; `channel`: where most is left. `explained`: share of what the
    undisturbed line leaves beyond normal batches that it explains; None where no cause is in it.
    """

    model: tuple[str, ...]
    p_value: float
    channel: str
    explained: float | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The outcome of diagnosis. `hypotheses` are in order of falling probability.

    `separations`: between the likely ones. `predictive`: None in results that were stored before
    there was such. `missing`: sources that the evidence lacks, and what the ranking loses by it.
    `entered`: results of checks that it took in, in words. `actions`: what operators did and wrote
    around the time of the leading hypothesis, in order of time.
    """

    hypotheses: tuple[HypothesisAssessment, ...]
    none_of_the_above: float
    no_deviation: float
    indistinguishable: tuple[tuple[str, ...], ...]
    next_checks: tuple[NextCheck, ...]
    separations: tuple[Separation, ...] = ()
    predictive: PredictiveCheck | None = None
    missing: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    actions: tuple[OperatorAction, ...] = ()
