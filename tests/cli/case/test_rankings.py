"""The history of the rankings, from the console."""

from collections.abc import Callable

import pytest
from support import scenes
from support.console import Console
from support.desks import desk_at, person
from support.investigations import CASE, WEIGHED, WHY, digest

from investigator.casework.stored import encoded
from investigator.cli.at_desk import workspace_of
from investigator.domain.acts.analysis import RankingRecorded

ConsoleAt = Callable[[str], Console]


@pytest.mark.requirement("CLI-088", "CAS-200")
def test_every_ranking_is_told_in_order(console_at: ConsoleAt) -> None:
    console = console_at("ranking")
    with desk_at(workspace_of(None)) as desk:
        person(desk, "ann")
        desk.do(CASE, WEIGHED, why=WHY)
        kept = desk.workspace.blobs.keep(encoded(scenes.a_ranking_result()))
        desk.do(CASE, RankingRecorded(digest("again"), kept), why=WHY)
    first, second = console.by("aud", "case", "rankings", CASE, "--json").json
    lead = scenes.a_ranking_result().ranking.hypotheses[0]
    assert first["ended"].startswith("Check weight: failed (entry ")
    assert second["before"] == [first["ended"]]
    assert second["ended"] is None
    assert second["hypotheses"][0]["cause"] == lead.cause
    assert second["hypotheses"][0]["probability"] == pytest.approx(lead.probability)
    text = console.done("aud", "case", "rankings", CASE)
    assert "Before ranking 2: Check weight: failed" in text
    assert text.splitlines()[0].split() == ["Ranking", "Entry", "Recorded", "By", "Ended", "by"]
    row = next(line for line in text.splitlines() if line.startswith(lead.cause))
    assert len(row.split("  ")) >= 3


@pytest.mark.requirement("CLI-088")
def test_before_the_first_there_is_none(console_at: ConsoleAt) -> None:
    console = console_at("replay")
    assert console.done("aud", "case", "rankings", CASE) == "There is no ranking yet.\n"
    assert console.by("aud", "case", "rankings", CASE, "--json").json == []
