"""Three signatures in their order, who may give the next one, and what was voided."""

import pytest
from support.investigations import (
    ANN,
    APPROVED,
    AUTHORED,
    CASE,
    ISSUED,
    RETURNED,
    REVIEWED,
    Story,
    issued,
    walked,
)
from support.scenes import APPROVER, AUDITOR, INVESTIGATOR, REVIEWER, a_scene, no_case

from investigator.casework.session import Role, SignedIn
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.report_signatures import (
    next_field,
    signatures,
    signing,
    voided,
    why_not_closed,
    why_not_returned,
    why_not_signed,
)
from investigator.domain.acts.closing import SignatureField, SignaturesVoided


@pytest.mark.requirement("WIN-093")
def test_the_first_waits_and_the_others_come_after_it() -> None:
    rows = signatures(a_scene(walked(until=ISSUED)))
    assert [row.words for row in rows] == [
        "waits for an investigator",
        "after the author",
        "after the reviewer",
    ]
    assert [row.tone for row in rows] == [Tone.WARN, Tone.PLAIN, Tone.PLAIN]
    assert [row.meaning for row in rows] == ["authored", "reviewed", "approved"]


@pytest.mark.requirement("WIN-093")
def test_a_signature_shows_name_meaning_and_time() -> None:
    row = signatures(a_scene(walked(until=AUTHORED)))[0]
    assert (row.name, row.meaning, row.words) == ("Ann of Testing", "authored", "signed")
    assert row.when.startswith("2025-10-09 ")
    assert row.given is not None


def test_before_the_report_nothing_waits() -> None:
    assert signatures(no_case()) == ()
    story = Story(walked(until=ISSUED))
    story.do(RETURNED)
    assert {r.words for r in signatures(a_scene(story.case))} == {"once the report is issued"}
    assert next_field(story.case) is None
    assert signing(a_scene(story.case)) is None


@pytest.mark.requirement("WIN-094")
@pytest.mark.parametrize(
    ("until", "person"),
    [(ISSUED, INVESTIGATOR), (AUTHORED, REVIEWER), (REVIEWED, APPROVER)],
)
def test_each_signature_is_open_to_its_role(until: object, person: SignedIn) -> None:
    case = walked(until=until)  # type: ignore[arg-type]
    assert why_not_signed(a_scene(case, person=person)) == ""
    for other in (INVESTIGATOR, REVIEWER, APPROVER, AUDITOR):
        if other is not person:
            assert why_not_signed(a_scene(case, person=other))


@pytest.mark.requirement("WIN-094")
def test_nobody_signs_twice() -> None:
    both = SignedIn(
        ANN.user_id, ANN.full_name, frozenset({Role.INVESTIGATOR, Role.SUBJECT_MATTER_REVIEWER})
    )
    said = why_not_signed(a_scene(walked(until=AUTHORED), person=both))
    assert said == "ann has authored this record and cannot also have reviewed it."


@pytest.mark.requirement("WIN-094")
def test_what_is_signed_is_said_with_its_digest() -> None:
    about = signing(a_scene(walked(until=AUTHORED), person=REVIEWER))
    assert about is not None
    assert about.field is SignatureField.REVIEWER
    assert about.record == f"Deviation report {CASE}, revision 1"
    assert about.digest == ISSUED.pdf
    assert about.statement.startswith("I, Ben of Testing, state that I have reviewed this report")


def test_when_all_have_signed_there_is_nothing_to_sign() -> None:
    scene = a_scene(walked(until=APPROVED), person=APPROVER)
    assert signing(scene) is None
    assert why_not_signed(scene)
    assert why_not_closed(scene) == ""
    assert "signature" in why_not_closed(a_scene(walked(until=REVIEWED), person=APPROVER))


@pytest.mark.requirement("WIN-095")
def test_the_report_is_returned_by_reviewer_or_approver() -> None:
    case = walked(until=AUTHORED)
    assert why_not_returned(a_scene(case, person=REVIEWER)) == ""
    assert why_not_returned(a_scene(case, person=APPROVER)) == ""
    assert "investigator" in why_not_returned(a_scene(case))


@pytest.mark.requirement("WIN-096")
def test_what_was_voided_is_told_with_what_voided_it() -> None:
    story = Story(walked(until=REVIEWED))
    story.do(RETURNED)
    fields = (SignatureField.AUTHOR, SignatureField.REVIEWER)
    void = story.unchecked(SignaturesVoided(fields, "report returned"))
    story.do(issued(2))
    row = voided(a_scene(story.case))[0]
    assert row.fields == "author, reviewer of revision 1"
    assert "report returned, by Ann of Testing" in row.words
    assert row.recorded == void
    assert voided(no_case()) == ()
