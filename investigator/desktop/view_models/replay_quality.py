"""Quality as the twin replays it from the recorded inputs: over time, and container by container.

- The band over time is that of the product; the interval of a container is that of the mean that
  the laboratory reports, which the replay does not know.
- A container of which any was made outside the domain of the twin is said to be extrapolated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.plots.content import Curve, Limit, Plot
from investigator.desktop.plots.course import core, lowest_and_highest
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.record_ribbons import containers
from investigator.desktop.view_models.replay_ribbons import domain_rows, input_rows
from investigator.desktop.view_models.replay_signal import (
    driven_bands,
    driven_curve,
    interval_at,
)
from investigator.desktop.view_models.replay_told import Facts, ReplayTeller
from investigator.desktop.view_models.ribbon_marks import Marked, in_one_row, marked
from investigator.desktop.view_models.ribbons import Ribbons, ribbons_of
from investigator.domain.impact import short_ids
from investigator.domain.instant import Span, to_datetime
from investigator.domain.quantities import decimals_for, estimate, fixed
from investigator.domain.replayed import Replayed, ReplayedContainer, ReplayedCourse

NO_QUALITY = "Quality is not replayed"
NOT_YET = "This result was made before quality was replayed; replay the batch again."
NOT_LEARNED = "The twin has not learned from normal batches how quality differs from it."
_OF_PRODUCT = (
    "The band is for the product; dots carry the error of their method as well, for which the "
    "intervals of the containers allow."
)
_EXTRAPOLATING = "extrapolating: made outside the domain of the twin, so the intervals are wider"
_NOT_PREDICTED = (
    "Nothing is predicted of it: while it was filled the press did not turn, or the run was not "
    "recorded for most of the time."
)
_BLUE = 0


@dataclass(frozen=True, slots=True, eq=False)
class ContainerRow:
    """One container.

    `short`: its name without what all share. `by_attribute`: as replayed, empty where it was not.
    """

    container_id: str
    short: str
    by_attribute: Mapping[str, ReplayedContainer]

    @property
    def extrapolated(self) -> bool:
        """Whether any of it was made outside the domain."""
        return any(c.extrapolated for c in self.by_attribute.values())

    @property
    def off(self) -> int:
        """How many reported means lie outside their interval."""
        return sum(c.inside is False for c in self.by_attribute.values())


def attributes(replayed: Replayed) -> tuple[ReplayedCourse, ...]:
    """The courses of the quality attributes, in their order."""
    return tuple(course for course in replayed.courses if course.attribute)


def quality_plot(course: ReplayedCourse) -> Plot:
    """An attribute over time, with what laboratory and in-process tests found as dots.

    Every limit stands in the title; one that is drawn far from all values would flatten the bands.
    """
    dots = (("in process", course.in_process, _BLUE), ("laboratory", course.measured, None))
    found = tuple(
        Curve(name, c.t_ms, c.value, colour=colour, dots=True) for name, c, colour in dots if c
    )
    limits = tuple(Limit(value, f"limit {value:g}") for value in _near(course, found))
    unit = "" if course.unit == "-" else course.unit
    curves, bands = (driven_curve(course), *found), driven_bands(course)
    words = _limits_said(course)
    title = f"{course.title}, {words}" if words else course.title
    return Plot(course.attribute, title, unit, curves, bands, limits)


def container_rows(replayed: Replayed, scene: Scene) -> tuple[ContainerRow, ...]:
    """All containers of the batch in the order of its record, also those that were not replayed."""
    evidence = scene.seen.evidence if scene.seen else None
    filled = [c.container_id for c in evidence.batch.containers] if evidence else []
    by_container: dict[str, dict[str, ReplayedContainer]] = {name: {} for name in filled}
    for one in replayed.containers:
        by_container.setdefault(one.container_id, {})[one.attribute] = one
    _, short = short_ids(tuple(by_container))
    return tuple(ContainerRow(name, short[name], found) for name, found in by_container.items())


def quality_ribbons(
    replayed: Replayed, rows: Sequence[ContainerRow], whole: Span, teller: ReplayTeller
) -> Ribbons:
    """Domain, bridged inputs, containers; `whole`: the time that is shown."""
    seen = teller.scene.seen
    evidence = seen.evidence if seen else None
    known = {row.container_id: row for row in rows}
    filled = containers(evidence, teller.zone) if evidence else []
    drums = [_drum(m, known, replayed, teller) for m in filled]
    return ribbons_of(
        [
            *domain_rows(replayed, whole, teller),
            *input_rows(replayed, teller),
            *in_one_row("Containers", drums),
        ]
    )


def told_apart(value: ReplayedContainer) -> str:
    """Replayed with its interval, and beneath it the reported mean, in two lines.

    E.g. "✓ 99.8 ± 0.9" over "laboratory 99.2".
    """
    half = (value.high95 - value.low95) / 2
    places = decimals_for(half)
    middle, measured = fixed(value.predicted, places), fixed(value.measured, places)
    words = f"{middle} ± {fixed(half, places)}"
    judged = words if value.inside is None else _tone(value).said(words)
    return f"{judged}\nlaboratory {measured}"


def summary(replayed: Replayed) -> str:
    """How many reported means lie in their intervals, attribute by attribute."""
    parts = []
    for course in attributes(replayed):
        inside, known = _inside(replayed, course.attribute)
        if known:
            parts.append(f"{course.title} {inside} of {known}")
    return f"Laboratory inside: {', '.join(parts)}" if parts else "No laboratory result yet"


def about_attribute(
    teller: ReplayTeller, replayed: Replayed, course: ReplayedCourse, at_ms: int | None
) -> Inspected:
    """An attribute; `at_ms`: instant whose value is told as well."""
    inside, known = _inside(replayed, course.attribute)
    unit = "" if course.unit == "-" else f" {course.unit}"
    sampled = 0 if course.in_process is None else course.in_process.t_ms.size
    facts: Facts = (
        ("Specification", f"{_limits_said(course)}{unit}" if course.limits else "none"),
        ("Laboratory", f"{inside} of {known} means inside 95 %" if known else "none"),
        ("In process", f"{sampled} samples" if sampled else "none"),
    )
    if at_ms is not None:
        clock = to_datetime(at_ms, teller.zone).strftime("%H:%M:%S")
        value = interval_at(
            at_ms, course.t_ms, course.middle, course.low95, course.high95, course.unit
        )
        facts = ((f"As driven at {clock}", value), *facts)
    remark = Remark(_OF_PRODUCT, Tone.PLAIN)
    return teller.told(course.title, "replayed attribute", facts, remarks=(remark,))


def about_container(teller: ReplayTeller, replayed: Replayed, row: ContainerRow) -> Inspected:
    """A container with every attribute: replayed, its interval, the laboratory's mean."""
    titles = {course.attribute: course.title for course in attributes(replayed)}
    facts: Facts = tuple(
        (titles.get(name, name), _said(value)) for name, value in row.by_attribute.items()
    )
    remarks = (Remark(_EXTRAPOLATING),) if row.extrapolated else ()
    if not row.by_attribute:
        remarks = (Remark(_NOT_PREDICTED),)
    return teller.told(row.container_id, "replayed container", facts, remarks=remarks)


