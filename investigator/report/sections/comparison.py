"""The batch beside normal batches: control chart, change points, leads and lags, envelope.

- It is said that these are symptoms; no probability of a cause stands here.
- What was looked at and found unremarkable is said in a sentence; what was not made is left out.
"""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.chart_comparison import agreement_in_words, model_in_words
from investigator.domain.dossier import Dossier
from investigator.domain.instant import Span
from investigator.domain.multivariate import ChartedStatistic, ControlChart, OutOfControl
from investigator.domain.quantities import count, fixed, moment, period, significant
from investigator.domain.toolbox import (
    AlignedCourse,
    BatchComparison,
    ChangePoint,
    LeadLag,
    Toolbox,
)
from investigator.domain.toolbox_words import (
    chance_in_words,
    change_in_words,
    correlation_in_words,
    interval_in_words,
)
from investigator.report.figures.axes import time_title
from investigator.report.figures.control_chart import contribution_bars, control_chart_figure
from investigator.report.figures.envelope import envelope_figure
from investigator.report.pages import Heading
from investigator.report.paper import bullets, grid, para

_MOST_SPANS, _MOST_DRAWN, _NAMED = 12, 4, 3


def beside_normal_batches(dossier: Dossier, window: Span) -> list[Flowable]:
    """What the classical tools say; nothing where they were not asked."""
    toolbox, chart = dossier.toolbox, dossier.control_chart
    if toolbox is None and chart is None:
        return []
    opening: list[Flowable] = [
        Heading("Beside normal batches", 1),
        para(
            "What follows is told without a cause in mind: when the batch was unlike normal ones, "
            "and in which signals. These are symptoms, not causes; no probability of section 9 "
            "rests on them."
        ),
    ]
    return [
        *(_chart(chart, dossier, window, opening) if chart else opening),
        *(_tools(toolbox, dossier.zone) if toolbox else []),
    ]


def _tools(toolbox: Toolbox, zone: str) -> list[Flowable]:
    return [
        *_changes(toolbox, zone),
        *_leads(toolbox),
        *_envelope(toolbox, zone),
        *bullets(toolbox.assumptions),
    ]


def _chart(
    chart: ControlChart, dossier: Dossier, window: Span, opening: list[Flowable]
) -> list[Flowable]:
    """`opening`: stands above, and on the page of the chart."""
    zone, pls = dossier.zone, dossier.pls_chart
    axis = time_title(window.start_ms, window.end_ms, zone)
    words = (
        f"Figure 5a: T2 and SPE in multiples of their limits (dashed); time axis {axis}. Shaded: "
        "out of control. T2: distance within the plane of the normal batches, SPE: off that plane."
    )
    drawn = [
        *opening,
        Heading("Control chart", 1),
        control_chart_figure(chart, window, zone),
        para(words, "caption"),
    ]
    return [
        KeepTogether(drawn),
        *(_out_of_control(chart, zone) or [para("Neither statistic was out of control.")]),
        *(_beside(chart, pls, zone) if pls else []),
        *(para(_limit(chart, one), "note") for one in chart.charts),
        *bullets(chart.assumptions),
    ]


def _beside(chart: ControlChart, pls: ControlChart, zone: str) -> list[Flowable]:
    """In one sentence, whether the regression of in-process checks sees the same."""
    said = agreement_in_words(chart, pls, lambda span: period(span, zone)).removesuffix(".")
    return [para(f"{said} ({pls.model}: {model_in_words(pls)}).")]


def _limit(chart: ControlChart, one: ChartedStatistic) -> str:
    return (
        f"{one.statistic}: limit {significant(one.limit)}, kept by {100 * chart.confidence:g} % of "
        f"the windows of {chart.batches} normal batches, each left out in turn (of independent "
        f"rows {significant(one.theoretical_limit)}); {fixed(100 * one.false_alarm_rate, 1)} % of "
        f"those windows and {one.false_alarm_batches} of those batches alarmed. Principal "
        f"components (PCA): {chart.components} of {len(chart.channels)} channels."
    )


def _out_of_control(chart: ControlChart, zone: str) -> list[Flowable]:
    worst = sorted(chart.spans, key=lambda s: -s.peak)[:_MOST_SPANS]
    if not worst:
        return []
    rows = [
        [period(s.span, zone), str(s.statistic), significant(s.peak), _most(s)]
        for s in sorted(worst, key=lambda s: s.span)
    ]
    heads = ["Out of control", "Statistic", "Peak (limits)", "Most through (share, departure)"]
    rest = len(chart.spans) - len(worst)
    left_out = f"{count(rest, 'smaller stretch', 'smaller stretches')} not printed."
    first = worst[0]
    caption = (
        f"Contributions to the largest stretch, {first.statistic}, {period(first.span, zone)}: "
        "share of what raises the statistic, and largest departure in standard deviations of "
        "normal batches."
    )
    return [
        grid(heads, rows, [54, 18, 22, 76], right=frozenset({2})),
        *([para(left_out, "note")] if rest else []),
        KeepTogether([contribution_bars(first), para(caption, "caption")]),
    ]


