"""The shipped line and a steady hour of it."""

from pathlib import Path

import numpy as np
import pytest

from investigator.process.line import LineInputs, LineParameters
from investigator.twin.package import package_parameters

PACKAGE = Path(__file__).parents[2] / "models" / "cdc_line_3"


@pytest.fixture(scope="session")
def parameters() -> LineParameters:
    return package_parameters(PACKAGE).line()


@pytest.fixture
def steady_of():
    return steady_inputs


@pytest.fixture
def steady() -> LineInputs:
    return steady_inputs(360, 10.0)


def steady_inputs(n: int, step_s: float) -> LineInputs:
    one = np.ones(n)
    return LineInputs(
        step_s=step_s,
        feed_kg_h=np.outer([4.032, 9.768, 6.0, 0.2], one),
        api_potency=0.992 * one,
        api_d50_um=28.0 * one,
        mcc_lod_pct=4.4 * one,
        mcc_compactability=one,
        mcc_bulk=one,
        lactose_bulk=one,
        blender_rpm=220.0 * one,
        paddle_rpm=40.0 * one,
        turret_rpm=37.04 * one,
        chute_level_pct=60.0 * one,
        main_force_kn=10.35 * one,
        main_gap_mm=2.80 * one,
        room_rh_pct=40.0 * one,
    )
