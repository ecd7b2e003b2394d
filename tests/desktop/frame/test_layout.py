"""At 1280 × 800 nothing is cut and nothing lies over anything else, in both designs."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from support.frames import INSPECTED, full_window

from investigator.desktop.frame.state import Place
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner, JobState
from investigator.desktop.notices import Notice
from investigator.desktop.theme.apply import apply_theme
from investigator.desktop.theme.tokens import DARK, LIGHT, Theme
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.labels import ElidedLabel

pytestmark = pytest.mark.requirement("WIN-006")


@pytest.fixture
def window(qtbot: QtBot, design: Theme) -> Iterator[MainWindow]:
    jobs = JobRunner()
    made = full_window(jobs)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.go(Place.DISPOSITION)
    made.inspect(INSPECTED)
    made.status_line.show_job(JobState("Replay", "compaction, 3 of 5", 0.62, 14.2, 1))
    made.notify(Notice("The replay is stale.", "Replay", "Run it again.", Tone.WARN))
    with qtbot.waitExposed(made):
        made.show()
    yield made
    jobs.close()


def seen(window: QWidget) -> list[QWidget]:
    """All texts, buttons and fields that can be seen."""
    kinds = (QLabel, QAbstractButton, QLineEdit)
    parts = [part for kind in kinds for part in window.findChildren(kind)]
    return [part for part in parts if part.isVisible() and not part.visibleRegion().isEmpty()]


def place(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def test_nothing_lies_over_anything_else(window: MainWindow) -> None:
    overlaps = [
        (one.objectName() or type(one).__name__, place(one, window), place(other, window))
        for one, other in combinations(seen(window), 2)
        if not one.isAncestorOf(other)
        and not other.isAncestorOf(one)
        and one is not window.inspector.fold_button
        and other is not window.inspector.fold_button
        and place(one, window).intersects(place(other, window))
    ]
    assert overlaps == []


def test_nothing_reaches_out_of_the_window(window: MainWindow) -> None:
    for part in seen(window):
        assert window.rect().contains(place(part, window)), part


def test_no_text_is_cut(window: MainWindow) -> None:
    for part in seen(window):
        if isinstance(part, ElidedLabel):
            continue
        if isinstance(part, QLabel):
            needed = part.heightForWidth(part.width()) if part.wordWrap() else 0
            assert part.height() >= needed, part.text()
            if not part.wordWrap():
                assert part.width() >= part.fontMetrics().horizontalAdvance(part.text())
        elif isinstance(part, QAbstractButton) and part.text():
            wanted = part.fontMetrics().horizontalAdvance(part.text())
            assert part.width() >= wanted, part.text()


def test_the_smallest_window_still_holds_the_frame(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.size() == window.minimumSize())
    for part in (window.header.status, window.header.search, window.status_line.cancel):
        assert window.rect().contains(place(part, window))


def test_both_designs_are_painted_and_differ(window: MainWindow, qapp: QApplication) -> None:
    pictures = []
    for theme in (LIGHT, DARK):
        apply_theme(qapp, theme)
        picture = window.grab().toImage()
        assert picture.pixelColor(500, 780).name() == theme.panel
        pictures.append(picture)
    assert pictures[0] != pictures[1]