def _most(out: OutOfControl) -> str:
    named = (
        f"{c.channel.title} ({fixed(100 * c.share, 0)} %, {fixed(c.departure_sd, 1)} sd)"
        for c in out.contributions[:_NAMED]
    )
    return "; ".join(named)


def _changes(toolbox: Toolbox, zone: str) -> list[Flowable]:
    heading = Heading("Change points", 1)
    if not toolbox.changes:
        return [heading, para("No channel changed by more than normal batches do.")]
    words = (
        "Levels that changed against the unperturbed twin, and lasted, by more than in normal "
        "batches. Gain: of log-likelihood, and after the stroke what normal batches reach."
    )
    rows = [_change(c, zone) for c in sorted(toolbox.changes, key=lambda c: c.onset_ms)]
    heads = ["Signal", "Changed at", "95 % interval", "Went back", "Size", "Gain / usual"]
    made = grid(heads, rows, [40, 30, 42, 24, 17, 17], right=frozenset({4, 5}))
    return [heading, para(words), made]


def _change(change: ChangePoint, zone: str) -> list[str]:
    back = moment(change.end_ms, zone) if change.end_ms is not None else "not in this record"
    return [
        change.title,
        moment(change.onset_ms, zone),
        period(change.onset_95, zone),
        back,
        change_in_words(change.size, change.unit),
        f"{fixed(change.gain, 1)} / {fixed(change.usual_gain, 1)}",
    ]


def _leads(toolbox: Toolbox) -> list[Flowable]:
    heading = Heading("Leads and lags", 1)
    if not toolbox.leads:
        words = "No two channels of a coupling of the line were both measured for long enough."
        return [heading, para(words)]
    words = (
        "Couplings of the line, each channel pre-whitened. A lead holds (shaded) if it is "
        "significant after all pairs, of the sign that the physics gives, and at a delay that the "
        "residence time allows. A closed loop may hide a lead or turn it."
    )
    holding = frozenset(n for n, lead in enumerate(toolbox.leads) if lead.holds)
    heads = ["Leading", "Following", "Lag (s)", "95 % (s)", "Allowed (s)", "r", "q", "Holds"]
    rows = [_lead(lead) for lead in toolbox.leads]
    widths = [41, 36, 13, 20, 20, 12, 16, 12]
    right = frozenset({2, 3, 4, 5, 6})
    return [heading, para(words), grid(heads, rows, widths, right=right, marked=holding)]


def _lead(lead: LeadLag) -> list[str]:
    return [
        lead.leading_title,
        lead.following_title,
        fixed(lead.lag_s, 0),
        interval_in_words(lead.lag_95_s),
        interval_in_words(lead.expected_s),
        correlation_in_words(lead.correlation),
        chance_in_words(lead.q_value),
        "yes" if lead.holds else "no",
    ]


def _envelope(toolbox: Toolbox, zone: str) -> list[Flowable]:
    words = (
        "Each signal as it was measured, without the twin, at the same place of the axis as in the "
        "normal batches. An exit is a reason to look, not a finding: some normal batches, left out "
        "in turn, leave too."
    )
    opening: list[Flowable] = [Heading("Envelope of normal batches", 1), para(words)]
    story: list[Flowable] = []
    for letter, shown in zip("bcde", toolbox.comparisons, strict=False):
        story += _on_axis(shown, letter, zone, opening)
        opening = []
    return story


def _on_axis(
    shown: BatchComparison, letter: str, zone: str, opening: list[Flowable]
) -> list[Flowable]:
    """`opening`: stands above, and on the page of what it opens."""
    leaving = sorted((c for c in shown.courses if c.exits), key=_farthest, reverse=True)
    judged = f"Over {shown.axis}, beside {shown.batches} normal batches"
    if not leaving:
        return [*opening, para(f"{judged}, no signal leaves the envelope.")]
    drawn = leaving[:_MOST_DRAWN]
    caption = (
        f"Figure 5{letter}: signals over {shown.axis}, those that leave farthest. Band: 5 to 95 % "
        f"of {shown.batches} normal batches, with their middle; shaded: outside the prediction "
        "limit for a further normal batch."
    )
    unit = shown.axis.unit
    rows = [
        [
            course.title,
            f"{fixed(e.begin, 0)} to {fixed(e.end, 0)}",
            period(e.span, zone),
            change_in_words(e.largest, course.unit),
            f"{significant(e.score)} / {significant(e.limit)}",
        ]
        for course in leaving
        for e in course.exits
    ]
    heads = ["Signal", f"At ({unit})", "By the clock", "Largest departure", "Half-widths / limit"]
    return [
        KeepTogether([*opening, envelope_figure(shown, drawn), para(caption, "caption")]),
        para(f"{judged}, {_leaving(len(leaving), len(shown.courses))}:"),
        grid(heads, rows, [46, 18, 64, 22, 20], right=frozenset({1, 3, 4})),
    ]


def _leaving(leaving: int, judged: int) -> str:
    return f"{leaving} of {count(judged, 'signal')} {'leaves' if leaving == 1 else 'leave'} it"


def _farthest(course: AlignedCourse) -> float:
    return max(e.score / e.limit for e in course.exits)
