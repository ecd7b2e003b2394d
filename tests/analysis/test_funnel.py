"""The least disturbance that leaves a limit, against a published table and a full simulation."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import package

from investigator.analysis.funnel import (
    DURATIONS_S,
    Arrival,
    averaged_arrival,
    curve_of,
    flow_of_fraction,
    flow_sizes,
    fraction_of_flow,
    sizes,
)
from investigator.process.contents import LineFlows
from investigator.process.line import LineInputs, simulate
from investigator.process.line_parameters import SIDE_PORT_ROUTE
from investigator.process.residence import residence_of, residence_time
from investigator.process.trace import Entry

# Another line, nominal: time (s) and tanks of two blenders, chute and feed frame.
OTHER_LINE = ((87.3, 3), (31.7, 2), (115.0, 12), (43.2, 2))
TABLE = {
    5: 0.029, 10: 0.059, 20: 0.117, 30: 0.175, 60: 0.341,
    90: 0.491, 120: 0.621, 180: 0.811, 240: 0.918, 300: 0.969,
}  # fmt: skip


@cache
def other_line(step_s: float = 0.5) -> Arrival:
    n = int(2000 / step_s)
    times, tanks = zip(*OTHER_LINE, strict=True)
    flows = LineFlows(
        np.tile([step_s, 0.0, 0.0, 0.0], (n, 1)),
        np.tile(times, (n + 1, 1)),
        np.array(tanks, dtype=np.int64),
        replace(SIDE_PORT_ROUTE, entry=(0, 0, 0, 0)),
    )
    found = residence_of(flows, step_s, Entry.BLENDER)
    assert found.mean_s == pytest.approx(277.4, abs=0.3)
    assert found.density.max() == pytest.approx(0.00588, abs=5e-6)
    return Arrival(found.age_s, found.cumulative)


@pytest.mark.requirement("IMP-065")
@pytest.mark.parametrize(("duration_s", "printed"), TABLE.items())
def test_peak_responses_are_those_of_the_published_table(duration_s: int, printed: float) -> None:
    peak = float(other_line().peaks((float(duration_s),))[0])
    assert peak == pytest.approx(printed, abs=0.0006)


@pytest.mark.requirement("IMP-065")
@pytest.mark.parametrize(("limit", "printed_s"), [(0.05, 8.5), (0.10, 17.1)])
def test_a_loss_of_the_feed_leaves_the_limits_as_fast_as_published(
    limit: float, printed_s: float
) -> None:
    durations = np.arange(5.0, 30.0, 0.05)
    reached = durations[other_line().peaks(tuple(durations)) >= limit][0]
    assert reached == pytest.approx(printed_s, abs=0.06)


@pytest.mark.requirement("IMP-065")
@pytest.mark.parametrize("sign", [1, -1])
def test_a_disturbance_of_the_funnel_just_leaves_the_limit_in_a_full_simulation(sign: int) -> None:
    """30 s at the size that the funnel names: composition peaks at 2 % off in the whole line."""
    p = package().parameters.line()
    found = residence_time(p, Entry.BLENDER)
    arrival = Arrival(found.age_s, found.cumulative)
    share = 0.2
    size = float(sizes(2.0, arrival.peaks((30.0,)), share, sign=sign)[0]) / 100.0
    n = 1500
    pulse = np.ones(n)
    pulse[300:330] += size
    one = np.ones(n)
    inputs = LineInputs(
        step_s=1.0,
        feed_kg_h=np.vstack([4.0 * pulse, 9.8 * one, 6.0 * one, 0.2 * one]),
        api_potency=one, api_d50_um=28 * one, mcc_lod_pct=4.4 * one, mcc_compactability=one,
        mcc_bulk=one, lactose_bulk=one,
        blender_rpm=220 * one, paddle_rpm=40 * one, turret_rpm=37.04 * one,
        chute_level_pct=60 * one, main_force_kn=10.35 * one, main_gap_mm=2.8 * one,
        room_rh_pct=40 * one,
    )  # fmt: skip
    usual = replace(
        inputs, feed_kg_h=np.vstack([inputs.feed_kg_h[0, 0] * one, inputs.feed_kg_h[1:]])
    )
    off = simulate(inputs, p).api_fraction / simulate(usual, p).api_fraction - 1.0
    assert float(off[np.argmax(np.abs(off))]) == pytest.approx(sign * 0.02, rel=0.05)


@pytest.mark.requirement("IMP-065")
@given(st.floats(-1.0, 20.0), st.floats(0.001, 0.6))
def test_flow_and_fraction_are_each_others_inverse(flow: float, share: float) -> None:
    back = float(flow_of_fraction(fraction_of_flow(flow, share), share))
    assert back == pytest.approx(flow, rel=1e-6, abs=1e-9)


def test_what_no_flow_can_do_is_told_apart() -> None:
    assert np.isnan(flow_of_fraction(-1.01, 0.2))
    assert np.isnan(flow_of_fraction(4.1, 0.2))
    assert np.isfinite(flow_of_fraction(3.9, 0.2))


@pytest.mark.requirement("IMP-065")
def test_a_longer_disturbance_need_never_be_larger() -> None:
    peaks = other_line().peaks(DURATIONS_S)
    assert np.all(np.diff(peaks) >= 0.0)
    for sign in (1, -1):
        found = np.abs(sizes(2.0, peaks, 0.2, sign=sign))
        assert np.all(np.diff(found[np.isfinite(found)]) <= 1e-9)


def test_a_mean_shows_a_disturbance_smaller() -> None:
    plain, mean = other_line(), averaged_arrival(other_line(), 30.0)
    assert np.all(mean.peaks(DURATIONS_S) <= plain.peaks(DURATIONS_S) + 1e-12)
    at_once = Arrival(np.arange(0.0, 400.0, 2.5), np.ones(160))
    ten_of_twenty = averaged_arrival(at_once, 20.0).peaks((10.0, 20.0, 60.0))
    assert ten_of_twenty == pytest.approx([0.5, 1.0, 1.0])


def test_a_mean_of_the_flow_falls_short_of_its_limit_in_a_short_disturbance() -> None:
    more, less = (flow_sizes(10.0, 20.0, sign=s) for s in (1, -1))
    assert more[:4] == pytest.approx([40.0, 20.0, 10.0, 10.0])
    assert less[:3] == pytest.approx([-40.0, -20.0, -10.0])
    assert np.isnan(flow_sizes(25.0, 60.0, sign=-1)[1])


@pytest.mark.requirement("IMP-065")
def test_the_band_holds_the_draws_and_what_no_size_reaches_is_none() -> None:
    n = len(DURATIONS_S)
    central = np.r_[np.nan, np.full(n - 1, -10.0)]
    drawn = np.vstack([central * k for k in (0.9, 1.0, 1.1)])
    found = curve_of("less", 2.0, central, drawn, sign=-1)
    assert found.size_pct[0] is None
    assert (found.size_pct[1], found.size_pct_low[1], found.size_pct_high[1]) == pytest.approx(
        (-10.0, -9.0, -11.0)
    )
