"""Estimation of an attribute model: what was put into drawn batches comes out again."""

from dataclasses import replace

import numpy as np
import pytest
from support.attribute_batches import drawn, model_of
from support.line_run import package

from investigator.domain.errors import UnusableInput
from investigator.twin.attribute_fit import fit_attribute
from investigator.twin.attribute_kind import ATTRIBUTES

HARDNESS = next(kind for kind in ATTRIBUTES if kind.attribute == "hardness")
METHODS = package().parameters.values_by_name() | {
    "method.hardness_qc_day_to_day": 1.2,
    "method.hardness_ipc_day_to_day": 1.0,
}


def batches(count, seed=5):
    generator = np.random.default_rng(seed)
    return [drawn(model_of(), generator)[0] for _ in range(count)]


@pytest.fixture(scope="module")
def fitted():
    return fit_attribute(HARDNESS, batches(60), METHODS)


@pytest.mark.requirement("TWN-048")
def test_what_was_put_in_comes_out(fitted):
    sd = np.sqrt(np.diag(fitted.covariance))
    off = (fitted.coefficients - model_of().coefficients) / sd
    assert np.abs(off).max() < 3.5
    assert fitted.spread.noise == pytest.approx((1.1, 1.3), rel=0.1)
    together = np.hypot(fitted.spread.level, fitted.spread.wander)
    assert together == pytest.approx(np.hypot(1.5, 1.0), rel=0.25)
    assert fitted.spread.day == (1.2, 1.0)
    assert fitted.batches == 60


@pytest.mark.requirement("TWN-048")
def test_beginning_near_gives_the_same_model(fitted):
    again = fit_attribute(HARDNESS, batches(60), METHODS, start=fitted)
    assert again.coefficients == pytest.approx(fitted.coefficients, rel=0.05, abs=0.05)
    assert again.spread.noise == pytest.approx(fitted.spread.noise, rel=0.02)


def test_an_attribute_without_results_is_refused():
    unknown = [replace(b, laboratory=np.full(12, np.nan)) for b in batches(3)]
    with pytest.raises(UnusableInput, match="hold 0 results of Mean hardness"):
        fit_attribute(HARDNESS, unknown, METHODS)
