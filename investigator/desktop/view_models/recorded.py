"""How an act as recorded is told in the window: who, when, which entry, and taking it back."""

from collections.abc import Callable, Sequence
from typing import Any

from investigator.casework.rights import role_for
from investigator.desktop.commands import Command
from investigator.desktop.scene import Scene
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.errors import AccessRefused
from investigator.domain.instant import to_datetime
from investigator.domain.rules import refusal_of_withdrawal

Take = Callable[[Recorded[Act]], object]


def case_id_of(scene: Scene | None) -> str:
    """Number of the case that is shown; empty for none."""
    return scene.case.case_id if scene is not None and scene.case is not None else ""


def moment_of(recorded: Recorded[Any], zone: str) -> str:
    """Day and time to the minute in the zone of the case, e.g. "2026-02-06 03:48"."""
    return to_datetime(recorded.t_ms, zone).strftime("%Y-%m-%d %H:%M")


def by(recorded: Recorded[Any]) -> str:
    """Who did it, e.g. "Ann Weber"."""
    return recorded.who.full_name


def told(recorded: Recorded[Any], zone: str) -> str:
    """Entry, person with role, and time: where a thing of the case came from."""
    who = recorded.who
    return (
        f"Entry {recorded.sequence} of the log: {who.full_name} ({who.user_id}), {who.role}, "
        f"{moment_of(recorded, zone)}"
    )


def facts_of(recorded: Recorded[Any], zone: str) -> Sequence[tuple[str, str]]:
    """Person, time and reason as names and values."""
    facts = [("Recorded by", by(recorded)), ("At", moment_of(recorded, zone))]
    return [*facts, ("Reason", recorded.why)] if recorded.why else facts


def voids(scene: Scene) -> str:
    """What a change of the case would cost now; empty where it costs nothing."""
    return "signed: a change voids the signatures" if scene.case and scene.case.signatures else ""


def why_not_withdrawn(scene: Scene, recorded: Recorded[Act]) -> str:
    """Why the act cannot be withdrawn now by the person; empty if it can."""
    if scene.case is None:
        return "Open a case first."
    try:
        role_for(scene.person.roles, recorded.act)
    except AccessRefused as refused:
        return str(refused)
    return refusal_of_withdrawal(scene.case, recorded) or ""


def withdrawal(scene: Scene, recorded: Recorded[Any], take: Take) -> Command:
    """The command that asks for the reason to withdraw an act."""

    def ask() -> None:
        take(recorded)

    return Command(
        f"withdraw.{recorded.sequence}",
        "Withdraw…",
        ask,
        why_not=why_not_withdrawn(scene, recorded),
    )


def stale_said(words: str) -> str:
    """How something is told that rests on what has changed since, e.g. "◐ stale: reject"."""
    return f"◐ stale: {words}"


def open_said(words: str = "open") -> str:
    """How something is told that waits for a person, e.g. "● open"."""
    return f"● {words}"
