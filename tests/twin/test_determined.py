"""What a calibration says of its parameters is read from the package, or told in one sentence."""

import json
from pathlib import Path

import pytest
from support.validated_twins import SHIPPED

from investigator.domain.errors import UnusableInput
from investigator.twin.determined import FILE, Determined, read_determined


def _file(folder: Path, *parameters: dict[str, object]) -> Path:
    fit = {
        "responses": [{"experiment": "a.csv"}, {"experiment": "b.csv"}, {"experiment": "a.csv"}],
        "parameters": list(parameters),
    }
    (folder / FILE).write_text(json.dumps({"fits": [fit]}), "utf-8")
    return folder


@pytest.mark.requirement("CAS-161")
def test_verdict_profile_and_experiments_are_read(tmp_path: Path) -> None:
    parameter = {"name": "k", "verdict": "weakly determined", "profile95": [0.5, None]}
    plain = {"name": "m", "verdict": "determined", "profile95": None}
    found = read_determined(_file(tmp_path, parameter, plain))
    assert found["k"] == Determined("weakly determined", (0.5, None), ("a.csv", "b.csv"))
    assert found["m"].profile95 is None


def test_every_estimated_parameter_of_the_shipped_twin_has_a_verdict() -> None:
    document = json.loads((SHIPPED / FILE).read_text("utf-8"))
    found = read_determined(SHIPPED)
    weak = {name for name, said in found.items() if said.verdict == "weakly determined"}
    assert weak == set(document["weakly_determined"])
    assert all(said.experiments for said in found.values())


def test_a_package_that_was_not_calibrated_says_nothing(tmp_path: Path) -> None:
    assert read_determined(tmp_path) == {}


@pytest.mark.parametrize("text", ["{", "[]", '{"fits": [{"parameters": [{"name": "k"}]}]}'])
def test_a_broken_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(UnusableInput, match=r"calibration\.json.*calibrate it again"):
        read_determined(tmp_path)
