"""The ranked list without a window: order, chips, brackets, checks, how it stands."""

from dataclasses import replace
from typing import Any

import pytest
from support import dossiers
from support.investigations import (
    CAUSES,
    FEEDER,
    FILTER,
    JUDGED,
    RAISED,
    RANKED,
    REPLAYED,
    Story,
    judged,
    raised,
    ranked,
    replayed,
    walked,
)
from support.scenes import a_ranking_result, a_replay, a_scene, no_case

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.hypotheses import GLYPHS, bounds, hypotheses, minus_signs
from investigator.domain.acts.analysis import Origin, Verdict
from investigator.domain.ranking import (
    NO_CAUSE,
    NONE_OF_THESE,
    CauseCategory,
    NextCheck,
    Separation,
)


def with_ranking(scene: Scene, **changes: Any) -> Scene:
    """The scene with another ranking."""
    assert scene.seen is not None
    result = a_ranking_result()
    result = replace(result, ranking=replace(result.ranking, **changes))
    return replace(scene, seen=replace(scene.seen, ranking=result))


@pytest.mark.requirement("WIN-061")
class TestOrder:
    def test_the_remaining_outcomes_are_rows_like_any_other(self) -> None:
        rows = hypotheses(a_scene(walked(until=RANKED))).rows
        assert [r.key for r in rows] == [FILTER, FEEDER, NONE_OF_THESE, NO_CAUSE]
        assert [r.said for r in rows] == ["93.0 %", "3.0 %", "2.0 %", "1.5 %"]

    def test_what_is_not_ranked_stands_above_the_tail(self) -> None:
        story = Story(walked(until=RANKED))
        story.do(raised("own-1", origin=Origin.OWN))
        scene = with_ranking(a_scene(story.case), no_deviation=0.0001)
        rows = hypotheses(scene).rows
        assert [r.key for r in rows][-2:] == ["own-1", NO_CAUSE]
        own = rows[-2]
        assert (own.said, own.why) == ("not ranked", "Raised by a person; the twin cannot rank it.")

    def test_before_the_ranking_they_stand_as_they_were_raised(self) -> None:
        shown = hypotheses(a_scene(walked(until=RAISED[-1])))
        assert [r.key for r in shown.rows] == list(CAUSES)
        assert shown.note.startswith("2 raised  ·  2 open")

    def test_a_ranked_cause_that_nobody_raised_says_so(self) -> None:
        story = Story(walked(until=REPLAYED))
        story.do(RANKED)
        row = hypotheses(a_scene(story.case)).row(FILTER)
        assert row is not None
        assert row.chip == ("not raised", Tone.PLAIN)
        assert not row.is_open

    def test_no_case_no_row(self) -> None:
        assert hypotheses(no_case()).rows == ()


