"""What can be done from everywhere: the commands and things that the palette always offers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import STEPS, Place
from investigator.desktop.requests import Analyse, Analysis, Request, ShowCase, VerifyWorkspace
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.frame import NO_CASE, NO_CONTENT, keeps_accounts
from investigator.desktop.view_models.genealogy import nodes
from investigator.desktop.view_models.reconciliation import balances
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.genealogy import NodeKind
from investigator.domain.progress import Mark, Step, progress

_SETTLED = (Mark.DONE, Mark.LOCKED)


@dataclass(frozen=True, slots=True)
class Ways:
    """How commands do what they say.

    `ask`: carries out a request. `go`: shows a place. `find`: shows a place and goes to the thing
    there whose title is this one or the end of it. `sign_out`, `lock`, `toggle_theme`,
    `other_workspace`: as they say.
    """

    ask: Callable[[Request], None]
    go: Callable[[Place], None]
    find: Callable[[Place, str], None]
    sign_out: Callable[[], None]
    lock: Callable[[], None]
    toggle_theme: Callable[[], None]
    other_workspace: Callable[[], None]


def commands(scene: Scene, ways: Ways, folder: Path | None) -> tuple[Command, ...]:
    """What can be done from everywhere.

    Args:
        scene: as it is.
        ways: how it is done.
        folder: of the workspace, for its name in the command that leaves it.
    """
    return (*_of_the_case(scene, ways), *_of_the_window(scene, ways, folder))


def things(scene: Scene, ways: Ways, seen: Place | None) -> tuple[Thing, ...]:
    """What can be gone to from everywhere; the place that is seen offers its own things itself."""
    found = [*_cases(scene, ways)]
    for place, kind, titles in _titles(scene):
        if place is not seen:
            found += [Thing(title, kind, partial(ways.find, place, title)) for title in titles]
    return tuple(found)


def next_step(scene: Scene) -> Place | None:
    """The first step of the case that is not done; None where all are."""
    if scene.case is None:
        return None
    marks = progress(scene.case)
    places = dict(zip(Step, STEPS, strict=True))
    return next((places[step] for step, mark in marks.items() if mark not in _SETTLED), None)


def _of_the_case(scene: Scene, ways: Ways) -> tuple[Command, ...]:
    following = next_step(scene)
    no_case = NO_CONTENT if keeps_accounts(scene.person) else "" if scene.case else NO_CASE
    nothing_left = "" if following else "Every step of this case is done."
    return (
        Command(
            "case.next",
            f"Next step: {following.label}" if following else "Next step",
            partial(ways.go, following or Place.CASE),
            "Ctrl+Return",
            no_case or nothing_left,
        ),
        Command(
            "case.analyse",
            "Run all analyses: replay, ranking, impact",
            partial(ways.ask, Analyse(Analysis.ALL)),
            why_not=no_case or _why_not_analyse(scene),
            group="status",
        ),
        Command(
            "case.list",
            "List of cases",
            lambda: _list(ways),
            "Ctrl+Shift+O",
            NO_CONTENT if keeps_accounts(scene.person) else "",
            "status",
        ),
    )


def _of_the_window(scene: Scene, ways: Ways, folder: Path | None) -> tuple[Command, ...]:
    leave = f"Leave the workspace {folder.name if folder else ''} for another…"
    verifying = "The verification is running; wait for it, or cancel it."
    return (
        Command(
            "workspace.verify",
            "Verify the workspace",
            partial(ways.ask, VerifyWorkspace()),
            why_not=verifying if "verification" in scene.running else "",
        ),
        Command("design.toggle", "Light or dark", ways.toggle_theme),
        Command("lock", "Lock the window", ways.lock, "Ctrl+L"),
        Command("sign.out", "Sign out", ways.sign_out),
        Command("workspace.choose", leave, ways.other_workspace),
    )


def _why_not_analyse(scene: Scene) -> str:
    if scene.running:
        return f"The {min(scene.running)} is running; wait for it, or cancel it."
    return scene.why_not(ReplayRecorded("", ""))


def _list(ways: Ways) -> None:
    ways.ask(ShowCase(None))
    ways.go(Place.CASE)


def _cases(scene: Scene, ways: Ways) -> list[Thing]:
    return [
        Thing(
            f"{case.case_id}  {case.opened.act.title}",
            "case",
            partial(ways.ask, ShowCase(case.case_id)),
        )
        for case in scene.cases
        if scene.case is None or case.case_id != scene.case.case_id
    ]


def _titles(scene: Scene) -> tuple[tuple[Place, str, tuple[str, ...]], ...]:
    case, seen = scene.case, scene.seen
    if case is None or seen is None:
        return ()
    courses = seen.evidence.trajectories if seen.evidence else {}
    signals = tuple(f"{tag} {courses[tag].signal.description}" for tag in sorted(courses))
    documents = tuple(f"{r.act.document_id}  {r.act.title}" for r in case.documents)
    lots = (row for row in nodes(scene) if row.node.kind is NodeKind.LOT)
    return (
        (Place.IMPACT, "container", case.containers),
        (Place.EVIDENCE, "lot", tuple(row.title for row in lots)),
        (Place.EVIDENCE, "balance", tuple(row.title for row in balances(scene))),
        (Place.HYPOTHESES, "hypothesis", tuple(r.act.title for r in case.hypotheses)),
        (Place.EVIDENCE, "document", documents),
        (Place.TIMELINE, "signal", signals),
    )
