"""What the documentation tells people to type is understood by the program."""

import re
import shlex
from pathlib import Path

import pytest

from investigator.cli.parser import build_parser

BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[list[str]]:
    """The commands in the code of a page, as words."""
    lines = [line for code in BLOCK.findall(page.read_text("utf-8")) for line in code.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("investigator ")]


@pytest.mark.requirement("CLI-006")
def test_every_command_of_the_page_is_understood(checkout: Path) -> None:
    found = commands(checkout / "docs" / "console.md")
    for words in found:
        assert callable(build_parser().parse_args(words).run), words
    assert len(found) > 30


@pytest.mark.requirement("CLI-006")
def test_the_page_goes_the_whole_way(checkout: Path) -> None:
    typed = {words[1] for words in commands(checkout / "docs" / "console.md") if words[0] == "case"}
    text = (checkout / "docs" / "console.md").read_text("utf-8")
    assert {"open", "admit", "rank", "verdict", "impact", "decide", "issue", "sign"} <= typed
    for name in ("return", "withdraw", "reopen", "show"):
        assert f"`case {name}" in text
