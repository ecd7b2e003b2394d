"""What a shortened lower punch does to the tablets of its station, from the compaction equations.

- A lower punch that is shorter by d fills d deeper and presses d less: its tablet is heavier, and
  its force lower than that of the others at the same rollers.
- No experiment shortened a punch; the equations that the designed runs determine say it. The loss
  of hardness is not taken from them: a damaged punch loses more than its length.
- Force falls less than in proportion; the parameter is the slope to `LOSS_MM`, its uncertainty half
  the difference of the slopes at the ends of `RANGE_MM`.
"""

from collections.abc import Mapping

import numpy as np

from investigator.process import press
from investigator.process.composition import BlendParameters, true_density
from investigator.process.naming import named_tuple_of
from investigator.twin.calibrate.doe import FILE, TARGET_MG
from investigator.twin.calibrate.fit import Calibration
from investigator.twin.calibrate.neutral import unit_with
from investigator.twin.parameters import Parameter

FORCE_KN = 10.0
LOSS_MM = 0.2
RANGE_MM = (0.05, 0.5)

Values = Mapping[str, float]


def calibrate_punch(known: Values, fill_density_sd: float) -> Calibration:
    """`signature.punch_force_per_mm` and `signature.punch_weight_mg_per_mm`.

    Args:
        known: constants and the estimates of the designed runs.
        fill_density_sd: standard uncertainty of `press.fill_density`.
    """
    p = unit_with(press.PressParameters, "press", known)
    first, last = (force_lost(known, loss) / loss for loss in RANGE_MM)
    area = press.die_area_mm2(p)
    origin = f"follows from the press equations estimated from characterisation/{FILE}"
    force = Parameter(
        value=force_lost(known, LOSS_MM) / LOSS_MM,
        sd=abs(first - last) / 2.0,
        unit="1/mm",
        origin=f"{origin}, at {FORCE_KN:g} kN and a punch {LOSS_MM:g} mm short",
        lower=0.0,
        upper=5.0,
    )
    weight = Parameter(
        value=area * p.fill_density,
        sd=area * fill_density_sd,
        unit="mg/mm",
        origin=f"{origin}: die area by density of filling",
        lower=0.0,
        upper=200.0,
    )
    return Calibration(
        {"signature.punch_force_per_mm": force, "signature.punch_weight_mg_per_mm": weight}
    )


def force_lost(known: Values, loss_mm: float) -> float:
    """Relative loss of force at a station whose lower punch is `loss_mm` short.

    The other stations make tablets of the target weight at `FORCE_KN`.
    """
    from scipy.optimize import brentq

    p = unit_with(press.PressParameters, "press", known)
    blend = named_tuple_of(BlendParameters, "blend", known)
    shares = (blend.api_nominal, blend.mcc_nominal, blend.mgst_nominal)
    density = true_density(blend, *(np.array([share]) for share in shares))
    rpm, water = np.array([p.turret_ref_rpm]), np.array([p.water_ref_pct])

    def weight_mg(force_kn: float, gap_mm: float) -> float:
        force, gap = np.array([force_kn]), np.array([gap_mm])
        solid = press.loaded_solid_fraction(p, force, rpm, water)
        return float(press.tablet_weight_mg(p, force, gap, solid, density)[0])

    gap_mm = brentq(lambda gap: weight_mg(FORCE_KN, gap) - TARGET_MG, 0.5, 10.0)
    heavier = TARGET_MG + press.die_area_mm2(p) * p.fill_density * loss_mm
    bounds = (1e-2 * FORCE_KN, 2.0 * FORCE_KN)
    force = brentq(lambda kn: weight_mg(kn, gap_mm + loss_mm) - heavier, *bounds)
    return 1.0 - float(force) / FORCE_KN
