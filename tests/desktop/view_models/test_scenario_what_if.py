"""A what-if over the data: plots, gains, beside the ranking, when it begins and ends."""

import pytest
from support import dossiers
from support.scenario_scenes import a_part, a_scenario, a_what_if
from support.scenes import a_ranking_result, a_replay

from investigator.desktop.view_models.scenario_what_if import (
    MOST_MOVED,
    THIS,
    Shown,
    instants_of,
    undisturbed,
    what_if_shown,
)
from investigator.domain.scenario import Course
from investigator.domain.what_if import WhatIf

pytestmark = pytest.mark.requirement("WIN-180")
CHANNEL = dossiers.a_dossier().panels[0].title


def shown(result: WhatIf | None = None, *, channel: str = MOST_MOVED, ranked: bool = True) -> Shown:
    """A what-if as it is shown over the replay."""
    ranking = a_ranking_result() if ranked else None
    return what_if_shown(result or a_what_if(), a_replay(), ranking, channel=channel)


def test_measured_undisturbed_and_scenario_are_drawn_together() -> None:
    [plot] = shown().plots
    assert plot.title == CHANNEL
    assert [curve.name for curve in plot.curves] == ["measured", "nothing wrong", THIS]
    assert plot.curves[2].value[0] == pytest.approx(20.0 - 8.5 / 5)


def test_a_channel_can_be_chosen_and_one_that_is_gone_is_replaced() -> None:
    assert [plot.title for plot in shown(channel=CHANNEL).plots] == [CHANNEL]
    assert [plot.title for plot in shown(channel="gone").plots] == [CHANNEL]
    assert shown().channels == (CHANNEL,)


def test_without_a_replay_it_says_what_to_do() -> None:
    found = what_if_shown(a_what_if(), None, None, channel=MOST_MOVED)
    assert (found.plots, found.without[:6]) == ((), "Replay")
    assert undisturbed(None, channel=MOST_MOVED) == ()


def test_what_speaks_loudest_stands_first_be_it_for_or_against() -> None:
    found = a_what_if(gains=(("NIR", 3.0), ("hardness", 0.0), ("feed", -40.0)))
    assert [row.channel for row in shown(found).gains] == ["feed", "NIR", "hardness"]


def test_gains_are_signed() -> None:
    assert [row.said for row in shown().gains] == ["+17.0", "−1.2"]


def test_it_stands_beside_the_ranking() -> None:
    rows = shown().beside
    assert [row.is_scenario for row in rows][:2] == [True, False]
    assert rows[0].probability == "12 %"
    assert rows[1].title == "Filter blocked"
    assert rows[-1].title == "No assignable cause"
    assert rows[-2].evidence_said == "–"


def test_without_a_ranking_it_stands_alone() -> None:
    [row] = shown(a_what_if(probability=None), ranked=False).beside
    assert row.probability == "–"
    assert "probability" not in shown(a_what_if(probability=None), ranked=False).summary


def test_when_its_changes_begin_and_end_is_marked() -> None:
    one = instants_of(a_scenario())
    assert [mark.label for mark in one] == ["begins", "ends"]
    whole = a_part(course=Course.WHOLE_BATCH)
    assert instants_of(a_scenario(whole)) == ()
    two = instants_of(a_scenario(a_part(), a_part()))
    assert [mark.label for mark in two] == ["begins 1, 2", "ends 1, 2"]
    later = a_part(end_ms=a_part().end_ms + 60_000)
    apart = instants_of(a_scenario(a_part(), later))
    assert [mark.label for mark in apart] == ["begins 1, 2", "ends 1", "ends 2"]


def test_while_none_can_be_run_the_data_are_shown() -> None:
    [plot] = undisturbed(a_replay(), channel=MOST_MOVED)
    assert [curve.name for curve in plot.curves] == ["measured", "nothing wrong"]
