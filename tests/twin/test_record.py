"""A run read from evidence: stops, refills, lots and set-points as they were put in."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from support.line_run import (
    FEEDERS_OFF_MIN,
    MINUTES,
    PRESS_ON_MIN,
    SET_POINTS,
    START_MS,
    STEPS_PER_MIN,
    at_min,
    courses,
    evidence,
    package,
    record,
    result,
    trajectory,
)

from investigator.domain.acceptance import AcceptanceCriterion, Bound, Verdict
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import BATCH_RECORD, ClockOffset
from investigator.domain.instant import Span
from investigator.domain.trajectory import Quality
from investigator.twin.record import STEP_S, line_record

STOP = (90 * STEPS_PER_MIN, 105 * STEPS_PER_MIN)


def stopped():
    """The run with the press at rest from minute 90 to 105; set-points ramp down before."""
    shown = courses()
    turret, state = shown["turret.speed"], shown["line.state"]
    turret[STOP[0] : STOP[1]] = 0.0
    state[STOP[0] : STOP[1]] = 2.0
    set_point = shown["api.flow_set_point"]
    set_point[STOP[0] - 4 : STOP[0]] = np.array([0.8, 0.6, 0.4, 0.2]) * set_point[0:400].max()
    set_point[STOP[0] : STOP[1]] = 0.0
    return {
        "turret.speed": turret, "line.state": state, "api.flow_set_point": set_point,
    }  # fmt: skip


def test_the_grid_spans_the_export():
    told = record()
    assert told.grid_ms[0] == START_MS
    assert np.all(np.diff(told.grid_ms) == STEP_S * 1000)
    assert told.span == Span(START_MS, at_min(MINUTES) - 10_000)
    assert told.index(START_MS - 1) == 0
    assert told.index(START_MS + 19_999) == 1
    assert told.index(at_min(10 * MINUTES)) == told.grid_ms.size - 1


def test_a_standstill_is_found_where_it_was():
    told = line_record(evidence(stopped()), package().tag_map, package().record_map)
    assert told.standstills == (Span(at_min(90), at_min(105)),)
    assert not told.running[STOP[0] : STOP[1]].any()
    assert told.running[STOP[0] - 1]
    assert told.running[STOP[1]]


def test_the_time_before_the_press_starts_is_no_standstill():
    assert record().standstills == ()


def test_production_begins_after_start_up_and_ends_before_run_down():
    told = record()
    minutes = np.flatnonzero(told.producing) / STEPS_PER_MIN
    assert minutes[0] == PRESS_ON_MIN + 15
    assert FEEDERS_OFF_MIN - 2.5 <= minutes[-1] < FEEDERS_OFF_MIN - 2
    assert np.all(np.diff(minutes) < 0.2)


def test_a_stop_is_no_production_nor_are_four_minutes_after():
    told = line_record(evidence(stopped()), package().tag_map, package().record_map)
    minute = np.arange(told.grid_ms.size) / STEPS_PER_MIN
    around = (minute >= 89) & (minute < 109)
    usual = record().producing
    assert not told.producing[around].any()
    assert np.array_equal(told.producing[~around], usual[~around])


def test_a_set_point_is_held_through_the_ramp_that_an_export_draws_before_a_stop():
    told = line_record(evidence(stopped()), package().tag_map, package().record_map).roles[
        "api.flow_set_point"
    ]
    assert told[STOP[0] - 5 : STOP[0]] == pytest.approx(4.032)
    assert told[STOP[0] : STOP[1]] == pytest.approx(0.0)
    assert told[STOP[1]] == pytest.approx(4.032)


def test_refills_are_their_starts():
    assert record().refills["api"] == tuple(at_min(m) for m in range(25, 172, 25))
    assert record().refills["mgst"] == (at_min(60), at_min(120))


def test_powder_of_a_lot_enters_with_the_first_refill_after_its_connection():
    lots = {lot.lot_id: lot for lot in record().lots}
    assert set(lots) == {"A1", "A2", "M1"}
    assert lots["A1"].first
    assert lots["A1"].start_ms == START_MS
    assert not lots["A2"].first
    assert lots["A2"].start_ms == at_min(100)
    assert lots["A2"].certificate == {"Potency (as is)": 98.7, "Bulk density": 0.45}
    assert lots["M1"].feeder == "mcc"


def test_set_points_that_are_numbers_are_kept():
    assert dict(record().set_points) == SET_POINTS


def changed_curve(**changes):
    told = evidence()
    tag = package().tag_map["nir.api"]
    curves = {**told.trajectories, tag: replace(told.trajectories[tag], **changes)}
    return line_record(replace(told, trajectories=curves), package().tag_map, package().record_map)


def test_samples_without_value_are_not_used():
    curve = evidence().trajectories[package().tag_map["nir.api"]]
    quality, value = curve.quality.copy(), curve.value.copy()
    quality[600:630], value[600:630] = Quality.BAD, np.nan
    found = changed_curve(value=value, quality=quality)
    assert np.isnan(found.roles["nir.api"][600:629]).all()
    assert found.roles["nir.api"][640] == 20.0
    assert found.sd_factors == {}


@pytest.mark.requirement("EVD-260")
def test_doubtful_samples_keep_their_value_and_say_by_how_much_they_are_in_doubt():
    curve = evidence().trajectories[package().tag_map["nir.api"]]
    quality, value = curve.quality.copy(), curve.value.copy()
    factor = np.ones(value.size)
    quality[600:630], value[600:630], factor[600:630] = Quality.UNCERTAIN, 21.0, 3.0
    found = changed_curve(value=value, quality=quality, sd_factor=factor)
    assert np.all(found.roles["nir.api"][600:630] == 21.0)
    assert np.all(found.sd_factor("nir.api")[600:630] == 3.0)
    assert np.all(found.sd_factor("nir.api", "nir.q")[:600] == 1.0)
    assert np.all(found.sd_factor("nir.q") == 1.0)


def test_a_missing_tag_is_named_and_its_role_unknown():
    told = evidence()
    tag = package().tag_map["nir.q"]
    curves = {t: c for t, c in told.trajectories.items() if t != tag}
    found = line_record(replace(told, trajectories=curves), package().tag_map, package().record_map)
    assert found.missing == ("nir.q",)
    assert np.isnan(found.roles["nir.q"]).all()


def test_an_export_without_any_tag_of_the_twin_is_refused():
    other = {"OTHER": trajectory("OTHER", np.array([0, 1000]), np.array([1.0, 1.0]))}
    with pytest.raises(UnusableInput, match="no tag of this twin"):
        line_record(
            replace(evidence(), trajectories=other), package().tag_map, package().record_map
        )


@pytest.mark.requirement("EVD-293")
def test_an_export_that_does_not_tell_when_the_press_ran_is_sent_to_the_mapping_review():
    told = evidence()
    tag = package().tag_map["turret.speed"]
    curves = {t: c for t, c in told.trajectories.items() if t != tag}
    with pytest.raises(UnusableInput, match=r"no tag for turret\.speed.*`case map`"):
        line_record(replace(told, trajectories=curves), package().tag_map, package().record_map)


def test_a_press_that_never_ran_is_refused():
    still = {"turret.speed": np.zeros(MINUTES * STEPS_PER_MIN)}
    with pytest.raises(UnusableInput, match="press never ran"):
        line_record(evidence(still), package().tag_map, package().record_map)


def test_tags_without_a_single_sample_are_refused_in_words():
    """An export that lists the twin's tags but holds no sample of them."""
    told = evidence()
    none = np.array([])
    empty = {t: trajectory(t, none, none) for t in told.trajectories}
    with pytest.raises(UnusableInput):
        line_record(replace(told, trajectories=empty), package().tag_map, package().record_map)


