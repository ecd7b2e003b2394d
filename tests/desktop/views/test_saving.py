"""Where something is written: a file that is there is replaced only after the person said so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from support.viewing import Shown

from investigator.desktop.requests import ExportTrail, SaveTable
from investigator.desktop.views.audit import AuditView
from investigator.desktop.views.saving import ask_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "trail.csv"
    made.write_text("of last month", encoding="utf-8")
    return made


@pytest.fixture
def shown(qtbot: QtBot, file: Path) -> Shown:
    made = Shown(AuditView(), qtbot)
    made.asked.clear()
    ask_file(made.view, "Write it", ExportTrail, suggested=file)
    return made


@pytest.mark.requirement("WIN-098")
def test_a_file_that_is_there_is_replaced_only_when_the_person_says_so(
    shown: Shown, file: Path
) -> None:
    replace = shown.sheet.findChild(QPushButton, "replace")
    assert isinstance(replace, QPushButton)
    for _ in range(2):
        assert replace.isVisible() == bool(shown.sheet.form.error("file"))
        shown.send()
        assert shown.asked == []
        assert shown.sheet.form.error("file").startswith("There is a file of this name")
    shown.bot.mouseClick(replace, Qt.MouseButton.LeftButton)
    assert shown.asked == [ExportTrail(file)]
    assert not replace.isVisible()


@pytest.mark.requirement("WIN-098")
def test_what_was_agreed_for_one_file_holds_for_no_other(
    shown: Shown, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("of this month", encoding="utf-8")
    shown.send()
    shown.bot.mouseClick(shown.part(QPushButton, "replace"), Qt.MouseButton.LeftButton)
    shown.last.refused("It cannot be written.")
    shown.fill(file=str(other))
    shown.send()
    assert shown.asked == [ExportTrail(file)]
    shown.fill(file=str(tmp_path / "new.csv"))
    shown.send()
    assert shown.last == ExportTrail(tmp_path / "new.csv")


def test_the_dialog_has_asked_already(
    shown: Shown, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    shown.bot.mouseClick(shown.button("Choose a place…"), Qt.MouseButton.LeftButton)
    shown.send()
    assert shown.asked == [ExportTrail(file)]


@pytest.mark.requirement("WIN-156")
def test_a_table_of_a_view_is_written_where_the_person_says(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Shown(AuditView(), qtbot)
    shown.view.keep_table("entries", "a,b")
    dialog = shown.view.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "entries.csv"))
    assert shown.last == SaveTable("a,b", tmp_path / "entries.csv")
    shown.last.done()
    assert shown.noticed[-1].where.endswith("entries.csv")
    dialog.close()
