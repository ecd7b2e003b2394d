"""The page of a case: particulars with what they were before, other batches, what can be done."""

from dataclasses import replace
from datetime import date

import pytest
from support.investigations import (
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    EXTENDED,
    OPENED,
    RECLASSIFIED,
    RELATED,
    SCOPED,
    Story,
    walked,
)
from support.scenes import APPROVER, AUDITOR, a_scene, no_case

from investigator.casework.related import RelatedBatch
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.case import (
    Asks,
    BatchRow,
    case_page,
    commands,
    extension_from,
    inspected_batch,
    inspected_particular,
)
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.case import ScopeDecision, Shared
from investigator.domain.distribution import DistributionStatus
from investigator.domain.investigation import Investigation, folded


def asks(said: list[str]) -> Asks:
    def note(words: str) -> object:
        said.append(words)
        return words

    return Asks(
        classify=lambda: note("classify"),
        extend=lambda: note("extend"),
        contain=lambda: note("contain"),
        related=note,
        scope=lambda: note("scope"),
        close=lambda: note("close"),
        reopen=lambda: note("reopen"),
    )


def batches(scene: Scene) -> tuple[BatchRow, ...]:
    page = case_page(scene)
    assert page is not None
    return page.batches


def another(number: str, batch: str, line: str = "CDC-3") -> Investigation:
    """Another case of the workspace."""
    opened = replace(OPENED, number=number, batch_id=batch, line=line)
    first = walked(until=OPENED).opened
    return folded(
        number, (Recorded(first.sequence, first.who, first.t_ms, first.zone, opened, ""),)
    )


def test_there_is_no_page_without_a_case() -> None:
    assert case_page(no_case()) is None


@pytest.mark.requirement("WIN-034")
def test_particulars_say_what_holds_now_and_what_held_before() -> None:
    story = Story(walked(until=SCOPED))
    story.do(RECLASSIFIED, EXTENDED)
    page = case_page(a_scene(story.case))
    assert page is not None
    found = {row.name: row for row in page.particulars}
    assert found["Classification"].value == "critical"
    assert found["Classification"].earlier[0][1].startswith("major, 2025-")
    assert found["Due"].value.startswith("2025-12-08")
    assert found["Due"].earlier[0][1].startswith("2025-11-08, ")
    assert found["Containment"].value == CONTAINED.measures
    assert found["Scope"].value == "completed"
    said = inspected_particular(a_scene(story.case), found["Classification"], lambda _r: None)
    assert said.title == "Classification: critical"
    assert [action.title for action in said.actions] == ["Withdraw…"]
    assert said.actions[0].enabled


@pytest.mark.requirement("WIN-034")
def test_what_is_missing_or_stale_is_marked() -> None:
    early = case_page(a_scene(walked(until=OPENED)))
    assert early is not None
    missing = [row.name for row in early.particulars if row.tone is Tone.WARN]
    assert missing == ["Containment", "Scope"]
    story = Story(walked(until=SCOPED))
    story.do(replace(RELATED, batch_id="B-102"))
    late = case_page(a_scene(story.case))
    assert late is not None
    assert late.particulars[-1].value == "◐ stale: completed"


@pytest.mark.requirement("WIN-034")
def test_batches_that_share_something_are_proposed_then_those_of_the_line() -> None:
    found = RelatedBatch("B-103", "DEV-7", (Shared.LOT,), "lots L1")
    scene = replace(
        a_scene(walked(until=RELATED)),
        cases=(another("DEV-8", "B-104"), another("DEV-9", "B-105", line="CDC-9")),
        related=(found,),
    )
    rows = batches(scene)
    assert [row.batch_id for row in rows] == ["B-101", "B-103", "B-104"]
    decided, sharing, line = rows
    assert (decided.decision, decided.shares) == ("not affected", "material lot, tooling")
    assert (sharing.decision, sharing.shared) == ("to be decided", (Shared.LOT,))
    assert sharing.why == "DEV-7: lots L1"
    assert line.shared == ()
    page = case_page(scene)
    assert page is not None
    assert page.batches_note == "1 decided, 2 to be decided"


@pytest.mark.requirement("WIN-034")
def test_a_batch_that_was_decided_is_no_candidate_any_more() -> None:
    scene = replace(
        a_scene(walked(until=RELATED)),
        cases=(another("DEV-8", "B-101"), another("DEV-9", "B-100")),
    )
    assert [row.batch_id for row in batches(scene)] == ["B-101"]


