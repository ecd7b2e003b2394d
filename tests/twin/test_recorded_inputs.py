"""Recorded inputs: what was recorded drives, what is missing is bridged, everything is said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.line_run import SET_POINTS, package, record, reference

from investigator.process.line import simulate
from investigator.twin.record_map import FEEDERS
from investigator.twin.recorded_inputs import SIGNALS, recorded_inputs

PARAMETERS = package().parameters


def taken(run):
    return recorded_inputs(run, reference(), PARAMETERS)


def with_role(role, values):
    return replace(record(), roles={**record().roles, role: values})


@pytest.mark.requirement("TWN-045")
def test_what_was_recorded_drives_and_not_what_was_set():
    told = record()
    force = told.roles["press.force"] * 1.07
    found = taken(with_role("press.force", force))
    assert np.array_equal(found.inputs.main_force_kn[told.running], force[told.running])
    found = taken(with_role("room.rh", np.full(force.size, 51.0)))
    assert np.all(found.inputs.room_rh_pct == 51.0)


@pytest.mark.requirement("TWN-047")
def test_lots_enter_with_their_certificates():
    found = taken(record())
    assert found.inputs.api_potency[0] == pytest.approx(0.992)
    assert 0.987 < found.inputs.api_potency[-1] < 0.9915
    assert np.all(found.inputs.mcc_lod_pct == pytest.approx(4.4))


@pytest.mark.requirement("TWN-047")
def test_a_property_on_no_certificate_is_usual_unsure_and_said():
    found = taken(record())
    assert found.inputs.api_d50_um == pytest.approx(reference().nominals.api_d50_um)
    assert found.filled["api.d50"].all()
    assert found.sd["api.d50"][0] > 1.0
    assert any("Particle size d50 of lot A1, A2" in sentence for sentence in found.assumptions)
    assert any("Compactability of lot M1" in sentence for sentence in found.assumptions)


@pytest.mark.requirement("TWN-140")
def test_the_bulk_density_of_a_filler_is_that_of_its_certificate_over_the_usual():
    usual = PARAMETERS["blend.mcc_bulk_density"].value
    lots = tuple(
        replace(lot, certificate={"Bulk density": 0.95 * usual}) if lot.feeder == "mcc" else lot
        for lot in record().lots
    )
    stated, unknown = taken(replace(record(), lots=lots)), taken(record())
    assert stated.inputs.mcc_bulk == pytest.approx(0.95)
    assert np.all(stated.sd["mcc.bulk"] == stated.sure_sd["mcc.bulk"])
    assert np.all(unknown.inputs.mcc_bulk == 1.0)
    assert np.all(unknown.sd["mcc.bulk"] > 0.01)
    sentence = "Bulk density of MCC, 1 = usual, of lot M1 is on no certificate"
    assert any(said.startswith(sentence) for said in unknown.assumptions)
    assert not any(said.startswith(sentence) for said in stated.assumptions)


@pytest.mark.requirement("TWN-046")
@pytest.mark.parametrize("signal", SIGNALS, ids=lambda s: s.quantity)
def test_a_missing_tag_stops_nothing_and_is_said(signal):
    told = record()
    values = told.roles[signal.role].copy()
    if signal.role == "turret.speed":
        values[500:520] = np.nan
    else:
        values[:] = np.nan
    found = taken(with_role(signal.role, values))
    assert any(sentence.startswith(signal.title) for sentence in found.assumptions)
    outputs = simulate(found.inputs, PARAMETERS.line())
    assert np.isfinite(outputs.hardness_n).all()
    middle = 510
    assert found.sd[signal.quantity][middle] > taken(told).sd[signal.quantity][middle]


@pytest.mark.requirement("TWN-046")
def test_in_a_gap_of_its_speed_the_press_goes_on_as_last_seen():
    told = record()
    speed = told.roles["turret.speed"].copy()
    speed[500:620] = np.nan
    run = replace(with_role("turret.speed", speed), running=told.running & np.isfinite(speed))
    assert taken(run).inputs.turret_rpm[560] == pytest.approx(SET_POINTS["turret_speed"])


@pytest.mark.requirement("TWN-046")
def test_doubt_widens_and_keeps_the_value():
    told = record()
    doubt = np.ones(told.grid_ms.size)
    doubt[300:400] = 4.0
    found = taken(replace(told, sd_factors={"press.force": doubt, "api.flow": doubt}))
    sure = taken(told)
    assert np.array_equal(found.inputs.main_force_kn, sure.inputs.main_force_kn)
    assert found.sd["main.force"] == pytest.approx(doubt * sure.sd["main.force"])
    assert found.sd["feed.api"] == pytest.approx(doubt * sure.sd["feed.api"])


@pytest.mark.requirement("TWN-046")
@settings(max_examples=15)
@given(st.data())
def test_whatever_is_missing_the_inputs_are_whole(data):
    told = record()
    roles = dict(told.roles)
    kept = ("turret.speed", "line.state")
    for role in data.draw(st.sets(st.sampled_from(sorted(set(roles) - set(kept))))):
        first = data.draw(st.integers(0, told.grid_ms.size - 1))
        length = data.draw(st.integers(1, told.grid_ms.size))
        values = roles[role].copy()
        values[first : first + length] = np.nan
        roles[role] = values
    found = taken(replace(told, roles=roles))
    for name, sd in found.sd.items():
        assert np.isfinite(sd).all(), name
        assert sd.shape == found.filled[name].shape == told.grid_ms.shape
    assert (found.inputs.feed_kg_h >= 0.0).all()
    assert set(found.sd) == {f"feed.{f}" for f in FEEDERS} | {s.quantity for s in SIGNALS} | {
        "api.potency",
        "api.d50",
        "mcc.lod",
        "mcc.compactability",
        "mcc.bulk",
        "lactose.bulk",
    }


def test_a_feeder_without_any_lot_has_usual_powder_and_it_is_said():
    told = taken(replace(record(), lots=()))
    assert any(
        sentence.startswith("Potency: no lot of API is recorded") for sentence in told.assumptions
    )
