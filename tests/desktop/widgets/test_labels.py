"""Text: never markup, never cut without saying so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import Theme
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import Chip, ElidedLabel, KeyValues, SectionHeader, label


def test_text_is_never_markup(qtbot: QtBot) -> None:
    for made in (label("<b>x</b>"), Chip("<b>x</b>"), ElidedLabel("<b>x</b>")):
        qtbot.addWidget(made)
        assert made.textFormat() is Qt.TextFormat.PlainText
        assert made.text() == "<b>x</b>"


def test_a_cut_line_has_all_of_it_in_its_tooltip(qtbot: QtBot, design: Theme) -> None:
    made = ElidedLabel("batch_record.xml, lines 412 to 431")
    qtbot.addWidget(made)
    made.resize(60, 20)
    assert made.toolTip() == made.text()
    assert made.minimumSizeHint().width() == 0
    assert not made.grab().isNull()


@pytest.mark.requirement("WIN-005")
def test_a_chip_says_its_tone_by_glyph(qtbot: QtBot) -> None:
    chip = Chip("stale", Tone.WARN)
    qtbot.addWidget(chip)
    assert chip.text() == "▲ stale"
    chip.show_word("signed", Tone.GOOD)
    assert chip.text() == "✓ signed"
    assert chip.property("chip") == "good"


def test_names_and_values_are_replaced(qtbot: QtBot) -> None:
    made = KeyValues([("Mass", "22.8 ± 0.1 kg")])
    qtbot.addWidget(made)
    made.show()
    made.show_facts([("Filled", "11:00"), ("Closed", "11:20")])

    def shown() -> list[str]:
        return [found.text() for found in made.findChildren(QLabel) if found.isVisible()]

    qtbot.waitUntil(lambda: shown() == ["Filled", "11:00", "Closed", "11:20"])


def test_a_section_says_something_else_beside_its_title(qtbot: QtBot) -> None:
    made = SectionHeader("Containers", "9 of 14 drums")
    qtbot.addWidget(made)
    made.show_note("all decided")
    assert [found.text() for found in made.findChildren(QLabel)] == ["Containers", "all decided"]


@pytest.mark.requirement("WIN-003")
def test_a_button_of_a_command_says_why_it_cannot_be_pressed(qtbot: QtBot) -> None:
    done: list[str] = []
    command = Command("x", "Start the replay", lambda: done.append("x"), "Ctrl+R")
    made = CommandButton(command)
    qtbot.addWidget(made)
    assert (made.text(), made.toolTip()) == ("Start the replay", "Ctrl+R")
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    made.show_command(Command("x", "Start the replay", command.run, why_not="Map the tags first."))
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert done == ["x"]
    assert made.toolTip() == "Map the tags first."


def test_an_empty_state_says_what_to_do_and_does_it(qtbot: QtBot) -> None:
    done: list[str] = []
    command = Command("raise", "Raise one", lambda: done.append("raised"))
    made = EmptyState("No hypothesis yet", "Raise one.", command)
    qtbot.addWidget(made)
    made.show()
    qtbot.mouseClick(made.findChildren(CommandButton)[0], Qt.MouseButton.LeftButton)
    assert done == ["raised"]
    made.show_empty("All are judged", "Go on to impact.")
    shown = [found.text() for found in made.findChildren(QLabel)]
    assert shown == ["All are judged", "Go on to impact."]
    assert [b for b in made.findChildren(CommandButton) if b.isVisible()] == []
