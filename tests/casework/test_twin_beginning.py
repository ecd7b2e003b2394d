"""A new twin is begun whole or not at all, and takes no place that is taken."""

from pathlib import Path

import pytest
from support.validated_twins import copied, used_here

from investigator.casework.twin_beginning import begin
from investigator.casework.twins import choose_twin
from investigator.casework.validation import validate_twin
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.twin.calibrate.run import calibrate


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied(tmp_path)
    used_here(monkeypatch, tmp_path)
    return tmp_path


@pytest.mark.requirement("TWN-106")
def test_it_lies_among_the_twins(models: Path) -> None:
    assert begin("line_7", like=None) == models / "line_7"
    assert choose_twin("line_7").manifest.twin_id == "line_7"
    assert sorted(path.name for path in models.iterdir()) == ["cdc_line_3", "line_7"]


@pytest.mark.requirement("TWN-106")
@pytest.mark.parametrize(
    ("twin_id", "like", "why"),
    [
        ("cdc_line_3", None, "is there already; nothing was written"),
        ("Line 7", None, "cannot be the id of a twin"),
        ("../line_7", None, "cannot be the id of a twin"),
        ("line_7", "line_6", "line_6: there is no such twin"),
    ],
)
def test_what_cannot_be_begun_is_told_and_leaves_nothing(
    models: Path, twin_id: str, like: str | None, why: str
) -> None:
    with pytest.raises(UnusableRequest, match=why):
        begin(twin_id, like=like)
    assert [path.name for path in models.iterdir()] == ["cdc_line_3"]


@pytest.mark.requirement("TWN-106")
def test_of_several_twins_the_one_is_named_whose_form_is_taken_over(models: Path) -> None:
    begin("line_7", like=None)
    with pytest.raises(UnusableRequest, match=r"with --like \(known: cdc_line_3, line_7\)"):
        begin("line_8", like=None)
    assert begin("line_8", like="line_7") == models / "line_8"


@pytest.mark.requirement("TWN-106")
def test_what_was_only_begun_is_neither_calibrated_nor_validated(models: Path) -> None:
    begin("line_7", like=None)
    with pytest.raises(UnusableInput, match=r"\.csv: is not there; put this line's own data there"):
        calibrate(models / "line_7")
    with pytest.raises(UnusableRequest, match=r"fill in its twin\.toml first"):
        validate_twin("line_7", models, earlier=None, seed=0, workers=1, progress=lambda _: None)
