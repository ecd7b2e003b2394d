"""How a result stands: who recorded it, what made it stale, whether it can be run again."""

from dataclasses import replace

import pytest
from support.investigations import FOLLOWED, RANKED, REPLAYED, TWIN, Story, admitted, walked
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.frame.state import Place
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.view_models.results import (
    about_result,
    analysis_command,
    stale_because,
    standing_said,
    zone_of,
)


def _after_new_evidence() -> Story:
    story = Story(walked(until=FOLLOWED))
    story.do(admitted("more"))
    return story


@pytest.mark.requirement("WIN-058")
class TestStanding:
    def test_who_recorded_it(self) -> None:
        scene = a_scene(walked(until=REPLAYED))
        case = scene.case
        assert case is not None
        assert standing_said(scene, case.replay, "again").startswith("Entry ")
        assert standing_said(scene, None, "again") == ""
        assert zone_of(no_case()) == "UTC"

    def test_the_entry_that_made_it_stale_is_named_and_the_remedy(self) -> None:
        story = _after_new_evidence()
        sequence = story.case.history[-1].sequence
        assert story.case.replay is not None
        said = standing_said(a_scene(story.case), story.case.replay, "replay again")
        assert said == f"◐ stale: entry {sequence} (evidence admitted) came after it; replay again"

    def test_where_what_it_rests_on_was_withdrawn_that_is_said(self) -> None:
        story = Story(walked(until=FOLLOWED))
        replay, ranking = story.case.replay, story.case.ranking
        assert replay is not None and ranking is not None
        story.withdraw(replay.act)
        gone = story.case.withdrawals[-1].sequence
        said = f"entry {gone} (replay recorded, withdrawn) came after it"
        assert stale_because(story.case, ranking) == said

    def test_what_rests_on_it_is_stale_with_it(self) -> None:
        case = _after_new_evidence().case
        assert case.impact is not None
        assert stale_because(case, case.impact) == "what it rests on is stale"


@pytest.mark.requirement("WIN-057")
class TestRunning:
    def test_it_asks_for_the_analysis(self) -> None:
        asked: list[Analyse] = []
        scene = a_scene(walked(until=TWIN))
        command = analysis_command(scene, Analysis.REPLAY, "Replay", asked.append, shortcut="F5")
        command.run()
        assert (command.id, command.why_not, command.shortcut) == ("replay.start", "", "F5")
        assert asked == [Analyse(Analysis.REPLAY)]

    @pytest.mark.parametrize("analysis", [Analysis.RANKING, Analysis.IMPACT])
    def test_what_is_missing_before_it_is_said(self, analysis: Analysis) -> None:
        command = analysis_command(a_scene(walked(until=TWIN)), analysis, "Run", print)
        assert command.why_not.startswith("There is no")

    def test_who_may_not_is_told_why(self) -> None:
        scene = a_scene(walked(until=TWIN), person=AUDITOR)
        assert "not open to the role" in analysis_command(scene, Analysis.ALL, "All", print).why_not
        assert analysis_command(None, Analysis.ALL, "All", print).why_not == "Open a case first."

    def test_while_it_runs_it_is_not_run_again(self) -> None:
        scene = replace(a_scene(walked(until=TWIN)), running=frozenset({"replay"}))
        assert "is running" in analysis_command(scene, Analysis.REPLAY, "Replay", print).why_not


@pytest.mark.requirement("WIN-058")
def test_a_result_is_told_with_its_digest_and_withdrawn_with_a_reason() -> None:
    taken, gone = [], []
    scene = a_scene(walked(until=RANKED))
    case = scene.case
    assert case is not None
    assert case.ranking is not None
    told = about_result(
        scene, case.ranking, "Ranking", (Place.REPLAY,), go=gone.append, take=taken.append
    )
    assert told.digest == RANKED.result
    assert dict(told.facts)["Recipe"] == f"{RANKED.recipe[:16]}…"
    told.rests_on[0].go()
    assert gone == [Place.REPLAY]
    assert told.actions[0].title == "Withdraw the ranking…"
    told.actions[0].run()
    assert taken == [case.ranking]
