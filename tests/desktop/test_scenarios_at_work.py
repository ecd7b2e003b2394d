"""A scenario in the program itself: the real window, desk, jobs and twin, over the example."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSlider
from pytestqt.qtbot import QtBot
from support.desks import desk_at, home_in, populated
from support.investigations import CASE, EVIDENCE, RAISED
from support.trust import PASSWORD
from support.viewing import seen
from support.windows import Program

from investigator.casework.analyses import replay_task
from investigator.casework.intake import admit_evidence, read_task
from investigator.casework.outcomes import record_replay, task_for
from investigator.casework.places import example_folder
from investigator.casework.twin_choice import choose, twin_standing
from investigator.desktop.frame.state import Place
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.desktop.views.scenario_tab import ScenarioTab
from investigator.domain.acts.analysis import ReplayRecorded

PATIENCE_MS = 120_000


def quiet(_words: str, _share: float) -> None:
    """Progress that nobody listens to."""


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program, with a case over the example that is replayed."""
    with home_in(tmp_path / "home"):
        workspace = populated(tmp_path, before=EVIDENCE)
        with desk_at(workspace) as desk:
            desk.sign_in("ann", PASSWORD)
            read = read_task(example_folder(), None, report=quiet)
            admit_evidence(desk, CASE, read, why="another batch will do")
            choose(desk, CASE, twin_standing(desk, None), why="to look")
            task = task_for(desk, CASE, ReplayRecorded)
            record_replay(desk, CASE, task, replay_task(task, report=quiet))
            desk.do(CASE, *RAISED)
        made = Program(qtbot)
        made.start(workspace, CASE)
        made.sign_in("ann")
        yield made
        made.window.close()


class Scenarios:
    """The tab, worked by hand; it waits for every answer."""

    def __init__(self, program: Program) -> None:
        self.program, self.bot = program, program.bot
        program.window.go(Place.HYPOTHESES)
        view = program.window.view(Place.HYPOTHESES)
        assert isinstance(view, HypothesesView)
        tab = view.findChild(ScenarioTab)
        assert tab is not None
        self.tab = tab
        words = [view.tabs.tabText(n) for n in range(view.tabs.count())]
        view.tabs.setCurrentIndex(words.index(tab.word))

    def until(self, check: Callable[[], bool]) -> None:
        self.bot.waitUntil(check, timeout=PATIENCE_MS)

    def answered(self) -> None:
        self.until(lambda: not self.tab.live.asking.busy)

    def click(self, name: str) -> None:
        self.until(lambda: any(b.isEnabled() for b in self.tab.findChildren(QPushButton, name)))
        self.bot.mouseClick(seen(self.tab, QPushButton, name), Qt.MouseButton.LeftButton)

    @property
    def states(self) -> list[str]:
        return [row.state for row in self.tab.table.rows_model.rows]


@pytest.mark.requirement("WIN-176", "WIN-179", "WIN-180")
def test_a_scenario_is_tried_recorded_and_run(program: Program) -> None:
    at = Scenarios(program)
    at.click("scenarios.new")
    at.answered()
    first = at.tab.live.shown
    assert first is not None
    at.bot.keyClick(seen(at.tab, QSlider, "size-0-0-slider"), Qt.Key.Key_Right)
    at.answered()
    moved = at.tab.live.shown
    assert moved is not None
    assert moved.run != first.run
    assert moved.log_evidence != first.log_evidence
    at.bot.keyClicks(seen(at.tab, QLineEdit, "title"), "Fed more than it said")
    at.bot.keyClick(seen(at.tab, QComboBox, "category"), Qt.Key.Key_Down)
    at.answered()
    scene = program.bench.scene
    assert scene is not None
    assert scene.case is not None
    assert scene.case.scenarios == ()
    at.click("scenarios.keep")
    at.until(lambda: at.states == ["not run"])
    at.click("scenarios.run")
    at.until(lambda: at.states == ["run"])
    scene = program.bench.scene
    assert scene is not None
    assert scene.seen is not None
    [outcome] = scene.seen.scenario_runs
    assert outcome.result.run == moved.run
    assert outcome.result.log_evidence == moved.log_evidence
