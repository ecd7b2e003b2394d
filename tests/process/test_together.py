"""Four runs at once give each what it gives alone."""

from dataclasses import fields, replace

import numpy as np
import pytest

from investigator.process import properties
from investigator.process.line import LineOutputs, simulate
from investigator.process.route import Route
from investigator.process.together import room_for, simulate_together


def bits(outputs):
    return b"".join(getattr(outputs, f.name).tobytes() for f in fields(LineOutputs))


def lines(parameters, count):
    rng = np.random.default_rng(8)
    return [
        replace(
            parameters,
            blender=parameters.blender._replace(
                holdup_ref_kg=0.8 + 0.05 * a,
                flow_exponent=parameters.blender.flow_exponent * (1.0 + 0.05 * b),
            ),
            feed_frame=parameters.feed_frame._replace(content_kg=0.5 + 0.1 * c),
        )
        for a, b, c in rng.uniform(-1.0, 1.0, (count, 3))
    ]


def runs(steady, count):
    """Each with its own feeds, stops, speeds and lots."""
    found, n = [], steady.blender_rpm.size
    for i in range(count):
        rng, on = np.random.default_rng(i), np.ones(n)
        on[50 + 20 * i : 80 + 30 * i] = 0.0
        found.append(
            replace(
                steady,
                feed_kg_h=steady.feed_kg_h * on * rng.uniform(0.9, 1.1, (4, n)),
                blender_rpm=steady.blender_rpm * np.roll(on, i),
                turret_rpm=steady.turret_rpm * np.roll(on, 5),
                paddle_rpm=steady.paddle_rpm * rng.uniform(0.9, 1.1, n),
                api_potency=np.where(np.arange(n) > 150 + i, 0.985, 0.992),
            )
        )
    return found


@pytest.mark.requirement("TWN-029")
@pytest.mark.parametrize("count", [2, 4, 5])
def test_runs_together_are_the_same_bits_as_each_alone(parameters, steady, count):
    inputs, members = runs(steady, count), lines(parameters, count)
    alone = [bits(simulate(*run)) for run in zip(inputs, members, strict=True)]
    assert [bits(out) for out in simulate_together(inputs, members)] == alone
    back = list(simulate_together(inputs[::-1], members[::-1]))
    assert [bits(out) for out in back[::-1]] == alone


@pytest.mark.requirement("TWN-146")
@pytest.mark.parametrize("steps", [331, 332, 333, 334])
def test_a_run_cut_short_is_the_beginning_of_the_whole(parameters, steady, steps):
    """Weights are worked out for four steps at once, whatever is left of them at the end."""
    whole = runs(steady, 1)[0]
    cut = {f.name: getattr(whole, f.name)[..., :steps] for f in fields(whole) if f.name != "step_s"}
    short, long = simulate(replace(whole, **cut), parameters), simulate(whole, parameters)
    for f in fields(LineOutputs):
        assert (getattr(short, f.name) == getattr(long, f.name)[:steps]).all(), f.name


def test_one_run_with_other_parameters_is_the_same_bits_as_alone(parameters, steady):
    inputs, members = runs(steady, 1)[0], lines(parameters, 4)
    room = room_for(inputs.blender_rpm.size)
    room[:] = np.nan
    together = list(simulate_together([inputs] * 4, members, room))
    room[:] = np.nan
    assert [bits(out) for out in together] == [bits(simulate(inputs, p)) for p in members]


@pytest.mark.requirement("TWN-028")
def test_streams_into_any_vessel_go_together_too(parameters, steady):
    vessels = parameters.route.vessels
    for route in (Route(vessels, (0, 1, 2, 1), 0), Route(vessels[1:], (0, 0, 1, 2), 2)):
        members = [replace(p, route=route) for p in lines(parameters, 4)]
        inputs = runs(steady, 4)
        alone = [bits(simulate(*run)) for run in zip(inputs, members, strict=True)]
        assert [bits(out) for out in simulate_together(inputs, members)] == alone


def test_runs_that_have_too_little_in_common_are_simulated_one_by_one(parameters, steady):
    more = parameters.chute._replace(tanks=parameters.chute.tanks + 1)
    members = [parameters, replace(parameters, chute=more)]
    together = simulate_together([steady, steady], members)
    assert [bits(out) for out in together] == [bits(simulate(steady, p)) for p in members]


def test_a_lot_that_holds_is_carried_by_its_powder(parameters, steady, monkeypatch):
    """The same as if its value were carried, to rounding."""
    inputs = replace(runs(steady, 1)[0], api_potency=np.full(steady.blender_rpm.size, 0.985))
    assert not set(properties.OF_LOT) & set(properties.carried(inputs))
    short = simulate(inputs, parameters)
    monkeypatch.setattr(properties, "carried", lambda _: tuple(properties.Property))
    for f in fields(LineOutputs):
        long = getattr(simulate(inputs, parameters), f.name)
        assert np.abs(getattr(short, f.name) - long).max() <= 1e-12 * np.abs(long).max()
