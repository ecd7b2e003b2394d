"""What runs, for how long still, and how the log stands."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from investigator.desktop.frame.state import FrameState
from investigator.desktop.frame.status_line import StatusLine, progress_words, time_left
from investigator.desktop.jobs import JobState
from investigator.desktop.tone import Tone

pytestmark = pytest.mark.requirement("WIN-001")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.2, "1 s left"),
        (14.2, "14 s left"),
        (89.4, "89 s left"),
        (95.0, "2 min left"),
        (600.0, "10 min left"),
    ],
)
def test_an_estimate_is_no_finer_than_it_is(seconds: float | None, words: str) -> None:
    assert time_left(seconds) == words


def test_share_time_left_and_what_waits() -> None:
    assert progress_words(JobState("Replay", "", 0.62, 14.0)) == "62 %  ·  14 s left"
    assert progress_words(JobState("Replay", waiting=2)) == "2 waiting"


def test_nothing_runs_nothing_is_shown(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(1280, line.height())
    line.show()
    assert {label.text() for label in line.findChildren(QLabel) if label.isVisible()} <= {""}
    assert not line.cancel.isVisible()
    line.show_job(JobState("Replay", "compaction", 0.5, 3.0))
    assert line.cancel.isVisible()
    line.show_job(None)
    assert not line.cancel.isVisible()


@pytest.mark.requirement("WIN-005")
def test_a_log_that_does_not_fit_is_said_by_glyph_too(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_state(FrameState(log_entries=412, log_tone=Tone.BAD))
    assert "log ✗ 412" in [label.text() for label in line.findChildren(QLabel)]
