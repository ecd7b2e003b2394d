"""What a person looks at: bands, rows of the replay, panels of the leading hypothesis."""

import numpy as np
import pytest
from support.line_run import at_min, bare, diagnosed, noisy, planted, quiet, reference

from investigator.analysis.comparison import POINT_ROW
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.analysis.views import (
    ALWAYS_SHOWN,
    PANELS,
    channel_sd,
    course,
    leading_model,
    model_perturbation,
    replay_rows,
)
from investigator.twin.channels import BY_ID, SERIES_INDEX
from investigator.twin.scenario import UNPERTURBED, Window


def test_the_band_is_the_stationary_spread():
    noise = np.array([5.0, 0.3, 0.0, 0.6, 0.8, 0.4])
    assert channel_sd(noise) == pytest.approx(np.sqrt(0.09 + 0.64 / 0.64 + 0.16))


@pytest.mark.requirement("TWN-003")
def test_a_run_as_the_twin_says_has_its_bias_and_lies_in_its_band():
    rows = {row.channel: row for row in replay_rows(quiet())}
    nir = rows[BY_ID["nir_api"].title]
    i = SERIES_INDEX["nir_api"]
    assert nir.samples == quiet().series_known[i].sum()
    assert nir.bias == pytest.approx(reference().series[i].bias)
    assert nir.coverage95 == 1.0
    assert nir.unit == "% w/w"


@pytest.mark.requirement("TWN-003")
def test_bands_cover_what_they_promise():
    covered = [row.coverage95 for seed in range(4) for row in replay_rows(noisy(seed))]
    assert 0.88 < np.mean(covered) <= 1.0


def test_figures_are_in_the_unit_that_is_shown():
    """Feeds are kept as fractions and shown in %."""
    row = next(r for r in replay_rows(noisy(1)) if r.channel == BY_ID["feed_api"].title)
    raw = noisy(1).measured.series[SERIES_INDEX["feed_api"]]
    assert row.bias == pytest.approx(100.0 * np.nanmean(raw), rel=1e-6)


def test_points_of_a_channel_are_in_order_of_time():
    measured, predicted, noise, times = course(noisy(1), "ipc_weight", bare().null)
    assert np.all(np.diff(times) > 0)
    assert times[0] == at_min(12)
    assert measured.size == predicted.size == 11
    assert np.array_equal(noise, bare().points_noise[POINT_ROW["ipc_weight"]])


def test_the_leading_model_is_the_likeliest_of_listed_causes():
    fits = {("a",): (), ("a", "b"): ()}
    hypotheses = Hypotheses(fits, {}, {})

    def leads(models: dict[tuple[str, ...], float]) -> tuple[str, ...]:
        return leading_model(hypotheses, Posterior({}, 0.0, 0.0, models))

    assert leads({(): 0.2, ("a",): 0.5, ("a", "b"): 0.3}) == ("a",)
    assert leads({(): 0.2, ("a", UNLISTED): 0.8}) == ("a",)
    assert leads({(): 0.6, ("a",): 0.4}) == ()
    assert leads({(UNLISTED,): 0.9, ("a",): 0.1}) == ()


def test_no_fit_is_no_perturbation():
    assert model_perturbation(bare(), ()) is UNPERTURBED


def test_panels_show_what_speaks_and_what_is_always_shown():
    window = Window(at_min(70), at_min(110))
    c = planted(noisy(5), "paddle_overspeed", window, (60.0,)).comparison
    panels = diagnosed(c, causes=("paddle_overspeed",)).panels
    titles = [panel.title for panel in panels]
    assert BY_ID["paddle_speed"].title in titles
    assert {BY_ID[channel].title for channel in ALWAYS_SHOWN} <= set(titles)
    assert len(titles) == len(set(titles)) <= PANELS
    paddle = next(p for p in panels if p.title == BY_ID["paddle_speed"].title)
    assert paddle.unit == "%"
    assert np.nanmax(paddle.fitted.value) == pytest.approx(60.0, rel=0.25)
    assert np.all(paddle.lower <= paddle.predicted.value)
    assert np.all(paddle.predicted.value <= paddle.upper)
