"""The replay in full: who left first, the domain, the recorded inputs, quality container by
container."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.applicability import Excursion
from investigator.domain.departures import Departure
from investigator.domain.dossier import Dossier
from investigator.domain.impact import attribute_name
from investigator.domain.instant import Span
from investigator.domain.quantities import (
    UNKNOWN,
    count,
    decimals_for,
    duration,
    fixed,
    later_moment,
    moment,
    significant,
)
from investigator.domain.replayed import (
    QualityStretch,
    Replayed,
    ReplayedContainer,
    ReplayedCourse,
    Shortcoming,
)
from investigator.report.figures.axes import time_title
from investigator.report.figures.replayed import replayed_legend, replayed_panel
from investigator.report.figures.residual_map import residual_map
from investigator.report.pages import Heading
from investigator.report.paper import grid, para

_MOST_SIGNALS, _MOST_STRETCHES = 4, 40
_CONTAINER_MM = 35.0
_OF_READINGS = "The bands are for the readings, sensor included."
_OF_PRODUCT = (
    "The bands are for the product; dots carry the error of the laboratory or the tester as well, "
    "for which the table of containers allows."
)


def who_left_first(dossier: Dossier, window: Span) -> list[Flowable]:
    """The map of residuals, and the signals that left the band in order of time."""
    if not dossier.departures:
        return []
    axis = time_title(window.start_ms, window.end_ms, dossier.zone)
    words = (
        "Figure 2: residuals, measured minus predicted in standard deviations (σ) of the twin; "
        f"time axis {axis}. The signals that left its 95 % band first stand above."
    )
    figure = [
        Heading("Who left the band first", 1),
        residual_map(dossier.departures, window, dossier.zone),
        para(words, "caption"),
    ]
    left = [d for d in dossier.departures if d.left_ms is not None]
    if not left:
        return [KeepTogether(figure), para("No signal left the band of the twin for long.")]
    return [KeepTogether(figure), _left_table(left, dossier.zone)]


def from_recorded_inputs(dossier: Dossier, window: Span) -> list[Flowable]:
    """What the twin makes of the inputs as they were recorded, and how far it may be believed."""
    found = dossier.replayed
    if found is None:
        return []
    return [
        Heading("Replay from the recorded inputs", 1),
        para(
            "The twin was run once more, with what the line recorded in place of what was set: "
            "flows, speeds, force, level, humidity, lots. What it gives is what this run, as it "
            "was driven, should have made; a cause that no input shows stays invisible here."
        ),
        *_domain(found, dossier.zone),
        *_quality(found, dossier.zone),
        *_courses(found, window, dossier.zone),
        *_containers(found),
    ]


def _left_table(left: list[Departure], zone: str) -> Flowable:
    rows = [[moment(d.left_ms, zone), d.panel.title, f"{fixed(d.farthest, 1)} σ"] for d in left]
    return grid(["Left the band", "Signal", "Farthest"], rows, [42, 104, 24], right=frozenset({2}))


def _domain(found: Replayed, zone: str) -> list[Flowable]:
    heading = Heading("Applicability domain", 1)
    if not found.limits:
        return [heading, para("The twin states no applicability domain.")]
    held = f"{count(len(found.limits), 'limit')} of the domain of the twin"
    if not found.excursions:
        return [heading, para(f"The run kept to all {held}.")]
    words = (
        f"The run was held against {held} and left it as follows. There the twin is extrapolating: "
        "its bands are widened, and nothing is excluded on its word alone."
    )
    heads = ["Quantity", "From", "To", "Limits", "Farthest", "Distance", "Origin of the limits"]
    rows = [_excursion(e, zone) for e in found.excursions]
    return [heading, para(words), grid(heads, rows, [26, 37, 22, 19, 16, 16, 34])]


def _excursion(excursion: Excursion, zone: str) -> list[str]:
    limit, span = excursion.limit, excursion.span
    unit = "" if limit.unit == "-" else f" {limit.unit}"
    return [
        limit.title,
        moment(span.start_ms, zone),
        later_moment(span.end_ms, zone, after_ms=span.start_ms),
        f"{significant(limit.low)} to {significant(limit.high)}{unit}",
        f"{significant(excursion.farthest)}{unit}",
        f"{significant(excursion.distance, 2)} × {significant(limit.scale)}{unit}",
        limit.origin,
    ]


def _quality(found: Replayed, zone: str) -> list[Flowable]:
    heading = Heading("Quality of the signals", 1)
    if not found.quality:
        words = "While the press turned no mapped signal was missing or in doubt."
        return [heading, para(words)]
    longest = sorted(found.quality, key=lambda s: -s.span.seconds)[:_MOST_STRETCHES]
    shown = sorted(longest, key=lambda s: (s.span.start_ms, s.tag))
    story: list[Flowable] = [
        heading,
        para(
            f"{count(len(found.quality), 'stretch', 'stretches')} while the press turned. Where an "
            "input is bridged, set-point or usual level stands in and the band is wider."
        ),
        grid(
            ["Tag", "From", "To", "Length", "What"],
            [_stretch(s, zone) for s in shown],
            [52, 40, 24, 20, 34],
        ),
    ]
    rest = len(found.quality) - len(shown)
    if rest:
        story.append(para(f"{count(rest, 'shorter stretch', 'shorter ones')} not printed.", "note"))
    return story


def _stretch(stretch: QualityStretch, zone: str) -> list[str]:
    span = stretch.span
    return [
        stretch.tag,
        moment(span.start_ms, zone),
        later_moment(span.end_ms, zone, after_ms=span.start_ms),
        duration(span.seconds),
        stretch.shortcoming.value,
    ]


def _courses(found: Replayed, window: Span, zone: str) -> list[Flowable]:
    attributes = [c for c in found.courses if c.attribute]
    signals = [c for c in found.courses if not c.attribute][:_MOST_SIGNALS]
    return [
        *_panels("Signals replayed", 4, _OF_READINGS, signals, found, window, zone),
        *_panels("Quality over time", 5, _OF_PRODUCT, attributes, found, window, zone),
    ]


def _panels(
    title: str,
    figure: int,
    band: str,
    courses: list[ReplayedCourse],
    found: Replayed,
    window: Span,
    zone: str,
) -> list[Flowable]:
    if not courses:
        return []
    outside = [e.span for e in found.excursions]
    missing = (Shortcoming.BRIDGED, Shortcoming.DOUBTFUL)
    weak = [s.span for s in found.quality if s.shortcoming in missing]
    drawn: list[Flowable] = [
        replayed_panel(course, window, zone, outside=outside, weak=weak) for course in courses
    ]
    axis = time_title(window.start_ms, window.end_ms, zone)
    words = f"Figure {figure}: {title.lower()} from the recorded inputs; time axis {axis}. {band}"
    return [
        KeepTogether([Heading(title, 1), replayed_legend(), drawn[0]]),
        *drawn[1:],
        para(words, "caption"),
    ]


def _containers(found: Replayed) -> list[Flowable]:
    if not found.containers:
        return []
    attributes = dict.fromkeys((c.attribute, c.unit) for c in found.containers)
    by_container: dict[str, list[ReplayedContainer]] = {}
    for one in found.containers:
        by_container.setdefault(one.container_id, []).append(one)
    off = [any(c.inside is False for c in row) for row in by_container.values()]
    words = (
        "Replayed without the laboratory results of this batch, with the interval in which the "
        "mean that the laboratory reports should lie in 95 of 100 cases; after the stroke that "
        "mean. Shaded: a mean lies outside, which is said."
    )
    width = (170 - _CONTAINER_MM) / len(attributes)
    return [
        Heading("Quality of the containers, replayed", 1),
        para(words),
        grid(
            ["Container", *(f"{attribute_name(name)} ({unit})" for name, unit in attributes)],
            [_container(row, [name for name, _ in attributes]) for row in by_container.values()],
            [_CONTAINER_MM, *([width] * len(attributes))],
            marked=frozenset(n for n, outside in enumerate(off) if outside),
        ),
    ]


def _container(row: list[ReplayedContainer], attributes: list[str]) -> list[str]:
    by_attribute = {c.attribute: c for c in row}
    name = row[0].container_id
    beyond = " (extrapolating)" if any(c.extrapolated for c in row) else ""
    known = [by_attribute.get(attribute) for attribute in attributes]
    return [f"{name}{beyond}", *(UNKNOWN if c is None else _figures(c) for c in known)]


def _figures(c: ReplayedContainer) -> str:
    places = decimals_for((c.high95 - c.low95) / 4)
    low, middle, high = (fixed(v, places) for v in (c.low95, c.predicted, c.high95))
    measured = UNKNOWN if c.measured is None else fixed(c.measured, places)
    return f"{middle} ({low} to {high}) / {measured}{' outside' if c.inside is False else ''}"
