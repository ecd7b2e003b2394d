"""The list of cases and the page of one, by keyboard and mouse."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit
from pytestqt.qtbot import QtBot
from support.investigations import (
    APPROVED,
    CLOSED,
    CONTAINED,
    OPENED,
    RELATED,
    SCOPED,
    Story,
    walked,
)
from support.scenes import APPROVER, AUDITOR, a_scene, no_case
from support.viewing import Shown

from investigator.casework.audit import LogStanding
from investigator.casework.related import RelatedBatch
from investigator.desktop.requests import Do, OpenCase, ShowCase, Withdraw
from investigator.desktop.scene import Scene
from investigator.desktop.views.case import CaseView
from investigator.domain.acts.case import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Classification,
    ClassificationChanged,
    ContainmentRecorded,
    DueDateExtended,
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
    Shared,
)
from investigator.domain.distribution import DistributionStatus

LOG = LogStanding("log", 9, OPENED.due.toordinal(), "Europe/Zurich", ())


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(CaseView(), qtbot)


def view(shown: Shown) -> CaseView:
    assert isinstance(shown.view, CaseView)
    return shown.view


def show(shown: Shown, scene: Scene) -> None:
    shown.view.show_snapshot(scene)


def test_an_act_runs_on_where_nothing_stands_beside_it(shown: Shown) -> None:
    show(shown, a_scene(walked(until=SCOPED)))
    acts = view(shown).page.acts

    def runs_on() -> list[bool]:
        rows = acts.rows_model.rows
        wide = [acts.columnSpan(place, 3) for place in range(len(rows))]
        wanted = [1 if r.standing else 2 if r.why else 3 for r in rows]
        return [a == b for a, b in zip(wide, wanted, strict=True)]

    assert all(runs_on())
    acts.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert acts.rows_model.rows[0].what == "case opened"
    assert all(runs_on())


def test_what_is_gone_to_is_told_again_when_asked(shown: Shown) -> None:
    show(shown, a_scene(walked(until=SCOPED)))
    view(shown).page.go_to_act(view(shown).page.acts.rows_model.rows[0].sequence)
    told = shown.inspected[-1]
    shown.view.inspect_selected()
    assert shown.inspected[-1].title == told.title
    show(shown, replace(no_case(log=LOG), cases=(walked(until=OPENED),)))
    view(shown).list.table.choose(lambda _row: True, tell=False)
    shown.view.inspect_selected()
    assert shown.inspected[-1].kind == "case"


def test_without_any_case_one_can_be_opened(shown: Shown) -> None:
    show(shown, no_case(log=LOG))
    assert not view(shown).list.table.isVisible()
    commands = {command.id: command for command in shown.view.commands()}
    assert commands["case.open"].enabled
    assert commands["case.show"].why_not == "Select a case first."


@pytest.mark.requirement("WIN-035")
def test_a_case_is_opened_by_its_form(shown: Shown) -> None:
    show(shown, no_case(log=LOG))
    next(c for c in shown.view.commands() if c.id == "case.open").run()
    shown.send()
    assert shown.asked == []
    assert shown.sheet.form.error("number") == "This must be given."
    shown.fill(
        number="DEV-7",
        title="Weight low",
        description="Seen at 10:12",
        batch="B-7",
        product="tablet",
        grade="major",
        why="content uniformity",
    )
    assert shown.sheet.form.value("line") == "CDC-3"
    due = shown.sheet.form.widget("due")
    assert isinstance(due, QDateEdit)
    due.setDate(QDate(2026, 4, 1))
    shown.send()
    assert shown.last == OpenCase(
        CaseOpened(
            "DEV-7",
            "Weight low",
            "Seen at 10:12",
            "CDC-3",
            "B-7",
            "tablet",
            Classification.MAJOR,
            date(2026, 4, 1),
            "Europe/Zurich",
        ),
        "content uniformity",
    )
    shown.last.refused("A case DEV-7 is open already.")
    assert shown.sheet.refusal == "A case DEV-7 is open already."
    sheet = shown.sheet
    shown.last.done()
    assert sheet.is_closed


@pytest.mark.requirement("WIN-033")
def test_a_case_of_the_list_is_inspected_and_shown(shown: Shown) -> None:
    show(shown, replace(no_case(log=LOG), cases=(walked(until=SCOPED),)))
    view(shown).list.table.selectRow(0)
    assert shown.inspected[-1].title == "DEV-1"
    shown.click("case.show")
    view(shown).list.table.opened.emit(view(shown).list.table.current_row())
    shown.action("Show the case").run()
    assert shown.asked == [ShowCase("DEV-1")] * 3


@pytest.mark.requirement("WIN-035")
@pytest.mark.parametrize(
    ("button", "entered", "act"),
    [
        ("case.classify", {"grade": "critical"}, ClassificationChanged(Classification.CRITICAL)),
        ("case.extend", {}, DueDateExtended(date(2025, 12, 8))),
        (
            "case.related",
            {"batch": "B-9", "shares": ("equipment",), "decision": "affected"},
            RelatedBatchDecided("B-9", (Shared.EQUIPMENT,), ScopeDecision.AFFECTED),
        ),
        ("case.scope", {}, ScopeCompleted()),
    ],
)
def test_an_act_that_demands_a_reason_is_asked_with_it(
    shown: Shown, button: str, entered: dict[str, object], act: object
) -> None:
    show(shown, a_scene(walked(until=OPENED)))
    shown.click(button)
    shown.fill(**entered)
    shown.send()
    assert shown.asked == []
    assert shown.sheet.form.error("why") == "This must be given."
    shown.fill(why="as found")
    shown.send()
    assert shown.last == Do((act,), "as found")  # type: ignore[arg-type]


@pytest.mark.requirement("WIN-035")
def test_containment_is_recorded_and_taken_up_again(shown: Shown) -> None:
    show(shown, a_scene(walked(until=OPENED)))
    shown.click("case.contain")
    shown.fill(measures="Line stopped.")
    shown.send()
    assert shown.last == Do((ContainmentRecorded("Line stopped."),))
    shown.last.done()
    show(shown, a_scene(walked(until=SCOPED)))
    shown.click("case.contain")
    assert shown.sheet.form.value("measures") == "Line stopped, drums D1 to D3 in quarantine."


@pytest.mark.requirement("WIN-035")
def test_the_approver_closes_and_reopens(shown: Shown) -> None:
    show(shown, a_scene(walked(until=APPROVED), person=APPROVER))
    shown.click("case.close")
    shown.send()
    assert shown.last == Do((CaseClosed(),), "")
    shown.last.done()
    show(shown, a_scene(walked(until=CLOSED), person=APPROVER))
    shown.click("case.close")
    shown.fill(why="complaint from the market")
    shown.send()
    assert shown.last == Do((CaseReopened(),), "complaint from the market")


@pytest.mark.requirement("WIN-035")
def test_a_button_that_cannot_be_pressed_says_why(shown: Shown) -> None:
    show(shown, a_scene(walked(until=OPENED), person=AUDITOR))
    for name in ("case.classify", "case.extend", "case.contain", "case.related", "case.scope"):
        assert "auditor" in shown.why_not(name)
    assert "The signature of the author is missing" in _why_not_closed(shown)


def _why_not_closed(shown: Shown) -> str:
    show(shown, a_scene(walked(until=SCOPED), person=APPROVER))
    return shown.why_not("case.close")


@pytest.mark.requirement("WIN-034")
def test_what_is_selected_is_inspected_and_only_that_is_selected(shown: Shown) -> None:
    show(shown, a_scene(walked(until=RELATED)))
    page = view(shown).page
    page.particulars.selectRow(2)
    assert shown.inspected[-1].title == "Classification: major"
    page.batches.selectRow(0)
    assert shown.inspected[-1].title == "B-101"
    assert page.particulars.current_row() is None
    page.acts.selectRow(0)
    assert shown.inspected[-1].title == "related batch decided: batch B-101"
    shown.action("Withdraw…").run()
    shown.fill(reason="wrong batch")
    shown.send()
    sequence = page.acts.current_row().sequence
    assert shown.last == Withdraw(sequence, "wrong batch")


@pytest.mark.requirement("WIN-034")
def test_a_candidate_is_decided_on_with_what_it_shares_filled_in(shown: Shown) -> None:
    found = RelatedBatch("B-103", "DEV-7", (Shared.LOT,), "lots L1")
    show(shown, a_scene(walked(until=OPENED), related=(found,)))
    page = view(shown).page
    page.batches.selectRow(0)
    page.batches.opened.emit(page.batches.current_row())
    shown.fill(decision="not affected", why="other lot used in this batch")
    shown.send()
    act = RelatedBatchDecided("B-103", (Shared.LOT,), ScopeDecision.NOT_AFFECTED)
    assert shown.last == Do((act,), "other lot used in this batch")


def test_a_batch_and_an_act_can_be_gone_to(shown: Shown) -> None:
    show(shown, a_scene(walked(until=SCOPED)))
    shown.view.things()[0].go()
    assert shown.inspected[-1].title == "B-101"
    page = view(shown).page
    page.acts.selectRow(0)
    shown.inspected[-1].rests_on[0].go()
    assert page.acts.current_row().what == "related batch decided: batch B-101"


def test_what_has_not_changed_is_left_alone(shown: Shown) -> None:
    scene = a_scene(walked(until=SCOPED))
    show(shown, scene)
    view(shown).page.acts.selectRow(1)
    before = len(shown.inspected)
    show(shown, replace(scene, running=frozenset({"replay"})))
    assert view(shown).page.acts.current_row() is not None
    assert len(shown.inspected) == before + 1
    shown.click("case.list")
    assert shown.last == ShowCase(None)


@pytest.mark.requirement("WIN-147")
def test_where_a_batch_is_is_asked_and_shown(shown: Shown) -> None:
    found = RelatedBatch("B-103", "DEV-7", (Shared.LOT,), "lots L1")
    show(shown, a_scene(walked(until=CONTAINED), related=(found,)))
    page = view(shown).page
    page.batches.selectRow(0)
    page.batches.opened.emit(page.batches.current_row())
    shown.fill(decision="affected", where="distributed", why="recall considered")
    shown.send()
    act = RelatedBatchDecided(
        "B-103", (Shared.LOT,), ScopeDecision.AFFECTED, DistributionStatus.DISTRIBUTED
    )
    assert shown.last == Do((act,), "recall considered")
    story = Story(walked(until=CONTAINED))
    story.do(act)
    show(shown, a_scene(story.case, related=(found,)))
    model = page.batches.model()
    heads = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    cell = model.index(0, heads.index("Where it is")).data()
    assert "distributed" in str(cell)
    shown.click("case.scope")
    shown.fill(why="where-used list")
    shown.send()
    assert shown.last == Do((ScopeCompleted(("B-103",)),), "where-used list")