def told_of(**changes):
    return line_record(replace(evidence(), **changes), package().tag_map, package().record_map)


def test_results_of_the_product_that_fail_or_may_fail_are_kept_without_a_number_too():
    """A certificate of a lot that fails is no result of the product."""
    failing = replace(result("Hardness", 70.0, drum="B1-D01"), stated=Verdict.FAILS)
    at_most_15 = AcceptanceCriterion("at most 15", upper=Decimal(15))
    open_bound = replace(
        result("Impurities", np.nan, drum="B1-D01"),
        censored=Bound.ABOVE,
        bound=10.0,
        criterion=at_most_15,
    )
    of_lot = replace(result("LOD", 9.0, lot="M1"), stated=Verdict.FAILS)
    fine = replace(result("Hardness", 110.0, drum="B1-D02"), stated=Verdict.CONFORMS)
    found = told_of(laboratory=(failing, open_bound, of_lot, fine))
    assert found.out_of_specification == (failing, open_bound)
    assert open_bound not in found.laboratory


def test_the_uncertainty_of_the_clock_is_that_of_the_batch_record():
    other = ClockOffset("laboratory", 3.0, 40.0, 5)
    assert told_of(clock_offsets=(other, ClockOffset(BATCH_RECORD, 1.0, 2.5, 9))).clock_sd_s == 2.5
    assert told_of(clock_offsets=(other,)).clock_sd_s == 0.0
