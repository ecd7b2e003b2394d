"""Leads and lags: real ones found at their delay, unrelated ones not, odd ones refused."""

import numpy as np
import pytest
from support.line_run import noisy, package, with_values

from investigator.analysis.comparison import Comparison
from investigator.analysis.lead_lag import (
    COUPLINGS,
    Path,
    _chance,
    cross_correlation,
    false_discovery_rates,
    lag_interval,
    lead_lags,
    prewhitened,
    residence_gates,
)
from investigator.analysis.line_paths import operating_point
from investigator.domain.toolbox import LeadLag
from investigator.twin.channels import GRID_S, SERIES_INDEX


def autoregression(generator: np.random.Generator, n: int, phi: float) -> np.ndarray:
    x = np.zeros(n)
    z = generator.standard_normal(n)
    for i in range(1, n):
        x[i] = phi * x[i - 1] + z[i]
    return x


def following(c: Comparison, delay_bins: int, factor: float) -> Comparison:
    """A run whose NIR reading follows the API feed later by so many bins."""
    series = c.measured.series.copy()
    feed = np.nan_to_num(series[SERIES_INDEX["feed_api"]])
    moved = np.roll(feed, delay_bins)
    moved[: max(delay_bins, 0)] = 0.0
    series[SERIES_INDEX["nir_api"]] += factor * moved
    return with_values(c, series, np.array([p.value for p in c.measured.points]))


def of_feed_and_nir(c: Comparison) -> LeadLag:
    return next(k for k in lead_lags(c) if (k.leading, k.following) == ("feed_api", "nir_api"))


@pytest.mark.requirement("DIA-021")
def test_a_follower_is_found_at_its_delay_with_its_sign():
    told = of_feed_and_nir(following(noisy(3), 3, 30.0))
    assert told.lag_s == 3 * GRID_S
    assert told.lag_95_s == (2.5 * GRID_S, 3.5 * GRID_S)
    assert told.correlation > 0.3
    assert told.holds
    assert told.q_value < 0.01
    assert "as the residence time allows" in told.words


@pytest.mark.requirement("DIA-021")
@pytest.mark.parametrize(("pull", "narrow"), [(0.6, 2), (0.2, 12)])
def test_the_interval_of_a_lag_holds_the_true_one_and_narrows_with_what_they_share(
    pull: float, narrow: int
) -> None:
    generator, held, widths = np.random.default_rng(7), 0, []
    delays = generator.integers(0, 12, 40)
    for delay in delays.tolist():
        lead, other = (autoregression(generator, 460, 0.8) for _ in range(2))
        follower = (pull * np.roll(lead, delay) + other)[60:]
        r, pairs = cross_correlation(prewhitened(lead[60:]), prewhitened(follower), 40)
        low, high = lag_interval(r, pairs, int(np.argmax(np.abs(r * np.sqrt(pairs)))))
        held += low <= delay * GRID_S <= high
        widths.append((high - low) / GRID_S)
    assert held >= 36
    assert np.median(widths) <= narrow


@pytest.mark.requirement("DIA-022")
def test_a_follower_that_comes_too_early_is_no_lead():
    told = of_feed_and_nir(following(noisy(3), -8, 30.0))
    assert told.lag_s == -8 * GRID_S
    assert not told.holds
    assert "delay that the line does not allow" in told.words


@pytest.mark.requirement("DIA-022")
def test_a_follower_of_the_wrong_sign_is_no_lead():
    told = of_feed_and_nir(following(noisy(3), 3, -30.0))
    assert told.correlation < -0.3
    assert not told.holds
    assert "against the sign" in told.words


@pytest.mark.requirement("DIA-021")
def test_unrelated_but_slow_channels_are_rarely_called_related():
    """Without pre-whitening two such autoregressions look related nearly always."""
    generator = np.random.default_rng(11)
    chances, plain = [], []
    for _ in range(200):
        a, b = (autoregression(generator, 400, 0.9) for _ in range(2))
        r, pairs = cross_correlation(prewhitened(a), prewhitened(b), 20)
        chances.append(_chance(float(np.abs(r * np.sqrt(pairs)).max()), r.size))
        raw, pairs = cross_correlation(a / a.std(), b / b.std(), 20)
        plain.append(_chance(float(np.abs(raw * np.sqrt(pairs)).max()), raw.size))
    assert np.mean(np.array(chances) < 0.05) < 0.10
    assert np.mean(np.array(plain) < 0.05) > 0.5


@pytest.mark.requirement("DIA-021")
def test_prewhitening_leaves_no_correlation_with_itself():
    white = prewhitened(autoregression(np.random.default_rng(5), 2000, 0.8))
    r, _ = cross_correlation(white, white, 10)
    assert r[10] == pytest.approx(1.0, abs=0.01)
    assert np.abs(np.delete(r, 10)).max() < 0.1


def test_a_channel_without_values_or_without_movement_says_nothing():
    assert np.isnan(prewhitened(np.full(200, np.nan))).all()
    assert np.isnan(prewhitened(np.ones(200))).all()


@pytest.mark.requirement("DIA-021")
def test_false_discovery_rates_are_those_of_benjamini_and_hochberg():
    p = [0.01, 0.04, 0.03, 0.5]
    assert false_discovery_rates(p) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert false_discovery_rates([]) == []


@pytest.mark.requirement("DIA-022")
def test_gates_hold_the_mean_residence_time_and_grow_towards_the_press():
    c = noisy(1)
    gates = residence_gates(
        package().parameters.line(), operating_point(c.record, c.record.producing)
    )
    (nir_low, nir_high), (press_low, press_high) = (
        gates[Path.FEED_TO_NIR],
        gates[Path.FEED_TO_PRESS],
    )
    assert nir_low < 80.0 < nir_high < press_high
    assert press_low < 200.0 < press_high
    assert {k.path for k in COUPLINGS} <= set(gates)