@pytest.mark.requirement("WIN-062")
class TestBrackets:
    def test_what_cannot_be_told_apart_stands_together(self) -> None:
        scene = with_ranking(
            a_scene(walked(until=RANKED)),
            none_of_the_above=0.4,
            indistinguishable=(CAUSES,),
            next_checks=(
                NextCheck("of one", (FILTER,), 2.0),
                NextCheck("little", CAUSES, 0.1),
                NextCheck("much", CAUSES, 0.5),
            ),
        )
        shown = hypotheses(scene)
        assert [r.key for r in shown.rows][:2] == [FILTER, FEEDER]
        (bracket,) = shown.brackets
        assert (bracket.keys, bracket.check) == (CAUSES, "much")

    def test_a_group_that_no_check_tells_apart_has_a_bracket_all_the_same(self) -> None:
        scene = with_ranking(
            a_scene(walked(until=RANKED)), indistinguishable=(CAUSES,), next_checks=()
        )
        assert hypotheses(scene).brackets[0].check == ""

    def test_a_bracket_says_how_far_apart_its_causes_are_and_what_would_tell(self) -> None:
        weigh = NextCheck("Weigh it", CAUSES, 0.6, "weigh", "1 h: two persons", "", (CAUSES,))
        scene = with_ranking(
            a_scene(walked(until=RANKED)),
            indistinguishable=(CAUSES,),
            separations=(Separation(*CAUSES, 1.26, "Assay (QC)", 1.1),),
            next_checks=(weigh,),
        )
        shown = hypotheses(scene)
        (bracket,), (row,) = shown.brackets, shown.checks
        assert bracket.said == "1.3 σ apart  ·  would tell: Weigh it"
        assert "largest separation 1.3 σ, most in Assay (QC)" in bracket.words
        assert row.words == "tells apart: Filter blocked from Feeder drift  ·  1 h: two persons"
        assert (row.check_id, row.place) == ("weigh", "")

    def test_checks_name_the_causes_by_their_titles(self) -> None:
        checks = (NextCheck("weigh", (FILTER, "unknown"), 0.8),)
        scene = with_ranking(a_scene(walked(until=RANKED)), next_checks=checks)
        (row,) = hypotheses(scene).checks
        assert row.words == "tells apart: Filter blocked, unknown"

    def test_where_there_are_no_checks_it_says_why(self) -> None:
        before = hypotheses(a_scene(walked(until=RAISED[-1])))
        after = hypotheses(with_ranking(a_scene(walked(until=RANKED)), next_checks=()))
        assert before.no_checks == "Next checks come with the ranking."
        assert after.no_checks.startswith("No check that is known")


@pytest.mark.requirement("WIN-064")
class TestVerdicts:
    @pytest.mark.requirement("WIN-175", "DIA-033")
    def test_a_verdict_stands_on_its_row(self) -> None:
        shown = hypotheses(a_scene(walked(until=JUDGED[-1])))
        chips = {r.key: r.chip for r in shown.rows}
        assert chips[FILTER] == ("confirmed", Tone.GOOD)
        assert chips[FEEDER] == ("refuted", Tone.PLAIN)
        assert chips[NONE_OF_THESE] == ("", Tone.PLAIN)
        assert "open" not in shown.note

    def test_not_determined_warns(self) -> None:
        story = Story(walked(until=RANKED))
        story.do(judged(FILTER, Verdict.NOT_DETERMINED))
        row = hypotheses(a_scene(story.case)).row(FILTER)
        assert row is not None
        assert row.chip == ("not determined", Tone.WARN)

    def test_a_new_ranking_makes_it_stale_and_open_again(self) -> None:
        story = Story(walked(until=JUDGED[-1]))
        story.do(ranked(2))
        shown = hypotheses(a_scene(story.case))
        row = shown.row(FILTER)
        assert row is not None
        assert (row.chip, row.is_open) == (("◐ stale: supported", Tone.WARN), True)
        assert "2 open" in shown.note


@pytest.mark.requirement("WIN-061")
@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("error of the run -2.27 %: it", "error of the run −2.27 %: it"),
        ("(-3 to -1)", "(−3 to −1)"),
        ("LW-311, 2026-02-06, 1e-5, load-cell", "LW-311, 2026-02-06, 1e-5, load-cell"),
    ],
)
def test_numbers_below_zero_are_read_with_a_minus_sign(said: str, read: str) -> None:
    assert minus_signs(said) == read


@pytest.mark.requirement("WIN-061")
def test_the_note_says_what_waits_and_the_origin_who_ranked() -> None:
    shown = hypotheses(a_scene(walked(until=RANKED)))
    assert shown.note == "2 raised  ·  2 open"
    assert shown.origin.startswith("Entry ")
    story = Story(walked(until=RANKED))
    story.do(replayed(2))
    stale = hypotheses(a_scene(story.case))
    assert stale.note.startswith("◐ stale: ")
    assert stale.note.startswith(stale.origin)


@pytest.mark.requirement("WIN-061")
def test_every_branch_has_a_sign_of_its_own() -> None:
    assert set(GLYPHS) == set(CauseCategory)
    assert len(set(GLYPHS.values())) == len(GLYPHS)


def test_time_reaches_over_the_replay() -> None:
    assert bounds(a_replay()) == (dossiers.START, dossiers.START + 2 * dossiers.MINUTE)
