"""What a twin package holds, as people read it."""

from pathlib import Path

import pytest
from support.validated_twins import copied, passing, put_in, used_here

from investigator.casework.twin_details import twin_details
from investigator.domain.errors import UnusableInput
from investigator.twin.digests import seal
from investigator.twin.package import load_package
from investigator.twin.validation_file import RECORD, REPORT


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    used_here(monkeypatch, tmp_path)
    return tmp_path


@pytest.mark.requirement("CAS-161")
def test_all_of_a_validated_package_is_told(models: Path) -> None:
    folder = copied(models)
    record = passing(folder)
    put_in(folder, record)
    (folder / REPORT).write_bytes(b"%PDF-1.7")
    seal(folder)
    package, told = load_package(folder), twin_details("cdc_line_3")
    assert (told.twin_id, told.digest) == ("cdc_line_3", package.digest)
    assert told.subject == record.subject != told.digest
    assert told.process == record.process
    assert told.limits == package.domain.all_limits
    assert list(told.parameters) == sorted(package.parameters)
    assert set(told.determined) <= set(told.parameters)
    assert told.failure_modes == package.failure_modes
    assert told.validation is not None
    assert told.validation.passed
    assert (told.no_validation, told.report) == ("", b"%PDF-1.7")


@pytest.mark.requirement("CAS-161")
def test_a_draft_and_a_validation_that_cannot_be_read_are_told(models: Path) -> None:
    folder = copied(models)
    told = twin_details("cdc_line_3")
    assert (told.validation, told.report) == (None, None)
    assert told.no_validation == "The package holds no validation."
    (folder / RECORD).parent.mkdir()
    (folder / RECORD).write_text("{}", "utf-8")
    seal(folder)
    told = twin_details("cdc_line_3")
    assert told.validation is None
    assert "record.json" in told.no_validation


def test_a_changed_package_is_refused(models: Path) -> None:
    file = copied(models) / "parameters.toml"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(UnusableInput, match=r"parameters\.toml"):
        twin_details("cdc_line_3")
