"""Scenes with containers that were judged in full, and with remedies beside doing nothing."""

from dataclasses import replace
from typing import Any

from investigator.casework.session import SignedIn
from investigator.desktop.scene import Scene
from investigator.domain.conformance import (
    AcceptanceValue,
    Conformance,
    DecisionRule,
    SamplingPlan,
    Zone,
)
from investigator.domain.impact import ContainerImpact, PredictedQuality
from investigator.domain.investigation import Investigation
from investigator.domain.remedy import (
    RefusedRemedy,
    RemedyContainer,
    RemedyKind,
    RemedyOutcome,
    RemedyResult,
    RemedySetting,
)
from support.investigations import DRUMS, FOLLOWED, REMEDIED, T0_MS, Story, walked
from support.scenes import INVESTIGATOR, a_drum, a_scene

OUT_OF_SPECIFICATION = "assay 94.1 % LC reported, limits 95 to 105"
WHY_SAMPLED = "59 tablets hold at least one affected one with 95 % confidence."


def judged(place: int, **more: Any) -> ContainerImpact:
    """A drum with everything that an impact tells of it; `more`: other fields."""
    fields: dict[str, Any] = {
        "conformance": (
            Conformance("assay", "% LC", 95.0, 105.0, 0.9, 0.98, Zone.INCONCLUSIVE, 0.02, 0.98),
            Conformance("weight", "mg", 240.0, None, 1.5, 1.0, Zone.ACCEPT, 0.0001, 0.0),
        ),
        "content_uniformity": AcceptanceValue(4.24, 2.9, 6.8, 0.97, 15.0, 5.1),
        "sampling": SamplingPlan(59, 20, ("assay", "weight"), WHY_SAMPLED, 1.0, 7.5),
        "rule": DecisionRule.AFFECTED.value,
    }
    return replace(a_drum(place), **{**fields, **more})


def with_containers(scene: Scene, *containers: ContainerImpact) -> Scene:
    """The scene with other containers in its impact."""
    assert scene.seen is not None
    assert scene.seen.impact is not None
    impact = replace(scene.seen.impact.impact, containers=containers)
    result = replace(scene.seen.impact, impact=impact)
    return replace(scene, seen=replace(scene.seen, impact=result))


def remedied(
    case: Investigation | None = None,
    *,
    result: RemedyResult | None = None,
    person: SignedIn = INVESTIGATOR,
) -> Scene:
    """The scene once remedies were recorded; what became of the case since then is in `case`."""
    if case is None:
        story = Story(walked(until=FOLLOWED))
        story.do(REMEDIED)
        case = story.case
    scene = a_scene(case, person=person)
    assert scene.seen is not None
    return replace(scene, seen=replace(scene.seen, remedies=result or a_remedy_result()))


def a_remedy_result() -> RemedyResult:
    """Nothing, sorting that meets what is asked, diverting that was not, reprocessing refused."""
    settings = (
        RemedySetting("low", "lowest weight", "mg", 246.5, 240.0, 250.0),
        RemedySetting("speed", "speed of the sorter", "1/min", 600.0, 300.0, 900.0, 500.0),
    )
    refused = RefusedRemedy(
        "reprocess", RemedyKind.REPROCESS, "Reprocess", "The dossier does not register it."
    )
    return RemedyResult(
        outcomes=(
            an_outcome("nothing", RemedyKind.NOTHING, "Do nothing", taken=0.0, p=0.02),
            an_outcome(
                "sort",
                RemedyKind.SORT_BY_WEIGHT,
                "Sort by weight",
                taken=0.5,
                p=0.97,
                settings=settings,
                confirm="Assay of ten tablets of each sorted drum.",
                blind_to="Tablets of the right weight with too little API.",
            ),
            an_outcome(
                "reject", RemedyKind.REJECT, "Reject D2", taken=1.0, p=1.0, standard_error=0.0
            ),
            an_outcome(
                "divert",
                RemedyKind.DIVERT,
                "Divert a window",
                taken=0.2,
                p=0.5,
                registered=False,
                from_ms=T0_MS,
            ),
        ),
        best="sort",
        asked=0.95,
        draws=200,
        nearest="sort",
        refused=(refused,),
        assumptions=("Errors are shared by all containers.",),
    )


def an_outcome(
    remedy_id: str, kind: RemedyKind, title: str, *, taken: float, p: float, **more: Any
) -> RemedyOutcome:
    """A remedy that takes a share of the second drum out."""
    rows = tuple(
        RemedyContainer(drum, 12.0 - out, out, 5.0 * hit, (1.0 - taken) * 5.0 * hit, before, after)
        for drum, hit, out, before, after in zip(
            DRUMS,
            (0, 1, 0),
            (0.0, 12.0 * taken, 0.0),
            (0.999, 0.1, 0.999),
            (0.999, 0.1 + 0.9 * taken, 0.999),
            strict=True,
        )
    )
    fields: dict[str, Any] = {
        "settings": (),
        "standard_error": 0.012,
        "registered": True,
        "assumptions": ("The sorter errs by 0.3 mg.",) if more.get("settings") else (),
        "confirm": "",
        "quality": {
            "assay": PredictedQuality(97.0 + 2.0 * taken, 96.0, 99.0 + taken, "% LC", 0.5 + p / 2)
        },
        "contained": taken,
    }
    return RemedyOutcome(
        remedy_id=remedy_id,
        kind=kind,
        title=title,
        containers=rows,
        p_conform=p,
        kept_kg=sum(row.kept_kg for row in rows),
        removed_kg=sum(row.removed_kg for row in rows),
        good_lost_kg=7.0 * taken,
        cost=8.5 * taken,
        cost_unit="kg",
        meets=p >= 0.95,
        **{**fields, **more},
    )
