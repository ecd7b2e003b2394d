import numpy as np
import pytest

from investigator.domain.errors import UnusableInput
from investigator.twin.parameters import (
    CovarianceBlock,
    Parameter,
    Parameters,
    covariance_json,
    parameters_toml,
    read_parameters,
)


def some() -> Parameters:
    return Parameters(
        {
            "a.x": Parameter(1.0, 0.1, "kg", "estimated", 0.0, 2.0),
            "a.y": Parameter(-3.5, 0.2, "-", 'said "so"'),
            "a.z": Parameter(7.0, 0.0, "s", "set"),
        },
        (CovarianceBlock(("a.x", "a.y"), ((0.01, 0.018), (0.018, 0.04))),),
    )


def test_what_is_written_is_read_again():
    written = some()
    read = read_parameters("p.toml", parameters_toml(written), covariance_json(written))
    assert dict(read) == dict(written)
    assert read.covariance == written.covariance


def test_a_value_out_of_bounds_is_named():
    text = parameters_toml(some()).replace("value = 1.0", "value = 2.5")
    with pytest.raises(UnusableInput, match=r"a\.x = 2\.5 lies outside 0 to 2"):
        read_parameters("p.toml", text)


def test_a_missing_unit_is_named():
    text = parameters_toml(some()).replace('unit = "kg"\n', "")
    with pytest.raises(UnusableInput, match=r"a\.x lacks a usable field"):
        read_parameters("p.toml", text)


def test_a_value_that_is_no_number_is_refused():
    text = parameters_toml(some()).replace("value = -3.5", "value = nan")
    with pytest.raises(UnusableInput, match=r"a\.y is no number"):
        read_parameters("p.toml", text)


def test_draws_follow_the_covariance_and_repeat():
    drawn = some().draw(5, 4000)
    assert drawn == some().draw(5, 4000)
    x = np.array([d["a.x"] for d in drawn])
    y = np.array([d["a.y"] for d in drawn])
    assert x.std() == pytest.approx(0.1, rel=0.1)
    assert np.corrcoef(x, y)[0, 1] == pytest.approx(0.9, abs=0.05)
    assert "a.z" not in drawn[0]
