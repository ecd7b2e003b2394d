"""What an empty view says and offers: its own command, or the way to what comes before it.

- Where something is missing that the command rests on, the first of it in the walk is gone to.
- Whoever may not do the act at all is told so; the way would lead nowhere for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from investigator.casework.rights import role_for
from investigator.desktop.commands import Command
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    ImpactRecorded,
    RankingRecorded,
    ReplayRecorded,
    TwinChosen,
)
from investigator.domain.acts.evidence import EvidenceAdmitted
from investigator.domain.errors import AccessRefused
from investigator.domain.grounds import RESTS_ON
from investigator.domain.investigation import Investigation


@dataclass(frozen=True, slots=True)
class Ground:
    """Something that comes before: where it is done, and what is to be done there."""

    kind: type[Act]
    place: Place
    remedy: str


_WALK = (
    Ground(EvidenceAdmitted, Place.EVIDENCE, "Admit a folder of evidence"),
    Ground(TwinChosen, Place.TWIN, "Choose a twin"),
    Ground(ReplayRecorded, Place.REPLAY, "Replay the batch"),
    Ground(RankingRecorded, Place.HYPOTHESES, "Rank the hypotheses"),
    Ground(ImpactRecorded, Place.IMPACT, "Follow the material"),
)


def grounds_of(kind: type[Act]) -> frozenset[type[Act]]:
    """All that an act rests on, and what that rests on."""
    direct = RESTS_ON.get(kind, ())
    return frozenset(direct).union(*(grounds_of(ground) for ground in direct))


def way_on(
    scene: Scene | None,
    command: Command,
    act: Act,
    next_step: str,
    go: Callable[[Place], None],
    *,
    needs: Sequence[type[Act]] = (),
) -> tuple[str, Command]:
    """The sentence on what to do next, and the command that does it or leads there.

    Args:
        scene: as it is; None before there is one.
        command: what fills the view.
        act: what the command records.
        next_step: what the command does for the view, in a sentence.
        go: goes to a place.
        needs: what the command rests on besides what its act does.
    """
    if command.enabled or scene is None or scene.case is None or not _may(scene, act):
        return command.why_not or next_step, command
    needed = grounds_of(type(act)).union(needs)
    for ground in _WALK:
        again = _missing(scene.case, ground.kind)
        if ground.kind in needed and again is not None:
            title = f"Go to {ground.place.label}"
            lead = Command(f"{command.id}.before", title, partial(go, ground.place))
            return f"{next_step} {ground.remedy}{again} first.", lead
    return command.why_not, command


def _may(scene: Scene, act: Act) -> bool:
    try:
        role_for(scene.person.roles, act)
    except AccessRefused:
        return False
    return True


def _missing(case: Investigation, kind: type[Act]) -> str | None:
    """Empty where there is none of the kind, " again" where one is stale, None where all count."""
    found = case.all_standing(kind)
    if not found:
        return ""
    return " again" if any(case.is_stale(r) for r in found) else None
