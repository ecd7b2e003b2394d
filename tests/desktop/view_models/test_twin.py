"""How a twin stands, who may choose or approve it, and what is said of one that is not approved."""

from dataclasses import replace

import pytest
from support.investigations import EVIDENCE, SCOPED, TWIN, walked
from support.scenes import AUDITOR, TWIN_APPROVER, a_scene, a_twin, no_case
from support.twin_contents import a_content

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin import (
    content_of,
    inspected,
    needs_reason,
    successors,
    twins,
    why_not_approve,
    why_not_choose,
    why_not_retire,
    why_not_save,
    why_not_supersede,
)

DRAFT = replace(a_twin(), status="draft", approval=None)
VALIDATED = replace(a_twin(), approval=None)


@pytest.mark.requirement("WIN-041")
def test_a_validated_and_approved_twin_is_for_decisions() -> None:
    row = twins(a_scene(walked(until=EVIDENCE)))[0]
    assert (row.use.value, row.use_tone, row.approval) == ("GxP decisions", Tone.GOOD, "entry 3")
    assert not needs_reason(row)
    assert row.choice == ""


@pytest.mark.requirement("WIN-041")
def test_any_other_twin_is_for_information_only_and_says_so() -> None:
    scene = a_scene(walked(until=EVIDENCE), twins=(DRAFT,))
    row = twins(scene)[0]
    assert needs_reason(row)
    said = inspected(scene, row, lambda _r: None, actions=())
    assert said.findings[0].text.startswith("For information only")
    assert not needs_reason(twins(a_scene(walked(until=EVIDENCE)))[0])


@pytest.mark.requirement("WIN-041")
def test_the_choice_of_the_case_is_shown_and_a_changed_package_is_noticed() -> None:
    scene = a_scene(walked(until=TWIN))
    row = twins(scene)[0]
    assert row.choice == "chosen"
    assert inspected(scene, row, lambda _r: None, actions=()).actions[0].title == "Withdraw…"
    changed = a_scene(walked(until=TWIN), twins=(replace(a_twin(), digest="sha256:00"),))
    row = twins(changed)[0]
    assert row.choice == "◐ changed since"
    said = inspected(changed, row, lambda _r: None, actions=())
    assert "choose it again" in said.findings[0].text


@pytest.mark.requirement("WIN-041")
def test_why_it_cannot_be_chosen_is_said() -> None:
    scene = a_scene(walked(until=SCOPED))
    row = twins(scene)[0]
    assert why_not_choose(scene, row) == ""
    assert why_not_choose(scene, None) == "Select a twin first."
    assert why_not_choose(no_case(), row) == "Open a case first."
    assert "auditor" in why_not_choose(a_scene(walked(until=SCOPED), person=AUDITOR), row)
    other = a_scene(walked(until=SCOPED), twins=(replace(a_twin(), line_id="CDC-9"),))
    said = why_not_choose(other, twins(other)[0])
    assert said == "The twin is of line CDC-9, the case of line CDC-3."


@pytest.mark.requirement("WIN-041")
def test_why_it_cannot_be_approved_is_said() -> None:
    row = twins(a_scene(twins=(VALIDATED,)))[0]
    assert why_not_approve(a_scene(), row) == "A twin is approved by a twin approver."
    scene = a_scene(person=TWIN_APPROVER)
    assert why_not_approve(scene, row) == ""
    assert why_not_approve(scene, None) == "Select a twin first."
    assert "is draft" in why_not_approve(scene, twins(a_scene(twins=(DRAFT,)))[0])
    assert "approved already" in why_not_approve(scene, twins(a_scene())[0])


@pytest.mark.requirement("WIN-128")
def test_a_version_in_force_is_superseded_by_another_twin_in_force_only() -> None:
    other = replace(a_twin(), twin_id="cdc_line_4", digest="sha256:4")
    scene = a_scene(person=TWIN_APPROVER, twins=(a_twin(), other))
    row, successor = twins(scene)
    assert successors(scene, row) == (successor,)
    assert why_not_supersede(scene, row) == ""
    assert "ended by a twin approver" in why_not_supersede(a_scene(), row)
    alone = a_scene(person=TWIN_APPROVER)
    assert "No other twin is approved here" in why_not_supersede(alone, row)
    draft = a_scene(person=TWIN_APPROVER, twins=(DRAFT, other))
    assert "approved here can be superseded" in why_not_supersede(draft, twins(draft)[0])
    assert successors(scene, None) == ()


@pytest.mark.requirement("WIN-128")
def test_what_has_ended_is_not_ended_again() -> None:
    scene = a_scene(person=TWIN_APPROVER)
    assert why_not_retire(scene, twins(scene)[0]) == ""
    assert why_not_retire(scene, None) == "Select a twin first."
    ended = replace(a_twin(), status="retired", why="It was retired (entry 9): line taken down.")
    scene = a_scene(person=TWIN_APPROVER, twins=(ended,))
    row = twins(scene)[0]
    assert why_not_retire(scene, row) == why_not_supersede(scene, row) == ended.why
    assert successors(scene, replace(row, twin_id="another")) == ()


@pytest.mark.requirement("WIN-129")
def test_why_a_report_cannot_be_saved_is_said() -> None:
    read = a_content()
    scene = a_scene(twin_details=(read,))
    assert content_of(scene, twins(scene)[0]) is read
    assert content_of(scene, None) is None
    assert "not read yet" in why_not_save(content_of(a_scene(), twins(a_scene())[0]))
    assert "no validation" in why_not_save(a_content(validated=False))
    assert "no pages" in why_not_save(replace(read, report=None))
    assert why_not_save(replace(read, report=b"%PDF")) == ""
