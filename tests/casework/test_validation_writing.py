"""A validation comes into its package whole or not at all."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support.validations import made_record

from investigator.casework import validation_writing
from investigator.casework.places import models_folder
from investigator.casework.validation_writing import clear_interrupted, write_validation
from investigator.domain.errors import UnusableRequest
from investigator.twin.digests import file_digests, seal, subject_digest, verified_digest
from investigator.twin.validation_file import read_validation, rounded


@pytest.fixture
def twin(tmp_path: Path) -> Path:
    copy = tmp_path / "cdc_line_3"
    shutil.copytree(models_folder() / "cdc_line_3", copy)
    seal(copy)
    return copy


def of(twin: Path):
    return replace(made_record(), subject=subject_digest(file_digests(twin)))


def content(twin: Path) -> dict[str, bytes]:
    return {str(p.relative_to(twin)): p.read_bytes() for p in twin.rglob("*") if p.is_file()}


@pytest.mark.requirement("TWN-077")
def test_record_and_report_lie_in_the_sealed_package(twin: Path) -> None:
    record = of(twin)
    digest = write_validation(twin, record, b"%PDF-1.7")
    assert read_validation(twin) == rounded(record)
    assert (twin / "validation" / "report.pdf").read_bytes() == b"%PDF-1.7"
    assert verified_digest(twin) == digest
    assert not [p for p in twin.iterdir() if p.name.startswith(".")]


def test_a_later_validation_takes_the_place_of_an_earlier_one(twin: Path) -> None:
    write_validation(twin, of(twin), b"first")
    (twin / "validation" / "left.txt").write_text("x", "utf-8")
    seal(twin)
    write_validation(twin, of(twin), b"second")
    assert sorted(p.name for p in (twin / "validation").iterdir()) == ["record.json", "report.pdf"]
    assert (twin / "validation" / "report.pdf").read_bytes() == b"second"


@pytest.mark.requirement("TWN-077")
def test_a_package_that_changed_meanwhile_is_left_as_it_is(twin: Path) -> None:
    record = of(twin)
    (twin / "tags.csv").write_text("changed", "utf-8")
    before = content(twin)
    with pytest.raises(UnusableRequest, match="changed while it was validated"):
        write_validation(twin, record, b"report")
    assert content(twin) == before


@pytest.mark.requirement("TWN-077")
def test_a_fault_while_sealing_brings_the_earlier_one_back(
    twin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_validation(twin, of(twin), b"first")
    before = content(twin)

    def full(_: Path) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(validation_writing, "seal", full)
    with pytest.raises(UnusableRequest, match="No space left"):
        write_validation(twin, of(twin), b"second")
    assert content(twin) == before


def killed(twin: Path, monkeypatch: pytest.MonkeyPatch, renames: int) -> None:
    """Write a validation in a process that dies after so many renames, without any clean-up."""
    rename, made = Path.rename, []

    def dying(self: Path, target: Path) -> Path:
        if len(made) == renames:
            os._exit(9)
        made.append(target)
        return rename(self, target)

    record, child = of(twin), os.fork()
    if not child:
        monkeypatch.setattr(Path, "rename", dying)
        monkeypatch.setattr(validation_writing, "seal", lambda _: os._exit(9))
        write_validation(twin, record, b"second")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.requirement("TWN-125")
@pytest.mark.parametrize("renames", [0, 1, 2])
@pytest.mark.parametrize("earlier", [True, False])
def test_after_a_kill_the_next_validation_finds_the_package_as_it_was(
    twin: Path, monkeypatch: pytest.MonkeyPatch, renames: int, earlier: bool
) -> None:
    if earlier:
        write_validation(twin, of(twin), b"first")
    before = content(twin)
    killed(twin, monkeypatch, renames)
    clear_interrupted(twin)
    assert content(twin) == before
    write_validation(twin, of(twin), b"third")
    assert (twin / "validation" / "report.pdf").read_bytes() == b"third"
