"""Failure modes of a line, as data: what each perturbs, in which time shape, how likely, how large.

- A failure mode is read from `failure_modes.toml` of the twin package (`failure_mode_file`); adding
  one needs no Python.
- It perturbs quantities of the line (flows, speeds, lot properties, forces) and readings of
  instruments; everything else follows from the simulation.
- Priors are part of the mode: they are fixed before any case is seen, each with its reason.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from investigator.domain import scenario_rules
from investigator.domain.ranking import CauseCategory

MOST_SD = 5.0
"""Sizes lie within so many prior standard deviations, fitted or stated."""


class Shape(StrEnum):
    """The course in time of a perturbation, w(t), between 0 and 1 unless it says otherwise.

    STEP: 1 from onset to end. RAMP: rises linearly over the ramp time, then holds to the end.
    DRIFT: rises linearly from onset to end. PULSES: 1 for the first half of every period, which is
    its time constant. PERIODIC: a sine of that period, between -1 and 1. WHOLE_BATCH: 1 from start
    to end of the run.
    LOT: 1 - exp(-(t - onset)/tau) from the first refill with a new lot to the end of the run.
    REFILL: after every refill of the unit between onset and end, exp(-(t - refill)/tau).
    RECORDED: the recorded departure of a signal from its set-point between onset and end.
    STOP: 1 while the line stands still between onset and end.
    """

    STEP = "step"
    RAMP = "ramp"
    DRIFT = "drift"
    PULSES = "pulse train"
    PERIODIC = "periodic"
    WHOLE_BATCH = "whole batch"
    LOT = "lot"
    REFILL = "refill"
    RECORDED = "recorded"
    STOP = "stop"


TIED = frozenset({Shape.LOT, Shape.REFILL, Shape.RECORDED, Shape.STOP})
"""Shapes that follow from what was recorded; a mode of one of them has no other."""
TIMED = frozenset({Shape.LOT, Shape.REFILL, *map(Shape, scenario_rules.TIMED)})
"""Shapes with a time constant or a period."""
REPEATED = frozenset(map(Shape, scenario_rules.REPEATED))
"""Shapes with a period, which begins at the onset."""


class Anchor(StrEnum):
    """Where the onset may lie."""

    ANY = "any"
    START = "start"
    LOT = "lot"
    REFILL = "refill"
    STOP = "stop"
    END_OF_RUN = "end_of_run"


class Kind(StrEnum):
    """How an effect changes its quantity, with c the coefficient, m the size, w(t) the course.

    SCALE: times 1 + c m w. DIVIDE: divided by that. ADD: plus c m w, in the quantity's unit.
    ADD_ABS: plus c |m| w. RECORDED: times 1 + c m w d, d the recorded relative departure.
    """

    SCALE = "scale"
    DIVIDE = "divide"
    ADD = "add"
    ADD_ABS = "add_abs"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Effect:
    """One quantity that the mode perturbs, how, and by which coefficient (see `Kind`)."""

    quantity: str
    kind: Kind
    coefficient: float


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A size of the mode with its prior: normal about 0, or folded to one `sign`.

    `prior_sd` and the smallest size worth naming, `least`, are in `unit`; `why`: the reason for
    both.
    """

    name: str
    unit: str
    prior_sd: float
    least: float
    sign: int
    effects: tuple[Effect, ...]
    why: str = ""

    def worth_naming(self, size: float) -> float:
        """The nearest size that is of the sign and no smaller than `least`; of both signs, the side
        on which it lies."""
        sign = self.sign or (1 if size >= 0.0 else -1)
        return sign * max(sign * size, self.least)


@dataclass(frozen=True, slots=True)
class TimeShape:
    """A time shape that a mode can take, with the time constants or periods (s) that are tried -
    (0,) where it has none - and the reason why the mode can take it."""

    shape: Shape
    tau_s: tuple[float, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FailureMode:
    """One failure mode.

    Attributes:
        cause: id, as in the site's vocabulary of causes.
        prior: relative frequency among assignable causes.
        unit: equipment id that it belongs to.
        shapes: the time shapes that it can take, the usual one first.
        anchor: where its onset may lie.
        recorded_sense: for RECORDED, the side to which the departure must begin (0: either).
        length_min: shortest and longest duration in minutes that is considered.
        magnitudes: one or more sizes, estimated together.
        screened_by: channels in which its window is searched first.
        why_prior, why_window: the reason for its frequency; for its onset and length.
        usual_score: log evidence that it reaches in normal batches, where nothing of it is at work
            (0: none); only what is beyond counts.
        taken: which of its shapes it is taken in, by place.
    """

    cause: str
    title: str
    category: CauseCategory
    description: str
    unit: str
    prior: float
    shapes: tuple[TimeShape, ...]
    anchor: Anchor
    recorded_sense: int
    length_min: tuple[float, float]
    magnitudes: tuple[Magnitude, ...]
    screened_by: tuple[str, ...]
    confirm_by: str
    why_prior: str
    why_window: str
    product_affected: bool
    usual_score: float = 0.0
    taken: int = 0

    @property
    def shape(self) -> Shape:
        """The time shape that it is taken in."""
        return self.shapes[self.taken].shape

    @property
    def tau_s(self) -> tuple[float, ...]:
        """Time constants or periods (s) that are tried in the shape that it is taken in."""
        return self.shapes[self.taken].tau_s

    @property
    def window_is_free(self) -> bool:
        """Whether onset and end are estimated, and not given by what was recorded or by the run."""
        return self.anchor is Anchor.ANY and self.shape is not Shape.WHOLE_BATCH

    def in_each_shape(self) -> "tuple[FailureMode, ...]":
        """The mode in every shape that it can take, the usual one first."""
        return tuple(replace(self, taken=place) for place in range(len(self.shapes)))
