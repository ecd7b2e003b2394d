"""From runs of a known filling its exponent comes out, with an honest uncertainty."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import noisy_record, package, reference

from investigator.process.line import simulate
from investigator.twin.calibrate.filling import NAME, calibrate_filling
from investigator.twin.record import LotInUse
from investigator.twin.recorded_inputs import recorded_inputs

TRUE_EXPONENT = 0.8
USUAL = {"mcc": 0.322, "lactose": 0.571}


def run_with(number: int, rng: np.random.Generator):
    """A run with fillers of its own; fill depth as such a line has it, plus a level of its own."""
    parameters, base = package().parameters, noisy_record(number)
    density = {f: usual * np.exp(rng.normal(0.0, 0.02)) for f, usual in USUAL.items()}
    lots = [lot for lot in base.lots if lot.feeder != "mcc"]
    lots += [
        LotInUse(f"L-{f}", f, int(base.grid_ms[0]), True, None, {"Bulk density": value, "LOD": 4.4})
        for f, value in density.items()
    ]
    made = replace(base, lots=tuple(lots))
    inputs = recorded_inputs(made, reference(), parameters).inputs
    depth = simulate(inputs, parameters.line_with({NAME: TRUE_EXPONENT})).fill_depth_mm
    shown = depth * np.exp(0.01 + rng.normal(0.0, 0.002))
    return f"N{number}", replace(made, roles={**made.roles, "press.fill_depth": shown})


def without_density(run, feeder):
    only = {"LOD": 4.4}
    lots = (replace(lot, certificate=only) if lot.feeder == feeder else lot for lot in run.lots)
    return replace(run, lots=tuple(lots))


@pytest.fixture(scope="module")
def runs():
    rng = np.random.default_rng(12)
    return [run_with(n, rng) for n in range(8)]


@pytest.mark.requirement("TWN-141")
def test_the_exponent_of_the_filling_is_found(runs):
    found = calibrate_filling(runs, package().parameters)
    exponent = found.parameters[NAME]
    assert exponent.value == pytest.approx(TRUE_EXPONENT, abs=3.0 * exponent.sd)
    assert 0.01 < exponent.sd < 0.3
    assert set(found.parameters) == {NAME}
    assert calibrate_filling(runs, package().parameters).parameters == found.parameters


@pytest.mark.requirement("TWN-141")
@pytest.mark.parametrize("feeder", ["mcc", "lactose"])
def test_few_batches_with_known_fillers_tell_nothing(runs, feeder):
    unknown = [(name, without_density(r, feeder)) for name, r in runs]
    assert calibrate_filling([*runs[:4], *unknown[4:]], package().parameters).parameters == {}
    told = calibrate_filling([*runs[:6], *unknown[6:]], package().parameters).parameters
    assert told == calibrate_filling(runs[:6], package().parameters).parameters
