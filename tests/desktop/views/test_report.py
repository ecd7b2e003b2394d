"""The report in the window: stated, proposed, issued, read, signed and sent back by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from support.investigations import (
    ACTION,
    APPROVED,
    AUTHORED,
    CHECKED,
    CONCLUDED,
    DECIDED,
    FILTER,
    FOLLOWED,
    ISSUED,
    RETURNED,
    REVIEWED,
    Story,
    issued,
    ranked,
    walked,
)
from support.scenes import APPROVER, INVESTIGATOR, REVIEWER, a_report, a_scene, no_case
from support.viewing import Shown, fill

from investigator.desktop.frame.state import Place
from investigator.desktop.requests import Do, IssueReport, SaveReport, SignReport, Withdraw
from investigator.desktop.scene import Scene
from investigator.desktop.views.report import ReportView
from investigator.domain.acts.case import CaseClosed
from investigator.domain.acts.closing import (
    ActionKind,
    ActionProposed,
    ConclusionStated,
    Level,
    ReportReturned,
    Risk,
    RootCause,
    SignatureField,
    SignaturesVoided,
)

_CONTROL = Qt.KeyboardModifier.ControlModifier


class Report(Shown):
    """The view on a scene, and what it asked for."""

    view: ReportView

    def show(self, scene: Scene, part: str = "") -> None:
        self.view.show_snapshot(scene)
        if part:
            self.view.show_part(part)

    def enter(self, **entered: Any) -> None:
        fill(self.bot, self.view, **entered)


@pytest.fixture
def shown(qtbot: QtBot) -> Report:
    return Report(ReportView(), qtbot)


def _issued(person: Any = INVESTIGATOR, until: Any = ISSUED) -> Scene:
    return a_scene(walked(until=until), person=person, pdf=a_report())


def test_without_a_case_it_says_so(shown: Report) -> None:
    shown.show(no_case())
    assert not shown.view.tabs.isVisible()
    assert shown.view.things() == ()


# the conclusion

BY = (CHECKED.about(),)


def _fill_conclusion(shown: Report) -> None:
    shown.enter(
        root_cause=RootCause.CONFIRMED.value,
        causes=(FILTER,),
        statement="The filter was blocked.",
        reason="The feeder ran level.",
        severity=Level.LOW.value,
        probability=Level.LOW.value,
        detectability=Level.LOW.value,
        rationale="Nothing was released.",
    )


@pytest.mark.requirement("WIN-086")
def test_the_conclusion_is_stated_with_cause_risk_and_reason(shown: Report) -> None:
    shown.show(a_scene(walked(until=DECIDED[-1])))
    _fill_conclusion(shown)
    shown.click("state")
    risk = Risk(Level.LOW, Level.LOW, Level.LOW, "Nothing was released.")
    act = ConclusionStated(RootCause.CONFIRMED, (FILTER,), "The filter was blocked.", risk, BY)
    assert shown.last == Do((act,), "The feeder ran level.")


@pytest.mark.requirement("WIN-086")
def test_nothing_is_stated_while_something_is_missing(shown: Report) -> None:
    shown.show(a_scene(walked(until=DECIDED[-1])))
    shown.enter(root_cause=RootCause.CONFIRMED.value)
    shown.click("state")
    form = shown.view.conclusion_part.form
    assert form is not None
    assert not shown.asked
    assert form.cause.error("reason") == "This must be given."
    assert form.cause.error("causes") == "Tick the hypothesis that is the cause."
    assert form.risk.error("rationale")


def test_a_refused_conclusion_stays_in_its_form(shown: Report) -> None:
    shown.show(a_scene(walked(until=DECIDED[-1])))
    _fill_conclusion(shown)
    shown.click("state")
    shown.last.refused("A cause is confirmed only when the others are refuted.")
    form = shown.view.conclusion_part.form
    assert form is not None
    assert form.refusal == "A cause is confirmed only when the others are refuted."
    assert form.values()["statement"] == "The filter was blocked."
    assert form.send.isEnabled()


def test_what_is_being_written_stays_while_the_scene_changes(shown: Report) -> None:
    shown.show(a_scene(walked(until=FOLLOWED)))
    shown.enter(statement="Half a")
    assert not shown.part(QPushButton, "state").isEnabled()
    shown.show(a_scene(walked(until=DECIDED[-1])))
    assert shown.part(QPlainTextEdit, "statement").toPlainText() == "Half a"
    assert shown.part(QPushButton, "state").isEnabled()


def test_a_conclusion_that_stands_is_read_and_stated_anew(shown: Report) -> None:
    shown.show(a_scene(walked(until=DECIDED[-1])))
    shown.show(a_scene(walked(until=CONCLUDED)))
    assert shown.view.conclusion_part.form is None
    shown.click("conclusion-source")
    assert shown.inspected[-1].title == "Cause confirmed"
    shown.click("state-anew")
    assert shown.part(QPlainTextEdit, "statement").toPlainText() == CONCLUDED.statement
    assert shown.part(QComboBox, "severity").currentData() == CONCLUDED.risk.severity.value


def test_the_conclusion_is_withdrawn_with_a_reason(shown: Report) -> None:
    shown.show(a_scene(walked(until=CONCLUDED)))
    shown.click("conclusion-source")
    shown.inspected[-1].actions[0].run()
    shown.fill(reason="too early")
    shown.bot.keyClick(shown.part(QPlainTextEdit, "reason"), Qt.Key.Key_Return, _CONTROL)
    assert isinstance(shown.last, Withdraw)
    assert shown.last.why == "too early"


def test_a_reviewer_reads_the_conclusion_and_is_told_why_no_more(shown: Report) -> None:
    shown.show(a_scene(walked(until=CONCLUDED), person=REVIEWER))
    button = shown.part(QPushButton, "state-anew")
    assert not button.isEnabled()
    assert "reviewer" in button.toolTip()


# actions


@pytest.mark.requirement("WIN-087")
def test_an_action_is_proposed_by_keyboard(shown: Report) -> None:
    shown.show(a_scene(walked(until=CONCLUDED)), "Actions")
    shown.click("propose")
    shown.fill(
        kind=ActionKind.PREVENTIVE.value,
        text="Alarm on it.",
        effectiveness="raised in a challenge",
        owner_role="process engineer",
    )
    shown.bot.keyClick(shown.part(QLineEdit, "owner_role"), Qt.Key.Key_Return)
    act = shown.last.acts[0]
    assert isinstance(act, ActionProposed)
    assert (act.action_id, act.kind, act.text, act.owner_role, act.effectiveness) == (
        "CA-1",
        ActionKind.PREVENTIVE,
        "Alarm on it.",
        "process engineer",
        "raised in a challenge",
    )


@pytest.mark.requirement("WIN-087")
def test_an_action_is_not_proposed_without_its_criterion(shown: Report) -> None:
    shown.show(a_scene(walked(until=CONCLUDED)), "Actions")
    shown.click("propose")
    shown.send()
    assert not shown.asked


@pytest.mark.requirement("WIN-087")
def test_a_changed_action_keeps_its_id(shown: Report) -> None:
    shown.show(a_scene(walked(until=ACTION)), "Actions")
    assert not shown.part(QPushButton, "change").isEnabled()
    shown.view.things()[0].go()
    assert shown.inspected[-1].title == ACTION.action_id
    shown.click("change")
    shown.fill(owner_role="head of quality")
    shown.send()
    assert shown.last.acts[0].action_id == ACTION.action_id
    assert shown.last.acts[0].text == ACTION.text


# the pages


@pytest.mark.requirement("WIN-091")
def test_what_the_report_needs_is_listed_and_leads_there(shown: Report, qtbot: QtBot) -> None:
    shown.show(a_scene(walked(until=FOLLOWED)), "Report")
    assert not shown.part(QPushButton, "issue").isEnabled()
    assert "decision is missing" in shown.part(QLabel, "why-not").text()
    points = shown.part(QWidget, "points")
    link = next(b for b in points.findChildren(QPushButton) if b.text() == "Disposition")
    with qtbot.waitSignal(shown.view.go_requested) as gone:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert gone.args == [Place.DISPOSITION]
    link = next(b for b in points.findChildren(QPushButton) if b.text() == "Actions")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert shown.view.actions_part.isVisible()


@pytest.mark.requirement("WIN-092")
def test_the_report_is_issued_when_it_is_complete(shown: Report) -> None:
    shown.show(a_scene(walked(until=ACTION)), "Report")
    shown.click("issue")
    assert shown.last == IssueReport()


@pytest.mark.requirement("WIN-090")
def test_the_pages_are_gone_through_by_keys(shown: Report) -> None:
    shown.show(_issued(), "Report")
    pages = shown.view.document_part.pages
    number = shown.part(QLabel, "page-number")
    assert pages.count == 4
    assert number.text() == "Page 1 of 4"
    shown.bot.keyClick(pages, Qt.Key.Key_PageDown)
    shown.bot.keyClick(pages, Qt.Key.Key_PageDown)
    assert number.text() == "Page 3 of 4"
    shown.bot.keyClick(pages, Qt.Key.Key_PageUp)
    assert number.text() == "Page 2 of 4"
    shown.bot.keyClick(pages, Qt.Key.Key_End)
    assert number.text() == "Page 4 of 4"
    shown.bot.keyClick(pages, Qt.Key.Key_Home)
    assert number.text() == "Page 1 of 4"


@pytest.mark.requirement("WIN-090")
def test_pages_are_made_wider_and_as_wide_as_there_is_room(shown: Report) -> None:
    shown.show(_issued(), "Report")
    pages = shown.view.document_part.pages
    shown.bot.keyClick(pages, Qt.Key.Key_PageDown)
    shown.bot.keyClick(pages, Qt.Key.Key_Plus, _CONTROL)
    assert pages.zoom == 1.25
    assert pages.page == 1
    assert pages.horizontalScrollBar().maximum() > 0
    shown.bot.keyClick(pages, Qt.Key.Key_0, _CONTROL)
    assert pages.zoom == 1.0
    assert pages.horizontalScrollBar().maximum() == 0


@pytest.mark.requirement("WIN-090")
def test_pages_keep_their_place_when_the_window_changes(shown: Report) -> None:
    shown.show(_issued(), "Report")
    pages = shown.view.document_part.pages
    shown.bot.keyClick(pages, Qt.Key.Key_PageDown)
    shown.view.resize(1100, 760)
    assert pages.page == 1
    signed = _issued(until=AUTHORED)
    shown.show(signed)
    assert pages.page == 1


@pytest.mark.requirement("WIN-097")
def test_a_section_of_the_outline_leads_to_its_page_and_source(shown: Report) -> None:
    shown.show(_issued(), "Report")
    outline = shown.view.document_part.panel.outline
    item = outline.topLevelItem(2)
    assert item is not None
    assert (item.text(0), item.text(1)) == ("11 Impact", "3")
    outline.itemClicked.emit(item, 0)
    assert shown.view.document_part.pages.page == 2
    assert shown.inspected[-1].digest == FOLLOWED.result


@pytest.mark.requirement("WIN-097")
def test_a_click_on_a_page_tells_where_it_came_from(shown: Report) -> None:
    shown.show(_issued(), "Report")
    pages = shown.view.document_part.pages
    shown.bot.keyClick(pages, Qt.Key.Key_PageDown)
    low = QPoint(pages.viewport().width() // 2, pages.viewport().height() // 2)
    shown.bot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=low)
    assert shown.inspected[-1].title == "As notified"
    assert dict(shown.inspected[-1].facts)["Section"] == "2 Event"


def test_the_palette_goes_to_a_section(shown: Report) -> None:
    shown.show(_issued(), "Report")
    thing = next(t for t in shown.view.things() if t.title == "11 Impact")
    thing.go()
    assert shown.view.document_part.pages.page == 2


@pytest.mark.requirement("WIN-098")
def test_the_report_is_saved_where_the_person_says(shown: Report, tmp_path: Path) -> None:
    shown.show(_issued(), "Report")
    shown.click("save")
    dialog = shown.view.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "DEV-1.pdf"))
    assert shown.last == SaveReport(tmp_path / "DEV-1.pdf")
    dialog.close()


# signatures


@pytest.mark.requirement("WIN-094")
def test_a_signature_asks_for_id_and_password_and_shows_what_is_signed(shown: Report) -> None:
    shown.show(_issued(), "Report")
    shown.click("sign")
    facts = shown.part(QWidget, "what-is-signed")
    texts = " ".join(found.text() for found in facts.findChildren(QLabel))
    assert ISSUED.pdf[:32] in texts
    assert ISSUED.pdf[32:] in texts
    assert "authored" in texts
    assert shown.part(QLineEdit, "user").text() == ""
    password = shown.part(QLineEdit, "password")
    assert password.echoMode() is QLineEdit.EchoMode.Password
    shown.fill(user="ann", password="a secret", comment="complete")
    shown.bot.keyClick(password, Qt.Key.Key_Return)
    assert shown.last == SignReport(
        SignatureField.AUTHOR, ISSUED.pdf, "ann", "a secret", "complete"
    )
    assert "a secret" not in repr(shown.last)


@pytest.mark.requirement("WIN-094")
def test_a_wrong_password_is_said_in_the_form_and_typed_again(shown: Report) -> None:
    shown.show(_issued(), "Report")
    shown.click("sign")
    shown.fill(user="ann", password="wrong")
    password = shown.part(QLineEdit, "password")
    shown.bot.keyClick(password, Qt.Key.Key_Return)
    shown.last.refused("The password is not right.")
    assert shown.part(QLabel, "refusal").text().endswith("The password is not right.")
    assert password.text() == ""
    assert shown.part(QLineEdit, "user").text() == "ann"
    shown.fill(password="right")
    shown.bot.keyClick(password, Qt.Key.Key_Return)
    assert shown.last.password == "right"
    shown.last.done()
    assert not password.isVisible()


@pytest.mark.requirement("WIN-093")
def test_three_lines_show_the_signatures(shown: Report) -> None:
    shown.show(_issued(until=REVIEWED), "Report")
    panel = shown.part(QWidget, "signatures")
    texts = [found.text() for found in panel.findChildren(QLabel) if not found.isHidden()]
    assert "Ann of Testing" in texts
    assert "Ben of Testing" in texts
    assert any(text.startswith("reviewed, 2025-10-09") for text in texts)
    assert "waits for a QA approver" in texts


@pytest.mark.requirement("WIN-095")
def test_a_reviewer_returns_the_report_with_a_reason(shown: Report) -> None:
    shown.show(_issued(REVIEWER, AUTHORED), "Report")
    shown.click("return")
    shown.send()
    assert not shown.asked
    shown.fill(reason="The risk is not argued.")
    shown.send()
    assert shown.last == Do((ReportReturned(),), "The risk is not argued.")


@pytest.mark.requirement("WIN-096")
def test_voided_signatures_are_shown_in_the_open(shown: Report) -> None:
    story = Story(walked(until=AUTHORED))
    story.do(RETURNED)
    story.unchecked(SignaturesVoided((SignatureField.AUTHOR,), "report returned"))
    shown.show(a_scene(story.case, pdf=a_report()), "Report")
    panel = shown.part(QWidget, "signatures")
    texts = " ".join(found.text() for found in panel.findChildren(QLabel))
    assert "Void: author of revision 1" in texts
    assert "report returned" in texts
    assert "Returned" in shown.part(QLabel, "standing").text()


def test_the_case_is_closed_when_all_three_have_signed(shown: Report) -> None:
    shown.show(_issued(APPROVER, APPROVED), "Report")
    assert not any(b.isVisible() for b in shown.view.findChildren(QPushButton, "sign"))
    shown.click("close")
    assert shown.last == Do((CaseClosed(),))


def test_a_stale_report_is_still_shown(shown: Report) -> None:
    story = Story(walked(until=ISSUED))
    story.do(ranked(2))
    shown.show(a_scene(story.case, pdf=a_report()), "Report")
    assert "◐ stale" in shown.part(QLabel, "standing").text()
    assert shown.view.document_part.pages.isVisible()


def test_every_command_of_the_report_is_offered(shown: Report) -> None:
    shown.show(_issued(), "Report")
    ids = [command.id for command in shown.view.commands()]
    assert len(ids) == len(set(ids))
    assert {"report.issue", "report.save", "report.sign", "report.return"} <= set(ids)


@pytest.mark.requirement("WIN-094")
def test_nothing_is_signed_but_what_is_shown(shown: Report) -> None:
    shown.show(_issued(), "Report")
    shown.click("sign")
    shown.show(_issued())
    assert not shown.sheet.is_closed
    story = Story(walked(until=ISSUED))
    story.do(issued(2))
    shown.show(a_scene(story.case, pdf=a_report()))
    with pytest.raises(AssertionError, match="no sheet is open"):
        _ = shown.sheet


def test_what_was_begun_for_one_case_does_not_go_to_another(shown: Report) -> None:
    shown.show(a_scene(walked(until=DECIDED[-1])))
    shown.enter(statement="Of the first case")
    shown.show(no_case())
    shown.show(a_scene(walked(until=DECIDED[-1])))
    assert shown.part(QPlainTextEdit, "statement").toPlainText() == ""
