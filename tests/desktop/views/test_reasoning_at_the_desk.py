"""Reasoning from the window into the log: the real desk takes it, or says why it does not."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.desks import home_in
from support.hypothesis_tabs import tab_of, turn_to
from support.investigations import CASE, DRUMS, FILTER
from support.stored_cases import case_at
from support.viewing import fill
from support.windows import Program

from investigator.desktop.frame.state import Place
from investigator.desktop.views.evidence_picker import EvidencePicker
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.is_is_not import IsIsNotTab
from investigator.desktop.views.whys import WhysTab
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind
from investigator.domain.ranking import CauseCategory

T = TypeVar("T", bound=HypothesisTab)
DRUM = EvidenceLink(LinkKind.CONTAINER, DRUMS[1])


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with home_in(tmp_path / "home"):
        made = Program(qtbot)
        made.start(case_at(tmp_path, "impact"), CASE)
        made.sign_in("ann")
        made.go(Place.HYPOTHESES)
        yield made
        made.window.close()


def shown(program: Program, kind: type[T]) -> T:
    """The tab of a kind, gone to."""
    view = program.view
    assert isinstance(view, HypothesesView)
    turn_to(view, kind.word)
    return tab_of(view, kind)


def link(program: Program, words: str) -> None:
    """Link the drum in the form, by the button of these words."""
    picker = program.sheet.findChild(QWidget, "evidence.picker")
    assert isinstance(picker, EvidencePicker)
    assert picker.table.choose(lambda row: row.link == DRUM)
    program.click(f"evidence.link.{words}")


@pytest.mark.requirement("WIN-186")
def test_a_why_is_refused_without_evidence_and_taken_with_it(program: Program) -> None:
    tab = shown(program, WhysTab)
    tab.commands()[0].run()
    sheet = program.sheet
    fill(program.bot, sheet, statement="the screen was torn", category="machine")
    program.bot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)
    program.settle()
    assert sheet.refusal == "A why says something and names the evidence for it."
    link(program, "Link as evidence")
    program.send()
    (why,) = program.case.whys_of(FILTER)
    assert (why.act.statement, why.act.evidence) == ("the screen was torn", (DRUM,))
    assert why.act.root is CauseCategory.MACHINE
    assert [rung.accessibleName() for rung in tab.ladder.rungs] == ["Why 1: the screen was torn"]
    assert not tab.commands()[0].enabled
    tab.ladder.chosen.emit(1)
    program.click("whys.withdraw")
    program.send(reason="it was whole")
    assert not program.case.whys


@pytest.mark.requirement("WIN-190")
@pytest.mark.requirement("WIN-191")
def test_the_table_is_stated_as_proposed_edited_and_withdrawn(program: Program) -> None:
    """Once the edit is withdrawn the row stands as before; once that is, it is proposed again."""
    tab = shown(program, IsIsNotTab)
    proposed = [row.key for row in tab.table.rows_model.rows if row.is_proposed]
    assert proposed
    program.click("is_is_not.propose")
    assert [r.act.about() for r in program.case.is_is_not] == proposed
    assert [row.standing for row in tab.table.rows_model.rows] == ["stated"] * len(proposed)
    tab.table.choose(lambda _row: True)
    program.click("is_is_not.edit")
    program.send(affected="one drum of three", why="in words")
    assert program.case.is_is_not[0].act.affected.words == "one drum of three"
    assert tab.table.current_row().cells[0].words == "one drum of three"
    for left in ("stated", "● proposed"):
        program.click("is_is_not.withdraw")
        program.send(reason="stated too early")
        assert tab.table.current_row().standing == left
        assert tab.table.current_row().cells[0].words != "one drum of three"
