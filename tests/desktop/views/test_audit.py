"""The audit trail: searched while one types, filtered, verified, written to a file."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot
from support.investigations import SCOPED, walked
from support.scenes import a_scene, no_case
from support.viewing import Shown, fill

from investigator.casework.accounts import AccountRow, Role
from investigator.casework.audit import AuditRow, LogStanding, Query
from investigator.desktop.requests import ExportTrail, SearchTrail, VerifyWorkspace
from investigator.desktop.scene import Scene
from investigator.desktop.views.audit import AuditView

LOG = LogStanding("log", 40, 1_760_000_000_000, "Europe/Zurich", ())
ANN = AccountRow("ann", "Ann of Testing", (Role.INVESTIGATOR,), False, False, False, "")
ENTRY = AuditRow(
    sequence=12,
    user_id="ann",
    full_name="Ann of Testing",
    role="investigator",
    t_ms=1_760_000_000_000,
    zone="Europe/Zurich",
    act="case opened",
    object="DEV-1",
    old="",
    new='{"number": "DEV-1"}',
    why="as found",
    software="investigator 0",
    blobs=(),
    hash="cd" * 32,
    withdrawn=False,
)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(AuditView(), qtbot)


def a_trail(*entries: AuditRow) -> Scene:
    return replace(a_scene(walked(until=SCOPED)), log=LOG, trail=entries, accounts=(ANN,))


@pytest.mark.requirement("WIN-039")
def test_entries_are_asked_for_when_the_log_has_grown(shown: Shown, qtbot: QtBot) -> None:
    shown.view.show_snapshot(a_trail())
    qtbot.waitUntil(lambda: shown.asked == [SearchTrail(Query(), only_case=False)])
    shown.view.show_snapshot(a_trail(ENTRY))
    qtbot.wait(50)
    assert len(shown.asked) == 1
    grown = replace(a_trail(ENTRY), log=replace(LOG, size=41))
    shown.view.show_snapshot(grown)
    qtbot.waitUntil(lambda: len(shown.asked) == 2)


@pytest.mark.requirement("WIN-039")
def test_words_person_act_and_case_are_looked_for(shown: Shown, qtbot: QtBot) -> None:
    shown.view.show_snapshot(a_trail(ENTRY))
    shown.part(QComboBox, "audit.user").setCurrentIndex(1)
    shown.part(QComboBox, "audit.act").setCurrentIndex(1)
    shown.part(QCheckBox, "audit.only_case").setChecked(True)
    shown.asked.clear()
    fill(qtbot, shown.view, **{"audit.words": "drum"})
    wanted = SearchTrail(Query(words="drum", user_id="ann", act="case opened"), only_case=True)
    qtbot.waitUntil(lambda: shown.asked == [wanted])


@pytest.mark.requirement("WIN-039")
def test_without_a_case_the_whole_trail_is_searched(shown: Shown, qtbot: QtBot) -> None:
    shown.view.show_snapshot(a_trail(ENTRY))
    shown.part(QCheckBox, "audit.only_case").setChecked(True)
    shown.view.show_snapshot(replace(no_case(), log=LOG))
    shown.asked.clear()
    shown.part(QLineEdit, "audit.words").returnPressed.emit()
    assert shown.asked == [SearchTrail(Query(), only_case=False)]


@pytest.mark.requirement("WIN-039")
def test_an_entry_is_inspected(shown: Shown) -> None:
    shown.view.show_snapshot(a_trail(ENTRY))
    assert isinstance(shown.view, AuditView)
    shown.view.table.selectRow(0)
    assert shown.inspected[-1].title == "case opened"
    assert shown.inspected[-1].digest == ENTRY.hash


@pytest.mark.requirement("WIN-039")
def test_the_trail_is_written_to_a_file(shown: Shown, tmp_path: Path) -> None:
    shown.view.show_snapshot(a_trail(ENTRY))
    shown.click("audit.export")
    shown.fill(file=str(tmp_path / "trail.csv"))
    shown.send()
    assert shown.last == ExportTrail(tmp_path / "trail.csv")


@pytest.mark.requirement("WIN-040")
def test_a_verification_is_asked_for_and_its_outcome_stays(shown: Shown) -> None:
    shown.view.show_snapshot(a_trail(ENTRY))
    outcome = shown.view.findChild(QScrollArea, "audit.outcome")
    assert isinstance(outcome, QScrollArea)
    assert not outcome.isVisible()
    shown.click("audit.verify")
    assert shown.last == VerifyWorkspace()
    shown.view.show_snapshot(replace(a_trail(ENTRY), running=frozenset({"verification"})))
    assert "is running" in shown.why_not("audit.verify")
    shown.view.show_snapshot(replace(a_trail(ENTRY), verified=(True, ("Proven: all.",))))
    assert outcome.isVisible()
