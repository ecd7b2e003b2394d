"""Corrective and preventive actions: as proposed, and what is asked for when one is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.numbered import ever_recorded, next_number
from investigator.desktop.view_models.recorded import (
    Take,
    by,
    facts_of,
    moment_of,
    told,
    voids,
    withdrawal,
)
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.closing import ActionKind, ActionProposed
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import count

KINDS = tuple((kind.value, kind.value) for kind in ActionKind)
_PREFIX = "CA-"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action of the table."""

    recorded: Recorded[ActionProposed]
    proposed_by: str

    @property
    def act(self) -> ActionProposed:
        """What is to be done."""
        return self.recorded.act


@dataclass(frozen=True, slots=True)
class Actions:
    """What the view shows. `next_id`: of the action that would be proposed next.

    `note`: what stands beside the title.
    """

    rows: tuple[ActionRow, ...]
    next_id: str
    note: str
    why_not: str


def actions(scene: Scene) -> Actions:
    """The actions of the case that is shown."""
    case = scene.case
    if case is None:
        return Actions((), f"{_PREFIX}1", "", "Open a case first.")
    zone = case.opened.act.zone
    rows = tuple(ActionRow(r, f"{moment_of(r, zone)}, {by(r)}") for r in case.actions)
    number = count(len(rows), "action") if rows else ""
    note = "  ·  ".join(filter(None, (number, voids(scene))))
    return Actions(rows, _next_id(case), note, scene.why_not(_example(case)))


def proposed(action_id: str, values: Mapping[str, Any]) -> ActionProposed:
    """The act that a filled form asks for."""
    return ActionProposed(
        action_id,
        ActionKind(values["kind"]),
        values["text"],
        values["owner_role"],
        values["due"],
        values["effectiveness"],
    )


def inspected(scene: Scene, row: ActionRow, take: Take) -> Inspected:
    """What an action is, where it came from, and its withdrawal."""
    if scene.case is None:
        return Inspected(row.act.action_id, "action")
    act, zone = row.act, scene.case.opened.act.zone
    return Inspected(
        title=act.action_id,
        kind=act.kind.value,
        facts=(
            ("Action", act.text),
            ("Owner", act.owner_role),
            ("Due", act.due.isoformat()),
            ("Effective when", act.effectiveness),
            *facts_of(row.recorded, zone),
        ),
        source=told(row.recorded, zone),
        actions=(withdrawal(scene, row.recorded, take),),
    )


def _next_id(case: Investigation) -> str:
    """A number that no action of the case ever had, withdrawn ones included."""
    acts = ever_recorded(case)
    return next_number(_PREFIX, (a.action_id for a in acts if isinstance(a, ActionProposed)))


def _example(case: Investigation) -> ActionProposed:
    return ActionProposed("", ActionKind.CORRECTION, "", "", case.due.act.due, "")
