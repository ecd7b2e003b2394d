"""Plant against twin: residuals of a run that is as the twin says, and signatures in them."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import (
    at_min,
    bare,
    courses,
    evidence,
    mode_of,
    noisy,
    package,
    perturbed,
    quiet,
    record,
    reference,
)

from investigator.analysis.comparison import (
    POINT_ROW,
    channel_gains,
    compare,
    left_over,
    recorded_departures,
    signature,
)
from investigator.analysis.views import replay_rows
from investigator.twin.channels import SERIES, SERIES_INDEX
from investigator.twin.measured import measure
from investigator.twin.noise import innovations
from investigator.twin.record import line_record
from investigator.twin.scenario import UNPERTURBED, Perturbation, Window, perturbation

WINDOW = Window(at_min(60), at_min(100))


def paddle() -> Perturbation:
    return perturbation(mode_of("paddle_overspeed"), WINDOW, (60.0,), record(), {})


def test_nothing_perturbed_adds_nothing():
    added = signature(bare(), UNPERTURBED)
    assert not added.series.any()
    assert not added.points.any()


def test_residuals_of_a_run_as_the_twin_says_are_standard():
    z = np.concatenate(
        [
            np.concatenate([c.residual.series[c.series_known], c.residual.points[c.points_known]])
            for c in map(noisy, range(3))
        ]
    )
    assert z.mean() == pytest.approx(0.0, abs=0.02)
    assert (z**2).mean() == pytest.approx(1.0, abs=5.0 * np.sqrt(2.0 / z.size))


def test_what_a_perturbation_adds_is_what_it_makes_the_residual_differ_by():
    """The filter is linear: measuring a disturbed run and disturbing a residual are the same."""
    quiet, disturbed = noisy(1), perturbed(noisy(1), paddle())
    added = signature(quiet, paddle())
    difference = disturbed.residual.series - quiet.residual.series
    assert difference == pytest.approx(added.series, abs=1e-9)
    difference = disturbed.residual.points - quiet.residual.points
    assert difference == pytest.approx(added.points, abs=1e-9)


def test_a_signature_says_nothing_where_nothing_was_measured():
    added = signature(bare(), paddle())
    assert not added.series[~bare().series_known].any()
    assert not added.points[~bare().points_known].any()


def test_points_lie_in_the_row_of_their_channel_in_order_of_time():
    c = bare()
    rows: dict[int, list[tuple[int, int]]] = {}
    for point, (row, column) in zip(c.measured.points, c.slots, strict=True):
        assert row == POINT_ROW[point.channel]
        rows.setdefault(int(row), []).append((int(column), point.span.start_ms))
    for places in rows.values():
        assert [column for column, _ in sorted(places)] == list(range(len(places)))
        starts = [start for _, start in sorted(places)]
        assert starts == sorted(starts)


def test_a_run_without_any_point_is_compared():
    told = evidence()
    bare_batch = replace(told.batch, samples=())
    record = line_record(
        replace(told, batch=bare_batch, laboratory=()), package().tag_map, package().record_map
    )
    found = compare(record, package().parameters.line(), reference())
    assert not found.points_known.any()
    assert found.series_known.any()


def test_the_gain_of_the_truth_is_positive_and_of_its_opposite_negative():
    known = np.ones((1, 50), dtype=np.bool_)
    truth = np.full((1, 50), 1.5)
    residual = truth + np.random.default_rng(2).standard_normal((1, 50))
    right = channel_gains(residual, truth, known, 0.0)[0]
    wrong = channel_gains(residual, -truth, known, 0.0)[0]
    assert right > 10.0
    assert wrong < -10.0
    assert channel_gains(residual, 0.0 * truth, known, 0.2)[0] == pytest.approx(0.0)


def test_a_gain_counts_only_what_was_measured():
    known = np.array([[True, False]])
    residual = np.array([[2.0, 100.0]])
    added = np.array([[2.0, 100.0]])
    alone = channel_gains(residual[:, :1], added[:, :1], known[:, :1], 0.1)
    assert channel_gains(residual, added, known, 0.1) == pytest.approx(alone)


def with_flow(feeder: str, factor: np.ndarray):
    shown = courses()
    told = line_record(
        evidence({f"{feeder}.flow": shown[f"{feeder}.flow"] * factor}),
        package().tag_map,
        package().record_map,
    )
    return recorded_departures(told, measure(told))


def test_a_large_departure_is_taken_over_and_a_small_one_left_to_nature():
    factor = np.ones(record().grid_ms.size)
    factor[600:660] = 0.5
    factor[800:830] = 1.02
    large, small = with_flow("api", factor)
    assert large["feed.api"][630] == pytest.approx(-0.5)
    assert large["feed.api"][820] == 0.0
    assert small["api"][815] == pytest.approx(0.02)
    assert small["api"][630] == 0.0
    assert not large["feed.mcc"].any()


def test_what_all_feeders_do_together_is_no_departure_of_one():
    shown = courses()
    changed = {
        f"{f}.flow": np.where(np.arange(1080) >= 700, 0.8, 1.0) * shown[f"{f}.flow"]
        for f in ("api", "mcc", "lactose", "mgst")
    }
    told = line_record(evidence(changed), package().tag_map, package().record_map)
    large, _ = recorded_departures(told, measure(told))
    assert np.abs(large["feed.api"][720:1000]).max() < 1e-9


def test_every_row_of_a_run_on_paper_is_measured():
    silent = [c.channel for c in SERIES if not bare().series_known[SERIES_INDEX[c.channel]].any()]
    assert silent == []


def test_what_is_left_of_the_truth_is_noise_and_of_nothing_is_everything():
    c = perturbed(noisy(1), paddle())
    nothing = left_over(c, signature(c, UNPERTURBED))
    row = SERIES_INDEX["paddle_speed"]
    assert np.abs(nothing.series[row]).max() > 5.0
    assert np.abs(left_over(c, signature(c, paddle())).series[row]).max() < 5.0


def test_one_value_however_wild_counts_a_bounded_number_of_sigma():
    c = noisy(1)
    raw = c.residual.raw_series.copy()
    row = SERIES_INDEX["nir_api"]
    raw[row, 200] = 1e9
    wild = replace(c, residual=replace(c.residual, raw_series=raw))
    assert np.abs(left_over(wild, signature(c, UNPERTURBED)).series[row]).max() < 40.0


def test_the_bound_leaves_room_for_what_normal_batches_differ_by():
    """A shift of four times the spread between batches is seen at its full size."""
    c = quiet()
    for channel in SERIES:
        row = SERIES_INDEX[channel.channel]
        shift = 4.0 * float(c.series_noise[row, 1])
        raw = np.zeros_like(c.residual.raw_series)
        raw[row, 150:250] = np.where(c.series_known[row, 150:250], shift, 0.0)
        moved = replace(c, residual=replace(c.residual, raw_series=raw))
        left = left_over(moved, signature(c, UNPERTURBED))
        assert np.abs(left.raw_series[row]).max() == pytest.approx(shift), channel.channel


def nir_read(factor: float | None, high: float = 1.0):
    """The noisy run in which NIR reads high for 20 min, in doubt by a factor."""
    told = evidence()
    tag = package().tag_map["nir.api"]
    curve = told.trajectories[tag]
    value = curve.value.copy()
    value[600:720] += high
    sd_factor = None
    if factor is not None:
        sd_factor = np.ones(value.size)
        sd_factor[600:720] = factor
    doubtful = replace(curve, value=value, sd_factor=sd_factor)
    curves = {**told.trajectories, tag: doubtful}
    found = line_record(replace(told, trajectories=curves), package().tag_map, package().record_map)
    return compare(found, package().parameters.line(), reference())


def nir_gain(c, high: float) -> float:
    """What the channel says for a probe that reads high just there, against nothing."""
    row = SERIES_INDEX["nir_api"]
    added = np.zeros_like(c.residual.raw_series)
    added[row, 200:240] = high
    seen = np.where(c.series_known, added, 0.0)
    z = innovations(seen, c.series_known, c.series_gains, c.series_noise)
    return float(channel_gains(c.residual.series, z, c.series_known, 0.0)[row])


@pytest.mark.requirement("EVD-260")
def test_a_doubtful_stretch_weighs_less_the_more_it_is_in_doubt():
    told = [nir_gain(nir_read(f, high=0.1), 0.1) for f in (None, 1.0, 2.0, 4.0, 100.0)]
    assert told[0] == told[1]
    assert told[1] > 1.5 * told[2] > 1.5 * 1.5 * told[3]
    assert told[4] == pytest.approx(0.0, abs=0.05)


@pytest.mark.requirement("EVD-260")
def test_a_widened_stretch_is_not_left_out_but_its_spread_is_not_measured():
    c = nir_read(3.0)
    row = SERIES_INDEX["nir_api"]
    assert c.series_known[row, 200:240].all()
    assert np.all(c.measured.sd_factor[row, 200:240] == 3.0)
    assert np.all(np.delete(c.measured.sd_factor, row, axis=0) == 1.0)
    told = evidence()
    tag = package().tag_map["press.force"]
    factor = np.ones(told.trajectories[tag].t_ms.size)
    factor[600:720] = 3.0
    curves = {**told.trajectories, tag: replace(told.trajectories[tag], sd_factor=factor)}
    measured = measure(
        line_record(replace(told, trajectories=curves), package().tag_map, package().record_map)
    )
    assert np.isfinite(measured.series[SERIES_INDEX["force"], 200:240]).all()
    assert np.isnan(measured.series[SERIES_INDEX["force_spread"], 200:240]).all()


@pytest.mark.requirement("EVD-260")
def test_dropping_a_stretch_or_leaving_it_changes_what_the_replay_says():
    channels = [r.channel for r in replay_rows(nir_read(None))]
    row = channels.index("NIR API content")
    kept, widened = (replay_rows(nir_read(f))[row] for f in (None, 10.0))
    assert kept.samples == widened.samples
    assert abs(widened.rmse) < 0.5 * abs(kept.rmse)


def test_a_reading_in_doubt_is_no_recorded_departure():
    shown = courses()
    factor = np.ones(record().grid_ms.size)
    factor[600:660] = 0.5
    told = evidence({"api.flow": shown["api.flow"] * factor})
    tag = package().tag_map["api.flow"]
    doubt = np.where(factor < 1.0, 3.0, 1.0)
    curves = {**told.trajectories, tag: replace(told.trajectories[tag], sd_factor=doubt)}
    found = line_record(replace(told, trajectories=curves), package().tag_map, package().record_map)
    large, _ = recorded_departures(found, measure(found))
    assert not large["feed.api"].any()
