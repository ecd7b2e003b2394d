"""How the disturbance went through the line, and where the material of each container came from."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.instant import Span
from investigator.domain.quantities import (
    UNKNOWN,
    duration,
    fixed,
    later_moment,
    moment,
    period,
    probability,
)
from investigator.domain.tracing import ContainerOrigin, Origin, OriginKind
from investigator.report.figures.axes import time_title
from investigator.report.figures.residence import residence_time
from investigator.report.figures.stages import stage_strips, stage_window
from investigator.report.pages import Heading
from investigator.report.paper import grid, para

_LEAST_SHARE = 0.005
_MOST_ORIGINS = 8


def tracing(dossier: Dossier) -> list[Flowable]:
    """The strips of the units, when disturbed material leaves the press, the residence times."""
    return [*_stages(dossier), *_interval(dossier), *_residence(dossier)]


def origins(dossier: Dossier) -> list[Flowable]:
    """Time of feeding and lots of each container; nothing where none was traced back."""
    traced = dossier.traced
    if traced is None or not traced.origins:
        return []
    words = (
        "Traced back through the residence times: when 95 % of the material of a container entered "
        "the line, and what it is made of, with 95 % intervals. Shares below 0.5 % are left out."
    )
    heads = ["Container", "Fed", "Lots"]
    rows = [_origin_row(one, dossier.zone) for one in traced.origins]
    return [
        Heading("Where the containers came from", 1),
        para(words),
        grid(heads, rows, [30, 58, 82]),
    ]


def _stages(dossier: Dossier) -> list[Flowable]:
    traced = dossier.traced
    if traced is None or not traced.stages:
        return []
    span = stage_window(traced, dossier.disturbance_window)
    axis = time_title(span.start_ms, span.end_ms, dossier.zone)
    words = (
        "Figure 7: share of disturbed material behind each unit, 0 to 100 %, with the 95 % band "
        f"of {traced.draws} draws of the residence times, through the flows, hold-ups and speeds "
        f"as recorded; at the right the highest share. Time axis {axis}."
    )
    figure = stage_strips(
        traced, dossier.disturbance_window, dossier.impact.containers, dossier.zone
    )
    return [KeepTogether([Heading("Tracing", 1), figure, para(words, "caption")])]


def _interval(dossier: Dossier) -> list[Flowable]:
    traced = dossier.traced
    if traced is None or traced.interval is None:
        return []
    found = traced.interval
    rows = [
        _interval_row("surely: in 97.5 % of the draws", found.surely, dossier.zone),
        _interval_row("centrally: in half of them", found.central, dossier.zone),
        _interval_row(
            "possibly: in 2.5 % of them, the conservative one", found.possibly, dossier.zone
        ),
    ]
    heads = ["Disturbed material leaves the press", "From", "To", "Length"]
    return [grid(heads, rows, [72, 42, 30, 26], marked=frozenset({2}))]


def _interval_row(words: str, span: Span | None, zone: str) -> list[str]:
    if span is None:
        return [words, UNKNOWN, UNKNOWN, "at no time"]
    end = later_moment(span.end_ms, zone, after_ms=span.start_ms)
    return [words, moment(span.start_ms, zone), end, duration(span.seconds)]


def _residence(dossier: Dossier) -> list[Flowable]:
    curves = tuple((n, c) for n, c in dossier.residence_time if c.t_ms.size)
    if not curves:
        return []
    caption = para("Figure 8: residence-time distributions of the line.", "caption")
    return [KeepTogether([Heading("Residence times", 1), residence_time(curves), caption])]


def _origin_row(one: ContainerOrigin, zone: str) -> list[str]:
    return [
        one.container_id,
        period(one.fed, zone),
        _lots(one),
    ]


def _lots(one: ContainerOrigin) -> str:
    lots = [o for o in one.origins if o.kind is OriginKind.LOT]
    found = [o for o in lots if o.share >= _LEAST_SHARE]
    texts = [_share(o) for o in found[:_MOST_ORIGINS]]
    rest = len(found) - len(texts)
    texts += [f"and {rest} more"] if rest else []
    return "; ".join(texts) or UNKNOWN


def _share(origin: Origin) -> str:
    if origin.low95 >= 1.0 - _LEAST_SHARE:
        return f"{origin.name} all"
    low, high = fixed(100 * origin.low95, 0), fixed(100 * origin.high95, 0)
    return f"{origin.name} {probability(origin.share)} ({low} to {high})"
