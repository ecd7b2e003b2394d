"""The is/is-not table: stated rows, stale ones, and what is proposed beside them."""

import pytest
from support.investigations import EVIDENCE, FOLLOWED, RANKED, Story, admitted, walked
from support.reasoning_scenes import EXTENT, ON_DRUM, a_full_scene, reasoned, with_everything
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.is_is_not import (
    TableRow,
    about_row,
    note_of,
    proposals,
    stated_row,
    table,
    why_not_state,
)
from investigator.domain.acts.reasoning import Cell, Dimension


def rows_of(scene: Scene) -> tuple[TableRow, ...]:
    return table(scene, proposals(scene)[0])


@pytest.mark.requirement("WIN-189")
class TestTable:
    def test_a_stated_row_has_its_words_and_its_evidence(self) -> None:
        (row,) = table(a_full_scene(), ())
        assert (row.act, row.standing, row.is_proposed) == (EXTENT, "stated", False)
        assert [cell.words for cell in row.cells] == ["the first drum", "the second drum", ""]
        assert row.cells[0].text.startswith("the first drum\ncontainer ")
        assert row.cells[2].text == "–"
        assert note_of((row,), "none") == "1 row stated  ·  none"

    def test_other_evidence_makes_it_stale(self) -> None:
        story = reasoned()
        story.do(admitted("B-100 export, again", clocks=("batch_record.xml",)))
        (row,) = table(a_scene(story.case), ())
        assert row.tone is Tone.WARN
        assert row.standing.startswith("◐ stale")
        assert note_of((row,), "none").startswith("1 row stated  ·  ◐ stale: 1 of them")

    def test_a_row_is_told_with_who_stated_it_and_can_be_taken_back(self) -> None:
        scene, taken = a_full_scene(), []
        (row,) = table(scene, ())
        told = about_row(scene, row, ways=(), take=taken.append, actions=())
        assert ("Is", "the first drum") in told.facts
        assert told.source.startswith("Entry ")
        told.actions[-1].run()
        assert taken == [row.recorded]


@pytest.mark.requirement("WIN-190")
class TestProposed:
    def test_rows_that_the_results_suggest_stand_with_the_stated_ones_by_question(self) -> None:
        rows = rows_of(a_full_scene())
        assert [row.order for row in rows] == sorted(row.order for row in rows)
        proposed = [row for row in rows if row.is_proposed]
        assert {row.act.dimension for row in proposed} >= {Dimension.WHAT, Dimension.WHEN}
        assert all(row.standing == "● proposed" for row in proposed)
        assert EXTENT.about() not in {row.key for row in proposed}

    def test_a_proposal_says_that_it_counts_once_it_is_stated(self) -> None:
        scene = a_full_scene()
        row = next(row for row in rows_of(scene) if row.is_proposed)
        told = about_row(scene, row, ways=(), take=lambda _r: None, actions=())
        assert "it counts once it is stated" in told.source
        assert not told.actions

    def test_what_is_stated_as_proposed_is_in_order_and_proposed_no_more(self) -> None:
        story = reasoned()
        rows, _ = proposals(with_everything(a_scene(story.case)))
        assert rows
        story.do(*rows)
        left, why_none = proposals(with_everything(a_scene(story.case)))
        assert (left, why_none) == ((), "No row is proposed that is not stated already.")

    def test_before_an_impact_and_after_it_went_stale_nothing_is(self) -> None:
        none, why = proposals(a_scene(walked(until=RANKED)))
        assert (none, "follow the material first" in why) == ((), True)
        story = Story(walked(until=FOLLOWED))
        story.do(admitted("B-100 export, again", clocks=("batch_record.xml",)))
        assert proposals(a_scene(story.case))[0] == ()
        assert proposals(no_case()) == ((), "Open a case first.")


@pytest.mark.requirement("WIN-191")
def test_what_was_entered_becomes_the_act_and_rights_are_said() -> None:
    cells = (Cell("drum 2", (ON_DRUM,)), Cell(""), Cell(""))
    made = stated_row("where", "drums", cells)
    assert (made.dimension, made.subject, made.affected) == (Dimension.WHERE, "drums", cells[0])
    assert why_not_state(a_scene(walked(until=EVIDENCE))) == ""
    assert "auditor" in why_not_state(a_scene(walked(until=EVIDENCE), person=AUDITOR))
    assert why_not_state(None) == why_not_state(no_case()) == "Open a case first."
