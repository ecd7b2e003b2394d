"""A live what-if beside its floor: one simulation of the same run, in the same process.

A run of a scenario simulates, takes up the noise of every channel, weighs and draws; while a hand
moves a size it should answer well within 0.3 s. A timing passes or fails nothing.
"""

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from support.line_run import at_min, noisy, package, planted
from support.supposed import bench, mode_part, part, scenario

from investigator.process.line import simulate
from investigator.twin.predicted import perturbed_inputs
from investigator.twin.scenario import Perturbation, Window

WINDOW = Window(at_min(70), at_min(110))
CASE = planted(noisy(5), "paddle_overspeed", WINDOW, (60.0,)).comparison
WORKED = bench(CASE)
SCENARIOS = {
    "one size": scenario(part("feed.api", 5.0)),
    "failure mode of two sizes": scenario(
        mode_part("nir_fouling", Window(at_min(70), at_min(110), 600.0), 5.0, 1.0)
    ),
    "two failure modes": scenario(
        mode_part("paddle_overspeed", WINDOW, 60.0), mode_part("turret_speed_high", WINDOW, 15.0)
    ),
}


def test_floor_one_simulation(benchmark: BenchmarkFixture) -> None:
    more = Perturbation({"feed.api": np.linspace(1.0, 1.05, CASE.record.grid_ms.size)})
    inputs, line = perturbed_inputs(CASE.frame, more), package().parameters.line()
    found = benchmark.pedantic(simulate, (inputs, line), rounds=20, warmup_rounds=2)
    assert found.nir_api_pct.shape == CASE.frame.running.shape


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_as_stated(benchmark: BenchmarkFixture, name: str) -> None:
    told = benchmark.pedantic(WORKED.run, (SCENARIOS[name],), rounds=20, warmup_rounds=2)
    assert told.curves


@pytest.mark.parametrize("onset", [False, True])
def test_a_scenario_fitted(benchmark: BenchmarkFixture, onset: bool) -> None:
    told = benchmark.pedantic(
        WORKED.fit, (SCENARIOS["one size"],), {"onset": onset}, rounds=3, warmup_rounds=1
    )
    assert told.fitted is not None
