"""A twin is found by its id; what is not there is told with what is."""

import shutil
from pathlib import Path

import pytest

from investigator.casework.places import models_folder
from investigator.casework.twins import choose_twin, require_known_causes, tag_list, twin_folders
from investigator.domain.errors import UnusableRequest
from investigator.domain.twin_status import TwinStatus


@pytest.mark.requirement("TWN-001")
def test_the_twin_that_ships_is_found_by_its_id() -> None:
    package = choose_twin("cdc_line_3")
    manifest = package.manifest
    assert (manifest.twin_id, manifest.version) == ("cdc_line_3", "0.1.0")
    assert package.standing.status in {TwinStatus.DRAFT, TwinStatus.VALIDATED}
    assert manifest.line_id == "CDC-3"


def test_the_only_twin_is_taken_where_none_is_named() -> None:
    assert choose_twin(None).digest == choose_twin("cdc_line_3").digest


def test_an_unknown_twin_is_told_with_those_that_are_known() -> None:
    with pytest.raises(UnusableRequest, match=r"no_such_line.*cdc_line_3"):
        choose_twin("no_such_line")


def test_with_several_twins_one_must_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for twin_id in ("cdc_line_3", "cdc_line_4"):
        shutil.copytree(models_folder() / "cdc_line_3", tmp_path / twin_id)
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(tmp_path))
    assert list(twin_folders()) == ["cdc_line_3", "cdc_line_4"]
    with pytest.raises(UnusableRequest, match="cdc_line_3, cdc_line_4"):
        choose_twin(None)


def test_a_folder_of_twins_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(tmp_path / "nowhere"))
    with pytest.raises(UnusableRequest, match="INVESTIGATOR_MODELS"):
        twin_folders()


def test_a_given_cause_must_be_a_failure_mode_of_the_twin() -> None:
    package = choose_twin(None)
    require_known_causes(package, None)
    require_known_causes(package, (package.failure_modes[0].cause,))
    with pytest.raises(UnusableRequest, match=r"gremlins.*name one of"):
        require_known_causes(package, (package.failure_modes[0].cause, "gremlins"))


def test_the_tag_list_is_that_of_the_site() -> None:
    assert len(tag_list(choose_twin(None))) == 58
