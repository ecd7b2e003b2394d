"""What the installation keeps outside every workspace: the secret, the checkpoint, the latest."""

import os
import shutil
from pathlib import Path

import pytest
from support.desks import desk_at, do, home_in, person, populated
from support.investigations import CONTAINED, OPENED

from investigator.casework import installation
from investigator.casework.installation import HOME
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.records.workspace import identity_found


def test_the_home_is_the_users_own_or_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "named"))
    assert installation.home() == tmp_path / "named"
    monkeypatch.delenv(HOME)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    assert installation.home().name == "deviation-investigator"


@pytest.mark.requirement("CAS-060")
def test_the_secret_is_random_and_readable_by_the_user_only(
    workspace: Path, tmp_path: Path
) -> None:
    assert len({installation.new_secret() for _ in range(20)}) == 20
    kept = installation.kept(identity_found(workspace))
    assert len(kept.secret) == 64
    place = kept.anchor.with_name("secret")
    if os.name != "nt":
        assert place.stat().st_mode & 0o777 == 0o600
        assert place.parent.stat().st_mode & 0o777 == 0o700
    secret = kept.secret.encode()
    assert all(secret not in file.read_bytes() for file in workspace.rglob("*") if file.is_file())


@pytest.mark.requirement("CAS-060")
@pytest.mark.parametrize("harm", ["other home", "no secret", "no text"])
def test_without_its_secret_a_workspace_is_not_worked_in(
    harm: str, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = installation.kept(identity_found(workspace)).anchor.with_name("secret")
    if harm == "other home":
        monkeypatch.setenv(HOME, str(tmp_path / "another"))
    elif harm == "no secret":
        place.unlink()
    else:
        place.write_bytes(b"\xff\xfe")
    with pytest.raises(UnusableRequest, match="does not hold the secret of the workspace north"):
        desk_at(workspace)


@pytest.mark.requirement("CAS-060")
def test_an_older_copy_put_in_its_place_is_noticed(tmp_path: Path) -> None:
    workspace = populated(tmp_path, before=CONTAINED)
    shutil.copytree(workspace, tmp_path / "older")
    with home_in(tmp_path / "home"):
        with person(desk_at(workspace), "ann") as desk:
            do(desk, CONTAINED)
        shutil.rmtree(workspace)
        (tmp_path / "older").rename(workspace)
        with pytest.raises(AlteredRecord, match="does not fit its signed checkpoints"):
            desk_at(workspace)


def test_a_home_that_cannot_be_written_is_said_so(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(HOME, str(tmp_path / "file"))
    with pytest.raises(UnusableRequest, match=f"set {HOME} to a folder of your own"):
        installation.keep(identity_found(workspace), "ab" * 32)
    installation.remember_latest(workspace)
    assert installation.latest() is None


def test_the_workspace_opened_last_is_remembered(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk_at(workspace) as desk:
        do(person(desk, "ann"), OPENED)
    assert installation.latest() == workspace
    monkeypatch.chdir(tmp_path)
    with desk_at(Path("w")):
        pass
    monkeypatch.chdir("/")
    assert installation.latest() == workspace
    shutil.rmtree(workspace)
    assert installation.latest() is None


@pytest.mark.parametrize("content", [b"", b"w", b"\xff\xfe", b"/nowhere/at/all"])
def test_what_is_no_workspace_is_not_remembered(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / installation.LATEST).write_bytes(content)
    assert installation.latest() is None