def test_a_batch_says_where_it_is_known_from_or_who_decided() -> None:
    scene = replace(a_scene(walked(until=RELATED)), cases=(another("DEV-8", "B-104"),))
    decided, candidate = batches(scene)
    decide = commands(scene, "B-104", asks([]))[3]
    said = inspected_batch(scene, candidate, lambda _r: None, decide)
    assert said.findings[0].text == "Known from DEV-8: of the same line."
    said = inspected_batch(scene, decided, lambda _r: None, decide)
    assert ("Decision", "not affected") in said.facts
    assert [action.title for action in said.actions] == ["Decide on a batch…", "Withdraw…"]


@pytest.mark.requirement("WIN-035")
def test_every_act_on_the_case_is_offered_and_asks() -> None:
    said: list[str] = []
    offered = commands(a_scene(walked(until=OPENED)), "B-7", asks(said))
    for command in offered[:5]:
        assert command.enabled, command.why_not
        command.run()
    assert said == ["classify", "extend", "contain", "B-7", "scope"]
    assert not offered[5].enabled


@pytest.mark.requirement("WIN-035")
def test_a_closed_case_can_only_be_reopened_by_its_approver() -> None:
    closed = walked(until=CLOSED)
    offered = {c.id: c for c in commands(a_scene(closed, person=APPROVER), "", asks([]))}
    assert offered["case.reopen"].enabled
    assert "case.close" not in offered
    offered = {c.id: c for c in commands(a_scene(closed), "", asks([]))}
    assert "done by: QA approver" in offered["case.reopen"].why_not
    assert "re-open it first" in offered["case.contain"].why_not


@pytest.mark.requirement("WIN-035")
def test_who_may_not_change_a_case_is_told_why() -> None:
    offered = commands(a_scene(walked(until=OPENED), person=AUDITOR), "", asks([]))
    assert all("auditor" in command.why_not for command in offered)


def test_an_extension_is_proposed_from_the_due_date() -> None:
    assert extension_from(a_scene(walked(until=OPENED))) == date(2025, 12, 8)


@pytest.mark.requirement("WIN-147")
@pytest.mark.parametrize(
    ("decision", "where", "tone"),
    [
        (ScopeDecision.NOT_AFFECTED, DistributionStatus.DISTRIBUTED, Tone.PLAIN),
        (ScopeDecision.NOT_AFFECTED, DistributionStatus.UNKNOWN, Tone.WARN),
        (ScopeDecision.AFFECTED, DistributionStatus.DISTRIBUTED, Tone.WARN),
        (ScopeDecision.AFFECTED, DistributionStatus.QUARANTINED, Tone.PLAIN),
    ],
)
def test_a_batch_says_where_it_is_and_is_marked_where_that_is_open_or_grave(
    decision: ScopeDecision, where: DistributionStatus, tone: Tone
) -> None:
    story = Story(walked(until=CONTAINED))
    story.do(replace(RELATED, decision=decision, distribution=where))
    scene = a_scene(story.case)
    (row,) = batches(scene)
    assert (row.where, row.where_tone) == (where.value, tone)
    decide = commands(scene, row.batch_id, asks([]))[3]
    assert ("Where it is", where.value) in inspected_batch(
        scene, row, lambda _r: None, decide
    ).facts
    page = case_page(scene)
    assert page is not None
    unknown = where is DistributionStatus.UNKNOWN
    assert page.batches_note == "1 decided" + (", not known where: 1" if unknown else "")


@pytest.mark.requirement("WIN-147", "CAS-167")
def test_what_waits_for_a_batch_that_was_found_says_which() -> None:
    found = RelatedBatch("B-103", "DEV-7", (Shared.LOT,), "lots L1")
    scene = a_scene(walked(until=RELATED), related=(found,))
    offered = {c.id: c for c in commands(scene, "", asks([]))}
    assert "A decision is missing on B-103" in offered["case.scope"].why_not
    late = a_scene(walked(until=DECIDED[-1]), related=(found,))
    assert "A decision is missing on B-103" in late.why_not(CONCLUDED)
    assert late.why_not(RELATED) == ""
