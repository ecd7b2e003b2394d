"""The inspector: one form for everything, and its text can be taken along."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support.frames import INSPECTED

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.inspector import FOLDED_PX, Inspector

pytestmark = pytest.mark.requirement("WIN-002")


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    made = Inspector()
    qtbot.addWidget(made)
    made.resize(made.width(), 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def labels(inspector: Inspector) -> dict[str, QLabel]:
    page = inspector.page()
    return {label.text(): label for label in page.findChildren(QLabel)}


def buttons(inspector: Inspector) -> dict[str, QPushButton]:
    page = inspector.page()
    return {button.text(): button for button in page.findChildren(QPushButton)}


def test_with_nothing_selected_it_says_what_to_do(inspector: Inspector) -> None:
    assert any(text.startswith("Click anything") for text in labels(inspector))


def test_it_says_what_a_thing_is_and_what_it_rests_on(inspector: Inspector) -> None:
    inspector.inspect(INSPECTED)
    shown = list(labels(inspector))
    assert shown[:2] == ["container", "DRM-0105"]
    for text in ("22.8 ± 0.1 kg", "batch_record.xml, lines 412 to 431", "Findings", "Rests on"):
        assert text in shown
    assert "▲ Hardness 96 N is below its limit of 105 N." in shown
    assert "✗ No sample." in shown
    assert "Replay of 10:38  (result)" in buttons(inspector)


def test_a_link_without_room_is_cut_with_an_ellipsis_and_read_whole(inspector: Inspector) -> None:
    long = "NF.CDC3.LW311.MASSFLOW.PV, 01:26 to 01:33 on the thirteenth"
    inspector.inspect(Inspected("Row", "row", rests_on=(Thing(long, "stretch", lambda: None),)))
    [link] = (b for b in buttons(inspector).values() if b.accessibleName())
    assert link.text().startswith("NF.CDC3.LW311") and link.text().endswith("…")
    assert link.toolTip() == link.accessibleName() == f"{long}  (stretch)"


def test_values_can_be_selected(inspector: Inspector) -> None:
    inspector.inspect(INSPECTED)
    shown = labels(inspector)
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    digest = "\n".join((INSPECTED.digest[:32], INSPECTED.digest[32:]))
    for text in ("DRM-0105", "22.8 ± 0.1 kg", INSPECTED.source, digest):
        assert shown[text].textInteractionFlags() & selectable


def test_the_digest_is_copied_whole(qtbot: QtBot, inspector: Inspector) -> None:
    inspector.inspect(INSPECTED)
    qtbot.mouseClick(buttons(inspector)["Copy"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == INSPECTED.digest


@pytest.mark.requirement("WIN-003")
def test_actions_are_done_or_say_why_not(qtbot: QtBot, inspector: Inspector) -> None:
    done: list[str] = []
    inspector.inspect(
        Inspected(
            "Replay 7",
            "result",
            rests_on=(Thing("historian.csv", "evidence", lambda: done.append("went")),),
            actions=(
                Command("link", "Link as evidence", lambda: done.append("linked")),
                Command("why", "Why?", lambda: done.append("asked"), why_not="It is stale."),
            ),
        )
    )
    found = buttons(inspector)
    for button in found.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["went", "linked"]
    assert found["Why?"].toolTip() == "It is stale."
    assert "It is stale." in labels(inspector)


def test_parts_that_are_empty_are_not_headed(inspector: Inspector) -> None:
    inspector.inspect(Inspected("Replay 7", "result"))
    assert list(labels(inspector)) == ["result", "Replay 7"]


def test_markup_in_evidence_is_text(inspector: Inspector) -> None:
    inspector.inspect(Inspected("<b>tag</b>", "tag", facts=(("name", "<img src=x>"),)))
    shown = labels(inspector)
    assert shown["<b>tag</b>"].textFormat() is Qt.TextFormat.PlainText
    assert shown["<img src=x>"].textFormat() is Qt.TextFormat.PlainText


def test_it_folds(inspector: Inspector) -> None:
    inspector.toggle()
    assert inspector.folded
    assert inspector.width() == FOLDED_PX
    inspector.toggle()
    assert not inspector.folded
