"""A batch on the control chart of its line: T2 and SPE, spans out of control, what made them so.

- Each statement names channels, tags, time and the files of the historian that it rests on.
- Contributions to SPE are reconstruction-based. Those to T2 are plain: in a plane of few dimensions
  putting any one signal right lowers T2 nearly as well, so reconstruction tells none apart.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from investigator.analysis.multivariate.contributions import (
    reconstruction_based,
    spe_matrix,
    t2_contributions,
)
from investigator.analysis.multivariate.monitoring import statistics
from investigator.analysis.multivariate.normal_model import FILE, NormalModel, read_multivariate
from investigator.analysis.multivariate.runs import IN_A_ROW, runs_beyond
from investigator.analysis.multivariate.windows import CHANNELS, WINDOW_MS, tags_of, window_rows
from investigator.domain.evidence import Evidence
from investigator.domain.instant import Span
from investigator.domain.multivariate import (
    ChartedChannel,
    ChartedStatistic,
    Contribution,
    ControlChart,
    EvidenceFile,
    OutOfControl,
    Statistic,
    contributions_of,
)
from investigator.domain.quantities import count, fixed
from investigator.twin.measured import Measured
from investigator.twin.package import TwinPackage
from investigator.twin.record import Array

NOT_LEARNED = (
    "The twin keeps no model of how signals vary together in normal batches, so there is no "
    "control chart; estimate it with `investigator twin reference`."
)
NAMED, LEAST_NAMED = 3, 0.05


def control_chart_of(
    measured: Measured, evidence: Evidence, package: TwinPackage
) -> ControlChart | None:
    """The chart of a run by the model of a twin; None where the twin keeps none.

    Raises:
        UnusableInput: the model of the package is incomplete.
    """
    if FILE not in package.reference:
        return None
    model = read_multivariate(package.reference)
    return control_chart(measured, evidence, package.tag_map, model)


def control_chart(
    measured: Measured, evidence: Evidence, tag_map: Mapping[str, str], model: NormalModel
) -> ControlChart:
    """The chart of a run.

    Args:
        measured: the channels of the run. evidence: that it was read from.
        tag_map: historian tag by role. model: of the normal batches of the line.
    """
    t_ms, rows = window_rows(measured)
    z = model.pca.scaled(rows)
    bare = ControlChart(
        t_ms=t_ms,
        window_ms=WINDOW_MS,
        channels=tuple(_channel(c.channel, c.title, tag_map, evidence) for c in CHANNELS),
        departures=z,
        charts=_charts(z, model),
        spans=(),
        components=model.pca.components,
        batches=len(model.batches),
        confidence=model.confidence,
        files=_files(evidence),
        assumptions=_assumed(rows),
    )
    return _with_spans(bare)


def _channel(
    channel: str, title: str, tag_map: Mapping[str, str], evidence: Evidence
) -> ChartedChannel:
    tags = tuple(t for t in tags_of(channel, tag_map) if t in evidence.trajectories)
    return ChartedChannel(channel, title, tags)


def _charts(z: Array, model: NormalModel) -> tuple[ChartedStatistic, ...]:
    found = statistics(model.pca, z)
    told = (
        (Statistic.T2, found.t2, t2_contributions(model.pca, z)),
        (Statistic.SPE, found.spe, reconstruction_based(spe_matrix(model.pca), z)),
    )
    return tuple(
        ChartedStatistic(
            statistic=statistic,
            value=value,
            limit=model.limits[statistic].value,
            theoretical_limit=model.limits[statistic].theoretical,
            contributions=contributions,
            false_alarm_rate=model.limits[statistic].false_alarm_rate,
            false_alarm_batches=model.limits[statistic].false_alarm_batches,
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
        f"For {fixed(span.seconds / 60.0, 0)} min {statistic} is beyond the limit that "
        f"{100.0 * chart.confidence:g} % of the windows of {normal} keep, up to "
        f"{fixed(peak, 1)} times as large; most of it from {named}."
    )


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
