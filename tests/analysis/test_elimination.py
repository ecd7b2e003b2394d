"""What rejects a hypothesis: two channels implausible under it, and not under the leader."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, noisy, planted, quiet

from investigator.analysis.comparison import CHANNELS
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.elimination import (
    _Implausible,
    _Leader,
    _Means,
    _told,
    eliminations,
    implausibility,
)
from investigator.analysis.fitting import no_background
from investigator.analysis.hypotheses import prepare_searches
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.analysis.unexplained import Change
from investigator.domain.elimination import IMPLAUSIBLE, standing
from investigator.domain.instant import Span
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.scenario import Window

WINDOW = Window(at_min(70), at_min(110))
AMONG = ("paddle_overspeed", "api_loadcell_drift", "humidity_excursion", "force_sensor_drift")


@cache
def paddles() -> Diagnosis:
    return diagnosed(planted(noisy(5), "paddle_overspeed", WINDOW, (60.0,)).comparison, among=AMONG)


@pytest.mark.requirement("DIA-044")
def test_a_rival_is_rejected_by_the_change_that_the_leader_explains():
    leading, *others = paddles().ranking.hypotheses
    assert leading.cause == "paddle_overspeed"
    assert leading.elimination is None
    assert leading.strength == ""
    rejected = [h for h in others if h.elimination is not None]
    assert rejected
    for h in rejected:
        assert h.probability < 0.02
        assert min(h.elimination.implausibility, h.elimination.second) > IMPLAUSIBLE
        assert h.elimination.explained_by == leading.title
        assert h.elimination.span.start_ms < WINDOW.end_ms + 3_600_000
        assert "2 ln B" in h.strength


@pytest.mark.requirement("DIA-044")
@pytest.mark.parametrize(("apart", "shown"), [(0.39, True), (0.41, False)])
def test_means_that_show_less_than_half_of_a_contradiction_do_not_tell_it(apart, shown):
    means = _Means("Room humidity", 40.0, Span(0, 60_000), 40.3, 40.1, 40.3)
    assert means.shows(_Implausible(0, Change(0, 2, 9.0, 1.0), 5.0, apart)) is shown


@pytest.mark.requirement("DIA-044")
def test_a_channel_whose_means_do_not_show_the_contradiction_is_told_second():
    found = paddles()
    ((fit,), change) = (found.hypotheses.fits[("humidity_excursion",)], Change(280, 300, 0.0, 0.0))
    worst = [
        _Implausible(SERIES_INDEX["room_rh"], change, 9.0, 1000.0),
        _Implausible(SERIES_INDEX["paddle_speed"], change, 8.0, 0.0),
    ]
    told = _told(found.replay.comparison, fit, worst, _Leader(None, ""))
    assert told.channel.startswith("Feed-frame paddle speed")
    assert (told.implausibility, told.second) == (8.0, 9.0)
    assert "humidity" in told.second_channel


@pytest.mark.requirement("DIA-044")
def test_the_sentence_names_what_was_planted():
    said = [standing(h, "UTC") for h in paddles().ranking.hypotheses if h.elimination is not None]
    assert any("paddle" in text.lower() for text in said)


@pytest.mark.requirement("DIA-044")
def test_a_cause_that_was_fitted_to_nothing_is_rejected_like_any_other():
    found = paddles()
    rejected = next(h for h in found.ranking.hypotheses if h.elimination is not None)
    fits = dict(found.hypotheses.fits)
    (fit,) = fits[(rejected.cause,)]
    fits[(rejected.cause,)] = (replace(fit, sizes=(0.0, *fit.sizes[1:])),)
    made = eliminations(
        found.replay.comparison,
        replace(found.hypotheses, fits=fits),
        found.searches,
        found.posterior,
    )
    assert rejected.cause in made


@pytest.mark.requirement("DIA-045")
def test_one_channel_alone_rejects_nothing():
    """Of the rivals of a cause, none that fewer than two channels speak against."""
    found = paddles()
    c = found.replay.comparison
    quieter = {
        model: np.where(np.arange(gains.size) == int(np.argmax(gains)), gains, 0.0)
        for model, gains in found.hypotheses.unexplained.items()
    }
    one_left = replace(found.hypotheses, unexplained=quieter)
    assert eliminations(c, one_left, found.searches, found.posterior) == {}


@pytest.mark.requirement("DIA-044")
@pytest.mark.parametrize(("probability", "retained"), [(0.019, False), (0.02, True)])
def test_what_is_worth_saying_is_retained_however_implausible(probability, retained):
    found = paddles()
    cause = next(h.cause for h in found.ranking.hypotheses if h.elimination is not None)
    believed = replace(found.posterior, causes={**found.posterior.causes, cause: probability})
    c = found.replay.comparison
    rejected = eliminations(c, found.hypotheses, found.searches, believed)
    assert (cause not in rejected) is retained


@pytest.mark.requirement("DIA-044")
def test_without_a_listed_leader_what_stays_unexplained_rejects_by_itself():
    found = paddles()
    none_leads = Posterior(
        dict.fromkeys(found.posterior.causes, 0.001), 0.99, 0.001, {(UNLISTED,): 1.0}
    )
    made = eliminations(found.replay.comparison, found.hypotheses, found.searches, none_leads)
    assert made
    assert {told.explained_by for told in made.values()} == {""}


@pytest.mark.requirement("DIA-045")
def test_in_a_run_without_noise_or_fault_only_a_change_that_did_not_come_rejects():
    for h in diagnosed(quiet(), among=AMONG).ranking.hypotheses:
        assert h.elimination is None or h.elimination.did_not_come


@pytest.mark.requirement("DIA-044")
def test_implausibility_is_one_for_one_standard_deviation_by_its_formula():
    """A shift of known size in one channel: the formula by hand, with and without its doubts."""
    c = quiet()
    row = SERIES_INDEX["room_rh"]
    search = prepare_searches(c).series[row]
    change = Change(40 * search.every, 80 * search.every, 0.0, 0.0)
    step = search.steps[40] - search.steps[80]
    sd = 1.0 / np.sqrt((step * step).sum())
    nothing = no_background(c).added
    added = nothing.plus(nothing, 0.0)
    added.series[row] = 2.0 * sd * step
    k = max(1.0, 2.0 * c.usual_gains[row] / 9.0)
    found = implausibility(c, row, search, change, added, size_doubt=0.5)
    by_hand = 2.0 * sd / np.sqrt(k * sd**2 + (2.0 * sd) ** 2 * (0.1**2 + 0.5**2))
    assert found == pytest.approx(by_hand, rel=1e-6)
    sure = implausibility(c, row, search, change, added, size_doubt=0.0)
    assert found < sure < 2.0


@pytest.mark.requirement("DIA-044")
@pytest.mark.parametrize("channel", ["room_rh", "force", "ipc_weight"])
def test_the_largest_change_of_normal_batches_is_just_plausible(channel):
    """A change that explains as much as the usual gain stands at an implausibility of 3."""
    c = quiet()
    row = CHANNELS.index(channel)
    searches = prepare_searches(c)
    search = (searches.series + searches.points)[row]
    end = min(10 * search.every, search.steps.shape[1])
    step = search.steps[2] - (search.steps[end // search.every] if end == 10 * search.every else 0)
    usual = max(float(c.usual_gains[row]), 4.5)
    size = np.sqrt(2.0 * usual / (step * step).sum())
    nothing = no_background(c).added
    added = nothing.plus(nothing, 0.0)
    place = row - len(searches.series)
    (added.series[row] if place < 0 else added.points[place])[:] = size * step
    found = implausibility(
        c, row, search, Change(2 * search.every, end, 0.0, 0.0), added, size_doubt=0.0
    )
    assert found == pytest.approx(3.0 / np.sqrt(1.0 + (0.1 * 3.0) ** 2), rel=1e-6)
