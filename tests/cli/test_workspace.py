"""A workspace is made from the console, and says of itself what anyone may know."""

from pathlib import Path

import pytest
from support.console import Console, one_sentence
from support.trust import PASSWORD

from investigator.casework.installation import HOME
from investigator.records.verify import verify_workspace

NAMED = ("--site", "Northfield", "--zone", "Europe/Berlin", "--admin", "root", "--name", "Root R")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))


def create(console: Console, folder: Path, *named: str, password: str = PASSWORD) -> str:
    command = ("workspace", "create", folder, *(named or NAMED), "--password-stdin")
    told = console.run(*command, passwords=(password,))
    return told.out if told.status == 0 else one_sentence(told)


@pytest.mark.requirement("CLI-006")
def test_a_workspace_is_made_and_is_the_one_that_is_meant_next(
    console: Console, tmp_path: Path
) -> None:
    said = create(console, tmp_path / "w")
    assert f"made in {tmp_path / 'w'}; root keeps its accounts" in said
    assert verify_workspace(tmp_path / "w").faults == ()
    shown = console.run("workspace", "show", "--json").json
    assert shown["log_key"] in said
    assert (shown["zone"], shown["entries"], shown["opened_here"]) == ("Europe/Berlin", 2, True)
    assert "root" in console.done("root", "user", "list")


def test_what_it_says_of_itself_is_a_list_for_people(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(console, tmp_path / "w")
    lines = console.run("workspace", "show", tmp_path / "w").lines
    assert lines[0] == f"Workspace    {tmp_path / 'w'}"
    assert lines[-1] == "Opened here  yes"
    monkeypatch.setenv(HOME, str(tmp_path / "elsewhere"))
    lines = console.run("workspace", "show", tmp_path / "w").lines
    assert lines[-1] == "Opened here  no: this installation has not its secret"


@pytest.mark.requirement("CLI-008")
@pytest.mark.parametrize(
    ("named", "password", "says"),
    [
        (NAMED, "short", "15 to 128 characters"),
        (NAMED, "root root root root", "different characters"),
        (("--site", "N", "--zone", "Mars", *NAMED[4:]), PASSWORD, '"Mars" is no time zone'),
        (("--site", "--zone", "UTC"), PASSWORD, "expected one argument"),
    ],
)
def test_what_is_unfit_is_one_sentence_and_leaves_nothing(
    named: tuple[str, ...], password: str, says: str, console: Console, tmp_path: Path
) -> None:
    assert says in create(console, tmp_path / "w", *named, password=password)
    assert not (tmp_path / "w").exists()


@pytest.mark.requirement("CLI-008")
def test_a_folder_that_is_no_workspace_is_said_so(console: Console, tmp_path: Path) -> None:
    told = console.run("workspace", "show", tmp_path)
    assert "is not a workspace" in one_sentence(told)
