"""A part of the replay is told with the replay that it is of, and that with what it assumes."""

from dataclasses import replace

import pytest
from support.investigations import REPLAYED, TWIN, walked
from support.replays import a_replayed
from support.scenes import a_replay, a_scene

from investigator.desktop.view_models.replay_told import ReplayTeller, about_replay


@pytest.mark.requirement("WIN-145")
class TestTold:
    def test_every_assumption_is_told_once(self) -> None:
        assumed = a_replayed().assumptions
        result = replace(a_replay(), replayed=a_replayed(), assumptions=(*assumed, "One lot."))
        told = about_replay(ReplayTeller(a_scene(walked(until=REPLAYED)), print, print), result)
        assert [f.text for f in told.findings] == [*assumed, "One lot."]
        assert (told.digest, dict(told.facts)["From recorded inputs"]) == (REPLAYED.result, "yes")

    def test_an_old_result_says_what_to_do(self) -> None:
        told = about_replay(ReplayTeller(a_scene(walked(until=REPLAYED)), print, print), a_replay())
        assert dict(told.facts)["From recorded inputs"] == "no: replay the batch again"

    def test_without_an_entry_only_the_figures_are_told(self) -> None:
        told = ReplayTeller(a_scene(walked(until=TWIN)), print, print).told("x", "y", (("a", "b"),))
        assert (told.facts, told.digest, told.actions) == ((("a", "b"),), "", ())
