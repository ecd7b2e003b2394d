"""The one door out of the GUI thread: two lanes, answers on the GUI thread, nothing left behind."""

import logging
import multiprocessing
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from support import background as work

from investigator.casework.background import Background, WorkFailed
from investigator.desktop.jobs import (
    DeskJob,
    JobRunner,
    JobState,
    LiveJob,
    WorkJob,
    seconds_left,
)
from investigator.domain.errors import UnusableInput, UnusableRequest

PATIENCE_MS = 30_000
"""Half of what the work would take: whoever waits longer has waited for it."""


@dataclass
class Heard:
    """What came back, and that it came on the GUI thread."""

    done: list[Any] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)
    progress: list[tuple[str, float]] = field(default_factory=list)
    cancelled: int = 0
    threads: set[threading.Thread] = field(default_factory=set)

    def on_done(self, value: Any) -> None:
        self.threads.add(threading.current_thread())
        self.done.append(value)

    def on_failed(self, error: Exception) -> None:
        self.threads.add(threading.current_thread())
        self.failed.append(error)

    def on_progress(self, words: str, share: float) -> None:
        self.threads.add(threading.current_thread())
        self.progress.append((words, share))

    def on_cancelled(self) -> None:
        self.threads.add(threading.current_thread())
        self.cancelled += 1


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.close()
    assert multiprocessing.active_children() == []


@pytest.fixture
def heard() -> Heard:
    return Heard()


def run(jobs: JobRunner, heard: Heard, job: DeskJob | WorkJob | LiveJob, **more: Any) -> None:
    jobs.run(
        job,
        title=more.pop("title", "Replay"),
        on_done=heard.on_done,
        on_failed=heard.on_failed,
        on_progress=heard.on_progress,
        on_cancelled=heard.on_cancelled,
        **more,
    )


def refuse(error: Exception) -> Callable[[], None]:
    def call() -> None:
        raise error

    return call


@pytest.mark.requirement("WIN-010")
def test_desk_jobs_run_in_order_in_one_other_thread(
    qtbot: QtBot, jobs: JobRunner, heard: Heard
) -> None:
    threads: list[threading.Thread] = []

    def act(number: int) -> int:
        threads.append(threading.current_thread())
        time.sleep(0.002 * (5 - number))
        return number

    for number in range(5):
        run(jobs, heard, DeskJob(lambda n=number: act(n)))
    qtbot.waitUntil(lambda: jobs.idle)
    assert heard.done == [0, 1, 2, 3, 4]
    assert len(set(threads)) == 1
    assert threading.main_thread() not in threads
    assert heard.threads == {threading.main_thread()}


@pytest.mark.requirement("WIN-011")
def test_a_desk_job_that_is_refused_tells_its_sentence(
    qtbot: QtBot, jobs: JobRunner, heard: Heard
) -> None:
    refusal = UnusableRequest("Replay comes after mapping; map the tags first.")
    run(jobs, heard, DeskJob(refuse(refusal)))
    qtbot.waitUntil(lambda: jobs.idle)
    assert heard.failed == [refusal]
    assert heard.done == []


