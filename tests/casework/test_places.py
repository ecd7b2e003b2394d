"""What ships with the program is found, or its absence is one sentence."""

from pathlib import Path

import pytest

from investigator.casework import places
from investigator.casework.places import example_folder, models_folder
from investigator.domain.errors import UnusableRequest


def test_the_example_and_the_twins_of_the_checkout_are_found(checkout: Path) -> None:
    assert example_folder().parent == checkout / "resources" / "examples"
    assert models_folder() == checkout / "models"


def test_another_folder_of_twins_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVESTIGATOR_MODELS", str(tmp_path))
    assert models_folder() == tmp_path


def test_an_installation_without_the_example_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "TOP", tmp_path)
    with pytest.raises(UnusableRequest, match="the example is missing"):
        example_folder()
