"""Whether the person is there."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from investigator.desktop.access.idle import IdleWatch


class Watched:
    """A window that is watched, on a clock turned by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now_s = 0.0
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        with qtbot.waitExposed(self.widget):
            self.widget.show()
        self.watch = IdleWatch(self.widget, idle_s=600.0, steady_s=lambda: self.now_s)
        self.said: list[str] = []
        self.watch.idle.connect(lambda: self.said.append("idle"))
        self.watch.active.connect(lambda: self.said.append("active"))
        self.pauses = 0
        self.watch.paused.connect(self._pause)
        self.watch.watch(self.widget.windowHandle())

    def _pause(self) -> None:
        self.pauses += 1


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    return Watched(qtbot)


@pytest.mark.requirement("WIN-027")
def test_ten_minutes_without_key_or_mouse_are_told(watched: Watched) -> None:
    watched.now_s = 599.0
    watched.watch.look()
    assert watched.said == []
    watched.now_s = 600.0
    watched.watch.look()
    assert watched.said == ["idle"]


@pytest.mark.requirement("WIN-027")
@pytest.mark.parametrize("how", ["key", "press", "move"])
def test_a_key_or_the_mouse_begins_the_time_anew(watched: Watched, how: str) -> None:
    watched.now_s = 599.0
    window = watched.widget.windowHandle()
    if how == "key":
        QTest.keyClick(window, Qt.Key.Key_A)
    elif how == "press":
        QTest.mouseClick(window, Qt.MouseButton.LeftButton)
    else:
        none, at = Qt.MouseButton.NoButton, QPointF(5, 5)
        keys = Qt.KeyboardModifier.NoModifier
        move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, keys)
        QCoreApplication.sendEvent(window, move)
    watched.now_s = 700.0
    watched.watch.look()
    assert watched.said == ["active"]


def test_a_pause_is_told_once(watched: Watched) -> None:
    for second in (14.0, 15.0, 16.0, 200.0):
        watched.now_s = second
        watched.watch.look()
    assert watched.pauses == 1
    QTest.keyClick(watched.widget.windowHandle(), Qt.Key.Key_A)
    watched.now_s = 220.0
    watched.watch.look()
    assert watched.pauses == 2


def test_activity_is_told_at_most_every_few_seconds(watched: Watched) -> None:
    for second in range(12):
        watched.now_s = float(second)
        QTest.keyClick(watched.widget.windowHandle(), Qt.Key.Key_A)
    assert watched.said == ["active"] * 2


def test_it_looks_by_itself_until_it_is_stopped(watched: Watched, qtbot: QtBot) -> None:
    watched.now_s = 601.0
    qtbot.waitUntil(lambda: watched.said == ["idle"], timeout=3000)
    watched.watch.stop()
    qtbot.wait(1200)
    assert watched.said == ["idle"]
