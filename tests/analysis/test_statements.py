"""The ranking in words: what speaks against, and what nothing explains."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, mode_of, planted, quiet, with_values

from investigator.analysis.comparison import Comparison
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.fitting import as_background, fit_scale, no_background
from investigator.analysis.hypotheses import Hypotheses, Searches, prepare_searches
from investigator.analysis.posterior import Posterior
from investigator.analysis.size_uncertainty import LEAST_SHARE, sizes_sd
from investigator.analysis.statements import assessments, unexplained_spans
from investigator.analysis.window_search import fit_mode
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.scenario import Window

WINDOW = Window(at_min(70), at_min(110))
LATER = Window(at_min(125), at_min(150))


@cache
def contradicted() -> Diagnosis:
    """Paddles too fast, and a humid room that paddles do not explain."""
    c = planted(quiet(), "paddle_overspeed", WINDOW, (60.0,)).comparison
    series = c.measured.series.copy()
    series[SERIES_INDEX["room_rh"], 160:260] += 12.0
    points = np.array([p.value for p in c.measured.points])
    return diagnosed(with_values(c, series, points), causes=("paddle_overspeed",))


def test_a_channel_that_disagrees_is_named_with_its_numbers():
    (paddle,) = contradicted().ranking.hypotheses
    worst = paddle.contradictions[0]
    assert worst.channel == "Room relative humidity"
    assert worst.unit == "%RH"
    assert worst.measured - worst.predicted == pytest.approx(12.0, abs=1.0)
    assert worst.sigma > 5.0
    assert abs(worst.span.start_ms - at_min(80)) < 240_000
    assert abs(worst.span.end_ms - at_min(130)) < 240_000


def test_sizes_have_their_95_percent_and_changes_their_sigmas():
    told = contradicted()
    (paddle,), (fit,) = told.ranking.hypotheses, told.hypotheses.fits["paddle_overspeed",]
    c = told.replay.comparison
    (sd,) = sizes_sd(c, fit, no_background(c))
    assert sd > 0.05 * fit.sizes[0] > fit.sizes_sd[0]
    assert paddle.magnitude.hi95 - paddle.magnitude.mean == pytest.approx(1.96 * sd)
    assert paddle.magnitude.mean - paddle.magnitude.lo95 == pytest.approx(1.96 * sd)
    gain = told.hypotheses.unexplained["paddle_overspeed",][SERIES_INDEX["room_rh"]]
    assert paddle.contradictions[0].sigma ** 2 / 2.0 == pytest.approx(gain)


def test_a_channel_that_is_explained_is_no_contradiction():
    (paddle,) = contradicted().ranking.hypotheses
    assert not any("paddle" in c.channel.lower() for c in paddle.contradictions)
    assert "paddle" in paddle.supports[0].lower()
    assert "paddle" in paddle.why.lower()
    sigmas = [c.sigma for c in paddle.contradictions]
    assert sigmas == sorted(sigmas, reverse=True)


def test_the_onset_interval_holds_the_onset():
    (paddle,) = contradicted().ranking.hypotheses
    assert paddle.onset_interval.contains(paddle.onset_ms)
    assert paddle.onset_interval.contains(WINDOW.onset_ms)
    assert paddle.onset_interval.seconds < 1200.0


@pytest.mark.requirement("DIA-069")
def test_every_size_is_told_by_name_and_a_size_of_one_sign_is_on_its_side():
    window, sizes = Window(at_min(70), at_min(120)), (120.0, 0.0)
    c = planted(quiet(), "mgst_overfeed", window, sizes).comparison
    (overfeed,) = diagnosed(c, causes=("mgst_overfeed",)).ranking.hypotheses
    fed, share = overfeed.sizes
    assert (fed.name, fed.unit) == ("over-feed", "%")
    assert (share.name, share.unit) == ("volumetric fall-back", "share")
    assert fed.size == overfeed.magnitude
    assert fed.size.lo95 < 120.0 < fed.size.hi95
    assert share.size.lo95 == 0.0 <= share.size.mean < share.size.hi95


@pytest.mark.requirement("DIA-068")
def test_what_is_too_improbable_to_be_told_in_full_has_sizes_and_no_intervals_of_time():
    c, hypotheses, searches = together()
    pair = ("paddle_overspeed", "turret_speed_high")
    believed = Posterior({pair[0]: 0.99, pair[1]: 0.01}, 0.0, 0.0, {(pair[0],): 0.99})
    (turret,) = assessments(c, (mode_of(pair[1]),), hypotheses, believed, searches)
    assert (turret.onset_interval, turret.end_interval, turret.duration_s) == (None, None, None)
    told = turret.sizes[0].size
    assert told == turret.magnitude
    # As sure as it is within its window alone, and yet no surer than by a share of it.
    assert max(f.sizes_sd[0] for m, (*_, f) in hypotheses.fits.items() if m[-1] == pair[1]) < 0.5
    assert told.hi95 - told.mean == pytest.approx(1.96 * LEAST_SHARE * told.mean)


@cache
def together() -> tuple[Comparison, Hypotheses, Searches]:
    """Paddles too fast, then a turret that is; the second fitted over the first, and alone."""
    first = planted(quiet(), "paddle_overspeed", WINDOW, (60.0,)).comparison
    c = planted(first, "turret_speed_high", LATER, (15.0,)).comparison
    paddle = fit_mode(c, mode_of("paddle_overspeed"), (WINDOW,), no_background(c))
    turret = fit_mode(c, mode_of("turret_speed_high"), (LATER,), as_background(paddle, c))
    alone = fit_mode(c, mode_of("turret_speed_high"), (LATER,), no_background(c))
    fits = {
        ("paddle_overspeed",): (paddle,),
        ("turret_speed_high",): (alone,),
        ("paddle_overspeed", "turret_speed_high"): (paddle, turret),
    }
    scores = {("paddle_overspeed",): paddle.score, ("turret_speed_high",): alone.score}
    return c, Hypotheses(fits, scores, {}), prepare_searches(c)


def test_of_a_cause_behind_another_it_is_told_what_it_adds_to_that_one():
    c, hypotheses, searches = together()
    pair = ("paddle_overspeed", "turret_speed_high")
    believed = Posterior(dict.fromkeys(pair, 1.0), 0.0, 0.0, {pair: 1.0})
    modes = tuple(mode_of(cause) for cause in pair)
    rows = {h.cause: h for h in assessments(c, modes, hypotheses, believed, searches)}
    paddle, turret = (rows[cause] for cause in pair)
    assert paddle.why.endswith("over no assignable cause).")
    assert turret.why.endswith(f"over {paddle.title} alone).")
    assert turret.log_bayes_factor == hypotheses.scores["turret_speed_high",]
    behind, fit = hypotheses.fits[pair]
    beside = as_background(behind, c)
    assert turret.magnitude.hi95 == pytest.approx(fit.sizes[0] + 1.96 * sizes_sd(c, fit, beside)[0])
    for bound in (turret.onset_interval.start_ms, turret.onset_interval.end_ms):
        onset = fit.window.onset_ms + bound - turret.onset_ms
        moved = replace(fit.window, onset_ms=onset)
        assert fit_scale(c, fit.mode, moved, fit.sizes, beside).likelihood < fit.likelihood


def test_what_is_left_beside_two_causes_is_told_against_both():
    c, hypotheses, searches = together()
    series = c.measured.series.copy()
    points = np.array([p.value for p in c.measured.points])
    pair = ("paddle_overspeed", "turret_speed_high")
    believed = Posterior(dict.fromkeys(pair, 1.0), 0.0, 0.0, {pair: 1.0})
    series[SERIES_INDEX["paddle_speed"], 160:200] += 0.5
    run = with_values(c, series, points)
    (turret,) = assessments(run, (mode_of(pair[1]),), hypotheses, believed, searches)
    paddle = next(found for found in turret.contradictions if "paddle" in found.channel)
    assert paddle.measured - paddle.predicted == pytest.approx(50.0, abs=8.0)


def test_what_nothing_explains_is_placed_in_time():
    told = contradicted()
    spans = unexplained_spans(told.replay.comparison, told.hypotheses, told.searches)
    assert 1 <= len(spans) <= 3
    assert any(span.contains(at_min(90)) for span in spans)
    assert not any(span.contains(at_min(30)) for span in spans)
