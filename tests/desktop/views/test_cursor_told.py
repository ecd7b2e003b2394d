"""What is told follows the cursor once it rests, and only where it is of an instant and seen."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.views.cursor_told import CursorTold

pytestmark = pytest.mark.requirement("WIN-145")


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def time() -> TimeWindow:
    return TimeWindow("UTC", (0, 100_000))


def test_a_dragged_cursor_is_told_once(qtbot: QtBot, page: QWidget, time: TimeWindow) -> None:
    told: list[int | None] = []
    CursorTold(page, time, lambda: told.append(time.cursor("A")))
    for t_ms in range(0, 50_000, 5_000):
        time.put_cursor("A", t_ms)
    assert told == []
    qtbot.waitUntil(lambda: told == [45_000])


@pytest.mark.parametrize("hidden", [True, False])
def test_a_stretch_of_time_and_what_is_not_seen_stay_as_they_are(
    qtbot: QtBot, page: QWidget, time: TimeWindow, *, hidden: bool
) -> None:
    told: list[int] = []
    follows = CursorTold(page, time, lambda: told.append(1))
    page.setVisible(not hidden)
    follows.wanted = hidden
    time.put_cursor("A", 1_000)
    qtbot.waitUntil(lambda: not follows.isActive())
    assert told == []
