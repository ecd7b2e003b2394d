"""How long the GUI thread answers nothing is measured, and filed under what was done."""

import time
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from investigator.desktop import responsiveness
from investigator.desktop.responsiveness import Block, Responsiveness

pytestmark = pytest.mark.requirement("WIN-013")


@dataclass
class Clock:
    """Goes on only when it is told to: no load of the machine is in what is measured."""

    wall_s: float = 0.0
    busy_s: float = 0.0

    def perf_counter(self) -> float:
        return self.wall_s

    def thread_time(self) -> float:
        return self.busy_s

    def waits(self, seconds: float) -> None:
        self.wall_s += seconds

    def computes(self, seconds: float) -> None:
        self.wall_s += seconds
        self.busy_s += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(responsiveness, "time", made)
    return made


def test_a_block_is_noted_with_its_length_and_its_step(qtbot: QtBot, clock: Clock) -> None:
    watch = Responsiveness()
    watch.begin()
    watch.step("waiting")
    QTimer.singleShot(20, lambda: clock.waits(0.104))
    qtbot.waitUntil(lambda: len(watch.blocks) == 1)
    watch.step("computing")
    QTimer.singleShot(20, lambda: clock.computes(0.204))
    qtbot.waitUntil(lambda: len(watch.blocks) == 2)
    watch.end()
    assert watch.blocks == [
        Block("waiting", pytest.approx(100), pytest.approx(0)),
        Block("computing", pytest.approx(200), pytest.approx(204)),
    ]
    assert watch.worst_ms == pytest.approx(200)
    assert watch.said(over_ms=150) == ["computing: 200 ms, 204 ms of it computing"]


def test_a_beat_that_is_hardly_late_is_no_block(qtbot: QtBot, clock: Clock) -> None:
    watch = Responsiveness()
    watch.begin()
    clock.waits(0.012)
    watch.end()
    assert watch.blocks == []
    assert watch.worst_ms == 0.0


def test_a_block_that_has_not_ended_counts(qtbot: QtBot) -> None:
    """By the clock of the machine: the thread sleeps at least that long."""
    watch = Responsiveness()
    watch.begin()
    time.sleep(0.1)
    watch.end()
    assert watch.worst_ms >= 90
    before = len(watch.blocks)
    qtbot.wait(50)
    assert len(watch.blocks) == before
