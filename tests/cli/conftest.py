"""A console at a workspace with a person of every role; passwords are cheap to guess."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from support.console import Console
from support.desks import populated
from support.stored_cases import case_at
from support.trust import CHEAP

from investigator.casework import desk
from investigator.casework.installation import HOME
from investigator.cli.at_desk import USER, WORKSPACE
from investigator.domain.acts.act import Act

ConsoleBefore = Callable[[Act | None], Console]


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console where no workspace is named."""
    for name in (USER, WORKSPACE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(desk, "open_desk", partial(desk.open_desk, cost=CHEAP))
    return Console()


@pytest.fixture
def console_before(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ConsoleBefore:
    """A console where the case stands as it is before an act of the walk; whole for None."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))

    def at(act: Act | None) -> Console:
        monkeypatch.setenv(WORKSPACE, str(populated(tmp_path, before=act)))
        return console

    return at


@pytest.fixture
def console_at(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Console]:
    """A console where the case has come to a step of `stored_cases`, its results readable."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))

    def at(step: str) -> Console:
        monkeypatch.setenv(WORKSPACE, str(case_at(tmp_path, step)))
        return console

    return at
