"""A hopper over a screw: what the screw draws, and what is left after a step.

The content obeys dW/dt = r - a (ff_max - (ff_max - ff_min) exp(-b W)), with r what falls in and a
the speed; in exp(b W) that is linear, which gives the content after a step exactly.

Source: feed factor by content, Metta et al., Processes 7 (2019) 234.
"""

import numpy as np
from numba import njit

from investigator.process.feeder import FeederParameters


@njit(nogil=True, cache=True)
def factor_at(p: FeederParameters, content_kg: float) -> float:
    """Grams per revolution at one content in kg; `feeder.feed_factor` for one number."""
    span = p.factor_full_g_rev - p.factor_empty_g_rev
    return float(p.factor_full_g_rev - span * np.exp(-p.fill_rate_per_kg * content_kg))


@njit(nogil=True, cache=True)
def emptied(
    p: FeederParameters,
    content_kg: float,
    screw_rpm: float,
    share: float,
    inflow_kg_s: float,
    step_s: float,
) -> float:
    """Content in kg after a step in which the speed holds.

    `share` scales the feed factor (density, bridge, refill). It never falls below nothing.
    """
    turned = screw_rpm / 60_000.0 * share
    drawn = turned * p.factor_full_g_rev
    near = turned * (p.factor_full_g_rev - p.factor_empty_g_rev)
    near *= np.exp(-p.fill_rate_per_kg * content_kg)
    rate = p.fill_rate_per_kg * (drawn - inflow_kg_s)
    if p.fill_rate_per_kg < 1e-9:
        return float(max(content_kg + (inflow_kg_s - drawn + near) * step_s, 0.0))
    passed = -rate * step_s
    mean = np.expm1(passed) / passed if abs(passed) > 1e-12 else 1.0
    change = np.expm1(passed) + p.fill_rate_per_kg * near * step_s * mean
    return float(max(content_kg + np.log1p(change) / p.fill_rate_per_kg, 0.0))
