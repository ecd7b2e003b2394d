"""The list of steps, as people and screen readers find it."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from investigator.desktop.frame.marks import draw_mark
from investigator.desktop.frame.state import BESIDE, STEPS, Mark, Place, SignedIn, StepState
from investigator.desktop.frame.steps import StepList
from investigator.desktop.theme.tokens import LIGHT, Theme

pytestmark = pytest.mark.requirement("WIN-001")


@pytest.fixture
def steps(qtbot: QtBot) -> StepList:
    made = StepList()
    qtbot.addWidget(made)
    made.resize(made.width(), 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_eight_steps_and_three_places_beside(steps: StepList) -> None:
    assert len(STEPS) == 8
    assert [place.label for place in BESIDE] == ["Audit trail", "Twin", "People"]
    assert list(steps.rows) == list(Place)


def test_mark_and_note_are_said(steps: StepList) -> None:
    note = "2 findings wait for a decision."
    steps.show_steps((StepState(Place.EVIDENCE, Mark.OPEN, note),))
    row = steps.rows[Place.EVIDENCE]
    assert row.accessibleName() == "Evidence, open findings"
    assert row.toolTip() == note
    steps.show_steps(())
    assert row.accessibleName() == "Evidence"


def test_one_row_is_the_current_one(steps: StepList, design: Theme) -> None:
    steps.show_place(Place.REPLAY)
    steps.show_place(Place.IMPACT)
    assert [row.place for row in steps.rows.values() if row.isChecked()] == [Place.IMPACT]
    assert not steps.grab().isNull()


def test_a_press_tells_where_to_go(qtbot: QtBot, steps: StepList) -> None:
    with qtbot.waitSignal(steps.gone_to) as told:
        qtbot.mouseClick(steps.rows[Place.TWIN], Qt.MouseButton.LeftButton)
    assert told.args == [Place.TWIN]
    steps.rows[Place.REPORT].setFocus()
    with qtbot.waitSignal(steps.gone_to) as told:
        qtbot.keyClick(steps.rows[Place.REPORT], Qt.Key.Key_Space)
    assert told.args == [Place.REPORT]


@pytest.mark.requirement("WIN-005")
def test_marks_differ_by_shape_not_only_by_colour(qtbot: QtBot) -> None:
    shapes = set()
    for mark in Mark:
        image = QImage(16, 16, QImage.Format.Format_Alpha8)
        image.fill(0)
        painter = QPainter(image)
        draw_mark(painter, mark, QPointF(8, 8), LIGHT)
        painter.end()
        shapes.add(bytes(image.constBits()))
    stale_and_running_are_one = 1
    assert len(shapes) == len(Mark) - stale_and_running_are_one


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Oda Petersen", "OP"), ("Cher", "C"), ("Anna Maria von der Au", "AA"), ("", "O")],
)
def test_initials(name: str, initials: str) -> None:
    assert SignedIn("op", name, "investigator").initials == initials
