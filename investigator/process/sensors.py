"""Sensors as instruments: what the near-infrared probe shows of what is there.

The probe's reading is slope times content plus bias plus an effect of API particle size (light
scatter); noise is for those who need it to add.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class NirParameters(NamedTuple):
    """API: bias, slope, effect of ln(d50/28); water: bias and slope; noise of a single reading."""

    api_bias_pct: float
    api_slope: float
    api_d50: float
    water_bias_pct: float
    water_slope: float
    api_noise_pct: float
    water_noise_pct: float


def nir_api_reading_pct(p: NirParameters, api_pct: Floats, api_d50_um: Floats) -> Floats:
    """Expected reading of API content, % w/w, for a true content in % w/w."""
    size = p.api_d50 * np.log(api_d50_um / 28.0)
    return np.asarray(20.0 + p.api_bias_pct + p.api_slope * (api_pct - 20.0) + size)


def nir_water_reading_pct(p: NirParameters, water_pct: Floats) -> Floats:
    """Expected reading of water, % w/w, for a true content in % w/w."""
    return np.asarray(2.4 + p.water_bias_pct + p.water_slope * (water_pct - 2.4))
