"""The simulation against the equations that it solves, whatever the line does."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from process.conftest import steady_inputs
from scipy.integrate import solve_ivp
from support.line_equations import course_of, packed, rates, unpacked

from investigator.process import holdup, properties
from investigator.process.line import line_flows, simulate
from investigator.process.transport import NO_SOURCES, Streams, Vessels, convey


def moving(n, step_s):
    """Feeds, speeds and level that move, with a surge, and no stop."""
    inputs = steady_inputs(n, step_s)
    t = np.arange(n) * step_s
    feeds = inputs.feed_kg_h * (1.0 + 0.03 * np.sin(t / 7.0 + np.arange(4)[:, None]))
    feeds[0] *= np.where((t >= 6) & (t < 30), 1.35, 1.0)
    return replace(
        inputs,
        feed_kg_h=feeds,
        blender_rpm=220.0 + np.where(t >= 12, 40.0, 0.0),
        paddle_rpm=40.0 + np.where(t >= 18, 10.0, 0.0),
        chute_level_pct=60.0 + 10.0 * np.sin(t / 50.0),
    )


@pytest.mark.requirement("TWN-025")
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_mass_closes_over_any_run(parameters, seed):
    """Stops, starts, surges and emptying: what enters leaves or stays, and 1 stays 1."""
    rng = np.random.default_rng(seed)
    n = 240
    inputs = steady_inputs(n, float(rng.choice([1.0, 5.0, 30.0])))

    def piecewise(low, high, stops):
        course = np.repeat(rng.uniform(low, high, n // 20), 20)
        return course * np.repeat(rng.random(n // 20) > stops, 20)

    flows = line_flows(
        replace(
            inputs,
            feed_kg_h=inputs.feed_kg_h * piecewise(0.2, 1.8, 0.2),
            blender_rpm=piecewise(60.0, 300.0, 0.2),
            turret_rpm=piecewise(10.0, 60.0, 0.2),
            chute_level_pct=piecewise(20.0, 90.0, 0.0),
        ),
        parameters,
    )
    entered = flows.entered_kg.sum()
    out = np.zeros(n)
    flowing = np.zeros(n)
    for v in range(4):
        flowing = flowing + flows.entered_kg[:, v] - np.diff(flows.holdup_kg[:, v])
        assert flowing.min() > -1e-12
    out = flowing.sum()
    left = flows.holdup_kg[-1].sum() - flows.holdup_kg[0].sum()
    assert abs(entered - out - left) < 1e-9 * max(entered, 1.0)
    one = np.ones((2, n))
    vessels = Vessels(
        flows.holdup_kg, flows.tank_counts, np.ones(4, dtype=np.int64), np.ones((4, 1))
    )
    streams = Streams(flows.entered_kg, np.array([0, 0]), np.array([0, 1]), one, -1)
    seen, die = convey(streams, NO_SOURCES, vessels, 1)
    assert np.abs(seen - 1.0).max() < 1e-9
    assert np.abs(die - 1.0).max() < 1e-9


@pytest.mark.requirement("TWN-026")
def test_a_second_agrees_with_an_adaptive_solver_to_a_millionth(parameters):
    """The equations of tanks, cells, chute and sources, solved by DOP853 step by step."""
    n = 36
    inputs = moving(n, 1.0)
    course = course_of(inputs, parameters)
    y = packed(course.start)
    states = [course.start]
    for i in range(n - 1):

        def slope(_, row, u=course.table[i]):
            found = rates(np, parameters, course.columns, unpacked(row, course.start), u)
            return packed({name: found[name] for name in course.start})

        solved = solve_ivp(slope, (0.0, 1.0), y, method="DOP853", rtol=1e-10, atol=1e-12)
        y = solved.y[:, -1]
        states.append(unpacked(y, course.start))
    flows, of = line_flows(inputs, parameters), properties.carried(inputs)
    seen, die = convey(
        properties.streams(inputs, parameters, flows, of),
        properties.sources(inputs, parameters, of),
        properties.vessels(inputs, parameters, flows, of),
        1,
    )
    for found, name in ((seen, "after"), (die, "frame")):
        expected = np.array([state[name][-1] for state in states]).T
        scale = np.abs(expected).max(axis=1, keepdims=True)
        assert (np.abs(found[: len(expected)] - expected) / scale).max() < 1e-6
    active = parameters.blender.active_share * np.array([s["cells"].sum() for s in states])
    standing = np.array([s["standing"][0] for s in states])
    assert np.abs(flows.holdup_kg[:-1, :2].sum(axis=1) / active - 1.0).max() < 1e-6
    assert np.abs(flows.holdup_kg[:-1, 2] / standing - 1.0).max() < 1e-6


@pytest.mark.requirement("TWN-027")
def test_halving_the_step_divides_the_error_by_more_than_three_and_a_half(parameters):
    """Second order, as near as can be told, where contents change as well."""

    def active(step_s):
        """Inputs that hold for 40 s each, cut into steps of this length."""
        coarse = moving(15, 40.0)
        every = round(40.0 / step_s)
        cut = {
            f.name: np.repeat(getattr(coarse, f.name), every, axis=-1)
            for f in fields(coarse)
            if f.name != "step_s"
        }
        found = simulate(type(coarse)(step_s=step_s, **cut), parameters)
        return np.vstack([found.api_fraction, found.exposure, found.hardness_n])[:, ::every]

    finest = active(0.5)
    error = [np.abs(active(step_s) - finest).max(axis=1) for step_s in (20.0, 10.0, 5.0)]
    assert (error[0] / error[1]).min() > 3.5
    assert (error[1] / error[2]).min() > 3.5


def test_one_vessel_is_exact_while_its_content_changes():
    """Growing, then emptying, in steps as long as a tank's stay."""
    step_kg, tanks = 0.06, 5
    for change in (0.05, -0.05):
        content = 0.4 + change * np.arange(7)
        entered = np.full((6, 1), step_kg)
        streams = Streams(entered, np.array([0]), np.array([0]), np.ones((1, 6)), -1)
        vessels = Vessels(content[:, None], np.array([tanks]), np.array([1]), np.zeros((1, 1)))
        _, out = convey(streams, NO_SOURCES, vessels, 0)
        flow = step_kg - change / tanks * np.arange(tanks)

        def slope(t, c, change=change, flow=flow):
            return flow / ((0.4 + change * t) / tanks) * (np.concatenate([[1.0], c[:-1]]) - c)

        solved = solve_ivp(
            slope, (0.0, 5.0), np.zeros(tanks), "DOP853", np.arange(6.0), rtol=1e-12, atol=1e-14
        )
        assert np.abs(out[0] - solved.y[-1]).max() < 1e-10


