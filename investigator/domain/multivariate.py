"""What multivariate statistics of normal operation say of a batch: T2, SPE, contributions.

- They say when the signals together were unlike normal batches, and which signals make it so. They
  do not say why: no probability of a cause follows from them.
- Every statement names the channels, the tags, the time and the files that it rests on.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from investigator.domain.chart_model import ChartModel
from investigator.domain.instant import Span

Array = NDArray[np.float64]


class Statistic(StrEnum):
    """The two statistics of a control chart."""

    T2 = "T2"
    SPE = "SPE"


@dataclass(frozen=True, slots=True)
class ExplainedQuality:
    """A quality that signals are regressed for, and the share of its variance that the model
    explains in normal batches that it had not seen, at most 1 and perhaps negative."""

    title: str
    explained: float


@dataclass(frozen=True, slots=True)
class ChartedChannel:
    """A channel of the model: its id, words, and the historian tags that it is made of."""

    channel: str
    title: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartedStatistic:
    """One statistic over the batch.

    Attributes:
        statistic: which.
        value: (n,), without unit, NaN where too little is known.
        limit: control limit, set by normal batches that the model had not seen.
        theoretical_limit: of independent normal rows, for comparison.
        contributions: of each channel, (n, channels). To SPE: by how much it would fall if this
            channel alone were as the others tell. To T2: its part of the sum, perhaps negative.
        false_alarm_rate: share of the windows of left-out normal batches beyond the limit.
        false_alarm_batches: how many normal batches had a span out of control when left out.
    """

    statistic: Statistic
    value: Array
    limit: float
    theoretical_limit: float
    contributions: Array
    false_alarm_rate: float
    false_alarm_batches: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one channel adds to a statistic over a span.

    `share`: of all that raises the statistic, 0 to 1. `departure_sd`: its largest departure from
    the mean of normal batches, with its sign, in their standard deviations.
    """

    channel: ChartedChannel
    share: float
    departure_sd: float


@dataclass(frozen=True, slots=True)
class OutOfControl:
    """A span over which a statistic lies beyond its limit.

    `peak`: its largest value, in multiples of the limit. `contributions`: of the channels, largest
    first. `words`: all that in one sentence.
    """

    statistic: Statistic
    span: Span
    peak: float
    contributions: tuple[Contribution, ...]
    words: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that a statement rests on, with its digest."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A batch beside the model of normal batches, window by window.

    Attributes:
        t_ms: middles of the windows, (n,). window_ms: their length.
        channels: of the model, in the order of the columns of contributions.
        departures: from the mean of normal batches, in their standard deviations, (n, channels);
            what is missing is told by the other channels.
        charts: T2, then SPE. spans: out of control, in order of time.
        components: of the model. batches: normal batches that it rests on. confidence: of limits.
        files: that the signals were read from.
        assumptions: in words.
        model: what normal operation is described by.
        qualities: that partial least squares tells from the signals; none of principal components.
    """

    t_ms: NDArray[np.int64]
    window_ms: int
    channels: tuple[ChartedChannel, ...]
    departures: Array
    charts: tuple[ChartedStatistic, ...]
    spans: tuple[OutOfControl, ...]
    components: int
    batches: int
    confidence: float
    files: tuple[EvidenceFile, ...]
    assumptions: tuple[str, ...]
    model: ChartModel = ChartModel.PCA
    qualities: tuple[ExplainedQuality, ...] = ()

    def chart(self, statistic: Statistic) -> ChartedStatistic:
        """The chart of a statistic."""
        return next(c for c in self.charts if c.statistic is statistic)

    def known_in(self, statistic: Statistic, span: Span) -> NDArray[np.bool_]:
        """The windows that a span touches and of which enough is known, (n,)."""
        half = self.window_ms // 2
        touched = (self.t_ms + half > span.start_ms) & (self.t_ms - half < span.end_ms)
        return touched & np.isfinite(self.chart(statistic).value)


def contributions_of(
    chart: ControlChart, statistic: Statistic, span: Span
) -> tuple[Contribution, ...]:
    """Mean contributions of the channels over the windows that a span touches, largest first, and
    their largest departures; none where it touches no window of which enough is known."""
    charted, inside = chart.chart(statistic), chart.known_in(statistic, span)
    if not inside.any():
        return ()
    raising = np.maximum(charted.contributions[inside].mean(axis=0), 0.0)
    departures = chart.departures[inside]
    farthest = np.argmax(np.abs(departures), axis=0)
    shares = raising / raising.sum() if raising.sum() > 0.0 else raising
    return tuple(
        Contribution(chart.channels[i], float(shares[i]), float(departures[farthest[i], i]))
        for i in np.argsort(-shares, kind="stable").tolist()
    )
