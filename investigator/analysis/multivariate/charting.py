"""A batch on a control chart: what a model says of its windows, as a chart with spans in words.

- Each statement names channels, tags, time and the files of the historian that it rests on.
- Contributions to SPE are reconstruction-based. Those to T2 are plain: in a plane of few dimensions
  putting any one signal right lowers T2 nearly as well, so reconstruction tells none apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.analysis.multivariate.contributions import (
    plain_contributions,
    reconstruction_based,
)
from investigator.analysis.multivariate.limits import Limit
from investigator.analysis.multivariate.monitoring import Statistics
from investigator.analysis.multivariate.runs import IN_A_ROW, runs_beyond
from investigator.analysis.multivariate.windows import CHANNELS, WINDOW_MS, tags_of
from investigator.domain.chart_model import ChartModel
from investigator.domain.evidence import Evidence
from investigator.domain.instant import Span
from investigator.domain.multivariate import (
    ChartedChannel,
    ChartedStatistic,
    Contribution,
    ControlChart,
    EvidenceFile,
    ExplainedQuality,
    OutOfControl,
    Statistic,
    contributions_of,
)
from investigator.domain.quantities import count, fixed
from investigator.twin.record import Array

NAMED, LEAST_NAMED = 3, 0.05


@dataclass(frozen=True, slots=True)
class Seen:
    """Windows of a run as a model sees them.

    Attributes:
        t_ms: their middles, (n,). rows: signals, (n, m), NaN where unknown.
        departures: from the model, in standard deviations, (n, m).
        statistics: T2 and SPE. t2_matrix, spe_matrix: M of each as z' M z, (m, m).
    """

    t_ms: NDArray[np.int64]
    rows: Array
    departures: Array
    statistics: Statistics
    t2_matrix: Array
    spe_matrix: Array


@dataclass(frozen=True, slots=True)
class Basis:
    """The model of a chart: which, its limits and components, and the normal batches behind it."""

    model: ChartModel
    limits: Mapping[Statistic, Limit]
    components: int
    batches: int
    confidence: float
    qualities: tuple[ExplainedQuality, ...] = ()


def chart_by(
    seen: Seen, basis: Basis, evidence: Evidence, tag_map: Mapping[str, str]
) -> ControlChart:
    """The chart of a run.

    Args:
        seen: its windows. basis: what they are seen by.
        evidence: that it was read from. tag_map: historian tag by role.
    """
    bare = ControlChart(
        t_ms=seen.t_ms,
        window_ms=WINDOW_MS,
        channels=tuple(_channel(c.channel, c.title, tag_map, evidence) for c in CHANNELS),
        departures=seen.departures,
        charts=_charts(seen, basis.limits),
        spans=(),
        components=basis.components,
        batches=basis.batches,
        confidence=basis.confidence,
        files=_files(evidence),
        assumptions=_assumed(seen.rows),
        model=basis.model,
        qualities=basis.qualities,
    )
    return _with_spans(bare)


def _channel(
    channel: str, title: str, tag_map: Mapping[str, str], evidence: Evidence
) -> ChartedChannel:
    tags = tuple(t for t in tags_of(channel, tag_map) if t in evidence.trajectories)
    return ChartedChannel(channel, title, tags)


def _charts(seen: Seen, limits: Mapping[Statistic, Limit]) -> tuple[ChartedStatistic, ...]:
    z, found = seen.departures, seen.statistics
    told = (
        (Statistic.T2, found.t2, plain_contributions(seen.t2_matrix, z)),
        (Statistic.SPE, found.spe, reconstruction_based(seen.spe_matrix, z)),
    )
    return tuple(
        ChartedStatistic(
            statistic=statistic,
            value=value,
            limit=limits[statistic].value,
            theoretical_limit=limits[statistic].theoretical,
            contributions=contributions,
            false_alarm_rate=limits[statistic].false_alarm_rate,
            false_alarm_batches=limits[statistic].false_alarm_batches,
        )
        for statistic, value, contributions in told
    )


def _with_spans(chart: ControlChart) -> ControlChart:
    found = [
        _span(chart, charted, first, past)
        for charted in chart.charts
        for first, past in runs_beyond(charted.value, charted.limit)
    ]
    return replace(chart, spans=tuple(sorted(found, key=lambda s: (s.span, s.statistic))))


def _span(chart: ControlChart, charted: ChartedStatistic, first: int, past: int) -> OutOfControl:
    half = chart.window_ms // 2
    span = Span(int(chart.t_ms[first]) - half, int(chart.t_ms[past - 1]) + half)
    peak = float(np.nanmax(charted.value[first:past]) / charted.limit)
    made_by = contributions_of(chart, charted.statistic, span)
    return OutOfControl(
        charted.statistic,
        span,
        peak,
        made_by,
        _words(chart, charted.statistic, span, peak, made_by),
    )


def _words(
    chart: ControlChart,
    statistic: Statistic,
    span: Span,
    peak: float,
    made_by: tuple[Contribution, ...],
) -> str:
    named = "; ".join(
        f"{c.channel.title} {100.0 * c.share:.0f} % ({fixed(c.departure_sd, 1)} sd"
        f"{''.join(f', {tag}' for tag in c.channel.tags)})"
        for c in made_by[:NAMED]
        if c.share >= LEAST_NAMED
    )
    normal = count(chart.batches, "normal batch", "normal batches")
    return (
        f"For {fixed(span.seconds / 60.0, 0)} min {statistic}{_by(chart.model)} is beyond the "
        f"limit that {100.0 * chart.confidence:g} % of the windows of {normal} keep, up to "
        f"{fixed(peak, 1)} times as large; most of it from {named}."
    )


def _by(model: ChartModel) -> str:
    return "" if model is ChartModel.PCA else f" of the {model}"


def _files(evidence: Evidence) -> tuple[EvidenceFile, ...]:
    digests = {i.file: i.sha256 for i in evidence.items if i.kind == "historian"}
    return tuple(EvidenceFile(file, sha) for file, sha in sorted(digests.items()))


def _assumed(rows: Array) -> tuple[str, ...]:
    never = [c.title for c, column in zip(CHANNELS, rows.T, strict=True) if np.isnan(column).all()]
    unknown = int(np.isnan(rows).all(axis=1).sum())
    told = [
        f"The control chart takes windows of {WINDOW_MS // 60_000} min; {IN_A_ROW} in a row beyond "
        "a limit count. What is shorter is not seen by it.",
    ]
    if unknown:
        told.append(f"Of {count(unknown, 'window')} too little is known for T2 and SPE.")
    if never:
        told.append(f"Not measured, and taken as the other signals tell: {', '.join(never)}.")
    return tuple(told)
