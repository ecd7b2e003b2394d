"""From a made catch-scale record with known disturbances, those disturbances come out."""

import numpy as np
import pandas as pd
import pytest

from investigator.domain.errors import UnusableInput
from investigator.twin.calibrate.catch_scale import CatchScale, catch_scales, told_apart
from investigator.twin.calibrate.feeder_control import calibrate_feeder_control
from investigator.twin.calibrate.identifiability import Verdict, identifiability
from investigator.twin.calibrate.refill import calibrate_refill

UNITS = {"api": "F-1", "mcc": "F-2", "lactose": "F-3", "mgst": "F-4"}

KNOWN = {
    f"feeder_{name}.{field}": value
    for name in UNITS
    for field, value in (
        ("factor_full_g_rev", 2.0),
        ("factor_empty_g_rev", 1.8),
        ("fill_rate_per_kg", 0.8),
    )
}
SCALE = CatchScale(noise_g=0.2, flow_scatter=0.03, flow_scatter_sd=0.002, seconds=900)


def record(gain: float, fading_s: float, refills: int, rng: np.random.Generator) -> pd.DataFrame:
    """A feeder at 60 rpm, refilled for 20 s every 700 s; rows every 2 s."""
    t = np.arange(0.0, 700.0 * refills + 500.0, 2.0)
    since = (t - 500.0) % 700.0
    ever = t >= 500.0
    mode = np.select([ever & (since < 20.0), ever & (since < 32.0)], [2, 3], 1)
    weight = np.where(ever, 3.0 - 0.001 * since, 2.0 - 0.001 * t)
    factor = 2.0 - 0.2 * np.exp(-0.8 * weight)
    raised = np.where(ever & (since >= 20.0), gain * np.exp(-(since - 20.0) / fading_s), 0.0)
    drawn = factor * 2.0 * (1.0 + raised)
    scatter = 1.0 + SCALE.flow_scatter / np.sqrt(2.0) * rng.standard_normal(t.size)
    caught = np.cumsum(drawn * scatter) + SCALE.noise_g * rng.standard_normal(t.size)
    return pd.DataFrame(
        {
            "time_s": t,
            "net_weight_kg": weight,
            "controller_mass_flow_kg_per_h": drawn * 1.8,
            "screw_speed_rpm": 60.0 + 0.1 * rng.standard_normal(t.size),
            "mode_code": mode,
            "catch_scale_g": caught,
        }
    )


def package_with(tmp_path, records: list[pd.DataFrame]):
    (tmp_path / "characterisation").mkdir()
    tables = [r.assign(feeder=unit) for unit, r in zip(UNITS.values(), records, strict=True)]
    file = tmp_path / "characterisation" / "feeder_gravimetric_refill.csv.gz"
    pd.concat(tables).to_csv(file, index=False)
    return tmp_path


@pytest.mark.requirement("TWN-039")
def test_scatter_of_the_flow_is_told_apart_from_the_noise_of_the_scale():
    rng = np.random.default_rng(1)
    runs = [
        m * (1.0 + 0.05 * rng.standard_normal(900)) + np.diff(0.3 * rng.standard_normal(901))
        for m in (1.0, 1.3, 1.6, 2.0)
    ]
    found = told_apart(runs)
    assert found.noise_g == pytest.approx(0.3, rel=0.05)
    assert found.flow_scatter == pytest.approx(0.05, abs=3.0 * found.flow_scatter_sd)
    assert found.flow_scatter_sd < 0.005


@pytest.mark.requirement("TWN-039")
def test_a_known_disturbance_by_refills_is_found_and_an_unknown_fading_is_named(tmp_path):
    rng = np.random.default_rng(2)
    strong, none = record(0.10, 40.0, 12, rng), record(0.0, 40.0, 3, rng)
    folder = package_with(tmp_path, [strong, strong, strong, none])
    found = calibrate_refill(folder, UNITS, KNOWN, dict.fromkeys(UNITS, SCALE))
    gain = found[0].parameters["feeder_api.refill_gain"]
    fading = found[0].parameters["feeder_api.refill_fading_s"]
    assert gain.value == pytest.approx(0.10, abs=3.0 * gain.sd) and gain.sd < 0.01
    assert fading.value == pytest.approx(40.0, abs=3.0 * fading.sd) and fading.sd < 8.0
    assert found[0].reports[0].residual_sd == pytest.approx(1.0, abs=0.05)
    verdicts = {p.name: p.verdict for p in identifiability(found[3].fit).parameters}
    assert verdicts["feeder_mgst.refill_fading_s"] == Verdict.UNDETERMINED


def test_a_record_without_a_refill_is_refused(tmp_path):
    calm = record(0.0, 40.0, 1, np.random.default_rng(3)).iloc[:200]
    folder = package_with(tmp_path, [calm] * 4)
    with pytest.raises(UnusableInput, match="shows no refill of feeder_api"):
        calibrate_refill(folder, UNITS, KNOWN, dict.fromkeys(UNITS, SCALE))
    with pytest.raises(UnusableInput, match="shows no refill of feeder_api"):
        calibrate_feeder_control(folder, UNITS)


def test_the_volumetric_runs_of_a_package_give_every_feeder_its_scatter(tmp_path):
    rng = np.random.default_rng(4)
    (tmp_path / "characterisation").mkdir()
    rows = [
        pd.DataFrame(
            {
                "feeder": unit,
                "run": "V1",
                "time_s": np.arange(600),
                "catch_scale_g": np.cumsum(1.0 + 0.04 * rng.standard_normal(600)),
            }
        )
        for unit in UNITS.values()
    ]
    pd.concat(rows).to_csv(
        tmp_path / "characterisation" / "feeder_catch_scale_volumetric.csv", index=False
    )
    found = catch_scales(tmp_path, UNITS)
    assert set(found) == set(UNITS)
    assert all(s.flow_scatter == pytest.approx(0.04, abs=0.006) for s in found.values())
