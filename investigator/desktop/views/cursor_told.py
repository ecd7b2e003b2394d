"""What is told of an instant follows cursor A once it rests; of one that moves nothing is told."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from investigator.desktop.plots.time_window import TimeWindow

_REST_MS = 150


class CursorTold(QTimer):
    """Tells again after the cursors of a time have moved.

    Args:
        page: nothing is told while it is not seen.
        time: whose cursors.
        tell: tells what is selected.
    """

    def __init__(self, page: QWidget, time: TimeWindow, tell: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._tell = page, tell
        self.wanted = True
        """Whether what was told last is of an instant at all; a stretch of time is not."""
        self.setSingleShot(True)
        self.setInterval(_REST_MS)
        self.timeout.connect(self._rest)
        time.cursors_changed.connect(self.start)

    def _rest(self) -> None:
        if self.wanted and self._page.isVisible():
            self._tell()
