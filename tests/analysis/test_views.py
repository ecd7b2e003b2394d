"""What a person looks at: bands, rows of the replay, panels of the leading hypothesis."""

import numpy as np
import pytest
from support.line_run import at_min, bare, diagnosed, noisy, package, planted, quiet, reference

from investigator.analysis.comparison import POINT_ROW, Comparison
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.analysis.views import (
    ALWAYS_SHOWN,
    PANELS,
    channel_sd,
    course,
    leading_model,
    model_perturbation,
    panels,
    replay_rows,
)
from investigator.domain.panel import Panel
from investigator.twin.channels import BY_ID, POINTS, SERIES, SERIES_INDEX
from investigator.twin.scenario import UNPERTURBED, Window


def test_the_band_is_the_stationary_spread():
    noise = np.array([5.0, 0.3, 0.0, 0.6, 0.8, 0.4])
    assert channel_sd(noise) == pytest.approx(np.sqrt(0.09 + 0.64 / 0.64 + 0.16))


@pytest.mark.requirement("TWN-003")
def test_a_run_as_the_twin_says_has_no_bias_left_and_lies_in_its_band():
    rows = {row.channel: row for row in replay_rows(quiet())}
    nir = rows[BY_ID["nir_api"].title]
    i = SERIES_INDEX["nir_api"]
    assert nir.samples == quiet().series_known[i].sum()
    assert reference().series[i].bias != 0.0
    assert nir.bias == pytest.approx(0.0, abs=1e-9)
    assert nir.rmse == pytest.approx(0.0, abs=1e-9)
    assert nir.coverage95 == 1.0
    assert nir.unit == "% w/w"


@pytest.mark.requirement("TWN-003")
def test_bands_cover_what_they_promise():
    covered = [row.coverage95 for seed in range(4) for row in replay_rows(noisy(seed))]
    assert 0.88 < np.mean(covered) <= 1.0


def test_figures_are_in_the_unit_that_is_shown():
    """Feeds are kept as fractions and shown in %, without what is usual for the plant."""
    title = package().record_map.title(BY_ID["feed_api"])
    row = next(r for r in replay_rows(noisy(1)) if r.channel == title)
    raw = noisy(1).measured.series[SERIES_INDEX["feed_api"]]
    usual = reference().series[SERIES_INDEX["feed_api"]].bias
    assert row.bias == pytest.approx(100.0 * (np.nanmean(raw) - usual), rel=1e-6)


def test_points_of_a_channel_are_in_order_of_time():
    measured, predicted, noise, times = course(noisy(1), "ipc_weight", bare().null)
    assert np.all(np.diff(times) > 0)
    assert times[0] == at_min(12)
    assert measured.size == predicted.size == 11
    assert np.array_equal(noise, bare().points_noise[POINT_ROW["ipc_weight"]])


def test_the_leading_model_is_the_likeliest_of_the_leading_cause():
    fits = {("a",): (), ("a", "b"): (), ("b",): ()}
    hypotheses = Hypotheses(fits, {}, {})

    def leads(models: dict[tuple[str, ...], float]) -> tuple[str, ...]:
        causes = {x: sum(p for m, p in models.items() if x in m) for x in ("a", "b")}
        unlisted = sum(p for m, p in models.items() if UNLISTED in m)
        return leading_model(hypotheses, Posterior(causes, unlisted, models.get((), 0.0), models))

    assert leads({(): 0.2, ("a",): 0.5, ("a", "b"): 0.3}) == ("a",)
    assert leads({(): 0.2, ("a", UNLISTED): 0.8}) == ("a",)
    assert leads({(): 0.6, ("a",): 0.4}) == ()
    assert leads({(UNLISTED,): 0.9, ("a",): 0.1}) == ()
    assert leads({(): 0.36, ("a",): 0.3, ("a", "b"): 0.34}) == ("a", "b")
    assert leads({("a",): 0.35, ("a", "b"): 0.31, ("b",): 0.34}) == ("a",)


def test_no_fit_is_no_perturbation():
    assert model_perturbation(bare(), ()) is UNPERTURBED


def test_panels_show_what_speaks_and_what_is_always_shown():
    window = Window(at_min(70), at_min(110))
    c = planted(noisy(5), "paddle_overspeed", window, (60.0,)).comparison
    shown = diagnosed(c, causes=("paddle_overspeed",)).panels
    titles = [panel.title for panel in shown]
    assert BY_ID["paddle_speed"].title in titles
    assert {BY_ID[channel].title for channel in ALWAYS_SHOWN} <= set(titles)
    assert len(titles) == len(set(titles)) <= PANELS
    paddle = next(p for p in shown if p.title == BY_ID["paddle_speed"].title)
    assert paddle.unit == "%"
    assert np.nanmax(paddle.fitted.value) == pytest.approx(60.0, rel=0.25)
    known = np.isfinite(paddle.measured.value)
    assert known.any()
    assert np.all(paddle.lower[known] <= paddle.predicted.value[known])
    assert np.all(paddle.predicted.value[known] <= paddle.upper[known])


def drawn(c: Comparison, *channels: str) -> dict[str, Panel]:
    """The panels where nothing leads and these channels are the loudest."""
    ids = [channel.channel for channel in SERIES + POINTS]
    excess = c.usual_gains + np.array([100.0 * (channel in channels) for channel in ids])
    nothing = Posterior({}, 0.0, 1.0, {(): 1.0})
    found = panels(c, Hypotheses({}, {}, {(): excess}), nothing)
    return {panel.title: panel for panel in found}


@pytest.mark.parametrize(
    ("channel", "title"),
    [
        ("ejection", "Ejection force against its usual level"),
        ("feed_factor_api", "API mass per screw revolution against its usual level"),
        ("lot_api_density", "Bulk density of the API lot against its usual level"),
    ],
)
def test_a_logarithm_is_shown_as_a_departure_from_its_usual_level(channel, title):
    """A logarithm of newtons says little; its difference in % does."""
    c = noisy(1)
    panel = drawn(c, channel)[title]
    shown = np.isfinite(panel.measured.value)
    assert np.nanmedian(panel.predicted.value) == pytest.approx(0.0, abs=1e-9)
    measured, expected, noise, _ = course(c, channel, c.null)
    off = 100.0 * (measured - expected - noise[0])[shown]
    assert (panel.measured.value - panel.predicted.value)[shown] == pytest.approx(off)


def test_what_is_no_logarithm_is_shown_as_measured():
    panel = drawn(noisy(1))[BY_ID["nir_api"].title]
    measured = noisy(1).measured.series[SERIES_INDEX["nir_api"]] * BY_ID["nir_api"].to_unit
    assert panel.measured.value == pytest.approx(measured, nan_ok=True)


def test_nothing_is_drawn_where_nothing_was_measured():
    window = Window(at_min(70), at_min(110))
    c = planted(noisy(5), "paddle_overspeed", window, (60.0,)).comparison
    for panel in diagnosed(c, causes=("paddle_overspeed",)).panels:
        silent = ~np.isfinite(panel.measured.value)
        for curve in (panel.lower, panel.predicted.value, panel.upper, panel.fitted.value):
            assert np.isnan(curve[silent]).all()
