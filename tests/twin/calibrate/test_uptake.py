"""From runs made with a known share of uptake, that share comes out, with an honest uncertainty."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import noisy_record, package, reference

from investigator.process.line import simulate
from investigator.process.sensors import nir_water_reading_pct
from investigator.twin.calibrate.uptake import NAME, calibrate_uptake
from investigator.twin.record import LineRecord
from investigator.twin.recorded_inputs import recorded_inputs

TRUE_SHARE = 0.6
DRUM_LEVEL = 0.05


def run_with(number: int, rng: np.random.Generator):
    """A run with its own MCC and room; water as the line would have it, plus noise and a level."""
    parameters, base = package().parameters, noisy_record(number)
    lod, humidity = 4.4 + rng.normal(0.0, 0.5), 40.0 + rng.normal(0.0, 5.0)
    lots = tuple(
        replace(lot, certificate={**lot.certificate, "LOD": lod}) if lot.feeder == "mcc" else lot
        for lot in base.lots
    )
    roles = {**base.roles, "room.rh": np.full(base.grid_ms.size, humidity)}
    made = replace(base, lots=lots, roles=roles)
    inputs = recorded_inputs(made, reference(), parameters).inputs
    water = simulate(inputs, parameters.line_with({NAME: TRUE_SHARE})).water_pct
    read = nir_water_reading_pct(parameters.line().nir, water)
    roles["nir.water"] = read + rng.normal(0.0, 0.05, water.size) + rng.normal(0.0, 0.01)
    usual = float(water[base.producing].mean()) + DRUM_LEVEL
    laboratory = tuple(
        replace(r, result=usual + rng.normal(0.0, 0.06)) if r.test == "Water (LOD)" else r
        for r in base.laboratory
    )
    return f"N{number}", replace(made, roles=roles, laboratory=laboratory)


def without_water(run: LineRecord) -> LineRecord:
    lots = (
        replace(lot, certificate={k: v for k, v in lot.certificate.items() if k != "LOD"})
        for lot in run.lots
    )
    return replace(run, lots=tuple(lots))


@pytest.fixture(scope="module")
def runs():
    rng = np.random.default_rng(11)
    return [run_with(n, rng) for n in range(7)]


@pytest.mark.requirement("TWN-041")
def test_the_share_of_uptake_is_found_from_both_methods(runs):
    found = calibrate_uptake(runs, package().parameters)
    share = found.parameters[NAME]
    assert share.value == pytest.approx(TRUE_SHARE, abs=3.0 * share.sd)
    assert 0.002 < share.sd < 0.1
    assert set(found.parameters) == {NAME}
    assert found.fit.values["drum"] == pytest.approx(DRUM_LEVEL, abs=0.06)
    assert [r.report.unit for r in found.responses] == ["%", "%"]
    assert calibrate_uptake(runs, package().parameters).parameters == found.parameters


@pytest.mark.requirement("TWN-041")
def test_few_batches_with_known_water_tell_nothing(runs):
    unknown = [(name, without_water(r)) for name, r in runs]
    assert calibrate_uptake(unknown, package().parameters).parameters == {}
    assert calibrate_uptake([*runs[:4], *unknown[4:]], package().parameters).parameters == {}


@pytest.mark.requirement("TWN-041")
def test_the_name_of_the_water_on_a_certificate_is_that_of_the_package(runs):
    def renamed(run: LineRecord) -> LineRecord:
        named = replace(
            run.named,
            certificates={**run.named.certificates, "mcc": {"lot_mcc_lod": "W", "mcc_bulk": "B"}},
        )
        lots = tuple(
            replace(
                lot, certificate={"W" if k == "LOD" else k: v for k, v in lot.certificate.items()}
            )
            for lot in run.lots
        )
        return replace(run, named=named, lots=lots)

    there = calibrate_uptake([(name, renamed(r)) for name, r in runs], package().parameters)
    assert there.parameters == calibrate_uptake(runs, package().parameters).parameters
