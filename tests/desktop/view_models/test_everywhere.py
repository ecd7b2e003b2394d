"""What the palette offers from everywhere."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.investigations import CLOSED, DRUMS, RANKED, SCOPED, TWIN, walked
from support.material_scenes import material_scene
from support.scenes import ADMINISTRATOR, TAGS, a_scene, no_case

from investigator.desktop.commands import Command
from investigator.desktop.frame.state import Place
from investigator.desktop.requests import Analyse, Analysis, ShowCase, VerifyWorkspace
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.everywhere import Ways, commands, next_step, things

SIGNALS = {f"{tag} course of {tag}" for tag in TAGS}


class Done:
    """Which ways were gone."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self.ways = Ways(
            ask=self.said.append,
            go=self.said.append,
            find=lambda place, title: self.said.append((place, title)),
            sign_out=self._note("sign out"),
            lock=self._note("lock"),
            toggle_theme=self._note("design"),
            other_workspace=self._note("leave"),
        )

    def _note(self, words: str) -> Callable[[], None]:
        return lambda: self.said.append(words)


def offered(scene: Scene, done: Done | None = None) -> dict[str, Command]:
    found = commands(scene, (done or Done()).ways, Path("site"))
    return {command.id: command for command in found}


@pytest.mark.requirement("WIN-030")
def test_every_command_does_what_it_says() -> None:
    done = Done()
    own = offered(a_scene(walked(until=TWIN)), done)
    for name in ("case.analyse", "workspace.verify", "lock", "sign.out", "design.toggle"):
        assert own[name].enabled, own[name].why_not
        own[name].run()
    own["case.next"].run()
    own["case.list"].run()
    own["workspace.choose"].run()
    assert done.said == [
        Analyse(Analysis.ALL),
        VerifyWorkspace(),
        "lock",
        "sign out",
        "design",
        Place.REPLAY,
        ShowCase(None),
        Place.CASE,
        "leave",
    ]
    assert own["workspace.choose"].title == "Leave the workspace site for another…"


@pytest.mark.requirement("WIN-030")
def test_the_next_step_is_the_first_that_is_not_done() -> None:
    assert next_step(a_scene(walked(until=SCOPED))) is Place.EVIDENCE
    assert next_step(a_scene(walked(until=RANKED))) is Place.HYPOTHESES
    assert next_step(a_scene(walked(until=CLOSED))) is None
    assert next_step(no_case()) is None
    assert offered(a_scene(walked(until=CLOSED)))["case.next"].why_not


@pytest.mark.requirement("WIN-030")
def test_what_cannot_be_done_says_why() -> None:
    assert offered(no_case())["case.analyse"].why_not == "Open a case first."
    early = offered(a_scene(walked(until=SCOPED)))["case.analyse"].why_not
    assert "choose one first" in early
    busy = replace(a_scene(walked(until=TWIN)), running=frozenset({"replay"}))
    assert offered(busy)["case.analyse"].why_not.startswith("The replay is running")
    checking = replace(a_scene(), running=frozenset({"verification"}))
    assert offered(checking)["workspace.verify"].why_not.startswith("The verification is running")


@pytest.mark.requirement("WIN-029")
def test_an_administrator_is_offered_no_case() -> None:
    own = offered(no_case(ADMINISTRATOR))
    for name in ("case.next", "case.analyse", "case.list"):
        assert not own[name].enabled
    assert things(no_case(ADMINISTRATOR), Done().ways, None) == ()


@pytest.mark.requirement("WIN-030")
def test_things_of_the_case_are_found_but_those_of_the_place_that_is_seen() -> None:
    done = Done()
    found = {thing.title: thing for thing in things(a_scene(), done.ways, Place.TIMELINE)}
    assert set(DRUMS) <= set(found)
    assert not SIGNALS & set(found)
    found["D2"].go()
    assert done.said == [(Place.IMPACT, "D2")]
    elsewhere = {thing.title for thing in things(a_scene(), done.ways, Place.IMPACT)}
    assert elsewhere >= SIGNALS
    assert not set(DRUMS) & elsewhere


@pytest.mark.requirement("WIN-030")
def test_lots_and_balances_are_found_from_elsewhere() -> None:
    done = Done()
    found = {t.title: t for t in things(material_scene(), done.ways, Place.TIMELINE)}
    assert (found["A1 RM-1 API"].kind, found["API"].kind) == ("lot", "balance")
    found["A1 RM-1 API"].go()
    assert done.said == [(Place.EVIDENCE, "A1 RM-1 API")]


def test_another_case_can_be_gone_to() -> None:
    done = Done()
    other = things(replace(no_case(), cases=(walked(),)), done.ways, None)
    assert [thing.kind for thing in other] == ["case"]
    other[0].go()
    assert done.said == [ShowCase("DEV-1")]
