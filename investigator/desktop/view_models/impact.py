"""The impact: the disturbance at its unit, at the press outlet, in the containers.

The results hold a central estimate and a bound at 95 %; these two are shown, nothing between them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.plots.content import Curve, MarkedInstant, Plot, Ribbon, RibbonSpan
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.disposition import ContainerRow, disposition
from investigator.desktop.view_models.drum_tiles import Bound, affected_kg
from investigator.desktop.view_models.recorded import Take
from investigator.desktop.view_models.replay import leading
from investigator.desktop.view_models.results import about_result, standing_said, zone_of
from investigator.desktop.view_models.stages import Stages, focus, interval_ribbons, stages
from investigator.domain.evidence import Finding
from investigator.domain.impact import ContainerImpact, short_ids
from investigator.domain.instant import Span
from investigator.domain.panel import Curve as PanelCurve
from investigator.domain.quantities import count, fixed, period
from investigator.domain.results import ImpactResult

NO_IMPACT = "The material is not followed yet"
NEXT = "Follow it from the disturbance to the press outlet and into the containers."
SHARE = "Affected share of the tablets at the press outlet"
_REMEDY = "follow the material again"
_SPARE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """The disturbance on its way: `stages`, then `plot` over `ribbons` within `bounds`.

    `focus`: the stretch in which it passes; None where nothing is followed. `residence`,
    `nominal`: densities at the time of the event, and at the set-points.
    """

    stages: Stages
    plot: Plot
    ribbons: tuple[Ribbon, ...]
    bounds: tuple[int, int]
    focus: Span | None
    onset: MarkedInstant | None
    residence: tuple[Curve, ...]
    nominal: tuple[Curve, ...]


def container_rows(scene: Scene) -> tuple[ContainerRow, ...]:
    """The containers in order of filling."""
    return disposition(scene).rows


def summary(rows: Sequence[ContainerRow], bound: Bound) -> str:
    """How many containers and how much mass are affected; the bounds are added up."""
    containers = [row.container for row in rows]
    if not containers:
        return "No container of this batch is on record."
    hit = sum(c.affected for c in containers)
    known = [c.net_kg for c in containers if c.net_kg > 0]
    mass = fixed(sum(affected_kg(c, bound) for c in containers), 1)
    said = "" if bound is Bound.CENTRAL else "≤ "
    held = f"{hit} of {count(len(containers), 'container')} held as affected"
    return f"{held}  ·  {said}{mass} kg of {fixed(sum(known), 1)} kg"


def passage(scene: Scene, result: ImpactResult) -> Passage:
    """The disturbance at its unit, at the press outlet, in the containers, over one time axis."""
    impact, share = result.impact, result.affected_share
    zone = zone_of(scene)
    curve = None if share is None else Curve("affected", share.t_ms, 100 * share.value, colour=1)
    _, names = short_ids(tuple(c.container_id for c in impact.containers))
    reached = enumerate(impact.affected_intervals)
    traced = interval_ribbons(result, zone)
    ribbons = (
        *(() if traced else (_ribbon("Cause", _cause(scene, result, zone)),)),
        *traced,
        _ribbon("Affected", [_affected(place, span, zone) for place, span in reached]),
        _ribbon("Containers", [_filled(c, names[c.container_id]) for c in impact.containers]),
    )
    return Passage(
        stages=stages(result, _leading_title(scene)),
        plot=Plot("share", SHARE, "%", (curve,) if curve else ()),
        ribbons=tuple(ribbon for ribbon in ribbons if ribbon.spans),
        bounds=_bounds(result),
        focus=focus(result),
        onset=_onset(result),
        residence=_densities(result.residence_time),
        nominal=_densities(result.residence_nominal),
    )


def standing(scene: Scene) -> str:
    """How the impact stands."""
    return standing_said(scene, scene.case.impact if scene.case else None, _REMEDY)


def about_impact(
    scene: Scene, bound: Bound, *, go: Callable[[Place], None], take: Take
) -> Inspected | None:
    """The impact as recorded; None where there is none."""
    recorded = scene.case.impact if scene.case else None
    result = scene.seen.impact if scene.seen else None
    if recorded is None or result is None:
        return None
    zone, window = zone_of(scene), result.disturbance_window
    facts = (
        ("Containers", summary(container_rows(scene), bound)),
        *((("Cause at work", period(window, zone)),) if window else ()),
        *(("At the press", period(span, zone)) for span in result.impact.affected_intervals),
        *(("Doubtful", _finding_said(finding)) for finding in result.findings),
        *(("Assumed", words) for words in result.assumptions),
    )
    places = (Place.HYPOTHESES,)
    return about_result(scene, recorded, "Impact", places, go=go, take=take, facts=facts)


def _finding_said(finding: Finding) -> str:
    detail = f" ({finding.detail})" if finding.detail else ""
    return f"{finding.subject}: {finding.kind.replace('_', ' ')}{detail}; {finding.action}"


def _densities(found: tuple[tuple[str, PanelCurve], ...]) -> tuple[Curve, ...]:
    return tuple(
        Curve(name, curve.t_ms, curve.value, colour=place)
        for place, (name, curve) in enumerate(found)
        if curve.t_ms.size
    )


def _leading_title(scene: Scene) -> str:
    ranking = scene.seen.ranking.ranking if scene.seen and scene.seen.ranking else None
    lead = leading(ranking) if ranking else None
    return lead.title if lead else "cause at work"


def _cause(scene: Scene, result: ImpactResult, zone: str) -> list[RibbonSpan]:
    window = result.disturbance_window
    if window is None:
        return []
    title = _leading_title(scene)
    tip = f"{title}: at work at its unit, {period(window, zone)}"
    return [RibbonSpan("cause", window.start_ms, window.end_ms, title, Tone.WARN, tip)]


def _affected(place: int, span: Span, zone: str) -> RibbonSpan:
    tip = f"Tablets of this stretch at the press outlet are affected, {period(span, zone)}"
    label = "at the press outlet"
    return RibbonSpan(f"affected/{place}", span.start_ms, span.end_ms, label, Tone.BAD, tip)


def _filled(container: ContainerImpact, name: str) -> RibbonSpan:
    whole, span = container.container_id, container.filled
    return RibbonSpan(f"container/{whole}", span.start_ms, span.end_ms, name, tip=whole)


def _ribbon(title: str, spans: list[RibbonSpan]) -> Ribbon:
    return Ribbon(title, tuple(spans))


def _bounds(result: ImpactResult) -> tuple[int, int]:
    edges = [t for c in result.impact.containers for t in (c.filled.start_ms, c.filled.end_ms)]
    if result.disturbance_window is not None:
        edges += [result.disturbance_window.start_ms, result.disturbance_window.end_ms]
    share = result.affected_share
    if not edges and share is not None and share.t_ms.size:
        edges = [int(share.t_ms[0]), int(share.t_ms[-1])]
    first, last = min(edges, default=0), max(edges, default=1)
    spare = round((last - first) * _SPARE)
    return first - spare, last + spare


def _onset(result: ImpactResult) -> MarkedInstant | None:
    t_ms = result.impact.onset_ms
    return None if t_ms is None else MarkedInstant(t_ms, t_ms, t_ms, "onset")
