"""Faults of a sensor: how what it shows comes to differ from what is there.

- A fault of a kind has a beginning, an end and a size; several act one after the other.
- Noise is given from outside; spikes fall by a seed. The same inputs give the same readings.
- A sensor without faults shows the true value and its noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SPIKE_INTERVAL_S = 60.0


class FaultKind(StrEnum):
    """What a fault does, and in what its size is given.

    BIAS: adds size. GAIN: scales by 1 + size. DRIFT: adds size for every hour since it began.
    FOULING: hides a share of the value that grows evenly to size at the end. FREEZE: shows the
    value of its beginning. NOISE: multiplies the noise by size. SPIKES: single readings, one a
    minute in the mean, are off by size.
    """

    BIAS = "bias"
    GAIN = "gain"
    DRIFT = "drift"
    FOULING = "fouling"
    FREEZE = "freeze"
    NOISE = "noise"
    SPIKES = "spikes"


@dataclass(frozen=True, slots=True)
class SensorFault:
    """A fault between two times in seconds since the first reading; see `FaultKind` for `size`."""

    kind: FaultKind
    start_s: float
    end_s: float
    size: float


def readings(
    true_value: Floats,
    step_s: float,
    noise: Floats,
    faults: Sequence[SensorFault],
    seed: int = 0,
) -> Floats:
    """What a sensor shows of (n,) true values with this noise (n,) and these faults, in order."""
    t = np.arange(true_value.size, dtype=np.float64) * step_s
    spread = np.ones_like(true_value)
    for fault in faults:
        if fault.kind is FaultKind.NOISE:
            spread = np.where(_acting(fault, t), spread * fault.size, spread)
    shown = true_value + spread * noise
    generator = np.random.Generator(np.random.PCG64(seed))
    for fault in faults:
        struck = generator.random(t.size) < step_s / SPIKE_INTERVAL_S
        shown = np.where(_acting(fault, t), _altered(fault, t, shown, struck), shown)
    return shown


def _acting(fault: SensorFault, t: Floats) -> NDArray[np.bool_]:
    return np.asarray((t >= fault.start_s) & (t < fault.end_s))


def _altered(
    fault: SensorFault, t: Floats, shown: Floats, struck: NDArray[np.bool_]
) -> Floats | float:
    """What the fault makes of the readings wherever it acts; `struck`: where a spike falls."""
    since = t - fault.start_s
    altered: Floats | float = shown
    match fault.kind:
        case FaultKind.BIAS:
            altered = shown + fault.size
        case FaultKind.GAIN:
            altered = shown * (1.0 + fault.size)
        case FaultKind.DRIFT:
            altered = shown + fault.size * since / 3600.0
        case FaultKind.FOULING:
            altered = shown * (1.0 - fault.size * since / (fault.end_s - fault.start_s))
        case FaultKind.FREEZE:
            altered = float(shown[np.argmax(_acting(fault, t))])
        case FaultKind.SPIKES:
            altered = np.where(struck, shown + fault.size, shown)
        case FaultKind.NOISE:
            pass
    return altered
