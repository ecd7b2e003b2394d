"""How far apart hypotheses predict the data, and which are alike."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import at_min, bare, mode_of, noisy, planted

from investigator.analysis.comparison import CHANNELS, Comparison, Innovations, signature
from investigator.analysis.fitting import DISCREPANCY, Fit, no_background, perturbation_of
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import Posterior
from investigator.analysis.separability import alike, separation, separations, squared_distances
from investigator.domain.ranking import ALIKE_SIGMA, Separation
from investigator.twin.failure_mode import FailureMode
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(130), 900.0)


@cache
def run() -> Comparison:
    return planted(noisy(3), "api_loadcell_drift", WINDOW, (4.0,)).comparison


def fitted(mode: FailureMode, window: Window, sizes: tuple[float, ...]) -> Fit:
    """A fit that ended with these sizes."""
    c, sd = run(), tuple(0.1 * abs(s) for s in sizes)
    nothing = no_background(c)
    fit = Fit(mode, window, sizes, sd, nothing.gains, nothing.added, 0.0)
    return replace(fit, added=signature(c, perturbation_of(fit, c)))


def renamed(cause: str) -> FailureMode:
    """The drifting load cell under another name: a mode that predicts the very same."""
    return replace(mode_of("api_loadcell_drift"), cause=cause)


@pytest.mark.requirement("DIA-029")
def test_the_same_prediction_under_two_names_lies_nowhere_apart() -> None:
    drift = fitted(mode_of("api_loadcell_drift"), WINDOW, (4.0,))
    found = separation(run(), drift, fitted(renamed("twin_of_it"), WINDOW, (4.0,)))
    assert found.sigma < 0.2
    assert (found.one, found.other) == ("api_loadcell_drift", "twin_of_it")


@pytest.mark.requirement("DIA-029")
def test_what_only_size_and_onset_tell_apart_is_alike_after_the_refit() -> None:
    drift = fitted(mode_of("api_loadcell_drift"), WINDOW, (4.0,))
    later = replace(WINDOW, onset_ms=WINDOW.onset_ms + 180_000)
    moved = fitted(renamed("later"), later, (5.5,))
    before = squared_distances(run(), drift.added, moved.added).sum()
    assert separation(run(), drift, moved).sigma < ALIKE_SIGMA < np.sqrt(before)


@pytest.mark.requirement("DIA-029")
def test_causes_of_other_channels_lie_far_apart_and_the_channel_is_named() -> None:
    drift = fitted(mode_of("api_loadcell_drift"), WINDOW, (4.0,))
    wet = fitted(mode_of("humidity_excursion"), WINDOW, (20.0,))
    found = separation(run(), drift, wet)
    assert found.sigma > 5.0
    assert found.sigma >= found.channel_sigma > 0.0
    assert found.channel == "Room relative humidity"


@pytest.mark.requirement("DIA-029")
def test_the_distance_is_the_same_in_both_orders() -> None:
    one = fitted(mode_of("api_loadcell_drift"), WINDOW, (4.0,))
    other = fitted(mode_of("nir_fouling"), WINDOW, (4.0, 0.4))
    there, back = separation(run(), one, other), separation(run(), other, one)
    assert there.sigma == back.sigma
    assert there.channel == back.channel


@pytest.mark.requirement("DIA-029")
def test_a_loud_channel_separates_no_further_than_the_twin_is_believed() -> None:
    """A difference in size by a share of an excursion, however loud, is at most share / D sigma."""
    c = bare()
    loud = np.zeros_like(c.residual.series)
    loud[0, c.series_known[0]] = 1e4
    still = np.zeros_like(c.residual.points)

    def course(scale: float) -> Innovations:
        return Innovations(scale * loud, still, loud, still)

    tenth = squared_distances(c, course(1.0), course(0.9))
    assert np.sqrt(tenth.sum()) <= 0.1 / DISCREPANCY + 1e-9
    assert tenth[1:].sum() == 0.0
    quiet = squared_distances(c, course(1e-8), course(0.0))
    known = c.series_known[0].sum()
    assert quiet[0] == pytest.approx(known * 1e-8, rel=1e-3)


@pytest.mark.requirement("DIA-029")
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1e4))
def test_doubt_only_brings_courses_nearer_and_never_nearer_than_the_same(
    seed: int, loud: float
) -> None:
    c = bare()
    rng = np.random.default_rng(seed)
    true, other = (
        Innovations(
            loud * rng.standard_normal(c.residual.series.shape),
            loud * rng.standard_normal(c.residual.points.shape),
            c.residual.raw_series,
            c.residual.raw_points,
        )
        for _ in range(2)
    )
    found = squared_distances(c, true, other)
    plain = np.concatenate(
        [
            (np.where(known, a - b, 0.0) ** 2).sum(axis=1)
            for a, b, known in (
                (true.series, other.series, c.series_known),
                (true.points, other.points, c.points_known),
            )
        ]
    )
    assert (found >= 0.0).all()
    assert (found <= plain * (1.0 + 1e-9)).all()
    assert squared_distances(c, true, true).sum() == 0.0


def believed(alone: dict[str, float]) -> Posterior:
    return Posterior(dict(alone), 0.0, 0.0, {(k,): p for k, p in alone.items()})


def test_only_causes_that_are_likely_alone_are_compared() -> None:
    fits = {
        "api_loadcell_drift": fitted(mode_of("api_loadcell_drift"), WINDOW, (4.0,)),
        "nir_fouling": fitted(mode_of("nir_fouling"), WINDOW, (4.0, 0.4)),
        "humidity_excursion": fitted(mode_of("humidity_excursion"), WINDOW, (20.0,)),
    }
    known = Hypotheses({(k,): (f,) for k, f in fits.items()}, {}, {})
    p = {"nir_fouling": 0.5, "api_loadcell_drift": 0.4, "humidity_excursion": 0.01}
    with ThreadPoolExecutor(2) as executor:
        found = separations(run(), known, believed(p), executor)
    assert [(s.one, s.other) for s in found] == [("nir_fouling", "api_loadcell_drift")]
    with ThreadPoolExecutor(1) as executor:
        assert separations(run(), known, believed(p), executor) == found
        assert separations(run(), known, believed({"nir_fouling": 1.0}), executor) == ()
        beside = {("nir_fouling",): 0.9, ("humidity_excursion",): 0.015}
        mixed = Posterior({}, 0.0, 0.0, {**beside, ("humidity_excursion", ""): 0.01})
        (pair,) = separations(run(), known, mixed, executor)
        assert (pair.one, pair.other) == ("nir_fouling", "humidity_excursion")


def only(*channels: str) -> Comparison:
    """The run with nothing but these channels on record."""
    c = run()
    rows = np.isin(np.array(CHANNELS), channels)
    n = c.series_known.shape[0]
    return replace(
        c,
        series_known=c.series_known & rows[:n, None],
        points_known=c.points_known & rows[n:, None],
    )


@pytest.mark.requirement("DIA-029")
def test_what_is_on_record_decides_whether_a_wrong_feed_and_a_wrong_reading_can_be_told() -> None:
    """The worked example of equifinality: NIR alone cannot tell, assay or screw speed can."""
    drift, fouled = mode_of("api_loadcell_drift"), mode_of("nir_fouling")

    def sigma(*channels: str) -> float:
        c = only(*channels)

        def seen(mode: FailureMode, sizes: tuple[float, ...]) -> Fit:
            fit = fitted(mode, replace(WINDOW, end_ms=at_min(176)), sizes)
            return replace(fit, added=signature(c, perturbation_of(fit, c)))

        return separation(c, seen(drift, (3.0,)), seen(fouled, (3.0, 0.3))).sigma

    assert sigma("nir_api") < ALIKE_SIGMA
    assert sigma("nir_api", "lab_assay") > ALIKE_SIGMA
    assert sigma("nir_api", "feed_factor_api") > ALIKE_SIGMA


@pytest.mark.requirement("DIA-029")
def test_second_causes_behind_the_same_first_one_are_compared_beside_it() -> None:
    """Paddles ran too fast, surely; what else was wrong has two names that predict the same."""
    c = run()
    first = fitted(mode_of("paddle_overspeed"), WINDOW, (60.0,))
    both = perturbation_of(first, c)

    def second(mode: FailureMode, sizes: tuple[float, ...]) -> Fit:
        alone = fitted(mode, WINDOW, sizes)
        return replace(alone, added=signature(c, both + perturbation_of(alone, c)))

    drift, same = second(mode_of("api_loadcell_drift"), (4.0,)), second(renamed("same"), (4.0,))
    wet = second(mode_of("humidity_excursion"), (20.0,))
    models = {("paddle_overspeed", f.mode.cause): (first, f) for f in (drift, same, wet)}
    believed_in = Posterior({}, 0.0, 0.0, dict.fromkeys(models, 1.0 / 3.0))
    with ThreadPoolExecutor(1) as executor:
        found = separations(c, Hypotheses(models, {}, {}), believed_in, executor)
    far = {(s.one, s.other): s.sigma for s in found}
    assert far["api_loadcell_drift", "same"] < 0.2
    assert far["api_loadcell_drift", "humidity_excursion"] > 5.0
    assert "paddle_overspeed" not in {cause for pair in far for cause in pair}
    assert alike(found) == (("api_loadcell_drift", "same"),)


def apart(one: str, other: str, sigma: float) -> Separation:
    return Separation(one, other, sigma, "NIR API content", sigma)


@pytest.mark.requirement("DIA-032")
def test_every_two_of_a_group_are_alike() -> None:
    """A chain is no group: its ends are apart."""
    chain = (apart("a", "b", 1.0), apart("a", "c", 4.0), apart("b", "c", 2.0))
    assert alike(chain) == (("a", "b"),)
    close = (apart("a", "b", 1.0), apart("a", "c", 2.4), apart("b", "c", 2.0))
    assert alike(close) == (("a", "b", "c"),)


@pytest.mark.requirement("DIA-032")
def test_two_pairs_are_two_groups_and_what_stands_alone_is_in_none() -> None:
    names = ("a", "b", "c", "d", "e")
    near = {("a", "d"), ("b", "e")}
    rows = tuple(
        apart(x, y, 0.5 if (x, y) in near else 9.0)
        for i, x in enumerate(names)
        for y in names[i + 1 :]
    )
    assert alike(rows) == (("a", "d"), ("b", "e"))
    assert alike(()) == ()
    apart_families = (apart("a", "b", 1.0), apart("c", "d", 1.0))
    assert alike(apart_families) == (("a", "b"), ("c", "d"))
    assert alike((apart("a", "b", ALIKE_SIGMA + 0.01),)) == ()
