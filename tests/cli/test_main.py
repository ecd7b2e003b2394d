"""Exit statuses and sentences of the command line, whatever the command is."""

import re
from pathlib import Path

import pytest

from investigator.casework import twins
from investigator.cli.main import main
from investigator.domain.errors import UnusableRequest


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("investigator: ")
    assert err.count("\n") == 1
    assert err.rstrip().endswith(".")
    return err


@pytest.mark.requirement("CLI-001")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["conclude"], "conclude"),
        (["investigate"], "FOLDER"),
        (["investigate", "somewhere"], "--out"),
        (["investigate", "f", "--out", "o", "--workers", "0"], "at least one worker"),
        (["investigate", "f", "--out", "o", "--workers", "many"], "'many' is not a whole number"),
        (["investigate", "f", "--out", "o", "--seed", "-1"], "2**63"),
        (["investigate", "f", "--out", "o", "--cause", ","], "name at least one"),
        (["twin"], "required"),
    ],
)
def test_a_request_that_cannot_be_parsed_is_one_sentence(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert says in complaint(capsys)


@pytest.mark.requirement("CLI-002")
def test_a_fault_of_the_program_says_where_its_details_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Path:
        raise ZeroDivisionError("somewhere deep")

    monkeypatch.setattr(twins, "models_folder", broken)
    assert main(["twin", "list"]) == 3
    found = re.search(r"details are in (\S+),", complaint(capsys))
    assert found is not None
    details = Path(found[1])
    assert "ZeroDivisionError: somewhere deep" in details.read_text(encoding="utf-8")
    details.unlink()


@pytest.mark.requirement("CLI-001")
def test_a_sentence_of_several_lines_is_told_in_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Path:
        raise UnusableRequest("first,\n  second.")

    monkeypatch.setattr(twins, "models_folder", broken)
    assert main(["twin", "list"]) == 2
    assert "first, second." in complaint(capsys)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert re.match(r"investigator \d+\.\d+\.\d+", capsys.readouterr().out)
