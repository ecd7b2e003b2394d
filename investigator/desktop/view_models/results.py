"""How a computed result of the case stands, how it is told, and how it is computed again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from investigator.casework.analyses import ASKED_PER_MILLE
from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import (
    Take,
    stale_said,
    told,
    withdrawal,
)
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import (
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
)
from investigator.domain.grounds import RESTS_ON
from investigator.domain.investigation import Investigation

_ASKED: Mapping[Analysis, Act] = MappingProxyType(
    {
        Analysis.REPLAY: ReplayRecorded("", ""),
        Analysis.RANKING: RankingRecorded("", ""),
        Analysis.IMPACT: ImpactRecorded("", "", ()),
        Analysis.REMEDIES: RemedyRecorded("", "", ASKED_PER_MILLE),
        Analysis.ALL: ReplayRecorded("", ""),
    }
)
"""The act that each analysis begins with, to be asked whether it is in order."""


def zone_of(scene: Scene) -> str:
    """The zone in which the times of the case are shown."""
    return scene.case.opened.act.zone if scene.case is not None else "UTC"


def analysis_command(
    scene: Scene | None,
    analysis: Analysis,
    title: str,
    ask: Callable[[Analyse], None],
    *,
    shortcut: str = "",
) -> Command:
    """The command that runs an analysis, or says why it cannot be run now."""
    why_not = "Open a case first." if scene is None else scene.why_not(_ASKED[analysis])
    name = analysis.name.lower()
    return Command(
        f"{name}.start", title, lambda: ask(Analyse(analysis)), shortcut=shortcut, why_not=why_not
    )


def stale_because(case: Investigation, recorded: Recorded[Any]) -> str:
    """What changed after a result that rests on it, in one clause; empty where it is not stale."""
    if not case.is_stale(recorded):
        return ""
    for kind in RESTS_ON.get(type(recorded.act), ()):
        changed = case.touched(kind)
        if changed > recorded.sequence:
            gone = any(w.sequence == changed for w in case.withdrawals)
            word = f"{kind.WORD}, withdrawn" if gone else kind.WORD
            return f"entry {changed} ({word}) came after it"
    if isinstance(recorded.act, ReplayRecorded) and case.data_changed > recorded.sequence:
        return f"entry {case.data_changed} changed the data after it"
    return "what it rests on is stale"


def standing_said(scene: Scene, recorded: Recorded[Any] | None, remedy: str) -> str:
    """Who recorded a result and when; what made it stale and what to do about it; empty for none.

    `remedy`: what makes it current, e.g. "replay the batch again".
    """
    if recorded is None or scene.case is None:
        return ""
    if because := stale_because(scene.case, recorded):
        return f"{stale_said(because)}; {remedy}"
    return told(recorded, zone_of(scene))


def about_result(
    scene: Scene,
    recorded: Recorded[Any],
    title: str,
    rests_on: tuple[Place, ...],
    *,
    go: Callable[[Place], None],
    take: Take,
    facts: tuple[tuple[str, str], ...] = (),
) -> Inspected:
    """A result as it was recorded: entry, recipe, digest, what it rests on."""
    case, zone = scene.case, zone_of(scene)
    because = stale_because(case, recorded) if case else ""
    name = recorded.act.about()
    return Inspected(
        title=title,
        kind=recorded.act.WORD,
        facts=(*facts, ("Recipe", f"{recorded.act.recipe[:16]}…")),
        source=told(recorded, zone),
        digest=recorded.act.result,
        findings=(Remark(stale_said(because)),) if because else (),
        rests_on=tuple(Thing(place.label, "step", lambda p=place: go(p)) for place in rests_on),  # type: ignore[misc]
        actions=(replace(withdrawal(scene, recorded, take), title=f"Withdraw the {name}…"),),
    )
