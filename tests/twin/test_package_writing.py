"""Files come into a package whole; who is killed leaves nothing half written and can go on."""

import os
from pathlib import Path

import pytest
from support.validated_twins import copied

from investigator.domain.errors import UnusableInput
from investigator.twin.digests import LIST, seal, verified_digest
from investigator.twin.package_writing import write_files

TEXTS = {"parameters.toml": "a\n" * 5000, "reference/new.json": "{}\n"}


def killed_at(call: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write in a process that dies, without any clean-up, at so many replacements."""
    replace, made = Path.replace, []

    def dying(self: Path, target: Path) -> Path:
        made.append(target)
        if len(made) == call:
            os._exit(9)
        return replace(self, target)

    child = os.fork()
    if not child:
        monkeypatch.setattr(Path, "replace", dying)
        write_files(folder, TEXTS)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.requirement("TWN-125")
def test_files_are_written_and_the_package_is_sealed(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    assert write_files(folder, TEXTS) == verified_digest(folder)
    assert {(folder / name).read_text("utf-8") for name in TEXTS} == set(TEXTS.values())
    assert not [p for p in folder.iterdir() if p.name.startswith(".")]


@pytest.mark.requirement("TWN-125")
def test_a_file_that_it_is_to_hold_no_longer_is_gone(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    write_files(folder, TEXTS)
    rest = {"parameters.toml": TEXTS["parameters.toml"]}
    gone = ("reference/new.json", "reference/never_there.json")
    assert write_files(folder, rest, gone=gone) == verified_digest(folder)
    assert not (folder / "reference/new.json").exists()


@pytest.mark.requirement("TWN-125")
@pytest.mark.parametrize("call", [1, 2, 3])
def test_who_is_killed_leaves_whole_files_and_can_write_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    folder = copied(tmp_path)
    before = {name: (folder / name).read_bytes() for name in ("parameters.toml", LIST)}
    killed_at(call, folder, monkeypatch)
    assert (folder / LIST).read_bytes() == before[LIST]
    assert (folder / "parameters.toml").read_bytes() in (
        before["parameters.toml"],
        TEXTS["parameters.toml"].encode(),
    )
    if call > 1:
        with pytest.raises(UnusableInput):
            verified_digest(folder)
    assert write_files(folder, TEXTS) == verified_digest(folder)
    assert not [p for p in folder.iterdir() if p.name.startswith(".writing")]


@pytest.mark.requirement("TWN-125")
def test_a_package_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = verified_digest(folder)
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(UnusableInput, match=r"cannot be written.*No space"):
        write_files(folder, TEXTS)
    monkeypatch.undo()
    assert verified_digest(folder) == before
    assert seal(folder) == before
