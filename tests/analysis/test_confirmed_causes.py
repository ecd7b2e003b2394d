"""A confirmed cause reproduces what it did; a wrong one does not, nor does none."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from support.driven_run import driven, driven_record
from support.line_run import (
    START_MS,
    at_min,
    courses,
    evidence,
    mode_of,
    package,
    quiet,
    reference,
)

from investigator.analysis.caused_bands import standardised
from investigator.analysis.comparison import compare
from investigator.analysis.confirmed_causes import DRIVING, deviation_figures
from investigator.analysis.fitting import no_background
from investigator.twin.channels import POINTS, SERIES, SERIES_INDEX
from investigator.twin.ensemble import SIGNAL_COURSES
from investigator.twin.record import line_record
from investigator.twin.scenario import UNPERTURBED, Perturbation


def figures(c, *causes):
    with ThreadPoolExecutor(1) as executor:
        modes = tuple(mode_of(cause) for cause in causes)
        return deviation_figures("P1", c, modes, package(), executor, seed=1, members=8)


def z_of(c, p=UNPERTURBED):
    with ThreadPoolExecutor(1) as executor:
        added = no_background(c).added
        return standardised(c, p, added, package(), executor, seed=1, members=8)


def during(course, factor, begin=70, end=110):
    """A course changed by a factor between two minutes."""
    minute = np.arange(course.size) / 6.0
    return np.where((minute >= begin) & (minute < end), factor * course, course)


@pytest.fixture(scope="module")
def overspeed():
    return {"paddle.speed": during(courses()["paddle.speed"], 1.6)}


@pytest.mark.requirement("TWN-076", "TWN-138")
def test_the_true_cause_brings_the_moved_values_into_the_band(overspeed):
    found = figures(driven(overspeed, 5), "paddle_overspeed")
    assert found.case == "P1"
    assert found.driving == ("paddle_speed",)
    assert "ejection" in found.channels
    assert found.values > 60
    assert found.inside95 > 0.9
    assert found.inside95_without < found.inside95


@pytest.mark.requirement("TWN-076")
def test_what_the_twin_does_not_reproduce_stays_outside(overspeed):
    found = figures(driven(overspeed, 5, wrong=1.1), "paddle_overspeed")
    assert found.values > 60
    assert found.inside95 < 0.5


@pytest.mark.requirement("TWN-138")
def test_a_scale_that_drifts_is_put_right_and_counted_once():
    """The scale reads 6 % too little, the controller feeds 6 % too much: the record shows nothing
    but the screw and what the blend holds."""
    screw = during(courses()["api.screw_speed"], 1.06, 60, 170)
    fed = driven_record({"api.flow": during(courses()["api.flow"], 1.06, 60, 170)}, 3)
    roles = {**fed.roles, "api.flow": courses()["api.flow"], "api.screw_speed": screw}
    shown = {role: roles[role] for role in roles if np.isfinite(roles[role]).all()}
    true = during(np.ones(fed.grid_ms.size), 1.06, 60, 170)
    cause = Perturbation({"feed.api": true, "reading.feed_api": 1.0 / true})
    record = line_record(evidence(shown), package().tag_map, package().record_map)
    c = compare(record, package().parameters.line(), reference())
    row = SERIES_INDEX["nir_api"]
    late = c.measured.bin_ms > at_min(90)
    without, with_it = z_of(c)[0][row][late], z_of(c, cause)[0][row][late]
    assert np.nanmean(without) > 2.0
    assert abs(np.nanmean(with_it)) < 0.5


@pytest.mark.requirement("TWN-138")
def test_every_signal_that_drives_is_apart_and_no_other():
    assert not DRIVING & set(SIGNAL_COURSES)
    assert {c.channel for c in SERIES + POINTS} >= DRIVING
    assert not {c for c in DRIVING if c.startswith(("lab_", "ipc_"))}


@pytest.mark.requirement("TWN-139")
def test_a_mass_per_revolution_says_nothing_where_nothing_flows():
    flow = during(courses()["mgst.flow"], 0.0)
    c = driven({"mgst.flow": flow}, 4)
    series, _ = z_of(c)
    row = SERIES_INDEX["feed_factor_mgst"]
    minute = (c.measured.bin_ms - START_MS) / 60_000
    assert np.isnan(series[row][(minute > 71) & (minute < 109)]).all()
    assert np.isfinite(series[row][(minute > 45) & (minute < 58)]).any()


@pytest.mark.requirement("TWN-139")
def test_the_noise_of_a_spectral_residual_grows_with_it():
    c = quiet()
    row = SERIES_INDEX["nir_q"]
    fouled = Perturbation(offsets={"reading.nir_q": np.full(c.record.grid_ms.size, 3.0)})
    level = 1.0 + 3.0 / c.nominals.nir_q
    plain, wide = z_of(c)[0][row], z_of(c, fouled)[0][row]
    first = np.flatnonzero(c.series_known[row])[0]
    off = 3.0 / c.series_gains[row, first, 2]
    assert plain[first] == pytest.approx(0.0, abs=1e-6)
    assert wide[first] == pytest.approx(-off / level, rel=1e-6)


def test_two_causes_are_fitted_together(overspeed):
    humid = 40.0 + 18.0 * (np.arange(1080) > 360) * np.clip((np.arange(1080) - 360) / 180, 0, 1)
    found = figures(
        driven(overspeed | {"room.rh": humid}, 5), "paddle_overspeed", "humidity_excursion"
    )
    assert found.cause == "paddle_overspeed, humidity_excursion"
    assert set(found.driving) == {"paddle_speed", "room_rh"}
    assert found.inside95 > 0.85


def test_a_cause_without_occasion_moves_nothing():
    found = figures(quiet(), "line_stop_stagnation")
    assert (found.channels, found.values, found.driving) == ((), 0, ())
