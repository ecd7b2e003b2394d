"""From runs in a room that is never still, a known lag of the water comes out."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.signal import lfilter
from support.line_run import noisy_record, package, reference

from investigator.process.line import simulate
from investigator.twin.calibrate.uptake_time import NAME, calibrate_uptake_time
from investigator.twin.recorded_inputs import recorded_inputs

TRUE_TIME_S = 700.0


def run_with(number: int, rng: np.random.Generator):
    """A run in a wandering humidity; water as the line would have it, plus noise and a level."""
    parameters, base = package().parameters, noisy_record(number)
    n = base.grid_ms.size
    humidity = 40.0 + lfilter([1.0], [1.0, -0.99], rng.normal(0.0, 0.3, n))
    made = replace(base, roles={**base.roles, "room.rh": humidity})
    inputs = recorded_inputs(made, reference(), parameters).inputs
    water = simulate(inputs, parameters.line_with({NAME: TRUE_TIME_S})).nir_water_pct
    read = water + rng.normal(0.0, 0.03, n) + rng.normal(0.0, 0.1)
    return f"N{number}", replace(made, roles={**made.roles, "nir.water": read})


@pytest.fixture(scope="module")
def runs():
    rng = np.random.default_rng(13)
    return [run_with(n, rng) for n in range(7)]


@pytest.mark.requirement("TWN-142")
def test_the_lag_of_the_water_is_found(runs):
    found = calibrate_uptake_time(runs, package().parameters)
    time_s = found.parameters[NAME]
    assert time_s.value == pytest.approx(TRUE_TIME_S, abs=3.0 * time_s.sd)
    assert 10.0 < time_s.sd < 250.0
    assert set(found.parameters) == {NAME}
    assert calibrate_uptake_time(runs, package().parameters).parameters == found.parameters


@pytest.mark.requirement("TWN-142")
@pytest.mark.parametrize("role", ["room.rh", "nir.water"])
def test_few_batches_that_recorded_it_tell_nothing(runs, role):
    blind = [
        (name, replace(r, roles={**r.roles, role: np.full(r.grid_ms.size, np.nan)}))
        for name, r in runs
    ]
    assert calibrate_uptake_time([*runs[:4], *blind[4:]], package().parameters).parameters == {}


@pytest.mark.requirement("TWN-142")
def test_what_is_read_while_nothing_is_produced_tells_nothing(runs):
    def disturbed(run):
        water = np.where(run.producing, run.roles["nir.water"], 9.0)
        return replace(run, roles={**run.roles, "nir.water": water})

    there = calibrate_uptake_time([(n, disturbed(r)) for n, r in runs], package().parameters)
    assert there.parameters == calibrate_uptake_time(runs, package().parameters).parameters
