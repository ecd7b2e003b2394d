"""The palette: found by letters, done by keyboard; what cannot be done says why."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from investigator.desktop.commands import Command, Thing
from investigator.desktop.palette import Palette
from investigator.desktop.theme.tokens import Theme

pytestmark = pytest.mark.requirement("WIN-004")
WHY_NOT = "A verdict is missing for 2 hypotheses."


class Done(list[str]):
    """What was done, by name."""

    def of(self, name: str) -> Callable[[], None]:
        return lambda: self.append(name)


@pytest.fixture
def done() -> Done:
    return Done()


@pytest.fixture
def below(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    QVBoxLayout(widget).addWidget(QLineEdit())
    widget.resize(900, 600)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def palette(below: QWidget, done: Done) -> Palette:
    made = Palette(below)
    made.show_entries(
        [
            Command("replay.start", "Start the replay", done.of("replay"), "Ctrl+R"),
            Command("report.issue", "Issue the report", done.of("issue"), why_not=WHY_NOT),
            Thing("DRM-0105", "container", done.of("drum")),
            *(Thing(f"TAG-{k:04d}", "tag", done.of("tag")) for k in range(200)),
        ]
    )
    made.picked.connect(lambda entry: entry.go() if isinstance(entry, Thing) else entry.run())
    return made


def test_it_opens_with_everything_and_an_empty_field(palette: Palette) -> None:
    assert not palette.isVisible()
    palette.open()
    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert palette.field.text() == ""
    assert palette.found()[0].title == "Start the replay"


def test_typed_letters_find_and_enter_does(qtbot: QtBot, palette: Palette, done: Done) -> None:
    palette.open()
    qtbot.keyClicks(palette.field, "105")
    assert palette.found()[0].title == "DRM-0105"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["drum"]
    assert not palette.isVisible()


def test_a_command_comes_before_a_thing_that_fits_as_well(palette: Palette) -> None:
    go = Command("go.replay", "Go to Replay", lambda: None)
    things = [Thing(name, "hypothesis", lambda: None) for name in ("Room humidity excursion", "Re")]
    palette.show_entries([*things, go])
    palette.open()
    palette.field.setText("re")
    assert [entry.title for entry in palette.found()] == [go.title, "Re", things[0].title]


def test_arrows_choose(qtbot: QtBot, palette: Palette, done: Done) -> None:
    palette.open()
    qtbot.keyClicks(palette.field, "tag")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up):
        qtbot.keyClick(palette.field, key)
    assert palette.list.currentIndex().row() == 8
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    assert palette.field.hasFocus()


@pytest.mark.requirement("WIN-003")
def test_what_cannot_be_done_is_found_says_why_and_is_not_done(
    qtbot: QtBot, palette: Palette, done: Done, design: Theme
) -> None:
    palette.open()
    qtbot.keyClicks(palette.field, "issue")
    [entry, *_] = palette.found()
    assert isinstance(entry, Command)
    assert entry.why_not == WHY_NOT
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == []
    assert palette.isVisible()
    assert not palette.grab().isNull()


def test_escape_closes_and_gives_the_focus_back(
    qtbot: QtBot, palette: Palette, below: QWidget
) -> None:
    before = below.findChild(QLineEdit)
    assert before is not None
    before.setFocus()
    palette.open()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert before.hasFocus()


def test_nothing_found_does_nothing(qtbot: QtBot, palette: Palette, done: Done) -> None:
    palette.open()
    qtbot.keyClicks(palette.field, "xyzzy")
    assert palette.found() == ()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == []


def test_it_follows_the_window_and_closes_by_a_press_beside_it(
    qtbot: QtBot, palette: Palette, below: QWidget
) -> None:
    palette.open()
    below.resize(700, 500)
    assert palette.size() == below.size()
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_other_entries_are_offered_at_once(palette: Palette, done: Done) -> None:
    palette.open()
    palette.show_entries([Thing("S-114", "sample", done.of("sample"))])
    assert [entry.title for entry in palette.found()] == ["S-114"]
