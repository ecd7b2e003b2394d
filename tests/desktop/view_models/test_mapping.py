"""The tag map as the window shows it: what is open first, with what could stand there."""

from dataclasses import replace

import pytest
from support.investigations import EVIDENCE, Story, admitted, walked
from support.scenes import AUDITOR, TAGS, a_scene, mapped

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.mapping import (
    act_to_confirm,
    act_to_map,
    act_to_take_back,
    inspected_signal,
    is_due,
    map_note,
    map_rows,
    no_map,
    suggestions,
    tag_choices,
    why_not_map,
)
from investigator.domain.tag_review import MapState


def with_map() -> Scene:
    return mapped(a_scene(walked(until=EVIDENCE)))


@pytest.mark.requirement("WIN-105")
def test_what_is_open_stands_first() -> None:
    first, second = map_rows(with_map())
    assert (first.signal, first.is_open, first.tone) == ("api.flow", True, Tone.BAD)
    assert first.tag == "–"
    assert (second.tag, second.conversion, second.is_open) == (TAGS[0], "", False)
    assert map_note(with_map(), (first, second)) == (
        "not reviewed; 1 of 2 signals open, 1 tag of the export not used"
    )


@pytest.mark.requirement("WIN-105")
def test_a_suggestion_says_its_score_its_conversion_and_its_reasons() -> None:
    (only,) = suggestions(map_rows(with_map())[0])
    assert (only.score, only.unit, only.conversion) == ("0.82", "g/h", "× 0.001")
    assert only.reasons == "name alike; unit differs"
    assert suggestions(None) == ()


@pytest.mark.requirement("WIN-106")
def test_a_signal_is_mapped_left_out_or_taken_from_the_package_again() -> None:
    scene = with_map()
    row, found = map_rows(scene)[0], scene.tag_map
    assert found is not None
    keys = [key for key, _ in tag_choices(scene)]
    entered = {"tag": keys[-1], "unit": "", "factor": "", "offset": ""}
    left_out = next(m for m in act_to_map(found, row, entered).mappings if m.signal == "api.flow")
    assert (left_out.tag, left_out.packaged) == ("", False)
    assert not act_to_take_back(found, row).changes_data()
    assert [m.packaged for m in act_to_confirm(found).mappings] == [True, True]


@pytest.mark.requirement("WIN-106")
def test_who_reviewed_the_map_is_told_until_other_evidence_is_admitted() -> None:
    story = Story(walked(until=EVIDENCE))
    scene = with_map()
    assert scene.tag_map is not None
    story.do(act_to_confirm(scene.tag_map))
    after = mapped(a_scene(story.case))
    assert map_note(after, map_rows(after)).startswith("reviewed by Ann of Testing")
    said = inspected_signal(after, map_rows(after)[1], lambda _r: None, actions=())
    assert [action.title for action in said.actions] == ["Withdraw…"]
    story.do(admitted("second export", findings=2))
    stale = mapped(a_scene(story.case))
    assert "◐ stale: reviewed" in map_note(stale, map_rows(stale))


@pytest.mark.requirement("WIN-105")
def test_a_map_that_forbids_the_replay_says_so() -> None:
    story = Story(walked(until=EVIDENCE))
    story.do(replace(admitted("second export", findings=2), blocking=("07108322",)))
    scene = mapped(a_scene(story.case))
    assert is_due(scene)
    assert "to be reviewed before the replay" in map_note(scene, map_rows(scene))


def test_a_conversion_is_written_as_it_is_meant() -> None:
    scene = with_map()
    assert scene.tag_map is not None
    first, second = scene.tag_map.review.signals
    by_hand = replace(second, factor=1.8, offset=-32.0, state=MapState.BY_PERSON)
    review = replace(scene.tag_map.review, signals=(first, by_hand))
    row = map_rows(replace(scene, tag_map=replace(scene.tag_map, review=review)))[1]
    assert (row.conversion, row.departs) == ("× 1.8 − 32", True)


def test_who_may_not_map_is_told_why() -> None:
    assert "auditor" in why_not_map(mapped(a_scene(walked(until=EVIDENCE), person=AUDITOR)))
    assert why_not_map(a_scene(walked(until=EVIDENCE))).startswith("Admit a folder")


@pytest.mark.requirement("WIN-105")
def test_for_a_line_without_twin_it_is_said_that_nothing_is_mapped() -> None:
    story = Story(walked(until=EVIDENCE))
    story.do(replace(admitted("press", findings=2), without_twin=True))
    scene = a_scene(story.case)
    assert no_map(scene)[0] == "No tags to be mapped"
    assert "no twin" in why_not_map(scene)
