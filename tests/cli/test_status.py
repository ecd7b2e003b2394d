"""How a command ends: status and one sentence, whatever stopped it."""

import re
from pathlib import Path

import pytest

from investigator.casework.background import WorkFailed
from investigator.cli.status import status_of
from investigator.domain.errors import AccessRefused, AlteredRecord, UnusableInput


def ended(work: BaseException | int) -> int:
    def run() -> int:
        if isinstance(work, int):
            return work
        raise work

    return status_of(run)


@pytest.mark.parametrize("status", [0, 1])
def test_done_is_done(status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(status) == status
    assert capsys.readouterr() == ("", "")


@pytest.mark.requirement("CLI-001", "CLI-008")
@pytest.mark.parametrize(
    "fault",
    [
        UnusableInput("a.csv", "row 7 has no\ntime", "export it again"),
        AccessRefused("The password is not that of ann."),
        AlteredRecord("The stored bytes are missing."),
        KeyboardInterrupt(),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(
    fault: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(fault) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"investigator: \S.*\.\n", err)


@pytest.mark.requirement("CLI-002")
def test_failed_work_says_why_and_leaves_its_trace_in_a_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    failed = WorkFailed("The ranking was ended from outside; start it again.", trace="in diagnose")
    failed.add_note(failed.trace)
    assert ended(failed) == 3
    err = capsys.readouterr().err
    assert err.startswith("investigator: The ranking was ended from outside; start it again. The")
    file = Path(err.rstrip(".\n").rsplit(" ", 1)[1])
    assert "in diagnose" in file.read_text("utf-8")
    file.unlink()
