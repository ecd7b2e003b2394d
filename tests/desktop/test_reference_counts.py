"""The library of the window loses no references to the values that Python shares.

PySide6 6.12 under CPython 3.11 gives back a reference to `None` or `True` too often at each call,
until the program aborts; the versions that are pinned were measured balanced.
"""

import sys

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.frames import full_window

from investigator.desktop.frame.state import Place
from investigator.desktop.jobs import JobRunner

SIGNALS, FRAMES = 10_000, 200
SPARE = 500
SHARED = (None, True, False)


class Speaker(QObject):
    """Speaks in all the ways that the window does."""

    said = Signal()
    thing = Signal(object)
    flag = Signal(bool)


def counts() -> list[int]:
    return [sys.getrefcount(value) for value in SHARED]


@pytest.mark.requirement("WIN-016")
def test_signals_and_frames_keep_the_counts(qtbot: QtBot, qapp: QApplication) -> None:
    speaker, heard = Speaker(), []
    speaker.said.connect(lambda: heard.append(1))
    speaker.thing.connect(lambda _thing: heard.append(2))
    speaker.flag.connect(lambda _flag: heard.append(3), Qt.ConnectionType.QueuedConnection)
    jobs = JobRunner()
    window = full_window(jobs)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.go(Place.DISPOSITION)
    with qtbot.waitExposed(window):
        window.show()
    picture = QImage(window.size(), QImage.Format.Format_RGB32)
    before = counts()
    for number in range(SIGNALS):
        speaker.said.emit()
        speaker.thing.emit(None)
        speaker.flag.emit(number % 2 == 0)
    qapp.processEvents()
    for _ in range(FRAMES):
        window.render(picture)
    after = counts()
    jobs.close()
    assert len(heard) == 3 * SIGNALS
    for shared, was, now in zip(SHARED, before, after, strict=True):
        assert now > was - SPARE, f"{shared} lost {was - now} references"
