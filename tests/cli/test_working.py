"""Long work from the console tells how far it is, can be cancelled, and fails in one sentence."""

import os
import signal
import threading
import time

import pytest
from support import background as work

from investigator.casework.background import WorkFailed
from investigator.cli.working import worked
from investigator.domain.errors import UnusableInput, UnusableRequest


@pytest.mark.requirement("CLI-005", "CLI-009")
def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert worked("Squares", work.squared, [2, 3]) == [4, 9]
    assert capsys.readouterr() == ("", " 50%  1 of 2\n100%  2 of 2\n")


@pytest.mark.requirement("CLI-009")
@pytest.mark.skipif(os.name == "nt", reason="a signal to one thread is of POSIX")
def test_ctrl_c_ends_it_with_nothing_recorded() -> None:
    """Had it waited for the work, that would be 60 s.

    Python swallows an interrupt that arrives in a callback of its garbage collector; a person
    presses again.
    """
    main = threading.main_thread().ident
    assert main is not None
    pressed_s = time.monotonic() + 1.5
    keys = [threading.Timer(s, signal.pthread_kill, [main, signal.SIGINT]) for s in (1.5, 16.0)]
    for key in keys:
        key.start()
    with pytest.raises(UnusableRequest, match="The ranking was cancelled; nothing was recorded"):
        worked("The ranking", work.sleeps, 60.0)
    for key in keys:
        key.cancel()
    assert time.monotonic() - pressed_s < 30.0


def test_a_fault_for_people_arrives_as_it_was() -> None:
    with pytest.raises(UnusableInput, match="row 7 has no time"):
        worked("The reading", work.refuses)


@pytest.mark.requirement("CLI-002")
def test_a_fault_of_the_program_brings_its_trace() -> None:
    with pytest.raises(WorkFailed, match="The replay failed by a fault") as failed:
        worked("The replay", work.breaks)
    assert "in breaks" in failed.value.__notes__[0]
