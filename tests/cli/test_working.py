"""Long work from the console tells how far it is, can be cancelled, and fails in one sentence."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from support import background as work

from investigator.casework.background import WorkFailed
from investigator.cli.working import worked
from investigator.domain.errors import UnusableInput, UnusableRequest


@pytest.mark.requirement("CLI-005", "CLI-009")
def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert worked("Squares", work.squared, [2, 3]) == [4, 9]
    assert capsys.readouterr() == ("", " 50%  1 of 2\n100%  2 of 2\n")


@pytest.fixture
def as_at_a_console() -> Iterator[None]:
    """Ctrl+C as the console begins with it, whatever ran in this process before."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    mask = signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    signal.signal(signal.SIGINT, handler)


@pytest.mark.requirement("CLI-009")
@pytest.mark.skipif(os.name == "nt", reason="a signal to one thread is of POSIX")
@pytest.mark.usefixtures("as_at_a_console")
def test_ctrl_c_ends_it_with_nothing_recorded() -> None:
    """Had it waited for the work, that would be 60 s."""
    main = threading.main_thread().ident
    assert main is not None
    pressed_s = time.monotonic() + 1.5
    timer = threading.Timer(1.5, signal.pthread_kill, [main, signal.SIGINT])
    timer.start()
    with pytest.raises(UnusableRequest, match="The ranking was cancelled; nothing was recorded"):
        worked("The ranking", work.sleeps, 60.0)
    assert time.monotonic() - pressed_s < 30.0
    timer.join()


def test_a_fault_for_people_arrives_as_it_was() -> None:
    with pytest.raises(UnusableInput, match="row 7 has no time"):
        worked("The reading", work.refuses)


@pytest.mark.requirement("CLI-002")
def test_a_fault_of_the_program_brings_its_trace() -> None:
    with pytest.raises(WorkFailed, match="The replay failed by a fault") as failed:
        worked("The replay", work.breaks)
    assert "in breaks" in failed.value.__notes__[0]
