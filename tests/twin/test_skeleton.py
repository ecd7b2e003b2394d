"""The package of another line begins as a draft that loads, and says what is open."""

from pathlib import Path

import pytest
from support.validated_twins import copied, passing, put_in

from investigator.domain.twin_status import TwinStatus
from investigator.twin.manifest import OPEN
from investigator.twin.package import load_package
from investigator.twin.skeleton import write_skeleton


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    folder = tmp_path / "line_7"
    folder.mkdir()
    write_skeleton(folder, "line_7", load_package(copied(tmp_path / "models")))
    return folder


@pytest.mark.requirement("TWN-105")
def test_it_loads_as_a_draft_of_its_own(begun: Path, tmp_path: Path) -> None:
    package = load_package(begun)
    pattern = load_package(tmp_path / "models" / "cdc_line_3")
    assert package.manifest.twin_id == "line_7"
    assert package.standing.status is TwinStatus.DRAFT
    assert package.manifest.line_id == OPEN
    assert package.manifest.acceptance == pattern.manifest.acceptance
    assert package.parameters.values_by_name() == pattern.parameters.values_by_name()


@pytest.mark.requirement("TWN-105")
def test_every_number_says_that_it_is_to_be_determined(begun: Path) -> None:
    package = load_package(begun)
    origins = [p.origin for p in package.parameters.values()]
    origins += [point.origin for point in package.manifest.set_points.values()]
    origins += [limit.origin for limit in package.domain.limits]
    assert origins
    assert all(o.startswith("to be determined for this line; cdc_line_3 ") for o in origins)


@pytest.mark.requirement("TWN-105")
def test_data_of_the_other_line_stay_there(begun: Path) -> None:
    inside = {p.relative_to(begun).as_posix() for p in begun.rglob("*") if p.is_file()}
    assert "characterisation/README.md" in inside
    assert not {name for name in inside if name.startswith("validation")}
    assert not {name for name in inside if name.startswith("characterisation/") and "csv" in name}
    assert load_package(begun).reference == {}


@pytest.mark.requirement("TWN-105")
def test_a_twin_with_open_entries_is_never_validated(begun: Path) -> None:
    standing = load_package(put_in(begun, passing(begun))).standing
    assert standing.status is TwinStatus.DRAFT
    assert standing.why == 'Entries of its manifest are still "to be filled in".'
