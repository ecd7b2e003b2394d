"""What the data determine is told as determined, and what they do not is told as such."""

import numpy as np
import pytest

from investigator.twin.calibrate.fit import Unknown, estimate
from investigator.twin.calibrate.identifiability import (
    Verdict,
    collinearity,
    identifiability,
    profile,
)

X = np.linspace(0.0, 2.0, 40)


def verdicts(fit):
    return {p.name: p.verdict for p in identifiability(fit).parameters}


@pytest.mark.requirement("TWN-035")
def test_a_parameter_without_effect_on_the_data_is_not_determined():
    rng = np.random.default_rng(1)
    y = 3.0 + 0.1 * rng.standard_normal(40)
    unknowns = (Unknown("level", "-", 1.0, 0.0, 10.0), Unknown("idle", "-", 0.5, 0.1, 4.0))
    fit = estimate(unknowns, lambda v: y - v["level"] + 1e-7 * v["idle"])
    assert verdicts(fit)["idle"] == Verdict.UNDETERMINED
    found = profile(fit, 1)
    assert found.low is None and found.high is None


@pytest.mark.requirement("TWN-035")
def test_parameters_that_act_only_as_a_product_are_named_as_exchanged():
    rng = np.random.default_rng(2)
    y = 6.0 * X + 0.1 * rng.standard_normal(40)
    unknowns = (
        Unknown("a", "-", 2.0, 0.1, 50.0),
        Unknown("b", "-", 2.0, 0.1, 50.0),
        Unknown("c", "-", 0.1, -5.0, 5.0),
    )
    fit = estimate(unknowns, lambda v: y - v["a"] * v["b"] * X - v["c"])
    found = identifiability(fit)
    assert found.collinearity > 1e3
    assert {name for name, _ in found.exchanged} == {"a", "b"}
    assert {verdicts(fit)[n] for n in ("a", "b")} == {Verdict.UNDETERMINED}


def test_the_collinearity_index_is_one_for_orthogonal_sensitivities():
    z = X - X.mean()
    unknowns = (Unknown("level", "-", 1.0), Unknown("slope", "-", 1.0))
    fit = estimate(unknowns, lambda v: 1.0 + z - v["level"] - v["slope"] * z)
    assert collinearity(fit)[0] == pytest.approx(1.0, abs=1e-6)


@pytest.mark.requirement("TWN-035")
def test_the_profile_of_a_linear_form_is_the_textbook_interval():
    """For a straight line the profile is a parabola: estimate +- sqrt(3.841) sd."""
    rng = np.random.default_rng(3)
    y = 0.05 * X + 0.2 * rng.standard_normal(40)
    unknowns = (Unknown("level", "-", 0.1, -9.0, 9.0), Unknown("slope", "-", 0.1, -9.0, 9.0))
    fit = estimate(unknowns, lambda v: y - v["level"] - v["slope"] * X)
    found = profile(fit, 1)
    sd = np.sqrt(fit.covariance[1, 1])
    assert found.low == pytest.approx(fit.values["slope"] - np.sqrt(3.841) * sd, abs=1e-4)
    assert found.high == pytest.approx(fit.values["slope"] + np.sqrt(3.841) * sd, abs=1e-4)
    assert verdicts(fit)["slope"] == Verdict.NO_EFFECT


def test_a_profile_may_be_open_on_one_side():
    """A rate so fast that all points lie on the plateau: the data only tell that it is fast."""
    y = np.ones(30) + 0.02 * np.random.default_rng(4).standard_normal(30)
    time = np.linspace(1.0, 5.0, 30)
    unknowns = (Unknown("rate", "-", 3.0, 0.05, 100.0),)
    fit = estimate(unknowns, lambda v: y - (1.0 - np.exp(-v["rate"] * time)))
    found = profile(fit, 0)
    assert found.high is None
    assert 0.5 < found.low < 10.0
    assert verdicts(fit)["rate"] == Verdict.UNDETERMINED
