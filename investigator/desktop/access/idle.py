"""Whether the person is there: keys and mouse on the window, and how long ago the last one was."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_TOLD_EVERY_S = 5.0
_PAUSE_S = 15.0
_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Watches one window.

    Args:
        idle_s: after how many seconds without activity `idle` is told.
        steady_s: seconds on a clock that cannot be set; a test hands in its own.

    Signals:
        active(): the person did something; told at most every few seconds.
        paused(): nothing was done for some seconds; told once for each pause.
        idle(): nothing was done for too long; told again until the person is back.
    """

    active = Signal()
    paused = Signal()
    idle = Signal()

    def __init__(
        self,
        parent: QObject,
        *,
        idle_s: float,
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._idle_s, self._steady_s = idle_s, steady_s
        self._seen_s = self._told_s = steady_s()
        self._pausing = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)

    def watch(self, window: QWindow) -> None:
        """Begin."""
        window.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def look(self) -> None:
        """Tell if nothing was done for some seconds, or for too long."""
        still_s = self._steady_s() - self._seen_s
        if still_s >= _PAUSE_S and not self._pausing:
            self._pausing = True
            self.paused.emit()
        if still_s >= self._idle_s:
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Note activity; nothing is held back."""
        if event.type() in _ACTIVITY:
            self._seen_s, self._pausing = self._steady_s(), False
            if self._seen_s - self._told_s >= _TOLD_EVERY_S:
                self._told_s = self._seen_s
                self.active.emit()
        return False
