"""Bulk volume of a blend: powders by volume, fillers by their lots."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.process.composition import bulk_volume
from investigator.twin.package import package_parameters

PACKAGE = Path(__file__).parents[2] / "models" / "cdc_line_3"
BLEND = package_parameters(PACKAGE).line().blend


def volume(api, mcc, lactose, mgst=0.01):
    return float(bulk_volume(BLEND, *(np.array([x]) for x in (api, mcc, lactose, mgst)))[0])


@pytest.mark.requirement("TWN-140")
def test_nominal_blend_of_usual_lots_has_the_usual_volume():
    nominal = (BLEND.api_nominal, BLEND.mcc_nominal, BLEND.lactose_nominal, BLEND.mgst_nominal)
    assert volume(*nominal) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.requirement("TWN-140")
@given(share=st.floats(0.3, 0.6), denser=st.floats(0.8, 1.25))
def test_volumes_of_the_powders_add_up(share, denser):
    rest = 0.99 - 0.2 - share
    by_hand = 0.2 / BLEND.api_bulk_density + rest / BLEND.lactose_bulk_density
    by_hand += share / (BLEND.mcc_bulk_density * denser)
    usual = (
        BLEND.api_nominal / BLEND.api_bulk_density
        + BLEND.mcc_nominal / BLEND.mcc_bulk_density
        + BLEND.lactose_nominal / BLEND.lactose_bulk_density
    )
    assert volume(0.2, share / denser, rest) == pytest.approx(by_hand / usual, rel=1e-12)
