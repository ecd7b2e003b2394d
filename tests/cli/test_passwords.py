"""Passwords are asked for where nobody else sees them, and never stand in an argument."""

import argparse
import getpass
import io
from pathlib import Path

import pytest

from investigator.cli.main import main
from investigator.cli.passwords import add_password_options, passwords_of
from investigator.domain.errors import UnusableInput, UnusableRequest


class Terminal(io.StringIO):
    """A standard input that is a terminal."""

    def isatty(self) -> bool:
        return True


def request(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_password_options(parser)
    return parser.parse_args(words)


@pytest.mark.requirement("CLI-007")
def test_at_a_terminal_they_are_asked_for_without_being_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return "secret"

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", typed)
    passwords = passwords_of(request())
    assert passwords.ask("ann") == passwords.new("ben") == "secret"
    assert asked == [
        "Password of ann: ",
        "New password of ben: ",
        "New password of ben, once more: ",
    ]


@pytest.mark.requirement("CLI-007")
def test_a_new_one_is_typed_twice_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter(["first", "second"])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _: next(given))
    with pytest.raises(UnusableRequest, match="typed differ; nothing was recorded"):
        passwords_of(request()).new("ann")


@pytest.mark.requirement("CLI-007")
def test_standard_input_gives_one_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("one two \r\n\nthree"))
    passwords = passwords_of(request("--password-stdin"))
    assert [passwords.ask("ann"), passwords.ask("ann"), passwords.new("ben")] == [
        "one two ",
        "",
        "three",
    ]
    with pytest.raises(UnusableRequest, match="handed in for eva: standard input holds too few"):
        passwords.ask("eva")


@pytest.mark.requirement("CLI-007")
def test_a_file_gives_one_a_line(tmp_path: Path) -> None:
    file = tmp_path / "passwords"
    file.write_text("grün und lang\nsecond\n", encoding="utf-8")
    passwords = passwords_of(request("--password-file", str(file)))
    assert [passwords.ask("ann"), passwords.ask("ann")] == ["grün und lang", "second"]
    with pytest.raises(UnusableRequest, match="holds too few lines"):
        passwords.ask("ann")


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "passwords"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UnusableInput, match="cannot be read"):
        passwords_of(request("--password-file", str(file)))


@pytest.mark.requirement("CLI-007")
def test_without_a_terminal_it_says_how_they_are_handed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    with pytest.raises(UnusableRequest, match="--password-stdin or --password-file"):
        passwords_of(request()).ask("ann")


@pytest.mark.requirement("CLI-007")
def test_no_command_takes_one_as_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["case", "close", "DEV-1"], ["user", "password"]):
        assert main([*command, "--password", "secret"]) == 2
        assert "--password" in capsys.readouterr().err
