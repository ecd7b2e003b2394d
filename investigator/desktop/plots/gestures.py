"""What mouse and keys do on everything that is drawn over time, the same everywhere.

- Click puts cursor A, Shift+click cursor B; a cursor can be dragged.
- Drag brushes a span; Shift+drag, or drag with the middle or right button, pans.
- The wheel zooms around the pointer; Shift+wheel, or a wheel to the side, pans.
- Double click shows all; arrow keys pan, + and − zoom, Home shows all, Escape drops what was put.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from investigator.desktop.plots.time_window import CURSORS, CursorName, TimeWindow

_NEAR_PX, _DRAG_PX = 5, 4
_STEP = 0.1
_ZOOM = 1.25
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Gestures(QObject):
    """Turns the events of a widget into changes of the time window.

    Args:
        widget: whose mouse is listened to.
        time: what is changed.
        keys: whose keys are listened to; the widget's own if not given.

    Signals:
        clicked(QPointF): the left button was pressed and let go at one place.
    """

    clicked = Signal(object)

    def __init__(self, widget: QWidget, time: TimeWindow, *, keys: QWidget | None = None) -> None:
        super().__init__(widget)
        self._widget, self._time = widget, time
        self._pressed: QPointF | None = None
        self._button = Qt.MouseButton.NoButton
        self._last_x = 0.0
        self._held: CursorName | None = None
        self._before: tuple[CursorName, int | None] = ("A", None)
        self._dragging = False
        widget.installEventFilter(self)
        if keys is not None:
            keys.installEventFilter(self)
        (keys or widget).setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the events that mean something here; all others go their way."""
        handlers = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double,
            QEvent.Type.Wheel: self._wheel,
            QEvent.Type.KeyPress: self._key,
        }
        handler = handlers.get(event.type())
        return bool(handler(event)) if handler else False  # type: ignore[operator]

    def _t(self, x: float) -> int:
        return self._time.t_of(x, self._widget.width())

    def _press(self, event: QMouseEvent) -> bool:
        self._pressed, self._button = event.position(), event.button()
        self._last_x, self._dragging = event.position().x(), False
        left = event.button() is Qt.MouseButton.LeftButton
        self._held = self._cursor_near(event.position().x()) if left else None
        return True

    def _move(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            near = self._cursor_near(event.position().x()) is not None
            shape = Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor
            self._widget.setCursor(shape)
            return False
        x = event.position().x()
        if not self._dragging and abs(x - self._pressed.x()) < _DRAG_PX:
            return True
        self._dragging = True
        if self._held is not None:
            self._time.put_cursor(self._held, self._t(x))
        elif self._pans(event):
            self._time.pan(self._t(self._last_x) - self._t(x))
        else:
            self._time.draw_brush((self._t(self._pressed.x()), self._t(x)), done=False)
        self._last_x = x
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        start, self._pressed = self._pressed, None
        x = event.position().x()
        if not self._dragging:
            if self._button is Qt.MouseButton.LeftButton:
                name: CursorName = "B" if event.modifiers() & _SHIFT else "A"
                self._before = (name, self._time.cursor(name))
                self._time.put_cursor(name, self._t(x))
                self.clicked.emit(start)
        elif self._held is None and not self._pans(event):
            self._time.draw_brush((self._t(start.x()), self._t(x)), done=True)
        return True

    def _double(self, _event: QMouseEvent) -> bool:
        """The first click of the two has put a cursor: it goes back to where it was."""
        self._time.put_cursor(*self._before)
        self._time.show_all()
        return True

    def _wheel(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta()
        sideways = turned.x() or (turned.y() if event.modifiers() & _SHIFT else 0)
        if sideways:
            self._time.pan(round(-sideways / 120 * self._length() * _STEP))
        elif turned.y():
            self._time.zoom(_ZOOM ** (-turned.y() / 120), self._t(event.position().x()))
        return True

    def _key(self, event: QKeyEvent) -> bool:
        first, last = self._time.range
        step, middle = round(self._length() * _STEP), (first + last) // 2
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._time.pan(step if key == Qt.Key.Key_Right else -step)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._time.zoom(_ZOOM if key == Qt.Key.Key_Minus else 1 / _ZOOM, middle)
        elif key == Qt.Key.Key_Home:
            self._time.show_all()
        elif key == Qt.Key.Key_Escape:
            for name in CURSORS:
                self._time.put_cursor(name, None)
            self._time.draw_brush(None, done=True)
        else:
            return False
        return True

    def _length(self) -> int:
        first, last = self._time.range
        return last - first

    def _pans(self, event: QMouseEvent) -> bool:
        shifted = bool(event.modifiers() & _SHIFT)
        return self._button is not Qt.MouseButton.LeftButton or shifted

    def _cursor_near(self, x: float) -> CursorName | None:
        for name in CURSORS:
            t_ms = self._time.cursor(name)
            if t_ms is not None and abs(self._time.x_of(t_ms, self._widget.width()) - x) < _NEAR_PX:
                return name
        return None