@pytest.mark.parametrize("step_s", [1.0, 10.0])
def test_the_hold_up_follows_its_law_through_stop_and_start(parameters, step_s):
    p = parameters.blender
    n = int(600 / step_s)
    exponent, cells = 1.0 / p.flow_exponent, p.holdup_cells
    t = np.arange(n) * step_s
    inflow = np.where((t >= 100) & (t < 250), 0.0, 0.0055 * (1.0 + 0.3 * (t >= 400)))
    factor = 0.0055 * (0.8 / cells) ** -exponent * np.where((t >= 200) & (t < 300), 0.0, 1.0)
    found = holdup.course(cells, exponent, 1e-9, 0.0, step_s, factor, inflow, 0.8)
    c, expected = np.full(cells, 0.8 / cells), [0.8]
    for i in range(n):

        def slope(_, c, i=i):
            out = factor[i] * np.maximum(c, 0.0) ** exponent
            return np.concatenate([[inflow[i]], out[:-1]]) - out

        c = solve_ivp(slope, (0.0, step_s), c, method="DOP853", rtol=1e-11, atol=1e-14).y[:, -1]
        expected.append(c.sum())
    assert np.abs(found / np.array(expected) - 1.0).max() < 1e-6


@pytest.mark.requirement("TWN-028")
def test_powder_may_enter_any_vessel_and_be_seen_after_any():
    """A side stream into the last of three vessels, seen after the first: shares mix by mass."""
    n = 600
    entered = np.zeros((n, 3))
    entered[:, 0], entered[:, 2] = 0.05, 0.01
    streams = Streams(entered, np.array([0, 1]), np.array([0, 2]), np.ones((2, n)), -1)
    vessels = Vessels(
        np.full((n + 1, 3), 0.3), np.array([3, 1, 2]), np.full(3, 2), np.zeros((3, 2))
    )
    seen, out = convey(streams, NO_SOURCES, vessels, 0)
    assert seen[:, -1] == pytest.approx([1.0, 0.0], abs=1e-12)
    assert out[:, -1] == pytest.approx([5.0 / 6.0, 1.0 / 6.0], abs=1e-12)
    assert out[0, 10] < seen[0, 10]
