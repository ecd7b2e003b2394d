"""The operating point that the checks of a validation start from."""

from pathlib import Path

import numpy as np
import pytest

from investigator.domain.errors import UnusableInput
from investigator.process.line import simulate
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.operating_point import INPUTS, course, moved, nominal_point
from investigator.twin.validate.ranges import FILE, read_ranges


@pytest.fixture(scope="module")
def package(checkout: Path) -> TwinPackage:
    return load_package(checkout / "models" / "cdc_line_3")


@pytest.mark.requirement("TWN-085")
def test_the_nominal_point_makes_the_target_tablet_and_stays_there(package: TwinPackage) -> None:
    out = simulate(course(nominal_point(package), 60, 30.0), package.parameters.line())
    assert out.weight_mg[0] == pytest.approx(250.0, abs=1e-6)
    assert out.hardness_n[0] == pytest.approx(110.0, abs=1e-6)
    assert np.abs(out.weight_mg - 250.0).max() < 0.01
    assert np.abs(out.assay_pct - 100.0).max() < 0.01


def test_every_input_can_be_moved(package: TwinPackage) -> None:
    point = nominal_point(package)
    for name, field in INPUTS.items():
        assert getattr(moved(point, {name: 7.0}), field) == 7.0


@pytest.mark.requirement("TWN-085")
def test_the_nominal_point_lies_inside_every_range(package: TwinPackage) -> None:
    point = nominal_point(package)
    ranges = read_ranges(package.folder)
    assert {r.quantity for r in ranges} == set(INPUTS)
    for one in ranges:
        assert one.low < getattr(point, INPUTS[one.quantity]) < one.high, one.quantity


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[throughput]\nlow = 2", "cannot be read"),
        ("[throughput", "cannot be read"),
        ("[warmth]\nlow = 2", "warmth is none of"),
        (
            '[throughput]\ntitle="T"\nunit="kg/h"\nlow=2\nhigh=1\norigin="o"',
            "throughput needs two numbers, low below high",
        ),
    ],
)
def test_an_unusable_range_is_one_sentence(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInput, match=wrong):
        read_ranges(tmp_path)
