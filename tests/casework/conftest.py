"""A workspace with a person of every role, for the tests that work at a desk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from support.desks import desk_at, person, populated
from support.stored_cases import case_at

from investigator.casework.desk import Desk
from investigator.casework.installation import HOME
from investigator.domain.acts.act import Act


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the workspace, without a case, and of what the installation keeps of it."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    return populated(tmp_path)


@pytest.fixture
def desk(workspace: Path) -> Iterator[Desk]:
    """A desk at it, where nobody is signed in yet."""
    with desk_at(workspace) as opened:
        yield opened


@pytest.fixture
def desk_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Act | None], Desk]]:
    """A desk where the case stands as it is before an act of the walk; whole for None."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with ExitStack() as opened:

        def at(act: Act | None) -> Desk:
            return opened.enter_context(desk_at(populated(tmp_path, before=act)))

        yield at


@pytest.fixture
def ann_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Desk]]:
    """A desk with Ann signed in, where the case has stored results as far as a step."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with ExitStack() as opened:

        def at(step: str) -> Desk:
            return person(opened.enter_context(desk_at(case_at(tmp_path, step))), "ann")

        yield at
