"""How a part of an impact is told: with the impact that it is of, and what it rests on."""

from collections.abc import Callable

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import stale_said, told
from investigator.desktop.view_models.results import stale_because, zone_of

Go = Callable[[Place], None]
Facts = tuple[tuple[str, str], ...]
MISSING = "This impact was followed before that was told; follow the material again to see it."


def told_part(
    scene: Scene,
    title: str,
    kind: str,
    facts: Facts,
    go: Go,
    *,
    rests_on: Place = Place.HYPOTHESES,
    remarks: tuple[Remark, ...] = (),
) -> Inspected:
    """A part of the impact of the case that is shown."""
    case, recorded = scene.case, scene.case.impact if scene.case else None
    if case is None or recorded is None:
        return Inspected(title, kind, facts)
    because = stale_because(case, recorded)
    stale = (Remark(stale_said(because)),) if because else ()
    return Inspected(
        title=title,
        kind=kind,
        facts=facts,
        source=f"Impact. {told(recorded, zone_of(scene))}",
        digest=recorded.act.result,
        findings=(*stale, *remarks),
        rests_on=(Thing(rests_on.label, "step", lambda: go(rests_on)),),
    )
