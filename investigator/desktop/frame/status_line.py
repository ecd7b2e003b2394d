"""The one line below: what runs and for how long still, and how the log stands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from investigator.desktop.frame.state import FrameState
from investigator.desktop.jobs import JobState
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import ElidedLabel, line_label, set_tone

_BAR_STEPS = 1000


class StatusLine(QFrame):
    """The lower edge of the window.

    Signals:
        cancel_asked(): the person wants the running work to end.
    """

    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setFixedHeight(4 * GRID)
        self._title, self._rest = line_label(), line_label("", "soft")
        self._words = ElidedLabel("", "faint")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(15 * GRID)
        self._bar.setTextVisible(False)
        self.cancel = button("Cancel", "link")
        self.cancel.clicked.connect(self.cancel_asked)
        self._log, self._saved = line_label(), line_label("", "soft")
        self._lay_out()
        self.show_job(None)

    def show_job(self, job: JobState | None) -> None:
        """Show the work that runs; None for none."""
        for part in (self._title, self._bar, self._rest, self.cancel):
            part.setVisible(job is not None)
        self._words.setText(job.words if job else "")
        if job is None:
            return
        self._title.setText(job.title)
        self._bar.setRange(0, 0 if job.share is None else _BAR_STEPS)
        self._bar.setValue(round((job.share or 0.0) * _BAR_STEPS))
        self._rest.setText(progress_words(job))

    def show_state(self, state: FrameState) -> None:
        """Show how the log stands."""
        known = state.log_entries is not None
        self._log.setVisible(known)
        if known:
            self._log.setText(f"log {state.log_tone.glyph} {state.log_entries}")
            set_tone(self._log, state.log_tone)
        self._saved.setText(f"·  saved {state.saved_at}" if state.saved_at else "")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 1, 2 * GRID, 0)
        row.setSpacing(GRID)
        for part in (self._title, self._bar, self._rest, self.cancel):
            row.addWidget(part)
        row.addWidget(self._words, 1)
        row.addWidget(self._log)
        row.addWidget(self._saved)


def progress_words(job: JobState) -> str:
    """Share, time left and what waits, e.g. "62 %  ·  14 s left"."""
    share = "" if job.share is None else f"{job.share * 100:.0f} %"
    waiting = f"{job.waiting} waiting" if job.waiting else ""
    return "  ·  ".join(filter(None, (share, time_left(job.seconds_left), waiting)))


def time_left(seconds: float | None) -> str:
    """An estimate in words, no finer than it is; empty while unknown."""
    if seconds is None:
        return ""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s left"
    return f"{round(seconds / 60)} min left"