@pytest.mark.requirement("WIN-011")
def test_a_fault_of_the_program_is_a_sentence_and_goes_to_the_log(
    qtbot: QtBot, jobs: JobRunner, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        run(jobs, heard, DeskJob(refuse(KeyError("lot"))), title="Opening the case")
        qtbot.waitUntil(lambda: jobs.idle)
    [error] = heard.failed
    assert isinstance(error, WorkFailed)
    assert str(error).startswith("Opening the case failed by a fault of the program (KeyError")
    assert "Traceback" in caplog.text


@pytest.mark.requirement("WIN-010")
def test_work_runs_in_a_child_and_answers_on_the_gui_thread(
    qtbot: QtBot, jobs: JobRunner, heard: Heard
) -> None:
    run(jobs, heard, WorkJob(work.squared, ([4, 5],)))
    qtbot.waitUntil(lambda: jobs.idle, timeout=10_000)
    assert heard.done == [[16, 25]]
    assert heard.threads == {threading.main_thread()}


@pytest.mark.requirement("WIN-010")
def test_work_tells_share_and_time_left(qtbot: QtBot, jobs: JobRunner, heard: Heard) -> None:
    states: list[JobState | None] = []
    jobs.job_changed.connect(states.append)
    run(jobs, heard, WorkJob(work.steps, (20, 0.06)))
    qtbot.waitUntil(lambda: jobs.idle, timeout=10_000)
    told = [state for state in states if state is not None and state.share is not None]
    shares = [state.share for state in told]
    assert shares == sorted(shares)
    left = [state.seconds_left for state in told if state.seconds_left is not None]
    assert left
    assert min(left) == left[-1] == 0.0
    assert states[-1] is None
    assert {state.title for state in told} == {"Replay"}


@pytest.mark.requirement("WIN-011")
def test_work_that_fails_tells_its_sentence(qtbot: QtBot, jobs: JobRunner, heard: Heard) -> None:
    run(jobs, heard, WorkJob(work.refuses))
    run(jobs, heard, WorkJob(work.breaks))
    run(jobs, heard, WorkJob(work.kills_itself))
    qtbot.waitUntil(lambda: jobs.idle, timeout=20_000)
    assert [type(error) for error in heard.failed] == [UnusableInput, WorkFailed, WorkFailed]
    assert "signal 9" in str(heard.failed[2])


@pytest.mark.requirement("WIN-012")
def test_cancel_ends_the_work_that_runs_and_the_next_begins(
    qtbot: QtBot, jobs: JobRunner, heard: Heard
) -> None:
    states: list[JobState | None] = []
    jobs.job_changed.connect(states.append)
    run(jobs, heard, WorkJob(work.sleeps, (60.0,)))
    run(jobs, heard, WorkJob(work.squared, ([3],)), title="Squares")
    qtbot.waitUntil(lambda: bool(heard.progress), timeout=10_000)
    assert states[-1] is not None
    assert states[-1].waiting == 1
    jobs.cancel()
    qtbot.waitUntil(lambda: heard.cancelled == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
    assert heard.done == [[9]]
    assert heard.failed == []


@pytest.mark.requirement("WIN-010", "WIN-012")
def test_to_cancel_is_not_to_wait_for_the_end(
    qtbot: QtBot, jobs: JobRunner, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work cannot end before the call has come back."""
    came_back, in_time = threading.Event(), []
    result = Background.result

    def held(background: Background, on_progress: Callable[[str, float], None]) -> object:
        try:
            return result(background, on_progress)
        finally:
            in_time.append(came_back.wait(PATIENCE_MS / 1000))

    monkeypatch.setattr(Background, "result", held)
    run(jobs, heard, WorkJob(work.sleeps, (60.0,)))
    qtbot.waitUntil(lambda: bool(heard.progress), timeout=PATIENCE_MS)
    jobs.cancel()
    assert heard.cancelled == 0
    came_back.set()
    qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
    assert in_time == [True]
    assert heard.cancelled == 1


def test_of_an_exclusive_name_only_the_latest_counts(
    qtbot: QtBot, jobs: JobRunner, heard: Heard
) -> None:
    run(jobs, heard, WorkJob(work.sleeps, (60.0,)), exclusive="trace")
    run(jobs, heard, WorkJob(work.squared, ([2],)), exclusive="trace")
    run(jobs, heard, DeskJob(lambda: time.sleep(0.05)), exclusive="samples")
    run(jobs, heard, DeskJob(lambda: "latest"), exclusive="samples")
    qtbot.waitUntil(lambda: jobs.idle, timeout=10_000)
    assert sorted(heard.done, key=str) == [[4], "latest"]
    assert heard.cancelled == 2


def test_the_window_stays_free_while_both_lanes_work(
    qtbot: QtBot, jobs: JobRunner, heard: Heard
) -> None:
    """The job of the desk ends only when the window's events have gone on beside it."""
    went_on = threading.Event()
    run(jobs, heard, WorkJob(work.sleeps, (60.0,)))
    run(jobs, heard, DeskJob(lambda: went_on.wait(PATIENCE_MS / 1000)))
    QTimer.singleShot(10, went_on.set)
    qtbot.waitUntil(lambda: bool(heard.done), timeout=2 * PATIENCE_MS)
    assert heard.done == [True]
    assert not jobs.idle
    jobs.cancel()
    qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
    assert heard.cancelled == 1


@pytest.mark.requirement("WIN-012")
def test_closing_ends_work_and_lets_the_desk_finish(qtbot: QtBot) -> None:
    jobs, heard, written = JobRunner(), Heard(), []
    run(jobs, heard, WorkJob(work.sleeps, (60.0,)))
    run(jobs, heard, WorkJob(work.sleeps, (60.0,)))
    run(jobs, heard, DeskJob(lambda: written.append("act")))
    asked = time.monotonic()
    jobs.close()
    assert time.monotonic() - asked < PATIENCE_MS / 1000
    assert written == ["act"]
    assert multiprocessing.active_children() == []


@pytest.mark.requirement("WIN-012")
def test_workbench_and_program_both_close_it_and_no_child_stays(qtbot: QtBot, heard: Heard) -> None:
    jobs = JobRunner()
    run(jobs, heard, LiveJob(work.Counter, (5,), methodcaller("next")))
    qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
    jobs.close()
    jobs.close()
    assert multiprocessing.active_children() == []


@pytest.mark.requirement("WIN-176")
class TestLive:
    def test_the_same_child_answers_until_something_else_is_asked_for(
        self, qtbot: QtBot, jobs: JobRunner, heard: Heard
    ) -> None:
        for start in (5, 5, 50):
            run(jobs, heard, LiveJob(work.Counter, (start,), methodcaller("next")))
        qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
        (first, one), (second, same), (third, other) = heard.done
        assert (first, second, third) == (6, 7, 51)
        assert one == same != other
        assert heard.threads == {threading.main_thread()}
        assert len(multiprocessing.active_children()) == 1

    def test_a_child_that_died_is_made_anew(
        self, qtbot: QtBot, jobs: JobRunner, heard: Heard
    ) -> None:
        for question in ("die", "next"):
            run(jobs, heard, LiveJob(work.Counter, (5,), methodcaller(question)))
        qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
        assert [type(error) for error in heard.failed] == [WorkFailed]
        assert [count for count, _ in heard.done] == [6]

    def test_to_end_it_ends_the_question_that_it_is_at(
        self, qtbot: QtBot, jobs: JobRunner, heard: Heard
    ) -> None:
        run(jobs, heard, LiveJob(work.Counter, (5,), methodcaller("next")))
        qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
        run(jobs, heard, LiveJob(work.Counter, (5,), methodcaller("sleep", 300.0)))
        jobs.end_live()
        qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: multiprocessing.active_children() == [], timeout=PATIENCE_MS)
        assert heard.cancelled == 1
        run(jobs, heard, LiveJob(work.Counter, (5,), methodcaller("next")))
        qtbot.waitUntil(lambda: jobs.idle, timeout=PATIENCE_MS)
        assert [count for count, _ in heard.done] == [6, 6]


@pytest.mark.requirement("WIN-010")
def test_no_other_part_of_the_window_leaves_its_thread(checkout: Path) -> None:
    doors = re.compile(r"\b(QThread\w*|QRunnable|QProcess|threading|multiprocessing|subprocess"
                       r"|concurrent\.futures|asyncio)\b")  # fmt: skip
    sources = (checkout / "investigator" / "desktop").rglob("*.py")
    leaving = [path.name for path in sources if doors.search(path.read_text(encoding="utf-8"))]
    assert leaving == ["jobs.py"]


def test_nobody_says_how_long_before_it_can_be_known() -> None:
    assert seconds_left(10.0, 0.5) == pytest.approx(10.0)
    assert seconds_left(10.0, 0.01) is None
    assert seconds_left(0.1, 0.5) is None
    assert seconds_left(10.0, 1.0) == 0.0
