"""What can be done with the hypotheses, and why something cannot."""

from typing import Any

import pytest
from support.investigations import FILTER, RANKED, SCOPED, walked
from support.scenes import a_scene

from investigator.desktop.requests import Analyse, Analysis, RaiseFailureModes
from investigator.desktop.view_models.hypotheses import hypotheses
from investigator.desktop.view_models.hypothesis_commands import Hands, linking, on_the_bar
from investigator.domain.ranking import NONE_OF_THESE


def hands(said: list[Any]) -> Hands:
    return Hands(
        ask=said.append,
        raise_own=lambda: said.append("own"),
        select_open=lambda: said.append("open"),
        judge=lambda: said.append("judge"),
        link=lambda: said.append("link"),
    )


@pytest.mark.requirement("WIN-064")
def test_every_command_does_what_it_says() -> None:
    said: list[Any] = []
    scene = a_scene(walked(until=RANKED))
    shown = hypotheses(scene)
    bar = on_the_bar(scene, shown, shown.rows[:2], hands(said))
    for command in bar:
        command.run()
    assert said == [RaiseFailureModes(), "own", Analyse(Analysis.RANKING), "open", "judge"]
    assert [command.title for command in bar[2:]] == ["Rank again", "Select open", "Judge 2…"]


@pytest.mark.requirement("WIN-064")
def test_what_cannot_be_done_says_why() -> None:
    scene = a_scene(walked(until=SCOPED))
    bar = {c.id: c for c in on_the_bar(scene, hypotheses(scene), (), hands([]))}
    assert bar["hypotheses.open"].why_not == "No hypothesis waits for a verdict."
    assert bar["hypotheses.judge"].why_not == "Select one or more hypotheses first."
    before = on_the_bar(None, hypotheses(scene), (), hands([]))
    assert all(command.why_not for command in before)


@pytest.mark.requirement("WIN-123")
def test_only_a_hypothesis_that_was_raised_is_linked_to() -> None:
    said: list[Any] = []
    scene = a_scene(walked(until=RANKED))
    shown = hypotheses(scene)
    link = linking(scene, shown.row(FILTER), hands(said))
    assert link.enabled
    link.run()
    assert said == ["link"]
    assert linking(scene, None, hands(said)).why_not == "Select a hypothesis first."
    outcome = linking(scene, shown.row(NONE_OF_THESE), hands(said))
    assert outcome.why_not == "This outcome is no hypothesis."
