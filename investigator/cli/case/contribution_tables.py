"""The control chart of a case as lines and as values, for the console.

Numbers are those of the stored replay; over a span that is named, the means of them.
"""

from typing import TYPE_CHECKING, Any

from investigator.casework.plain_values import rounded
from investigator.cli.table import table
from investigator.domain.chart_comparison import (
    agreement_in_words,
    explained_in_words,
    model_in_words,
)
from investigator.domain.chart_model import ChartModel
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.multivariate import (
    ChartedStatistic,
    Contribution,
    ControlChart,
    Statistic,
    contributions_of,
)
from investigator.domain.quantities import fixed, period, significant

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot

Json = dict[str, Any]
LISTED = 8


def chart_of(seen: "Snapshot", model: ChartModel) -> ControlChart:
    """The control chart of a case by a model.

    Raises:
        UnusableRequest: there is none.
    """
    if seen.replay is None:
        raise UnusableRequest("There is no replay yet; run `investigator case replay`.")
    by_pca = model is ChartModel.PCA
    chart = seen.replay.control_chart if by_pca else seen.replay.pls_chart
    if chart is None:
        raise UnusableRequest(
            f"The replay holds no control chart by {model}: it was made before there was one, or "
            f"its twin has no such model of normal batches. Estimate that with `investigator twin "
            f"reference`, or replay again."
        )
    return chart


def agreement_lines(seen: "Snapshot", zone: str) -> list[str]:
    """Where the chart of one model alone is out of control; nothing where there is one chart."""
    replay = seen.replay
    if replay is None or replay.control_chart is None or replay.pls_chart is None:
        return []
    pca, pls = replay.control_chart, replay.pls_chart
    return [agreement_in_words(pca, pls, lambda span: period(span, zone))]


def contribution_lines(chart: ControlChart, span: Span | None, zone: str) -> list[str]:
    """The model, limits and false alarms, the spans out of control or the one asked for, and what
    it rests on."""
    lines = [*_model_lines(chart), *(_limit_line(chart, charted) for charted in chart.charts)]
    if span is None:
        lines += [""] + [f"{period(s.span, zone)}: {s.words}" for s in chart.spans]
        lines += [] if chart.spans else ["Neither statistic was out of control."]
    else:
        for statistic in Statistic:
            lines += ["", f"{statistic}, {period(span, zone)}"]
            lines += _table(contributions_of(chart, statistic, span))
    files = [f"Rests on {f.file}, {f.sha256}." for f in chart.files]
    return [*lines, "", *files, *chart.assumptions]


def _model_lines(chart: ControlChart) -> list[str]:
    explained = explained_in_words(chart)
    told = f"Explained in normal batches left out: {explained}."
    return [f"{chart.model}: {model_in_words(chart)}.", *([told] if explained else [])]


def _limit_line(chart: ControlChart, charted: ChartedStatistic) -> str:
    return (
        f"{charted.statistic}: limit {significant(charted.limit)} (of independent rows "
        f"{significant(charted.theoretical_limit)}); of {chart.batches} normal batches, each left "
        f"out in turn, {fixed(100.0 * charted.false_alarm_rate, 1)} % of the windows and "
        f"{charted.false_alarm_batches} by a span alarmed."
    )


def _table(found: tuple[Contribution, ...]) -> list[str]:
    if not found:
        return ["Too little is known of that time."]
    rows: list[tuple[str, ...]] = [("Signal", "Share", "Largest departure, sd", "Tags")]
    rows += [
        (
            c.channel.title,
            f"{100.0 * c.share:.0f} %",
            fixed(c.departure_sd, 1),
            ", ".join(c.channel.tags),
        )
        for c in found[:LISTED]
    ]
    return table(rows)


def contribution_document(chart: ControlChart, span: Span | None, zone: str) -> Json:
    """The same as values, with every channel."""
    asked = (
        [(s.statistic, s.span, rounded(s.peak), s.contributions) for s in chart.spans]
        if span is None
        else [(s, span, None, contributions_of(chart, s, span)) for s in Statistic]
    )
    return {
        "model": str(chart.model),
        "components": chart.components,
        "explained": {q.title: rounded(q.explained) for q in chart.qualities},
        "normal_batches": chart.batches,
        "limits": [
            {
                "statistic": str(c.statistic),
                "limit": rounded(c.limit),
                "theoretical_limit": rounded(c.theoretical_limit),
                "false_alarm_rate": rounded(c.false_alarm_rate),
                "false_alarm_batches": c.false_alarm_batches,
            }
            for c in chart.charts
        ],
        "spans": [
            {
                "statistic": str(statistic),
                "span": period(when, zone),
                "peak_in_limits": peak,
                "contributions": [_contribution(c) for c in found],
            }
            for statistic, when, peak, found in asked
        ],
        "files": {f.file: f.sha256 for f in chart.files},
        "assumptions": list(chart.assumptions),
    }


def _contribution(c: Contribution) -> Json:
    return {
        "channel": c.channel.channel,
        "title": c.channel.title,
        "tags": list(c.channel.tags),
        "share": rounded(c.share),
        "departure_sd": rounded(c.departure_sd),
    }
