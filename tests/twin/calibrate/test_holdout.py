"""Rows are judged by fits that have not seen them, nor their replicates."""

import numpy as np
import pytest

from investigator.twin.calibrate.by_run import uncertain_by_run
from investigator.twin.calibrate.fit import Unknown, estimate
from investigator.twin.calibrate.holdout import FOLDS, folds, held_out

LEVEL = (Unknown("level", "-", 0.0),)


@pytest.mark.requirement("TWN-037")
def test_a_held_out_residual_of_a_mean_is_that_of_the_others():
    y = np.array([1.0, 2.0, 4.0, 9.0])
    fit = estimate(LEVEL, lambda v: y - v["level"])
    found = held_out(fit, ["a", "b", "c", "d"], seed=3)
    expected = [y[i] - np.delete(y, i).mean() for i in range(4)]
    assert found == pytest.approx(expected, abs=1e-6)


def test_replicates_are_left_out_together():
    y = np.array([1.0, 1.0, 5.0, 5.0])
    fit = estimate(LEVEL, lambda v: y - v["level"])
    assert held_out(fit, ["a", "a", "b", "b"], seed=3) == pytest.approx([-4.0, -4.0, 4.0, 4.0])


@pytest.mark.requirement("TWN-037")
def test_many_groups_are_dealt_into_ten_even_folds_by_the_seed():
    labels = [f"run {i // 2}" for i in range(90)]
    dealt = folds(labels, seed=1)
    assert sorted(np.bincount(dealt)) == [8] * 5 + [10] * 5 and dealt.max() == FOLDS - 1
    assert all(dealt[i] == dealt[i + 1] for i in range(0, 90, 2))
    assert np.array_equal(dealt, folds(labels, seed=1))
    assert not np.array_equal(dealt, folds(labels, seed=2))


@pytest.mark.requirement("TWN-038")
def test_uncertainty_between_runs_is_that_of_the_run_means():
    """A level from 12 runs that differ: its true uncertainty is sd of runs over root 12."""
    rng = np.random.default_rng(5)
    of_run = rng.standard_normal(12)
    y = np.repeat(of_run, 50) + 0.1 * rng.standard_normal(600)
    runs = [f"run {i // 50}" for i in range(600)]
    alone = estimate(LEVEL, lambda v: y - v["level"])
    between = uncertain_by_run(alone, runs)
    expected = np.std(of_run, ddof=1) / np.sqrt(12)
    assert np.sqrt(between.covariance[0, 0]) == pytest.approx(expected, rel=0.05)
    assert np.sqrt(alone.covariance[0, 0]) < expected / 5.0


def test_uncertainty_between_runs_is_never_below_that_of_the_rows():
    rng = np.random.default_rng(6)
    x = rng.standard_normal(200)
    y = x + rng.standard_normal(200)
    unknowns = (Unknown("level", "-", 0.0), Unknown("slope", "-", 0.0))
    alone = estimate(unknowns, lambda v: y - v["level"] - v["slope"] * x)
    between = uncertain_by_run(alone, [f"run {i % 4}" for i in range(200)])
    assert np.all(np.diag(between.covariance) >= np.diag(alone.covariance) * (1.0 - 1e-9))
    assert np.all(np.linalg.eigvalsh(between.covariance) > -1e-12)
