"""The disturbance followed to the press outlet: only its own material is marked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, mode_of, package, planted, quiet

from investigator.analysis.fitting import Fit, fit_sizes, no_background
from investigator.analysis.material import (
    REASONS,
    Draw,
    Limits,
    Product,
    drawn,
    fine_frame,
    natural_inputs,
    products,
    window_of,
)
from investigator.twin.scenario import Window

OPEN = Limits(
    {
        "hardness_individual": (80.0, 140.0),
        "weight_individual": (237.5, 262.5),
        "api_fraction": (0.196, 0.204),
        "mgst_fraction": (0.008, 0.012),
    }
)
MINUTE = np.arange(1080) / 6.0


def fit_of(cause: str, window: Window, sizes: tuple[float, ...]) -> Fit:
    """A fit with exactly these values."""
    c = planted(quiet(), cause, window, sizes).comparison
    found = fit_sizes(c, mode_of(cause), window, no_background(c))
    return replace(found, sizes=sizes)


@cache
def made(
    cause: str, window: Window, sizes: tuple[float, ...], limits: tuple[str, float, float] = ()
) -> Product:
    fits = (fit_of(cause, window, sizes),) if cause else ()
    allowed = OPEN if not limits else Limits({**OPEN.of, limits[0]: limits[1:]})
    return product(fits, allowed)


def product(fits: tuple[Fit, ...], limits: Limits = OPEN) -> Product:
    draw = Draw(fits, package().parameters.line(), 0.0)
    with ThreadPoolExecutor(1) as executor:
        return products(quiet(), fine_frame(quiet()), (draw,), {}, limits, executor)[0]


NOTHING = Window(at_min(60), at_min(95))
API_HIGH = ("api_loadcell_drift", Window(at_min(60), at_min(95), 10.0), (8.0,))


def reasons(found: Product) -> set[str]:
    return {reason for k, reason in enumerate(REASONS) if bool(((found.reasons >> k) & 1).any())}


def test_nothing_at_work_affects_nothing():
    found = made("", NOTHING, ())
    assert not found.affected.any()


@pytest.mark.requirement("IMP-076")
def test_time_in_which_the_line_stands_does_not_end_a_disturbance():
    """Ended at minute 60 it lasts to minute 120; with the press standing for 90 min, to the end."""
    run, (fit,) = (
        quiet().record,
        (fit_of("api_loadcell_drift", Window(at_min(40), at_min(60)), (8.0,)),),
    )
    inside = np.flatnonzero(window_of(run, (fit,))) / 6.0
    assert (inside[0], inside[-1]) == (39.0, pytest.approx(120.0 - 1 / 6))
    stood = run.running & ((MINUTE < 65) | (MINUTE >= 155))
    after = np.flatnonzero(window_of(replace(run, running=stood), (fit,))) / 6.0
    assert after[-1] == MINUTE[-1]
    briefly = run.running & ((MINUTE < 65) | (MINUTE >= 75))
    later = np.flatnonzero(window_of(replace(run, running=briefly), (fit,))) / 6.0
    assert later[-1] == pytest.approx(130.0 - 1 / 6)


def test_what_is_fed_leaves_the_press():
    """20 kg/h from minute 2 to 172, less what the filled line did not give up: within 4 %."""
    assert made("", NOTHING, ()).flow_kg.sum() == pytest.approx(20.0 * 170 / 60, rel=0.04)


def test_an_over_feed_of_known_size_marks_its_own_material():
    found = made(*API_HIGH)
    assert reasons(found) == {"composition_api"}
    marked = np.flatnonzero(found.affected) / 6.0
    assert 60.5 < marked[0] < 75.0
    assert 96.0 < marked[-1] < 125.0
    held = (MINUTE >= 80) & (MINUTE < 95)
    assert found.affected[held].all()
    assert found.attributes["api_fraction"][held].mean() == pytest.approx(0.2 * 1.0639, rel=0.004)


def test_the_excess_that_was_fed_is_the_excess_that_came_out():
    """The press takes what it takes: of a richer blend, as much as of any other."""
    before, after = made("", NOTHING, ()), made(*API_HIGH)
    excess = (after.attributes["api_fraction"] * after.flow_kg).sum() - (
        before.attributes["api_fraction"] * before.flow_kg
    ).sum()
    richer = 0.992 * 4.032 * (1.08 / (20.0 + 0.08 * 4.032) - 1.0 / 20.0)
    assert excess == pytest.approx(richer * 20.0 * 35 / 60, rel=0.06)


def test_a_small_error_stays_within_the_reporting_limits():
    small = ("api_loadcell_drift", Window(at_min(60), at_min(95), 10.0), (1.5,))
    assert not made(*small).affected.any()
    assert made(*small, limits=("api_fraction", 0.1985, 0.2015)).affected.any()


def test_a_wrong_reading_affects_no_product():
    found = made("nir_fouling", Window(at_min(60), at_min(130), 900.0), (-6.0, 2.0))
    assert not found.affected.any()
    plain = made("", NOTHING, ())
    assert np.array_equal(found.attributes["assay"], plain.attributes["assay"])


def test_out_of_limits_counts_only_from_a_minute_before_to_an_hour_after():
    """A limit that no tablet meets shows the window itself."""
    window = Window(at_min(60), at_min(70))
    found = made("paddle_overspeed", window, (40.0,), ("assay", 500.0, 600.0))
    marked = np.flatnonzero(found.affected) / 6.0
    assert (marked[0], marked[-1]) == (pytest.approx(59.0), pytest.approx(130.0 - 1 / 6))
    assert reasons(found) == {"oos_assay"}


def test_a_damaged_punch_counts_by_the_tablets_of_its_station():
    window = Window(at_min(60), at_min(120))
    light = made("punch_damage", window, (0.08,))
    deep = made("punch_damage", window, (0.6,))
    assert "oos_individual_station" not in reasons(light)
    assert reasons(deep) == {"oos_individual_station"}


def test_biases_move_every_attribute_by_themselves():
    draw = Draw((), package().parameters.line(), 0.0)
    with ThreadPoolExecutor(1) as executor:
        (found,) = products(quiet(), fine_frame(quiet()), (draw,), {"assay": 1.5}, OPEN, executor)
    plain = made("", NOTHING, ())
    assert found.attributes["assay"] - plain.attributes["assay"] == pytest.approx(1.5)
    assert np.array_equal(found.attributes["weight"], plain.attributes["weight"])


def test_draws_keep_their_order_whatever_runs_them():
    line = package().parameters.line()
    draws = (Draw((), line, 0.0), Draw((fit_of(*API_HIGH),), line, 0.0), Draw((), line, 0.0))
    totals = []
    for workers in (1, 3):
        with ThreadPoolExecutor(workers) as executor:
            found = products(quiet(), fine_frame(quiet()), draws, {}, OPEN, executor)
        totals.append([p.affected.sum() for p in found])
    assert totals[0] == totals[1]
    assert totals[0][0] == totals[0][2] == 0.0
    assert totals[0][1] > 0.0


def test_a_free_window_is_drawn_and_a_recorded_one_kept():
    generator = np.random.default_rng(1)
    free = fit_of(*API_HIGH)
    starts = np.array([drawn(free, generator).window.onset_ms for _ in range(200)])
    assert (starts - free.window.onset_ms).std() == pytest.approx(45_000, rel=0.2)
    sizes = np.array([drawn(free, generator).sizes[0] for _ in range(200)])
    assert sizes.mean() == pytest.approx(8.0, rel=0.05)
    assert sizes.std() >= 0.05 * 8.0
    lot = fit_of("api_potency_misentry", Window(at_min(100), at_min(179), 1300.0), (4.0,))
    assert drawn(lot, generator).window == lot.window


def test_draws_repeat_with_their_seed():
    fit = fit_of(*API_HIGH)
    assert drawn(fit, np.random.default_rng(7)) == drawn(fit, np.random.default_rng(7))


def test_ordinary_departures_of_the_feeders_are_nature():
    c = quiet()
    some = {f: np.full(1080, 0.02) for f in c.small_departures}
    some["api"] = np.full(1080, 0.9)
    found = natural_inputs(replace(c, small_departures=some), fine_frame(c))
    assert found.feed_kg_h[0, 600] == pytest.approx(4.032 * 1.05)
    assert found.feed_kg_h[1, 600] == pytest.approx(9.768 * 1.02)
