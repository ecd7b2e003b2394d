"""Links between documents and hypotheses, seen from either side."""

import pytest
from support.investigations import DOCUMENT, FILTER, LINKED, RAISED, Story, linked, walked
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.document_links import (
    bears_on,
    document_choices,
    hypothesis_choices,
    inspected_link,
    link_facts,
    links,
    why_not_linked,
)
from investigator.domain.acts.data_review import Bearing


def story() -> Story:
    made = Story(walked(until=LINKED))
    made.do(linked("DOC-1", RAISED[1].cause, Bearing.AGAINST))
    return made


@pytest.mark.requirement("WIN-123")
def test_links_are_told_of_a_document_and_of_a_hypothesis() -> None:
    scene = a_scene(story().case)
    rows = links(scene, document_id="DOC-1")
    assert [(row.cause, row.tone) for row in rows] == [
        (FILTER, Tone.GOOD),
        (RAISED[1].cause, Tone.BAD),
    ]
    assert bears_on(rows) == "supports 1, speaks against 1"
    assert [row.key for row in links(scene, cause=FILTER)] == [("DOC-1", FILTER)]
    assert links(scene, document_id="DOC-2") == ()
    assert link_facts(rows, of_document=True)[0] == ("Supports", RAISED[0].title)
    assert link_facts(rows, of_document=False)[1] == ("Speaks against", "DOC-1 Shift book")


@pytest.mark.requirement("WIN-123")
def test_a_link_that_is_told_leads_on_and_can_be_withdrawn() -> None:
    scene, gone, taken = a_scene(story().case), [], []
    row = links(scene)[0]
    told = inspected_link(scene, row, taken.append, lambda: gone.append(1), of_document=True)
    assert told.rests_on[0].title == RAISED[0].title
    told.rests_on[0].go()
    told.actions[0].run()
    assert (gone, taken) == ([1], [row.recorded])
    back = inspected_link(scene, row, taken.append, lambda: None, of_document=False)
    assert back.rests_on[0].title == "DOC-1"


@pytest.mark.requirement("WIN-123")
def test_a_link_needs_a_document_a_hypothesis_and_the_right() -> None:
    assert why_not_linked(None) == "Open a case first."
    assert why_not_linked(no_case()) == "Open a case first."
    assert why_not_linked(a_scene(walked(until=DOCUMENT))).startswith("Raise a hypothesis first")
    bare = Story(walked(until=RAISED[-1]))
    bare.withdraw(DOCUMENT)
    assert why_not_linked(a_scene(bare.case)).startswith("Admit a document first")
    scene = a_scene(walked(until=LINKED))
    assert why_not_linked(scene, document_id="DOC-1", cause=FILTER) == ""
    assert "auditor" in why_not_linked(a_scene(walked(until=LINKED), person=AUDITOR))
    assert document_choices(scene) == (("DOC-1", "DOC-1  Shift book"),)
    assert [cause for cause, _ in hypothesis_choices(scene)] == [r.cause for r in RAISED]


def test_a_link_whose_document_is_withdrawn_is_not_told() -> None:
    gone = story()
    gone.withdraw(DOCUMENT)
    assert links(a_scene(gone.case)) == ()
