"""The measured side: bins, masks and points against arithmetic done by hand."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import (
    MINUTES,
    PRESS_ON_MIN,
    STEPS_PER_MIN,
    at_min,
    courses,
    drums,
    evidence,
    package,
    record,
    result,
)

from investigator.domain.instant import Span
from investigator.twin.channels import GRID_S, SERIES_INDEX
from investigator.twin.measured import (
    binned,
    clean_set_point,
    level_changes,
    lot_changes,
    measure,
    refill_mask,
    rolling_log_sd,
)
from investigator.twin.record import line_record


def of(changed=None):
    return line_record(evidence(changed), package().tag_map, package().record_map)


def row(told, channel: str) -> np.ndarray:
    return measure(told).series[SERIES_INDEX[channel]]


def test_a_bin_is_the_mean_of_what_is_known():
    values = np.array([1.0, 2.0, 3.0, np.nan, 4.0, 8.0, np.nan, np.nan, np.nan, 7.0])
    found = binned(values)
    assert found[:2] == pytest.approx([2.0, 6.0])
    assert np.isnan(found[2])
    assert found.size == 3


def test_bins_of_many_rows_are_those_of_each():
    values = np.arange(24.0).reshape(2, 12)
    assert np.array_equal(binned(values), np.vstack([binned(values[0]), binned(values[1])]))


def test_the_spread_of_a_sine_is_its_amplitude_over_root_two():
    t = np.arange(600)
    wave = 10.0 + 0.5 * np.sin(2 * np.pi * t / 6)
    found = rolling_log_sd(wave, 300.0)
    assert found[100:500] == pytest.approx(np.log10(0.5 / np.sqrt(2)), abs=0.02)


def test_the_spread_is_unknown_where_most_samples_are():
    wave = np.sin(np.arange(600.0))
    wave[200:300] = np.nan
    found = rolling_log_sd(wave, 300.0)
    assert np.isnan(found[200:300]).all()
    assert np.isfinite(found[400])


def test_the_weight_slope_is_blind_in_refill_settling_and_forty_seconds_after():
    mask = refill_mask(record(), "api")
    begin = 25 * STEPS_PER_MIN
    assert not mask[begin - 1]
    assert mask[begin : begin + 8].all()
    assert not mask[begin + 8]
    assert mask.sum() == 8 * len(record().refills["api"])


def test_a_feed_is_read_against_its_set_point_outside_refills():
    flow = courses()["api.flow"]
    flow[90 * STEPS_PER_MIN : 95 * STEPS_PER_MIN] *= 1.10
    flow[100 * STEPS_PER_MIN : 100 * STEPS_PER_MIN + 6] *= 3.0
    found = row(of({"api.flow": flow}), "feed_api")
    per_min = int(60 / GRID_S)
    assert found[91 * per_min] == pytest.approx(0.10)
    assert found[80 * per_min] == pytest.approx(0.0)
    assert np.nanmax(found) == pytest.approx(0.10)


def test_a_lone_dropout_of_a_set_point_is_taken_out():
    set_point = courses()["api.flow_set_point"]
    set_point[600:603] = 0.0
    found = clean_set_point(of({"api.flow_set_point": set_point}), "api")
    assert found[600:603] == pytest.approx(4.032)


def test_a_feeder_without_a_recorded_set_point_keeps_its_share_of_the_recipe():
    """The recipe tells the level, the other feeders tell when the rate changes."""
    shown = courses()
    silent = {"api.flow_set_point": np.full(shown["api.flow_set_point"].size, np.nan)}
    others = {
        role: np.where(np.arange(v.size) >= 700, 0.9 * v, v)
        for role, v in shown.items()
        if role.endswith("flow_set_point") and role not in silent
    }
    recipe = {"throughput": 25.0, "api_share": 20.0}
    found = clean_set_point(replace(of(silent | others), set_points=recipe), "api")
    assert found[600] == pytest.approx(5.0)
    assert found[800] == pytest.approx(0.9 * 5.0)


def test_a_true_change_of_the_total_rate_is_kept():
    shown = courses()
    changed = {
        role: np.where(np.arange(v.size) >= 700, 0.9 * v, v)
        for role, v in shown.items()
        if role.endswith("flow_set_point")
    }
    found = clean_set_point(of(changed), "api")
    assert found[800] == pytest.approx(0.9 * 4.032)


def test_a_change_of_lot_sums_to_one_and_begins_with_its_first_refill():
    share = lot_changes(record())
    assert share.sum() == pytest.approx(1.0)
    first = np.flatnonzero(share)[0]
    assert first == 100 * int(60 / GRID_S)
    assert np.count_nonzero(share) == 40 * int(60 / GRID_S)


def test_a_lot_moves_no_machine_and_no_room():
    changes = level_changes(record())
    assert changes.shape == (len(SERIES_INDEX), lot_changes(record()).size)
    for channel in ("blender_speed", "paddle_speed", "turret_speed", "room_rh"):
        assert not changes[SERIES_INDEX[channel]].any()
    assert np.array_equal(changes[SERIES_INDEX["ejection"]], lot_changes(record()))


def test_nothing_is_read_outside_production():
    series = measure(record()).series
    before = series[:, : PRESS_ON_MIN * int(60 / GRID_S)]
    always = {SERIES_INDEX["line_stop"]}
    for i in range(series.shape[0]):
        if i not in always:
            assert np.isnan(before[i]).all(), i


def test_only_long_stops_show_as_stops():
    for minutes, share in ((9, 0.0), (11, 1.0)):
        shown = courses()
        begin, end = 90 * STEPS_PER_MIN, (90 + minutes) * STEPS_PER_MIN
        turret, state = shown["turret.speed"], shown["line.state"]
        turret[begin:end], state[begin:end] = 0.0, 2.0
        found = row(of({"turret.speed": turret, "line.state": state}), "line_stop")
        assert found.max() == share
        assert found.sum() == share * minutes * 60 / GRID_S


def test_a_gate_that_does_not_follow_its_command_shows():
    command = courses()["gate.command"]
    command[600:630] = 1.0
    found = row(of({"gate.command": command}), "gate_mismatch")
    assert found[200:210] == pytest.approx(1.0)
    assert np.nansum(found) == pytest.approx(10.0)


def points(channel: str):
    return [p for p in measure(record()).points if p.channel == channel]


def test_samples_keep_their_place_and_median():
    weights = points("ipc_weight")
    assert len(weights) == len(record().samples)
    assert weights[0].span == Span(at_min(12) - 30_000, at_min(12) + 30_000)
    assert weights[0].value == pytest.approx(250.45)
    assert weights[0].n == 10


def test_results_of_a_drum_lie_over_its_filling():
    assays = points("lab_assay")
    assert [a.container_id for a in assays] == [d.container_id for d in drums()]
    assert [a.span for a in assays] == [d.filled for d in drums()]
    assert assays[0].value == pytest.approx(100.0)
    assert assays[0].n == 2
    assert assays[0].group == "HP1"


def test_uniformity_is_the_log_of_the_sd_of_its_units():
    units = [-1.5, -1.0, -0.5, 0.0, 0.0, 0.0, 0.5, 1.0, 1.5, 0.2]
    found = points("lab_cu_spread")
    assert found[0].value == pytest.approx(np.log10(np.std(units, ddof=1)))


def test_results_of_a_drum_that_is_not_in_the_record_are_no_points():
    told = record()
    strange = (*told.laboratory, result("Assay (HPLC)", 50.0, drum="B9-D01", run="HP1"))
    found = measure(replace(told, laboratory=strange)).points
    assert len([p for p in found if p.channel == "lab_assay"]) == len(drums())


def test_entries_and_certificates_of_a_lot_last_until_the_next():
    told = {p.group: p for p in points("potency_entry")}
    end = int(record().grid_ms[-1])
    assert told["A1"].span == Span(at_min(0), at_min(100))
    assert told["A2"].span == Span(at_min(100), end)
    assert told["A1"].value == pytest.approx(0.0)
    assert [p.value for p in points("lot_mcc_lod")] == [4.4]
    assert points("lot_api_density")[0].value == pytest.approx(np.log(0.45))
    assert points("lot_api_d50") == []


def test_a_certificate_that_contradicts_the_entry_shows_as_its_difference():
    told = record()
    lots = tuple(
        replace(lot, certificate={"Potency (as is)": 95.0}) if lot.lot_id == "A2" else lot
        for lot in told.lots
    )
    found = measure(replace(told, lots=lots)).points
    assert [p.value for p in found if p.channel == "potency_entry"] == pytest.approx([0.0, 3.7])


def test_bins_lie_at_their_middle():
    found = measure(record())
    assert found.bin_ms[0] == at_min(0) + 10_000
    assert found.bin_ms.size == MINUTES * 60 / GRID_S
