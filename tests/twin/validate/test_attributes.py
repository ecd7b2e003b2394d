"""Figures of attributes from containers whose truth is known."""

import numpy as np
import pytest

from investigator.domain.departures import Z95
from investigator.domain.validation import PredictedContainer
from investigator.twin.validate.attributes import Method, attribute_figures

METHODS = {"hardness": Method("N", 1.5), "assay": Method("% LC", 0.45)}


def containers(measured, predicted, sd, attribute="hardness"):
    """One container for every value of (batches, containers)."""
    return [
        PredictedContainer(
            f"B{b}", f"B{b}-D{d}", attribute, float(y), float(p),
            float(p - Z95 * sd), float(p + Z95 * sd),
        )
        for b, (ys, ps) in enumerate(zip(measured, predicted, strict=True))
        for d, (y, p) in enumerate(zip(ys, ps, strict=True))
    ]  # fmt: skip


def drawn(seed=0, between=3.0, noise=1.0, batches=24, size=13):
    generator = np.random.default_rng(seed)
    truth = 110.0 + generator.normal(0.0, between, (batches, 1)) * np.ones((1, size))
    return truth + generator.normal(0.0, noise, truth.shape), truth


@pytest.mark.requirement("TWN-070")
def test_a_prediction_of_the_truth_errs_by_the_noise_alone():
    measured, truth = drawn()
    (found,) = attribute_figures(containers(measured, truth, 1.0), METHODS, seed=0)
    assert found.attribute == "hardness"
    assert (found.containers, found.batches) == (312, 24)
    assert found.rmsep == pytest.approx(1.0, rel=0.1)
    assert found.r2_pred == pytest.approx(1.0 - (found.rmsep / found.rmsep_of_mean) ** 2)
    assert found.width95 == pytest.approx(2 * Z95)
    assert found.predictable
    covered = {c.level: c.share for c in found.coverage}
    assert covered[0.95].value == pytest.approx(0.95, abs=0.03)
    assert covered[0.5].value == pytest.approx(0.5, abs=0.08)


def test_the_mean_is_that_of_the_other_batches():
    measured = [[1.0, 3.0], [10.0, 10.0], [4.0, 6.0]]
    (found,) = attribute_figures(containers(measured, measured, 1.0), METHODS, seed=0)
    others = [(10 + 10 + 4 + 6) / 4, (1 + 3 + 4 + 6) / 4, (1 + 3 + 10 + 10) / 4]
    off = [y - m for ys, m in zip(measured, others, strict=True) for y in ys]
    assert found.rmsep == 0.0
    assert found.rmsep_of_mean == pytest.approx(np.sqrt(np.mean(np.square(off))))


def test_bias_is_predicted_minus_measured():
    measured, truth = drawn(noise=0.1)
    (found,) = attribute_figures(containers(measured, truth + 2.0, 1.0), METHODS, seed=0)
    assert found.bias.low <= 2.0 <= found.bias.high
    assert found.bias.value == pytest.approx(2.0, abs=0.05)


def test_intervals_too_narrow_are_found_out():
    measured, truth = drawn()
    (found,) = attribute_figures(containers(measured, truth, 0.5), METHODS, seed=0)
    assert all(c.share.high < c.level for c in found.coverage)


def test_what_varies_less_than_its_method_repeats_is_not_predictable():
    measured, truth = drawn(between=0.2, noise=0.5)
    found = attribute_figures(containers(measured, truth, 1.0, "assay"), METHODS, seed=0)
    assert [f.attribute for f in found] == ["assay"]
    assert not found[0].predictable
