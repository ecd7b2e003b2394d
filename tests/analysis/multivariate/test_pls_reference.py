"""The regression of quality as a package keeps it: read as written, refused when torn."""

import numpy as np
import pytest
from support.line_run import package
from support.torn_reference import torn

from investigator.analysis.multivariate.normal_model import read_multivariate
from investigator.analysis.multivariate.pls_reference import FILE, read_pls
from investigator.domain.errors import UnusableInput
from investigator.domain.multivariate import Statistic


@pytest.mark.requirement("DIA-062")
def test_the_shipped_regression_says_how_often_normal_batches_alarm_falsely():
    found = read_pls(package().reference)
    assert found.batches == read_multivariate(package().reference).batches
    for limit in found.limits.values():
        assert 0.0 < limit.false_alarm_rate < 0.03
        assert limit.false_alarm_batches <= 2
    spe = found.limits[Statistic.SPE]
    assert spe.value > spe.theoretical


@pytest.mark.requirement("DIA-060")
def test_the_shipped_regression_tells_thickness_best_and_weight_least():
    weight, thickness, hardness = read_pls(package().reference).explained
    assert 0.0 < weight < hardness < thickness
    assert thickness > 0.6


def test_the_rotations_come_from_what_is_kept():
    pls = read_pls(package().reference).pls
    np.testing.assert_allclose(pls.loadings.T @ pls.rotations, np.eye(pls.components), atol=1e-9)


@pytest.mark.requirement("DIA-062")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.pop("weights"), "incomplete.*weights"),
        (lambda d: d["limits"].pop("T2"), "incomplete.*T2"),
        (lambda d: d.update(colour="blue"), "unknown entry colour"),
        (lambda d: d["channels"].reverse(), "other channels"),
        (lambda d: d["qualities"].pop(), "other channels"),
        (lambda d: d["loadings"].pop(), "numbers as loadings"),
        (lambda d: d["y_mean"].__setitem__(0, float("nan")), "numbers as y_mean"),
        (lambda d: d["x_mean"].__setitem__(0, "much"), "incomplete"),
        (lambda d: d["x_scale"].__setitem__(0, 0.0), "impossible x_scale"),
        (lambda d: d["y_scale"].__setitem__(0, -1.0), "impossible y_scale"),
        (lambda d: d["score_variances"].__setitem__(0, 0.0), "impossible score_variances"),
        (lambda d: d["explained"].__setitem__(0, 1.1), "impossible explained"),
        (lambda d: d.update(components=0), "impossible components"),
        (lambda d: d.update(components=26), "impossible components"),
        (lambda d: d.update(components=3), "numbers as weights"),
        (lambda d: d.update(samples=0), "impossible samples"),
        (lambda d: d.update(confidence=1.0), "impossible confidence"),
        (lambda d: d.update(batches=[]), "impossible batches"),
        (lambda d: d["limits"]["SPE"].update(value=0.0), "impossible limits"),
        (lambda d: d["limits"]["T2"].update(false_alarm_batches=99), "impossible false alarms"),
    ],
)
def test_a_torn_regression_is_refused_in_one_sentence(change, told):
    with pytest.raises(UnusableInput, match=told) as refused:
        read_pls(torn(FILE, change))
    assert f"reference/{FILE}.json" in str(refused.value)
    assert "investigator twin reference" in str(refused.value)
