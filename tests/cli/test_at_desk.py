"""Who acts in which workspace is said once, or the command says what is missing."""

import argparse
from pathlib import Path

import pytest
from support.console import Console, one_sentence
from support.desks import desk_at, populated
from support.trust import PASSWORD

from investigator.casework.installation import HOME
from investigator.cli.at_desk import USER, WORKSPACE, desk_options, seat, signer, workspace_of
from investigator.domain.errors import UnusableRequest


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return populated(tmp_path)


@pytest.mark.requirement("CLI-013")
def test_the_workspace_is_named_set_or_the_one_opened_last(
    console: Console, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk_at(workspace):
        pass
    assert workspace_of(None) == workspace
    monkeypatch.setenv(WORKSPACE, str(tmp_path / "set"))
    assert workspace_of(None) == tmp_path / "set"
    assert workspace_of(tmp_path / "named") == tmp_path / "named"
    assert "set: is not a workspace" in console.refused("ann", "case", "list")
    listed = console.by("ann", "case", "list", "--workspace", workspace)
    assert (listed.status, listed.err) == (0, "")


@pytest.mark.requirement("CLI-013")
def test_what_is_not_named_is_asked_for_in_a_sentence(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "none"))
    assert "name it with --workspace or INVESTIGATOR_WORKSPACE" in console.refused(
        "ann", "case", "list"
    )
    told = console.run("case", "list", "--workspace", tmp_path)
    assert "name the user id with --user or INVESTIGATOR_USER" in one_sentence(told)


@pytest.mark.requirement("CLI-013")
def test_the_person_is_named_or_set(
    console: Console, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(USER, "aud")
    command = ("case", "list", "--workspace", workspace, "--password-stdin")
    assert console.run(*command, passwords=(PASSWORD,)).status == 0
    monkeypatch.setenv(USER, "nobody")
    told = console.run(*command, passwords=(PASSWORD,))
    assert 'There is no account "nobody"' in one_sentence(told)


@pytest.mark.requirement("CLI-012")
def test_a_signature_needs_the_id_typed_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "ann")
    with pytest.raises(UnusableRequest, match="give --user, INVESTIGATOR_USER is not enough"):
        signer(argparse.Namespace(user=None))
    assert signer(argparse.Namespace(user="ann")) == "ann"


def test_the_seat_is_left_to_others_and_never_locks_meanwhile(
    console: Console, workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    words = ["--workspace", str(workspace), "--user", "ann", "--password-file", str(file)]
    with seat(desk_options().parse_args(words)) as here:
        assert not here.desk.session.locked
        assert here.desk.session.demanded().user_id == here.user_id == "ann"
        assert PASSWORD not in repr(here)
        assert "is in use by another program" in console.refused(
            "ann", "case", "list", "--workspace", workspace
        )
    assert console.by("ann", "case", "list", "--workspace", workspace).status == 0


def test_a_checkpoint_that_cannot_be_written_beside_is_told(
    console: Console, workspace: Path, tmp_path: Path
) -> None:
    (anchor,) = (tmp_path / "home").rglob("checkpoint.txt")
    anchor.unlink()
    anchor.mkdir()
    told = console.by("ann", "case", "list", "--workspace", workspace)
    assert told.status == 0
    assert "The checkpoint could not be written" in told.err
