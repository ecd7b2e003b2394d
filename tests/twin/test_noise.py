"""The noise filter against what is known of it: white innovations, linearity, a dense Gaussian."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from support.line_run import coloured

from investigator.twin.noise import (
    ChannelNoise,
    _log_likelihood,
    all_gains_of,
    filtered,
    fit_noise,
    gains_of,
    innovations,
    lasting_variance,
    noise_table,
)

ROW = np.array([0.0, 0.5, 0.02, 0.8, 0.1, 0.2])


def simulated(n: int, seed: int, row: np.ndarray = ROW) -> np.ndarray:
    return coloured(np.random.default_rng(seed), row, np.zeros(n))


@pytest.mark.parametrize("gaps", [False, True])
def test_innovations_of_the_model_itself_are_white_with_variance_one(gaps):
    n = 6000
    known = np.ones(n, dtype=np.bool_)
    if gaps:
        known = np.random.default_rng(8).random(n) > 0.3
        known[1000:1400] = False
    z = filtered(simulated(n, 7), known, gains_of(known, ROW, np.zeros(n), np.ones(n)), ROW[3])
    assert np.all(z[~known] == 0.0)
    z = z[known]
    assert (z**2).mean() == pytest.approx(1.0, abs=4.0 * np.sqrt(2.0 / z.size))
    for lag in range(1, 8):
        assert abs((z[lag:] * z[:-lag]).mean()) < 4.0 / np.sqrt(z.size), lag


def test_a_model_without_the_drift_leaves_colour():
    """The statistic above can fail: a filter that knows less leaves correlated innovations."""
    n = 6000
    known = np.ones(n, dtype=np.bool_)
    poor = np.array([0.0, 0.5, 0.0, 0.0, 0.0, 0.3])
    z = filtered(simulated(n, 7), known, gains_of(known, poor, np.zeros(n), np.ones(n)), 0.0)
    assert (z[1:] * z[:-1]).mean() > 10.0 / np.sqrt(n)


def test_innovations_add():
    generator = np.random.default_rng(3)
    table = np.vstack([ROW, [0.3, 0.1, 0.0, 0.0, 0.0, 1.0]])
    known = generator.random((2, 300)) > 0.2
    gains = all_gains_of(known, table, np.zeros(known.shape), np.ones(known.shape))
    a, b = np.where(known, generator.standard_normal((2, 2, 300)), 0.0)
    together = innovations(a + b, known, gains, table)
    apart = innovations(a, known, gains, table) + innovations(b, known, gains, table)
    assert together == pytest.approx(apart, abs=1e-12)


def test_values_where_nothing_was_measured_change_nothing():
    known = np.ones(50, dtype=np.bool_)
    known[10:20] = False
    gains = gains_of(known, ROW, np.zeros(50), np.ones(50))
    values = simulated(50, 1)
    other = values.copy()
    other[10:20] = 1e6
    assert np.array_equal(filtered(values, known, gains, 0.8), filtered(other, known, gains, 0.8))


def dense(values: np.ndarray, known: np.ndarray, row: np.ndarray, changing: np.ndarray) -> float:
    """Log-density of the model by its full covariance matrix."""
    _, between, walk, phi, drift, white = row
    n = values.size
    level = between**2 + np.concatenate([[0.0], np.cumsum(walk**2 + changing[:-1] * between**2)])
    i = np.arange(n)
    covariance = level[np.minimum.outer(i, i)]
    covariance = covariance + drift**2 / (1 - phi**2) * phi ** np.abs(np.subtract.outer(i, i))
    covariance = covariance + white**2 * np.eye(n)
    part = np.ix_(known, known)
    return float(multivariate_normal.logpdf(values[known], np.zeros(known.sum()), covariance[part]))


@pytest.mark.parametrize("changed", [False, True])
def test_the_likelihood_is_that_of_a_dense_gaussian(changed):
    n = 14
    changing = np.zeros(n)
    if changed:
        changing[4:9] = 0.2
    values = coloured(np.random.default_rng(11), ROW, changing)
    known = np.ones(n, dtype=np.bool_)
    known[[3, 4, 10]] = False
    found = _log_likelihood(values[None, :], known[None, :], ROW, changing[None, :])
    constant = 0.5 * np.log(2.0 * np.pi) * known.sum()
    assert found - constant == pytest.approx(dense(values, known, ROW, changing), abs=1e-9)


def test_a_fit_finds_the_noise_that_was_put_in():
    row = np.array([0.4, 0.6, 0.005, 0.9, 0.3, 0.5])
    generator = np.random.default_rng(5)
    batches = np.vstack([coloured(generator, row, np.zeros(500)) for _ in range(16)])
    batches[:, 100:120] = np.nan
    found = fit_noise(batches, np.zeros_like(batches), floor=0.01)
    stationary = 0.3 / np.sqrt(1 - 0.9**2)
    assert found.bias == pytest.approx(0.4, abs=3.0 * 0.65 * 1.25 / np.sqrt(16))
    assert 0.5 < found.sd_between / 0.6 < 2.0
    assert found.phi == pytest.approx(0.9, abs=0.06)
    assert found.sd_drift / np.sqrt(1 - found.phi**2) == pytest.approx(stationary, rel=0.25)
    assert found.sd_white == pytest.approx(0.5, rel=0.1)
    assert found.sd_walk < 0.05
    assert found.batches == 16


def test_a_silent_channel_gets_a_wide_model_and_says_so():
    nothing = np.full((3, 20), np.nan)
    found = fit_noise(nothing, np.zeros_like(nothing), floor=0.2)
    assert found.batches == 0
    assert found.sd_between >= 0.2
    assert found.sd_white >= 0.2


def test_no_white_part_falls_below_the_resolution():
    flat = np.zeros((4, 100))
    assert fit_noise(flat, flat, floor=0.05).sd_white >= 0.05


def test_the_table_holds_one_row_a_channel():
    found = fit_noise(np.zeros((2, 30)), np.zeros((2, 30)), floor=0.1)
    table = noise_table((found, found))
    assert table.shape == (2, 6)
    assert table[0, 5] == found.sd_white


def test_of_a_mean_over_many_values_level_and_drift_stay_and_the_scatter_goes():
    (row,) = noise_table((ChannelNoise(5.0, 0.3, 0.0, 0.6, 0.8, 0.4, 9),))
    within = sum((0.6**k * 0.8) ** 2 for k in range(200))
    assert lasting_variance(row) == pytest.approx(0.09 + within)
    row[3] = 1.0
    assert np.isfinite(lasting_variance(row))


def test_a_search_from_nearby_ends_where_one_anew_does():
    row = np.array([0.0, 0.6, 0.005, 0.9, 0.3, 0.5])
    generator = np.random.default_rng(6)
    batches = np.vstack([coloured(generator, row, np.zeros(300)) for _ in range(8)])
    changing = np.zeros_like(batches)
    near = fit_noise(batches[1:], changing[1:], floor=0.01)
    anew = fit_noise(batches, changing, floor=0.01)
    warm = fit_noise(batches, changing, floor=0.01, start=near)
    rows = noise_table((anew, warm))
    costs = [_log_likelihood(batches - r[0], np.isfinite(batches), r, changing) for r in rows]
    assert costs[1] == pytest.approx(costs[0], abs=0.2)
