"""The window shows what it is handed, stages views, and passes on what a person wants."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from support import background as work
from support.frames import STATE, FullView, full_window

from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place, Sight, StepState
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner, WorkJob
from investigator.desktop.notices import Notice
from investigator.domain.instant import Span


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.close()


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, jobs: JobRunner, done: list[str]) -> MainWindow:
    made = full_window(jobs, act=lambda: done.append("replay"))
    qtbot.addWidget(made)
    made.go(Place.CASE)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def view(window: MainWindow, place: Place) -> FullView:
    found = window.view(place)
    assert isinstance(found, FullView)
    return found


def texts(window: MainWindow) -> set[str]:
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}


@pytest.mark.requirement("WIN-001")
def test_it_shows_what_is_open_who_is_signed_in_and_how_the_log_stands(window: MainWindow) -> None:
    shown = texts(window)
    assert {"DEV-2026-0147", "OP", "log ✓ 412", "·  saved 10:41:07"} <= shown
    assert window.header.status.text().startswith("draft")
    assert window.windowTitle() == "DEV-2026-0147 · Deviation Investigator"
    named = [row.accessibleName() for row in window.steps.rows.values()]
    assert named[:4] == ["Case, done", "Evidence, done", "Timeline, done", "Replay, running"]


@pytest.mark.requirement("WIN-001")
def test_another_state_is_shown_at_once(window: MainWindow) -> None:
    window.show_state(replace(STATE, title=(), status=None, user=None, log_entries=None))
    assert "No case is open" in texts(window)
    assert "OP" not in texts(window)
    assert not window.header.status.isVisible()


def test_a_view_is_built_when_first_gone_to_and_told_while_seen(window: MainWindow) -> None:
    first = object()
    window.show_snapshot(first)
    assert view(window, Place.CASE).snapshots == [first]
    window.go(Place.IMPACT)
    assert view(window, Place.IMPACT).snapshots == [first]
    second = object()
    window.show_snapshot(second)
    window.go(Place.CASE)
    window.go(Place.IMPACT)
    assert view(window, Place.CASE).snapshots == [first, second]
    assert view(window, Place.IMPACT).snapshots == [first, second]


def test_a_step_is_gone_to_by_mouse_and_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.place_changed) as changed:
        qtbot.mouseClick(window.steps.rows[Place.REPLAY], Qt.MouseButton.LeftButton)
    assert changed.args == [Place.REPLAY]
    assert window.place is Place.REPLAY
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.place is Place.IMPACT
    assert window.steps.rows[Place.IMPACT].isChecked()


@pytest.mark.requirement("WIN-199")
def test_a_sight_is_shown_by_the_view_of_its_place_once_that_knows_the_case(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_snapshot("the case")
    timeline = view(window, Place.TIMELINE)
    seen: list[tuple[Sight, int]] = []
    monkeypatch.setattr(
        timeline, "show_sight", lambda sight: seen.append((sight, len(timeline.snapshots)))
    )
    sight = Sight(Place.TIMELINE, Span(0, 1000), ("FIC-101.PV",))
    window.view(Place.CASE).go_requested.emit(sight)
    assert window.place is Place.TIMELINE
    assert seen == [(sight, 1)]


@pytest.mark.requirement("WIN-003")
def test_a_step_that_cannot_be_gone_to_says_why(window: MainWindow) -> None:
    why_not = "Open a case first."
    window.show_state(replace(STATE, steps=(StepState(Place.REPLAY, why_not=why_not),)))
    assert not window.steps.rows[Place.REPLAY].isEnabled()
    assert window.steps.rows[Place.REPLAY].toolTip() == why_not
    window.go(Place.REPLAY)
    assert window.place is Place.CASE
    assert window.notice.text == f"Replay: {why_not}"
    window.show_state(STATE)
    window.go(Place.TIMELINE)
    assert window.notice.text == ""
    window.notify(Notice("It is written."))
    window.go(Place.CASE)
    assert window.notice.text == "It is written."


@pytest.mark.requirement("WIN-003")
def test_palette_and_shortcut_do_the_same(
    qtbot: QtBot, window: MainWindow, done: list[str]
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_R, control)
    qtbot.keyClick(window, Qt.Key.Key_K, control)
    assert window.palette_overlay.isVisible()
    qtbot.keyClicks(window.palette_overlay.field, "start the")
    qtbot.keyClick(window.palette_overlay.field, Qt.Key.Key_Return)
    assert done == ["replay", "replay"]


@pytest.mark.requirement("WIN-003")
def test_the_shortcut_of_what_cannot_be_done_says_why(qtbot: QtBot, window: MainWindow) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_R, both)
    assert window.notice.text == "Issue the report: A verdict is missing for 2 hypotheses."
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.notice.isHidden()


@pytest.mark.requirement("WIN-003")
def test_commands_and_things_of_the_view_are_offered_while_it_is_seen(
    qtbot: QtBot, window: MainWindow, done: list[str]
) -> None:
    own = Command("case.extend", "Extend the due date", lambda: done.append("extend"), "Ctrl+D")
    case = view(window, Place.CASE)
    case.offered = (own,)
    case.commands_changed.emit()
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert done == ["extend"]
    window.palette_overlay.open()
    titles = [entry.title for entry in window.palette_overlay.found()]
    assert "Extend the due date" in titles
    assert "DRM-0001" in titles
    assert "Go to Impact" in titles
    window.palette_overlay.close_palette()
    window.go(Place.IMPACT)
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert done == ["extend"]


def test_what_a_view_says_is_passed_on(qtbot: QtBot, window: MainWindow) -> None:
    case = view(window, Place.CASE)
    with qtbot.waitSignal(window.act_requested) as asked:
        case.act_requested.emit("act")
    assert asked.args == ["act"]
    case.inspected.emit(Inspected("DRM-0105", "container"))
    assert window.inspector.shown is not None
    assert window.inspector.shown.title == "DRM-0105"
    case.noticed.emit(Notice("Two rows have no time.", where="historian.csv"))
    assert window.notice.text == "historian.csv: Two rows have no time."
    case.go_requested.emit(Place.TWIN)
    assert window.place is Place.TWIN
    assert window.inspector.shown is None


def test_where_nothing_is_inspected_the_selected_thing_is_shown(window: MainWindow) -> None:
    case = view(window, Place.CASE)
    case.selected = Inspected("DRM-0105", "container")
    window.show_snapshot(object())
    window.go(Place.IMPACT)
    assert window.inspector.shown is None
    window.go(Place.CASE)
    assert window.inspector.shown is case.selected
    other = Inspected("DRM-0106", "container")
    window.inspect(other)
    window.show_snapshot(object())
    assert window.inspector.shown is other


@pytest.mark.requirement("WIN-010")
def test_work_is_seen_below_and_cancelled_there(
    qtbot: QtBot, window: MainWindow, jobs: JobRunner, done: list[str]
) -> None:
    jobs.run(
        WorkJob(work.sleeps, (60.0,)),
        title="Replay",
        on_done=lambda _: done.append("done"),
        on_failed=lambda _: done.append("failed"),
        on_cancelled=lambda: done.append("cancelled"),
    )
    qtbot.waitUntil(lambda: "10 %" in texts(window), timeout=10_000)
    assert "Replay" in texts(window)
    qtbot.mouseClick(window.status_line.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: jobs.idle)
    assert done == ["cancelled"]
    assert not window.status_line.cancel.isVisible()


@pytest.mark.requirement("WIN-007")
def test_a_cover_hides_everything_and_stops_the_keys(
    qtbot: QtBot, window: MainWindow, done: list[str]
) -> None:
    cover = QLineEdit()
    window.palette_overlay.open()
    window.cover(cover)
    assert cover.isVisible()
    assert not window.header.isVisible()
    for key in (Qt.Key.Key_R, Qt.Key.Key_K, Qt.Key.Key_6):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    assert window.place is Place.CASE
    assert not window.palette_overlay.isVisible()
    window.uncover()
    assert window.focusWidget() is not None
    assert window.header.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert done == ["replay"]


@pytest.mark.requirement("WIN-007")
def test_what_is_offered_while_covered_waits(
    qtbot: QtBot, window: MainWindow, done: list[str]
) -> None:
    window.cover(QLineEdit())
    window.show_commands([Command("x", "Export", lambda: done.append("x"), "Ctrl+E")])
    window.open_palette()
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    assert not window.palette_overlay.isVisible()


def test_the_inspector_folds_away(qtbot: QtBot, window: MainWindow) -> None:
    wide = window.view(Place.CASE).width()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.inspector.folded
    qtbot.waitUntil(lambda: window.view(Place.CASE).width() > wide + 200)
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not window.inspector.folded


def test_the_status_offers_its_commands(qtbot: QtBot, window: MainWindow, done: list[str]) -> None:
    window.show_commands(
        [Command("case.close", "Close the case", lambda: done.append("close"), group="status")]
    )
    assert window.header.status.text() == "draft ▾"
    window.header.picked.emit(Command("x", "X", lambda: done.append("x")))
    assert done == ["x"]
    window.show_commands([])
    assert window.header.status.text() == "draft"
    assert not window.header.status.isEnabled()


def test_leaving_is_told(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.sign_out_requested):
        window.header.sign_out_asked.emit()
    with qtbot.waitSignal(window.closing):
        window.close()
