from dataclasses import replace

import numpy as np
import pytest

from investigator.process.line import line_flows, simulate
from investigator.process.trace import Entry, marked_share


def test_a_steady_line_makes_nominal_tablets(parameters, steady):
    out = simulate(steady, parameters)
    assert out.api_fraction[-1] == pytest.approx(0.2, abs=2e-4)
    assert out.mgst_fraction[-1] == pytest.approx(0.01, rel=1e-6)
    assert out.weight_mg[-1] == pytest.approx(250.0, abs=2.0)
    assert out.hardness_n[-1] == pytest.approx(109.0, abs=5.0)
    assert out.q30_pct[-1] == pytest.approx(89.5, abs=1.5)
    assert out.transit_s[-1] == pytest.approx(300.0, abs=15.0)


def test_same_inputs_give_the_same_bits(parameters, steady):
    first, second = simulate(steady, parameters), simulate(steady, parameters)
    assert first.hardness_n.tobytes() == second.hardness_n.tobytes()


def test_mass_of_the_line_closes(parameters, steady):
    rng = np.random.default_rng(1)
    feeds = steady.feed_kg_h * rng.uniform(0.7, 1.3, (1, 360))
    flows = line_flows(replace(steady, feed_kg_h=feeds), parameters)
    entered = flows.main_kg.sum() + flows.port_kg.sum()
    change = flows.holdup_kg[-1].sum() - flows.holdup_kg[0].sum()
    out = entered - change
    steps = flows.main_kg + flows.port_kg - np.diff(flows.holdup_kg.sum(axis=1))
    assert abs(steps.sum() - out) < 1e-9
    assert steps.min() > -1e-12


def test_the_step_of_the_grid_hardly_matters(parameters, steady_of):
    def surge(step_s):
        n = int(2400 / step_s)
        inputs = steady_of(n, step_s)
        t = np.arange(n) * step_s
        feeds = inputs.feed_kg_h.copy()
        feeds[0] *= np.where((t >= 300) & (t < 360), 1.35, 1.0)
        return t, simulate(replace(inputs, feed_kg_h=feeds), parameters).api_fraction

    t1, fine = surge(1.0)
    t10, coarse = surge(10.0)
    assert np.abs(np.interp(t10, t1, fine) - coarse).max() < 0.005 * (fine.max() - 0.2)


def test_a_standstill_moves_nothing_but_paddles_go_on_working(parameters, steady):
    inputs = steady
    stop = slice(100, 200)
    feeds = inputs.feed_kg_h.copy()
    feeds[:, stop] = 0.0
    turret = inputs.turret_rpm.copy()
    turret[stop] = 0.0
    speed = inputs.blender_rpm.copy()
    speed[stop] = 0.0
    out = simulate(
        replace(inputs, feed_kg_h=feeds, turret_rpm=turret, blender_rpm=speed), parameters
    )
    assert np.ptp(out.api_fraction[101:200]) < 1e-12
    assert np.ptp(out.blender_holdup_kg[101:200]) < 1e-12
    assert out.exposure[199] > out.exposure[100] + 10.0
    assert out.hardness_n[202] < out.hardness_n[95]


@pytest.mark.parametrize(
    ("change", "attribute", "sign"),
    [
        ({"paddle_rpm": 76.0}, "hardness_n", -1),
        ({"main_force_kn": 12.0}, "hardness_n", 1),
        ({"api_d50_um": 45.0}, "q30_pct", -1),
        ({"mcc_lod_pct": 7.0}, "hardness_n", -1),
        ({"mcc_lod_pct": 7.0}, "water_pct", 1),
        ({"turret_rpm": 46.0}, "fill_depth_mm", 1),
        ({"mcc_bulk": 0.95}, "fill_depth_mm", 1),
        ({"lactose_bulk": 1.05}, "fill_depth_mm", -1),
        ({"blender_rpm": 120.0}, "blender_holdup_kg", 1),
    ],
)
def test_the_product_follows_its_causes(parameters, steady, change, attribute, sign):
    usual = getattr(simulate(steady, parameters), attribute)[-1]
    course = {name: np.full(360, value) for name, value in change.items()}
    changed = getattr(simulate(replace(steady, **course), parameters), attribute)[-1]
    assert sign * (changed - usual) > 0.0


@pytest.mark.requirement("TWN-140")
@pytest.mark.parametrize("lot", ["mcc_bulk", "lactose_bulk"])
def test_a_lot_of_other_bulk_density_reaches_the_dies_as_its_powder_does(parameters, steady, lot):
    lighter = np.where(np.arange(360) < 60, 1.0, 0.95)
    usual, light = (
        simulate(replace(steady, **{lot: np.full(360, value)}), parameters).fill_depth_mm
        for value in (1.0, 0.95)
    )
    both = simulate(replace(steady, **{lot: lighter}), parameters).fill_depth_mm
    assert both[:60] == pytest.approx(usual[:60], rel=1e-12)
    assert both[-1] == pytest.approx(light[-1], rel=1e-4)
    assert np.all(np.diff(both[60:]) > -1e-9)
    assert both[70] < 0.5 * (usual[0] + light[-1])


def test_the_trace_says_what_the_composition_says(parameters, steady):
    feeds = steady.feed_kg_h.copy()
    feeds[0, 50:60] *= 1.1
    flows = line_flows(replace(steady, feed_kg_h=feeds), parameters)
    share = marked_share(flows, 10.0, Entry.BLENDER, [(500.0, 600.0)])[:, 0]
    api = simulate(replace(steady, feed_kg_h=feeds), parameters).api_fraction
    inside = 4.032 * 1.1 / (4.032 * 1.1 + 15.768)
    outside = 4.032 / 19.8
    expected = 0.992 * 0.99 * (outside + share * (inside - outside))
    assert np.abs(expected - api)[30:].max() < 5e-5
    assert share.max() > 0.2


def test_unusable_inputs_are_named(steady):
    with pytest.raises(ValueError, match="turret_rpm"):
        replace(steady, turret_rpm=np.full(360, np.nan))
    with pytest.raises(ValueError, match="length"):
        replace(steady, room_rh_pct=np.ones(3))
