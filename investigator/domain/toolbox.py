"""What the classical tools say of a batch: change points, leads and lags, the golden envelope.

- They stand beside the twin's ranking and carry no probability of a cause.
- Every statement names the channel, the signals and the time that it rests on.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from investigator.domain.instant import Span


@dataclass(frozen=True, slots=True)
class OnsetUncertainty:
    """Standard uncertainties of an onset by source, s.

    `search`: of the place where the change fits best. `sampling`: of the interval between samples.
    `storage`: of what a compressing historian did not store around the onset. `clock`: of the
    clock that told the time, beside the historian's.
    """

    search_s: float
    sampling_s: float
    storage_s: float
    clock_s: float


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A level that changed and lasted, in one channel.

    Attributes:
        channel, title, unit: the channel.
        onset_ms: when it changed; `onset_95`: central 95 % interval of it.
        end_ms: when it went back; None where it lasted to the end of the record.
        size: by how much, in `unit`.
        gain, usual_gain: log-likelihood gain, and the one that normal batches reach.
        uncertainty: what the interval of the onset is made of.
        signals: historian tags that the channel is made of; none of a test.
        words: all that in one sentence.
    """

    channel: str
    title: str
    unit: str
    onset_ms: int
    onset_95: Span
    end_ms: int | None
    size: float
    gain: float
    usual_gain: float
    uncertainty: OnsetUncertainty
    signals: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class LeadLag:
    """Two channels, the second of which may follow the first.

    Attributes:
        leading, following: ids of the channels; the titles beside them.
        lag_s: by how much the second is later where they agree most.
        correlation: of the pre-whitened channels there, within -1 to 1.
        pairs: pairs of values that it rests on.
        expected_s: earliest and latest delay that the residence time allows.
        expected_sign: of the correlation by the physics of the line, 1 or -1.
        p_value: chance of so large a correlation at any searched lag between unrelated channels.
        q_value: the same after the number of pairs (Benjamini and Hochberg).
        holds: significant, of the right sign, and at a physical delay.
        words: all that in one sentence.
        lag_95_s: central 95 % interval of the lag; None in results that were made before there
            was one.
    """

    leading: str
    following: str
    leading_title: str
    following_title: str
    lag_s: float
    correlation: float
    pairs: int
    expected_s: tuple[float, float]
    expected_sign: int
    p_value: float
    q_value: float
    holds: bool
    words: str
    lag_95_s: tuple[float, float] | None = None


class Axis(StrEnum):
    """What courses of several batches are laid side by side on: time in min, mass in kg."""

    PRESS_TIME = "time since press start"
    PRODUCED_MASS = "produced mass"

    @property
    def unit(self) -> str:
        """The unit of its places."""
        return "min" if self is Axis.PRESS_TIME else "kg"


class MarkKind(StrEnum):
    """What an aligned axis marks."""

    LOT_CHANGE = "lot change"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A lot change or a stop, at its place on the axis; `label` says which."""

    kind: MarkKind
    place: float
    t_ms: int
    label: str


@dataclass(frozen=True, slots=True)
class EnvelopeExit:
    """A stretch over which a channel lies outside what normal batches show.

    `span`: when. `begin`, `end`: on the axis. `largest`: the largest departure from the middle of
    the normal batches, in the channel's unit. `score`: the largest departure in half-widths of the
    envelope; `limit`: beyond which it counts.
    """

    span: Span
    begin: float
    end: float
    largest: float
    score: float
    limit: float


@dataclass(frozen=True, slots=True)
class AlignedCourse:
    """One channel of the batch inside the envelope of normal batches, on one axis.

    `place` (n,): middles of the positions on the axis. `value` (n,): of this batch; `low`,
    `middle`, `high` (n,): 5 %, 50 % and 95 % quantiles of the normal batches; all in `unit`, NaN
    where unknown. `t_ms` (n,): when this batch was there, -1 where it never was.
    """

    channel: str
    title: str
    unit: str
    place: NDArray[np.float64]
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]
    exits: tuple[EnvelopeExit, ...]

    @property
    def bounds(self) -> tuple[float, float]:
        """Begin of the first and end of the last position; there is one at least."""
        half = float(self.place[1] - self.place[0]) / 2 if self.place.size > 1 else 0.5
        return float(self.place[0]) - half, float(self.place[-1]) + half

    def drawn_range(self, spare: float) -> tuple[float, float]:
        """From below the lowest to above the highest of value and band, `spare` of it as room."""
        every = np.concatenate([self.value, self.low, self.high])
        known = every[np.isfinite(every)]
        if not known.size:
            return 0.0, 1.0
        low, high = float(known.min()), float(known.max())
        room = spare * (high - low) or abs(high) * spare or 1.0
        return low - room, high + room


@dataclass(frozen=True, slots=True)
class BatchComparison:
    """This batch beside the normal ones on one axis, channels that leave the envelope first.

    `batches`: how many normal ones. `beyond`: places of the axis that no normal batch reached.
    """

    axis: Axis
    batches: int
    courses: tuple[AlignedCourse, ...]
    marks: tuple[AxisMark, ...]
    beyond: int


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What the classical tools found; `assumptions`: what they took for granted or lacked."""

    changes: tuple[ChangePoint, ...]
    leads: tuple[LeadLag, ...]
    comparisons: tuple[BatchComparison, ...]
    assumptions: tuple[str, ...]
