"""Hypotheses weighed together: alone, in pairs, and against what is on no list."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import (
    STEPS_PER_MIN,
    at_min,
    courses,
    diagnosed,
    evidence,
    mode_of,
    noisy,
    package,
    planted,
    reference,
    with_values,
)

from investigator.analysis.comparison import CHANNELS, LINE_STOP, Comparison, compare, signature
from investigator.analysis.fitting import Fit, no_background, saturated
from investigator.analysis.hypotheses import (
    BESIDE_MOST,
    CHANGE_MARGIN,
    LEAST_LEADER,
    SECOND_SHARE,
    UNLISTED_COST,
    Hypotheses,
    channel_of,
    prepare_searches,
    score_of,
    unexplained_gains,
    unlisted_score,
    weigh,
)
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.analysis.statements import assessments
from investigator.analysis.window_search import fit_mode
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.record import line_record
from investigator.twin.scenario import UNPERTURBED, Window, perturbation
from investigator.twin.standstills import log_rarity

SOME = ("paddle_overspeed", "punch_damage", "turret_speed_high", "mgst_stoppage")
PADDLE = ("paddle_overspeed", Window(at_min(40), at_min(70)), (60.0,))
PUNCH = ("punch_damage", Window(at_min(90), at_min(150)), (0.25,))


def two_at_once(seed: int = 3):
    return planted(planted(noisy(seed), *PADDLE).comparison, *PUNCH).comparison


@pytest.mark.requirement("DIA-002")
def test_two_causes_at_once_are_both_named():
    found = diagnosed(two_at_once(), among=SOME)
    by_cause = {h.cause: h for h in found.ranking.hypotheses}
    for cause, window, sizes in (PADDLE, PUNCH):
        assert by_cause[cause].probability > 0.8
        assert abs(by_cause[cause].onset_ms - window.onset_ms) < 300_000
        assert by_cause[cause].magnitude.mean == pytest.approx(sizes[0], rel=0.25)
    assert by_cause["turret_speed_high"].probability < 0.05
    assert by_cause["mgst_stoppage"].probability < 0.05


def test_a_second_cause_needs_more_than_the_first_leaves_by_chance():
    found = diagnosed(planted(noisy(3), *PADDLE).comparison, among=SOME)
    others = [h.probability for h in found.ranking.hypotheses if h.cause != "paddle_overspeed"]
    assert max(others) < 0.2


def a_fit(cause: str, gain: float, begin_min: float, end_min: float) -> Fit:
    gains = np.zeros(len(CHANNELS))
    gains[0] = gain
    nothing = no_background(noisy(3)).added
    window = Window(at_min(begin_min), at_min(end_min))
    return Fit(mode_of(cause), window, (1.0,), (1.0,), gains, nothing, 0.0)


@pytest.mark.requirement("DIA-058")
def test_what_lies_inside_a_greater_cause_may_be_its_aftermath():
    great = a_fit("mgst_stoppage", 200.0, 40, 70)
    windows = ((45, 75), (31, 68), (90, 150))
    inside, begun_before, apart = (a_fit("punch_damage", 20.0, *w) for w in windows)
    together = great.score + inside.score
    for pair in ((great, inside), (inside, great), (begun_before, great), (great, apart)):
        assert score_of(pair) == pytest.approx(together - SECOND_SHARE * great.score)
    assert score_of((apart, great)) == pytest.approx(together - SECOND_SHARE * apart.score)


@pytest.mark.requirement("DIA-059")
def test_what_a_mode_explains_of_normal_batches_does_not_count_for_it():
    c = planted(noisy(3), *PADDLE).comparison
    window = PADDLE[1]
    plain = mode_of("paddle_overspeed")
    usual = replace(plain, usual_score=5.0)
    scores = [fit_mode(c, mode, (window,), no_background(c)).score for mode in (plain, usual)]
    assert scores[0] - scores[1] == pytest.approx(5.0)


def test_one_worker_or_several_weigh_alike():
    c = two_at_once()
    modes = tuple(mode_of(cause) for cause in SOME)
    outcomes = []
    for workers in (1, 3):
        with ThreadPoolExecutor(workers) as executor:
            outcomes.append(weigh(c, modes, executor)[0])
    assert list(outcomes[0].scores) == list(outcomes[1].scores)
    assert dict(outcomes[0].scores) == dict(outcomes[1].scores)


def long_stop(*minutes: int) -> Comparison:
    """The line stood for so long from minute 90, and again an hour later, and so on."""
    shown = courses()
    for k, length in enumerate(minutes):
        begin = 90 + 60 * k
        steps = slice(begin * STEPS_PER_MIN, (begin + length) * STEPS_PER_MIN)
        shown["turret.speed"][steps] = 0.0
        shown["line.state"][steps] = 2.0
    told = evidence({k: shown[k] for k in ("turret.speed", "line.state")})
    run = line_record(told, package().tag_map, package().record_map)
    return compare(run, package().parameters.line(), reference())


@pytest.mark.requirement("DIA-064")
@pytest.mark.parametrize("minutes", [11, 20, 50])
def test_a_standstill_tells_how_rare_its_length_is_and_no_more(minutes):
    c = long_stop(minutes)
    usual = reference()
    rarity = log_rarity(float(minutes), usual.standstills_min, len(usual.batches))
    mode = mode_of("line_stop_stagnation")
    window = Window(at_min(90), at_min(90 + minutes))
    fit = fit_mode(c, mode, (window,), no_background(c))
    told = saturated(fit.gains)[LINE_STOP]
    assert told == pytest.approx(rarity, rel=1e-6)
    nothing = unexplained_gains(c, prepare_searches(c), no_background(c).added)
    assert saturated(nothing)[LINE_STOP] <= rarity + 1e-9


@pytest.mark.requirement("DIA-064")
@pytest.mark.parametrize("minutes", [(11, 20), (20, 11), (20, 20)])
def test_of_several_standstills_the_longest_bounds_what_they_tell(minutes: tuple[int, int]) -> None:
    c, usual = long_stop(*minutes), reference()
    assert len(c.record.standstills) == 2
    longest = log_rarity(20.0, usual.standstills_min, len(usual.batches))
    assert c.stop_log_rarity == pytest.approx(longest)
    mode = mode_of("line_stop_stagnation")
    both = tuple(Window(s.start_ms, s.end_ms) for s in c.record.standstills)
    fit = fit_mode(c, mode, both, no_background(c))
    assert saturated(fit.gains)[LINE_STOP] <= longest + 1e-9
    assert long_stop().stop_log_rarity == 0.0


@pytest.mark.requirement("DIA-064")
def test_a_standstill_contradicts_a_cause_by_no_more_than_it_tells():
    c = long_stop(11)
    shown = np.where(c.series_known, c.null.series, np.nan)
    stood = SERIES_INDEX["line_stop"]
    shown[stood] = c.measured.series[stood]
    c = planted(with_values(c, shown, c.null.points), *PADDLE).comparison
    mode, window, _ = PADDLE
    fit = fit_mode(c, mode_of(mode), (window,), no_background(c))
    believed = Posterior({mode: 1.0}, 0.0, 0.0, {(mode,): 1.0})
    hypotheses = Hypotheses({(mode,): (fit,)}, {}, {})
    (row,) = assessments(c, (mode_of(mode),), hypotheses, believed, prepare_searches(c))
    (against,) = (one for one in row.contradictions if "standstill" in one.channel)
    assert saturated(np.array(against.sigma**2 / 2.0)) == pytest.approx(c.stop_log_rarity)


@pytest.mark.requirement("DIA-064")
def test_a_standstill_beside_another_cause_pays_no_share_of_it():
    great = a_fit("mgst_stoppage", 200.0, 40, 70)
    stop = a_fit("line_stop_stagnation", 5.0, 90, 110)
    assert score_of((great, stop)) == pytest.approx(great.score + stop.score)
    assert score_of((stop, great)) == pytest.approx(great.score + stop.score)
    other = a_fit("turret_speed_high", 5.0, 90, 110)
    assert score_of((great, other)) < great.score
    longer = a_fit("line_stop_stagnation", 200.0, 90, 140)
    both = longer.score + other.score
    for pair in ((longer, other), (other, longer)):
        assert score_of(pair) == pytest.approx(both - SECOND_SHARE * longer.score)


def test_every_model_has_a_score_and_every_pair_stands_once():
    with ThreadPoolExecutor(1) as executor:
        found, _ = weigh(two_at_once(), tuple(mode_of(cause) for cause in SOME), executor)
    assert found.scores[()] == 0.0
    for cause in SOME:
        assert (cause,) in found.scores
        assert (cause, UNLISTED) in found.scores
    pairs = [frozenset(m) for m in found.fits if len(m) == 2]
    assert len(set(pairs)) == len(pairs)
    assert frozenset(("paddle_overspeed", "punch_damage")) in pairs


def test_nothing_is_fitted_behind_a_mode_that_explains_nothing():
    modes = tuple(mode_of(cause) for cause in SOME)
    with ThreadPoolExecutor(1) as executor:
        found, _ = weigh(noisy(3), modes, executor)
    assert max(found.scores[model] for model in found.fits if len(model) == 1) < LEAST_LEADER
    assert {len(model) for model in found.fits} == {1}


def test_beside_a_cause_what_is_on_no_list_adds_only_so_much():
    with ThreadPoolExecutor(1) as executor:
        found, _ = weigh(two_at_once(), (mode_of("turret_speed_high"),), executor)
    cause = "turret_speed_high"
    assert found.scores[UNLISTED,] > 2.0 * BESIDE_MOST
    assert found.scores[cause, UNLISTED] == found.scores[cause,] + BESIDE_MOST


def test_the_truth_leaves_less_unexplained_than_nothing_does():
    c = planted(noisy(3), *PADDLE).comparison
    searches = prepare_searches(c)
    own = perturbation(mode_of(PADDLE[0]), PADDLE[1], PADDLE[2], c.record, c.departures)
    row = CHANNELS.index("paddle_speed")
    before = unexplained_gains(c, searches, signature(c, UNPERTURBED))
    after = unexplained_gains(c, searches, signature(c, own))
    assert before.shape == (len(CHANNELS),)
    assert before[row] > 50.0
    assert after[row] < 15.0
    assert channel_of(row) == "paddle_speed"


def test_what_is_usual_speaks_for_nothing_unlisted():
    usual = np.full(5, 6.0)
    assert unlisted_score(usual, usual) == pytest.approx(-UNLISTED_COST)
    assert unlisted_score(usual + CHANGE_MARGIN, usual) == pytest.approx(-UNLISTED_COST)
    loud = usual.copy()
    loud[2] = 60.0
    louder = usual.copy()
    louder[2] = 600.0
    assert -UNLISTED_COST < unlisted_score(loud, usual) < unlisted_score(louder, usual)


@pytest.mark.requirement("DIA-002")
def test_what_is_on_no_list_is_said_to_be_none_of_these():
    """Hold-up and ejection force each move, at different times: no listed mode does that."""
    c = noisy(4)
    series = c.measured.series.copy()
    series[SERIES_INDEX["holdup"], 120:220] += 0.15
    series[SERIES_INDEX["ejection"], 180:300] += 0.25
    points = np.array([p.value for p in c.measured.points])
    found = diagnosed(with_values(c, series, points)).ranking
    assert found.none_of_the_above > 0.5
    assert found.no_deviation < 0.05
