"""Water of the blend: who holds it, and how late it follows the room."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.process.moisture import equilibrium_pct, felt_rh_pct
from investigator.twin.package import package_parameters

PACKAGE = Path(__file__).parents[2] / "models" / "cdc_line_3"
LINE = package_parameters(PACKAGE).line()
P, BLEND = LINE.moisture, LINE.blend


def equilibrium(api, mcc, mgst, humidity):
    values = (np.array([x]) for x in (api, mcc, mgst, humidity))
    return float(equilibrium_pct(P, BLEND, *values)[0])


@pytest.mark.requirement("TWN-142")
@given(humidity=st.floats(20.0, 70.0))
def test_nominal_blend_comes_to_what_the_sorption_study_says(humidity):
    line = P.blend_equilibrium_pct
    line += P.blend_equilibrium_per_rh * (humidity - P.reference_rh_pct)
    found = equilibrium(BLEND.api_nominal, BLEND.mcc_nominal, BLEND.mgst_nominal, humidity)
    assert found == pytest.approx(line, rel=1e-9)


@pytest.mark.requirement("TWN-142")
def test_a_blend_without_mcc_holds_what_its_other_powders_hold():
    found = equilibrium(0.4, 0.0, 0.01, 60.0)
    assert found == pytest.approx(0.4 * P.api_lod_pct + 0.59 * P.lactose_lod_pct)
    assert equilibrium(0.2, 0.6, 0.01, 40.0) > equilibrium(0.2, 0.5, 0.01, 40.0) + 0.3


@pytest.mark.requirement("TWN-142")
@given(step_s=st.sampled_from([1.0, 10.0, 30.0]), time_s=st.floats(60.0, 5000.0))
def test_a_step_of_the_humidity_is_felt_as_a_first_order_lag(step_s, time_s):
    humidity = np.full(100, 60.0)
    humidity[0] = 40.0
    felt = felt_rh_pct(humidity, step_s, time_s)
    expected = 60.0 - 20.0 * np.exp(-step_s * np.arange(100) / time_s)
    assert felt == pytest.approx(expected, abs=1e-9)


@pytest.mark.requirement("TWN-142")
def test_without_a_lag_the_room_is_felt_at_once():
    humidity = np.linspace(30.0, 60.0, 20)
    assert np.array_equal(felt_rh_pct(humidity, 10.0, 0.0), humidity)
