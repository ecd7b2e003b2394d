"""Where a failure mode may have been at work: occasions of the record, or the strongest changes."""

from dataclasses import replace
from functools import cache
from unittest.mock import patch

import numpy as np
import pytest
from support.line_run import (
    STEPS_PER_MIN,
    at_min,
    bare,
    courses,
    evidence,
    mode_of,
    noisy,
    package,
    planted,
    reference,
)

from investigator.analysis.comparison import Comparison, compare
from investigator.analysis.hypotheses import Searches, prepare_searches
from investigator.analysis.pulse_trains import Train
from investigator.analysis.repeated_windows import (
    measured_series,
    periods_of,
    repeated_windows,
)
from investigator.analysis.windows import candidate_windows, departs_as_it_must
from investigator.twin.channels import GRID_S
from investigator.twin.failure_mode import Anchor, Shape, TimeShape
from investigator.twin.record import line_record
from investigator.twin.scenario import Window


@cache
def searches() -> Searches:
    return prepare_searches(bare())


def windows(cause: str, c: Comparison | None = None) -> tuple[Window, ...]:
    told = c or noisy(1)
    found = searches() if c is None else prepare_searches(told)
    return candidate_windows(mode_of(cause), told, told.residual, found.series, found.points)


def with_courses(changed) -> Comparison:
    told = line_record(evidence(changed), package().tag_map, package().record_map)
    return compare(told, package().parameters.line(), reference())


def test_a_lot_may_be_at_work_from_its_first_powder_on():
    mode = mode_of("api_potency_misentry")
    found = windows("api_potency_misentry")
    first = found[0]
    assert first.onset_ms < at_min(-1000)
    assert first.end_ms == at_min(100)
    later = found[1:]
    assert {w.onset_ms for w in later} == {at_min(100)}
    assert [w.tau_s for w in later] == list(mode.tau_s)


def test_a_stop_is_an_occasion_only_when_long():
    assert windows("line_stop_stagnation") == ()
    shown = courses()
    for begin, end in ((60, 65), (90, 105)):
        steps = slice(begin * STEPS_PER_MIN, end * STEPS_PER_MIN)
        shown["turret.speed"][steps] = 0.0
        shown["line.state"][steps] = 2.0
    c = with_courses({k: shown[k] for k in ("turret.speed", "line.state")})
    assert windows("line_stop_stagnation", c) == (Window(at_min(90), at_min(105)),)


def test_each_laboratory_run_is_an_occasion_over_its_drums():
    found = windows("lab_analytical_error")
    assert {w.lab_run for w in found} == {
        ("lab_assay", "HP1"), ("lab_q30", "DI1"), ("lab_hardness", "HT1"), ("lab_water", "LD1"),
    }  # fmt: skip
    assert {(w.onset_ms, w.end_ms) for w in found} == {(at_min(8), at_min(174))}


def test_each_refill_is_an_occasion():
    found = windows("api_refill_surge")
    assert [w.onset_ms for w in found] == [at_min(m) for m in range(25, 172, 25)]


def test_a_gate_that_followed_its_command_is_no_occasion():
    assert windows("reject_gate_fail") == ()
    command = courses()["gate.command"]
    command[600:612] = 1.0
    found = windows("reject_gate_fail", with_courses({"gate.command": command}))
    assert found == (Window(at_min(100), at_min(102)),)


def test_a_hopper_that_stayed_above_its_level_was_not_run_out():
    assert windows("hopper_runout_segregation") == ()
    weight = courses()["api.net_weight"]
    weight[165 * STEPS_PER_MIN :] = 0.9
    found = windows("hopper_runout_segregation", with_courses({"api.net_weight": weight}))
    assert found[0].onset_ms == at_min(165)


@pytest.mark.parametrize("cause", ["paddle_overspeed", "turret_speed_high"])
def test_a_change_of_a_screening_channel_is_found(cause):
    truth = Window(at_min(70), at_min(110))
    size = mode_of(cause).magnitudes[0].prior_sd
    c = planted(noisy(1), cause, truth, (size,)).comparison
    found = windows(cause, c)
    assert min(abs(w.onset_ms - truth.onset_ms) for w in found) <= 120_000
    assert min(abs(w.end_ms - truth.end_ms) for w in found) <= 120_000


def test_windows_keep_to_the_lengths_of_their_mode_and_repeat_nothing():
    for mode in package().failure_modes:
        found = windows(mode.cause)
        assert len(set(found)) == len(found), mode.cause
        if mode.anchor is Anchor.ANY:
            shortest, longest = (m * 60_000 for m in mode.length_min)
            for window in found:
                assert shortest <= window.end_ms - window.onset_ms <= longest, mode.cause


