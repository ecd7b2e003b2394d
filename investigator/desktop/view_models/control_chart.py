"""The control chart: T2 and SPE against normal batches, and which signals raise them.

- A statistic is shown in multiples of its limit on a logarithmic axis: a small excursion and one
  of a hundred times the limit are seen side by side.
- A bar is as long as the share of a signal, on the side on which the signal lay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import Curve, Limit, Plot, Ribbon, RibbonSpan
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.comparison_part import (
    Facts,
    Go,
    clocks,
    on_the_timeline,
    told_comparison,
)
from investigator.desktop.view_models.results import zone_of
from investigator.domain.chart_comparison import explained_in_words, model_in_words
from investigator.domain.instant import Span
from investigator.domain.multivariate import (
    Contribution,
    ControlChart,
    OutOfControl,
    Statistic,
    contributions_of,
)
from investigator.domain.quantities import UNKNOWN, fixed, period, significant

NO_CHART = "This replay holds no control chart"
NEXT_CHART = (
    "It was made before there was one, or its twin keeps no model of normal batches: estimate that "
    "with `investigator twin reference`, then replay the batch again."
)
IN_CONTROL = "Neither statistic was out of control for three windows in a row."
_LEAST, _TOLD = 0.01, 5


@dataclass(frozen=True, slots=True)
class OutRow:
    """A stretch out of control. `key`: names it on its ribbon; `most`: what raises it most."""

    key: str
    out: OutOfControl
    when: str
    peak: str
    most: str


def statistic_plots(chart: ControlChart) -> tuple[Plot, ...]:
    """T2 and SPE in multiples of their limits; a value below a hundredth is drawn there."""
    return tuple(
        Plot(
            str(one.statistic),
            f"{one.statistic} ({chart.model}) in multiples of its limit, {significant(one.limit)}",
            curves=(
                Curve(
                    str(one.statistic),
                    chart.t_ms,
                    np.log10(np.maximum(one.value / one.limit, _LEAST)),
                    colour=0,
                ),
            ),
            limits=(Limit(0.0, "limit"),),
            logarithmic=True,
        )
        for one in chart.charts
    )


def out_rows(chart: ControlChart, zone: str) -> tuple[OutRow, ...]:
    """The stretches out of control, the farthest beyond its limit first."""
    rows = [_row(place, out, zone) for place, out in enumerate(chart.spans)]
    return tuple(sorted(rows, key=lambda row: -row.out.peak))


def _row(place: int, out: OutOfControl, zone: str) -> OutRow:
    first = next(iter(out.contributions), None)
    return OutRow(
        key=f"out/{place}",
        out=out,
        when=clocks(out.span, zone),
        peak=significant(out.peak),
        most=f"{first.channel.title}, {_share(first)}" if first else UNKNOWN,
    )


def out_ribbons(rows: Sequence[OutRow]) -> tuple[Ribbon, ...]:
    """A ribbon for each statistic with its stretches out of control."""
    return tuple(
        Ribbon(
            f"{statistic} beyond",
            tuple(
                RibbonSpan(
                    row.key,
                    row.out.span.start_ms,
                    row.out.span.end_ms,
                    f"{row.peak} ×",
                    Tone.BAD,
                    row.out.words,
                )
                for row in rows
                if row.out.statistic is statistic
            ),
        )
        for statistic in Statistic
    )


def window_at(chart: ControlChart, t_ms: int) -> Span | None:
    """The window that an instant lies in; None outside the batch."""
    start = chart.t_ms - chart.window_ms // 2
    place = int(np.searchsorted(start, t_ms, side="right")) - 1
    if place < 0 or t_ms >= int(start[place]) + chart.window_ms:
        return None
    return Span(int(start[place]), int(start[place]) + chart.window_ms)


def about_stretch(
    scene: Scene, chart: ControlChart, statistic: Statistic, span: Span, go: Go
) -> Inspected:
    """A window or a stretch: how far the statistic went, through which signals, and the method."""
    found, zone = contributions_of(chart, statistic, span), zone_of(scene)
    facts: Facts = (
        ("When", period(span, zone)),
        *_height(chart, statistic, span),
        *((c.channel.title, _words(c)) for c in found[:_TOLD]),
        *_method(chart, statistic),
    )
    evidence = tuple(thing for c in found[:_TOLD] for thing in _links(c, span, zone, go))
    return told_comparison(
        scene,
        f"{statistic} ({chart.model}), {clocks(span, zone)}",
        "stretch of the control chart",
        facts,
        go,
        evidence=tuple({thing.title: thing for thing in evidence}.values()),
        remarks=() if found else ("Too little is known of that time.",),
    )


def about_contribution(
    scene: Scene, statistic: Statistic, contribution: Contribution, span: Span, go: Go
) -> Inspected:
    """What one signal adds over a stretch."""
    zone, channel = zone_of(scene), contribution.channel
    facts = (
        ("When", period(span, zone)),
        ("Raises", str(statistic)),
        ("Share", _share(contribution)),
        ("Largest departure", f"{fixed(contribution.departure_sd, 1)} sd of normal batches"),
        ("Tags", ", ".join(channel.tags) or UNKNOWN),
    )
    links = _links(contribution, span, zone, go)
    return told_comparison(scene, channel.title, "contribution", facts, go, evidence=links)


def _links(contribution: Contribution, span: Span, zone: str, go: Go) -> tuple[Thing, ...]:
    tags = contribution.channel.tags
    return on_the_timeline(tags, span, zone, go) if tags else ()


def _height(chart: ControlChart, statistic: Statistic, span: Span) -> Facts:
    charted = chart.chart(statistic)
    known = charted.value[chart.known_in(statistic, span)]
    if not known.size:
        return ((f"Largest {statistic}", UNKNOWN),)
    highest = float(known.max())
    times = significant(highest / charted.limit)
    return ((f"Largest {statistic}", f"{significant(highest)}, {times} × its limit"),)


def _method(chart: ControlChart, statistic: Statistic) -> Facts:
    charted, explained = chart.chart(statistic), explained_in_words(chart)
    return (
        ("Limit", f"{significant(charted.limit)}, kept by {100 * chart.confidence:g} % of windows"),
        ("Limit of theory", significant(charted.theoretical_limit)),
        (
            "False alarms",
            f"{fixed(100 * charted.false_alarm_rate, 1)} % of the windows, "
            f"{charted.false_alarm_batches} of {chart.batches} normal batches by a stretch",
        ),
        ("Model", f"{model_in_words(chart)}, from {chart.batches} normal batches"),
        *((("Explained in batches left out", explained),) if explained else ()),
        *(("File", f"{f.file}, {f.sha256[:16]}…") for f in chart.files),
    )


def _share(contribution: Contribution) -> str:
    return f"{fixed(100 * contribution.share, 0)} %"


def _words(contribution: Contribution) -> str:
    return f"{_share(contribution)}, {fixed(contribution.departure_sd, 1)} sd"
