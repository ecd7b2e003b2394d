from dataclasses import replace

import numpy as np
import pytest

from investigator.domain.batch import InProcessSample
from investigator.twin.record import FEEDERS, STEP_S, LineRecord, LotInUse
from investigator.twin.replay import LotNominals, lot_share, recorded_inputs

N = 400
NOMINALS = LotNominals(api_potency=0.992, api_d50_um=28.0, mcc_lod_pct=4.35)


def record() -> LineRecord:
    one = np.ones(N)
    roles = {f"{f}.flow": v * one for f, v in zip(FEEDERS, (4.0, 9.8, 6.0, 0.2), strict=True)}
    mode = one.copy()
    mode[100:102] = 2.0
    mode[300:302] = 2.0
    weight = 2.0 * one
    weight[102:] = 4.0
    weight[299] = 2.0
    roles |= {
        "api.mode": mode,
        "api.net_weight": weight,
        "mcc.mode": one,
        "mcc.net_weight": weight,
        "blender.speed": 220.0 * one,
        "paddle.speed": 40.0 * one,
        "turret.speed": 37.0 * one,
        "chute.level": 60.0 * one,
        "press.force": 10.4 * one,
        "press.gap": 2.8 * one,
        "room.rh": 40.0 * one,
    }
    always = np.ones(N, dtype=np.bool_)
    samples: tuple[InProcessSample, ...] = ()
    return LineRecord(
        grid_ms=np.arange(N, dtype=np.int64) * int(STEP_S * 1000),
        roles=roles,
        missing=(),
        running=always,
        producing=always,
        refills=dict.fromkeys(FEEDERS, ()),
        standstills=(),
        lots=(
            LotInUse("A1", "api", 0, True, 99.0, {"Potency (as is)": 99.2}),
            LotInUse("A2", "api", 900_000, False, 98.0, {}),
        ),
        containers=(),
        samples=samples,
        laboratory=(),
        set_points={},
    )


def test_a_new_lot_mixes_in_with_each_refill():
    share = lot_share(record(), "api", 900_000)
    assert share[99] == 0.0
    assert share[150] == pytest.approx(0.5)
    assert share[350] == pytest.approx(0.75)


def test_certificates_come_first_then_entries_then_nominals():
    found = recorded_inputs(record(), NOMINALS)
    assert found.inputs.api_potency[0] == pytest.approx(0.992)
    assert found.inputs.api_potency[-1] == pytest.approx(0.25 * 0.992 + 0.75 * 0.98)
    assert found.inputs.mcc_lod_pct[0] == 4.35
    assert any("d50" in text and "A2" in text for text in found.assumptions)


def test_gaps_are_bridged_and_named():
    told = record()
    flow = told.roles["api.flow"].copy()
    flow[50:70] = np.nan
    found = recorded_inputs(replace(told, roles={**told.roles, "api.flow": flow}), NOMINALS)
    assert np.all(np.isfinite(found.inputs.feed_kg_h))
    assert [(f.subject, f.kind) for f in found.findings] == [("api.flow", "gap")]


def test_a_missing_signal_is_taken_as_usual_and_said():
    told = record()
    silent = {**told.roles, "room.rh": np.full(N, np.nan)}
    found = recorded_inputs(replace(told, roles=silent), NOMINALS)
    assert found.inputs.room_rh_pct[0] == 40.0
    assert found.findings[0].subject == "room.rh"
