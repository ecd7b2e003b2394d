"""A station with a shortened lower punch: heavier tablets under less force."""

from pathlib import Path

import numpy as np
import pytest

from investigator.process import press
from investigator.process.composition import true_density
from investigator.twin.calibrate.punch import FORCE_KN, calibrate_punch, force_lost
from investigator.twin.package import package_parameters

SHIPPED = package_parameters(Path(__file__).parents[3] / "models" / "cdc_line_3")
KNOWN = SHIPPED.values_by_name()


def gap_mm(force_kn: float, weight_mg: float) -> float:
    """Roller gap by hand: what the powder fills under load, less the give of the press."""
    line = SHIPPED.line()
    p, b = line.press, line.blend
    shares = (np.array([x]) for x in (b.api_nominal, b.mcc_nominal, b.mgst_nominal))
    density = float(true_density(b, *shares)[0])
    pressure = force_kn * 1000.0 / press.die_area_mm2(p)
    solid = 1.0 - np.exp(-(pressure / p.yield_pressure_mpa + p.initial_densification))
    return weight_mg / (solid * density * press.die_area_mm2(p)) - force_kn / p.stiffness_kn_mm


@pytest.mark.requirement("TWN-040")
@pytest.mark.parametrize("loss_mm", [0.05, 0.2, 0.5])
def test_the_lost_force_is_that_at_which_deeper_fill_and_wider_gap_meet(loss_mm):
    lost = force_lost(KNOWN, loss_mm)
    deeper = press.die_area_mm2(SHIPPED.line().press) * KNOWN["press.fill_density"] * loss_mm
    before, after = gap_mm(FORCE_KN, 250.0), gap_mm(FORCE_KN * (1.0 - lost), 250.0 + deeper)
    assert after - before == pytest.approx(loss_mm, abs=1e-6)
    assert 0.0 < lost < loss_mm


@pytest.mark.requirement("TWN-040")
def test_the_shipped_signature_of_a_punch_is_that_of_the_shipped_equations():
    found = calibrate_punch(KNOWN, SHIPPED["press.fill_density"].sd).parameters
    assert set(found) == {"signature.punch_force_per_mm", "signature.punch_weight_mg_per_mm"}
    for name, parameter in found.items():
        assert parameter.value == pytest.approx(SHIPPED[name].value, rel=1e-4)
        assert parameter.sd > 0.0
    assert force_lost(KNOWN, 0.0) == pytest.approx(0.0, abs=1e-9)
