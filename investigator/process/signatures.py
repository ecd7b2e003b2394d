"""What some causes do to the press that no equation of the line follows tablet by tablet."""

from typing import NamedTuple


class StationParameters(NamedTuple):
    """Relative standard deviations of weight and force between the stations of the press."""

    weight_rsd: float
    force_rsd: float


class SignatureParameters(NamedTuple):
    """Signs of a shortened punch and of a swinging force.

    Per mm of a shortened lower punch, at its station: relative loss of force, loss of hardness (N),
    gain of weight (mg). `fill_per_force_mm`: swing of the fill depth under weight control per
    relative swing of the force.
    """

    punch_force_per_mm: float
    punch_hardness_n_per_mm: float
    punch_weight_mg_per_mm: float
    fill_per_force_mm: float
