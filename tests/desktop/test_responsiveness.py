"""How long the GUI thread answers nothing is measured, and filed under what was done."""

import time

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from investigator.desktop.responsiveness import Responsiveness

pytestmark = pytest.mark.requirement("WIN-013")


def computes(seconds: float) -> None:
    start = time.thread_time()
    while time.thread_time() - start < seconds:
        sum(range(1000))


def test_a_block_is_noted_with_its_length_and_its_step(qtbot: QtBot) -> None:
    watch = Responsiveness()
    watch.begin()
    watch.step("waiting")
    QTimer.singleShot(20, lambda: time.sleep(0.12))
    qtbot.wait(250)
    watch.step("computing")
    QTimer.singleShot(20, lambda: computes(0.12))
    qtbot.wait(250)
    watch.end()
    assert watch.worst_ms >= 100
    long = [block for block in watch.blocks if block.wall_ms > 100]
    assert {block.step for block in long} == {"waiting", "computing"}
    busy = {block.step: block.busy_ms for block in long}
    assert busy["waiting"] < 60
    assert busy["computing"] > 100
    assert watch.said(over_ms=100)[0].endswith("of it computing")


def test_an_idle_thread_computes_nothing(qtbot: QtBot) -> None:
    watch = Responsiveness()
    watch.begin()
    qtbot.wait(200)
    watch.end()
    assert max((block.busy_ms for block in watch.blocks), default=0.0) < 50


def test_a_block_that_has_not_ended_counts(qtbot: QtBot) -> None:
    watch = Responsiveness()
    watch.begin()
    time.sleep(0.1)
    watch.end()
    assert watch.worst_ms >= 90
    before = len(watch.blocks)
    qtbot.wait(50)
    assert len(watch.blocks) == before
