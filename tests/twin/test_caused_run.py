"""A run with a known cause: what was recorded stays, what was not comes from the cause."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import package, record, reference

from investigator.twin.caused_run import caused_run, corrected_record, unrecorded
from investigator.twin.measured import measure
from investigator.twin.scenario import UNPERTURBED, Perturbation


def run_of(p, told=None):
    told = told or record()
    return caused_run(told, measure(told), p, reference(), package().parameters)


def course(value):
    return np.full(record().grid_ms.size, value)


@pytest.mark.requirement("TWN-138")
def test_what_was_recorded_is_not_done_once_more_by_the_cause():
    plain, caused = run_of(UNPERTURBED), run_of(Perturbation({"blender.speed": course(1.5)}))
    driven, usual = caused.run.driven.inputs.blender_rpm, plain.run.driven.inputs.blender_rpm
    assert np.array_equal(driven, usual)
    assert np.array_equal(caused.run.replayed.nir_api_pct, plain.run.replayed.nir_api_pct)


@pytest.mark.requirement("TWN-138")
def test_what_was_not_recorded_comes_from_the_cause():
    """The compactability of a lot is on no certificate."""
    weak = run_of(Perturbation({"mcc.compactability": course(0.9)}))
    assert weak.run.driven.inputs.mcc_compactability == pytest.approx(0.9)
    assert weak.run.replayed.hardness_n.mean() < run_of(UNPERTURBED).run.replayed.hardness_n.mean()


@pytest.mark.requirement("TWN-138")
def test_a_speed_that_was_not_recorded_is_the_one_of_the_cause():
    roles = {**record().roles, "paddle.speed": course(np.nan)}
    told = replace(record(), roles=roles, missing=("paddle.speed",))
    fast = run_of(Perturbation({"paddle.speed": course(1.6)}), told)
    usual = run_of(UNPERTURBED, told)
    assert fast.run.driven.inputs.paddle_rpm == pytest.approx(
        1.6 * usual.run.driven.inputs.paddle_rpm
    )


@pytest.mark.requirement("TWN-138")
def test_what_an_instrument_shows_wrong_is_put_right():
    wrong = Perturbation(
        {
            "reading.feed_api": course(0.95),
            "feed_factor.mcc": course(1.1),
            "main.force": course(0.9),
            "reading.ipc_hardness": course(1.25),
        }
    )
    right, told = corrected_record(record(), wrong), record()
    assert right.roles["api.flow"] == pytest.approx(told.roles["api.flow"] / 0.95)
    assert right.roles["mcc.screw_speed"] == pytest.approx(1.1 * told.roles["mcc.screw_speed"])
    assert right.roles["press.force"] == pytest.approx(0.9 * told.roles["press.force"])
    values = {test.code: test.values for test in right.samples[0].tests}
    assert values["HD"] == pytest.approx([110.0 / 1.25] * 10)
    assert values["WT"] == {t.code: t.values for t in told.samples[0].tests}["WT"]


def test_readings_and_results_stay_with_the_cause():
    p = Perturbation(
        {"reading.nir_api": course(1.1)}, {"mcc.lod": course(1.0)}, {("lab", "R"): 1.1}
    )
    seen = unrecorded(p, {"mcc.lod": np.zeros(record().grid_ms.size, dtype=bool)})
    assert np.array_equal(seen.factor("reading.nir_api"), course(1.1))
    assert not np.any(seen.offset("mcc.lod"))
    assert seen.lab_runs == p.lab_runs