def _limits_said(course: ReplayedCourse) -> str:
    values = " and ".join(f"{value:g}" for value in course.limits)
    return f"limit{'s' if len(course.limits) > 1 else ''} {values}" if values else ""


def _near(course: ReplayedCourse, dots: Sequence[Curve]) -> tuple[float, ...]:
    """The limits that lie no farther from what is drawn than that is high."""
    drawn = lowest_and_highest(core(course.low95), core(course.high95), *(c.value for c in dots))
    if drawn is None:
        return course.limits
    low, high = drawn
    return tuple(v for v in course.limits if 2 * low - high <= v <= 2 * high - low)


def _said(value: ReplayedContainer) -> str:
    replayed = estimate(value.predicted, value.low95, value.high95, value.unit)
    if value.measured is None:
        return f"{replayed}; no laboratory result"
    places = decimals_for((value.high95 - value.low95) / 4)
    where = _tone(value).said("inside" if value.inside else "outside")
    return f"{replayed}; laboratory {fixed(value.measured, places)}, {where}"


def _tone(value: ReplayedContainer) -> Tone:
    return Tone.GOOD if value.inside else Tone.BAD


def _inside(replayed: Replayed, attribute: str) -> tuple[int, int]:
    told = [c.inside for c in replayed.containers if c.attribute == attribute]
    return sum(i is True for i in told), sum(i is not None for i in told)


def _drum(
    drawn: Marked, rows: Mapping[str, ContainerRow], replayed: Replayed, teller: ReplayTeller
) -> Marked:
    """A container of the batch; one that was replayed says how it stands."""
    span = drawn.drawn
    row = rows.get(span.key.removeprefix("container/"))
    if row is None or not row.by_attribute:
        return drawn
    tone = Tone.BAD if row.off else Tone.WARN if row.extrapolated else Tone.PLAIN
    tip = f"{row.container_id}: {row.off} means outside 95 %"
    told = about_container(teller, replayed, row)
    return marked(span.key, Span(span.start_ms, span.end_ms), span.label, tone, tip, told)