@pytest.mark.requirement("DIA-065")
@pytest.mark.parametrize(("begin", "end"), [(0, 178), (40, 150), (100, 172), (165, 179)])
def test_a_drift_is_looked_for_to_where_its_change_ends(begin, end):
    """Half-way is where a step is seen; it began that much earlier, within run and lengths."""
    at_work = Window(at_min(begin), at_min(end))
    c = planted(noisy(1), "force_sensor_drift", at_work, (18.0,), Shape.DRIFT).comparison
    run = c.record.span
    for longest in (500.0, 60.0):
        mode = replace(mode_of("force_sensor_drift", Shape.DRIFT), length_min=(30.0, longest))
        found = prepare_searches(c)
        for window in candidate_windows(mode, c, c.residual, found.series, found.points):
            length_min = (window.end_ms - window.onset_ms) / 60_000
            assert run.start_ms <= window.onset_ms < window.end_ms <= run.end_ms
            assert length_min <= longest
            assert length_min >= 30.0 or window.onset_ms == run.start_ms


@pytest.mark.requirement("DIA-065")
def test_a_drift_began_as_long_before_the_step_that_is_seen_as_that_lasts():
    c = planted(
        noisy(1), "force_sensor_drift", Window(at_min(60), at_min(160)), (18.0,), Shape.DRIFT
    ).comparison
    found = prepare_searches(c)
    drift, step = (
        candidate_windows(
            replace(mode_of("force_sensor_drift", shape), length_min=(1.0, 500.0)),
            c, c.residual, found.series, found.points,
        )[0]
        for shape in (Shape.DRIFT, Shape.STEP)
    )  # fmt: skip
    assert drift.end_ms == step.end_ms
    expected = step.onset_ms - (step.end_ms - step.onset_ms)
    assert drift.onset_ms == max(expected, c.record.span.start_ms)


def test_a_recorded_mode_must_begin_to_its_side():
    """A blockage begins with less, whatever collapses afterwards."""
    flow, screw = courses()["api.flow"], courses()["api.screw_speed"]
    for factor, expected in ((0.5, True), (1.6, False)):
        changed = flow.copy()
        changed[600:660] *= factor
        c = with_courses({"api.flow": changed, "api.screw_speed": screw})
        around = [w for w in windows("api_bridging", c) if abs(w.onset_ms - at_min(100)) < 300_000]
        assert bool(around) is expected


@pytest.mark.parametrize(
    ("held_back", "released", "expected"), [(0.5, 1.5, True), (0.2, 1.6, False)]
)
def test_what_collapses_was_held_back_before(held_back, released, expected):
    flow = courses()["api.flow"].copy()
    flow[600:630] *= 1.0 - held_back
    flow[630:660] *= released
    c = with_courses({"api.flow": flow, "api.screw_speed": courses()["api.screw_speed"]})
    window = Window(at_min(99), at_min(112))
    assert departs_as_it_must(mode_of("api_bridging"), c, window) is expected


@pytest.mark.parametrize(("surge_min", "expected"), [(96, True), (98.5, False)])
def test_what_surges_first_was_not_held_back(surge_min, expected):
    """Looked at from a minute before the window on, since its onset is no surer than that."""
    flow = courses()["api.flow"].copy()
    begin = round(surge_min * STEPS_PER_MIN)
    flow[begin : begin + 3] *= 1.6
    flow[600:660] *= 0.5
    c = with_courses({"api.flow": flow, "api.screw_speed": courses()["api.screw_speed"]})
    window = Window(at_min(99), at_min(112))
    assert departs_as_it_must(mode_of("api_bridging"), c, window) is expected


def test_a_run_without_lots_of_the_feeder_gives_a_lot_mode_no_occasion():
    c = noisy(1)
    lots = tuple(lot for lot in c.record.lots if lot.feeder != "mcc")
    without = replace(c, record=replace(c.record, lots=lots))
    assert windows("mcc_lot_moisture", without) == ()
    assert np.array_equal(c.record.grid_ms, without.record.grid_ms)


@pytest.mark.requirement("DIA-067")
@pytest.mark.parametrize("shape", [Shape.PULSES, Shape.PERIODIC])
def test_a_train_is_asked_for_as_its_shape_swings_and_its_period_kept_to_the_mode(shape) -> None:
    """Trains of any period are proposed as windows of the nearest that the mode can have."""
    usual = mode_of("blender_speed_deviation")
    mode = replace(usual, shapes=(TimeShape(shape, (600.0, 1200.0), "a test"),))
    c, asked = noisy(1), []

    def trains(*_: object, **request: object) -> list[Train]:
        asked.append(request["swings"])
        return [Train(40, 200, period, 1.0) for period in (2.0, 30.0, 200.0)]

    rows, searches = measured_series(mode, c), prepare_searches(c)
    with (
        patch("investigator.analysis.repeated_windows.best_trains", trains),
        patch("investigator.analysis.repeated_windows._is_loud", lambda *_: True),
    ):
        found = repeated_windows(mode, c, c.residual, rows, searches.series)
    assert asked == [shape is Shape.PERIODIC] * len(rows)
    shortest_s, longest_s = periods_of(mode)
    assert {w.tau_s for w in found} == {shortest_s, 30.0 * GRID_S, longest_s}
