"""Heavy work in a child: answers, faults, cancel, a killed child, and nothing is left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from support import background as work

from investigator.casework.background import Background, Work, WorkCancelled, WorkFailed
from investigator.domain.errors import UnusableInput

PATIENCE_S = 30.0
"""Half of what the work would take: whoever waits longer has waited for it."""


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_work_runs_in_another_process_and_reports() -> None:
    heard: list[tuple[str, float]] = []
    done = Background("Squares", work.squared, [2, 3]).result(lambda w, s: heard.append((w, s)))
    assert done == [4, 9]
    assert heard == [("1 of 2", 0.5), ("2 of 2", 1.0)]


@pytest.mark.requirement("WIN-012")
def test_the_child_is_gone_when_the_answer_is_there() -> None:
    pid = Background("Asked", work.own_pid).result(unheard)
    assert pid != os.getpid()
    assert gone(pid)
    assert multiprocessing.active_children() == []


@pytest.mark.requirement("WIN-011")
def test_a_fault_for_people_arrives_as_it_was() -> None:
    with pytest.raises(UnusableInput, match=r"historian\.csv: row 7 has no time; export it again"):
        Background("Reading", work.refuses).result(unheard)
    with pytest.raises(work.NeedsMore, match="was given 2 times") as raised:
        Background("Mapping", work.refuses_with_facts).result(unheard)
    assert (raised.value.tag, raised.value.count) == ("LF-101.PV", 2)


@pytest.mark.requirement("WIN-011")
def test_a_fault_of_the_program_is_one_sentence_and_a_traceback_for_the_log() -> None:
    with pytest.raises(WorkFailed) as raised:
        Background("Replay", work.breaks).result(unheard)
    assert str(raised.value) == (
        "Replay failed by a fault of the program (ZeroDivisionError: mass of nothing); nothing of "
        "it was recorded: report this with the program's log."
    )
    assert "in breaks" in raised.value.trace


def test_an_answer_that_cannot_be_sent_is_a_fault_of_the_program() -> None:
    with pytest.raises(WorkFailed, match="Replay failed by a fault of the program"):
        Background("Replay", work.gives_a_thing_that_cannot_be_sent).result(unheard)


@pytest.mark.requirement("WIN-012")
def test_a_killed_child_gives_one_sentence() -> None:
    with pytest.raises(WorkFailed) as raised:
        Background("Replay", work.kills_itself).result(unheard)
    assert str(raised.value).startswith(
        "Replay was ended from outside before it was done (signal 9"
    )
    assert "start it again" in str(raised.value)
    assert multiprocessing.active_children() == []


@pytest.mark.requirement("WIN-012")
@pytest.mark.parametrize("function", [work.sleeps, work.cannot_be_asked_to_end])
def test_cancel_ends_the_child_in_the_midst_of_its_work(function: Work) -> None:
    background = Background("Replay", function, 60.0)
    heard: list[str] = []
    cancelled: list[float] = []

    def cancel(words: str, _share: float) -> None:
        heard.append(words)
        cancelled.append(time.monotonic())
        threading.Thread(target=background.cancel).start()

    with pytest.raises(WorkCancelled, match="Replay was cancelled"):
        background.result(cancel)
    assert time.monotonic() - cancelled[0] < PATIENCE_S
    assert gone(int(heard[0]))


def test_work_that_is_cancelled_before_it_began_starts_no_process() -> None:
    background = Background("Replay", work.sleeps, 60.0)
    background.cancel()
    with pytest.raises(WorkCancelled):
        background.result(unheard)
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX sends Ctrl+C to all")
def test_ctrl_c_never_reaches_the_child_and_the_parent_hears_it_as_before() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert Background("Asked", work.is_deaf_to_ctrl_c).result(unheard)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
    assert signal.SIGINT not in before


def test_cancel_after_the_end_does_nothing() -> None:
    background = Background("Asked", work.own_pid)
    background.result(unheard)
    background.cancel()


PARENT = """
import sys
from investigator.casework.background import Background
from support import background as work

if __name__ == "__main__":
    Background("Orphan", work.sleeps, 60.0).result(lambda words, share: print(words, flush=True))
"""


@pytest.mark.requirement("WIN-012")
def test_a_child_ends_itself_when_its_parent_was_killed(tmp_path: Path, checkout: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    path = os.pathsep.join((str(checkout), str(checkout / "tests")))
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as parent:
        stdout = parent.stdout
        assert stdout is not None
        pid = int(stdout.readline())
        parent.kill()
    deadline = time.monotonic() + PATIENCE_S
    while not gone(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert gone(pid)
