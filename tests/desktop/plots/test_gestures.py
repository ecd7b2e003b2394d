"""Mouse and keys over time."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.axis import TimeAxis
from investigator.desktop.plots.time_window import TimeWindow

pytestmark = pytest.mark.requirement("WIN-015")
WIDTH, HOUR = 1_080, 3_600_000
LEFT, RIGHT, MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def time() -> TimeWindow:
    """A thousand pixels for a thousand hours, the first at 64."""
    return TimeWindow("UTC", (0, 1_000 * HOUR), gutter_px=64)


@pytest.fixture
def strip(qtbot: QtBot, time: TimeWindow) -> TimeAxis:
    made = TimeAxis(time)
    qtbot.addWidget(made)
    made.resize(WIDTH, made.height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def at(hour: float) -> QPoint:
    return QPoint(round(64 + hour), 10)


def drag(
    qtbot: QtBot,
    strip: TimeAxis,
    start: float,
    end: float,
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NONE,
) -> None:
    qtbot.mousePress(strip, button, keys, at(start))
    for share in (0.3, 0.6, 1.0):
        _move(strip, at(start + share * (end - start)), button, keys)
    qtbot.mouseRelease(strip, button, keys, at(end))


def _move(
    strip: TimeAxis, place: QPoint, button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    where = QPointF(place)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        strip.mapToGlobal(where),
        Qt.MouseButton.NoButton,
        button,
        keys,
    )
    QApplication.sendEvent(strip, event)


def wheel(strip: TimeAxis, hour: float, turned: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    where = QPointF(at(hour))
    event = QWheelEvent(
        where,
        strip.mapToGlobal(where),
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip, event)


def test_clicks_put_the_cursors(qtbot: QtBot, strip: TimeAxis, time: TimeWindow) -> None:
    with qtbot.waitSignal(strip.gestures.clicked):
        qtbot.mouseClick(strip, LEFT, NONE, at(200))
    qtbot.mouseClick(strip, LEFT, SHIFT, at(700))
    assert time.cursor("A") == 200 * HOUR
    assert time.cursor("B") == 700 * HOUR
    assert time.brush is None


def test_a_cursor_is_dragged(qtbot: QtBot, strip: TimeAxis, time: TimeWindow) -> None:
    time.put_cursor("A", 200 * HOUR)
    drag(qtbot, strip, 202, 400)
    assert time.cursor("A") == 400 * HOUR
    assert time.brush is None


def test_a_drag_brushes(qtbot: QtBot, strip: TimeAxis, time: TimeWindow) -> None:
    spans: list[object] = []
    time.brushed.connect(spans.append)
    drag(qtbot, strip, 600, 300)
    assert spans == [(300 * HOUR, 600 * HOUR)]
    assert time.cursor("A") is None


@pytest.mark.parametrize(("button", "keys"), [(MIDDLE, NONE), (RIGHT, NONE), (LEFT, SHIFT)])
def test_other_drags_pan(
    qtbot: QtBot,
    strip: TimeAxis,
    time: TimeWindow,
    button: Qt.MouseButton,
    keys: Qt.KeyboardModifier,
) -> None:
    time.show_range(400 * HOUR, 500 * HOUR)
    drag(qtbot, strip, 500, 300, button, keys)
    first, last = time.range
    assert first == pytest.approx(420 * HOUR, abs=HOUR)
    assert last - first == 100 * HOUR
    assert time.brush is None


def test_the_wheel_zooms_around_the_pointer_or_pans(strip: TimeAxis, time: TimeWindow) -> None:
    wheel(strip, 250, QPoint(0, 120))
    first, last = time.range
    assert last - first == 800 * HOUR
    assert time.x_of(250 * HOUR, WIDTH) == pytest.approx(64 + 250, abs=0.1)
    wheel(strip, 250, QPoint(0, -120), SHIFT)
    assert time.range[0] == pytest.approx(first + 80 * HOUR, abs=1)
    wheel(strip, 250, QPoint(120, 0))
    assert time.range[0] == pytest.approx(first, abs=1)


def test_keys(qtbot: QtBot, strip: TimeAxis, time: TimeWindow) -> None:
    qtbot.keyClick(strip, Qt.Key.Key_Plus)
    first, last = time.range
    assert last - first == 800 * HOUR
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert time.range[0] == first + 80 * HOUR
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert time.range[0] == first
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert time.range == time.bounds
    time.put_cursor("B", HOUR)
    time.draw_brush((0, HOUR), done=True)
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    assert time.cursor("B") is None
    assert time.brush is None


def test_a_double_click_shows_all_and_leaves_the_cursor(
    qtbot: QtBot, strip: TimeAxis, time: TimeWindow
) -> None:
    time.put_cursor("A", 430 * HOUR)
    time.show_range(400 * HOUR, 500 * HOUR)
    qtbot.mouseClick(strip, LEFT, NONE, at(800))
    qtbot.mouseDClick(strip, LEFT, NONE, at(800))
    assert time.range == time.bounds
    assert time.cursor("A") == 430 * HOUR
