"""Scenes with an impact that tells all it can: traced, accounted, judged, with a funnel."""

from dataclasses import replace
from functools import cache

from investigator.desktop.scene import Scene
from investigator.domain.impact import ContainerImpact
from investigator.domain.instant import Span
from investigator.domain.results import ImpactResult
from investigator.domain.tracing import ContainerOrigin, Origin, OriginKind, Traced
from support import dossiers
from support.investigations import FOLLOWED, walked
from support.much_impact import account, detectability, judged, traced
from support.scenes import a_scene, an_impact_result

CHANCES = (0.01, 1.0, 0.04)
DRAWS = 48


def with_result(result: ImpactResult) -> Scene:
    """The scene of the walk with another impact."""
    scene = a_scene(walked(until=FOLLOWED))
    if scene.seen is None:
        raise LookupError("the walk shows no case")
    return replace(scene, seen=replace(scene.seen, impact=result))


@cache
def whole_result() -> ImpactResult:
    """Every part of an impact, of the drums of the walk; by the rules the second is held."""
    plain = an_impact_result()
    containers = tuple(
        replace(judged(c, n), chance_affected=chance)
        for n, (c, chance) in enumerate(zip(plain.impact.containers, CHANCES, strict=True))
    )
    return replace(
        plain,
        impact=replace(plain.impact, containers=containers),
        traced=a_trace(containers),
        account=account(),
        detectability=detectability(),
        residence_nominal=(("Blender", dossiers.a_curve("Blender", 0.4)),),
        held_above=0.15,
        draws=DRAWS,
    )


def whole_scene() -> Scene:
    """The scene with `whole_result`."""
    return with_result(whole_result())


def a_trace(containers: tuple[ContainerImpact, ...]) -> Traced:
    """Four stages; each drum of two lots of one material, and of one time of feeding."""
    origins = tuple(
        ContainerOrigin(c.container_id, Span(c.filled.start_ms, c.filled.end_ms), _origins(c))
        for c in containers
    )
    return replace(traced(dossiers.a_span(12, 30), containers), origins=origins)


def _origins(container: ContainerImpact) -> tuple[Origin, ...]:
    lot, start = OriginKind.LOT, container.filled.start_ms
    fed = Span(start, start + 10 * dossiers.MINUTE)
    return (
        Origin(lot, "A1", 0.8, 0.76, 0.83, "API"),
        Origin(lot, "A2", 0.2, 0.17, 0.24, "API"),
        Origin(lot, "M1", 1.0, 1.0, 1.0, "MCC"),
        Origin(OriginKind.FEEDING, "09:00 to 09:10 UTC", 0.9997, 0.99, 1.0, fed=fed),
        Origin(OriginKind.FEEDING, "before the record", 0.0003, 0.0, 0.01),
    )
