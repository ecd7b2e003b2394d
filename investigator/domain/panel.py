"""Measured against predicted, channel by channel: what is drawn, and the figures beside it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Curve:
    """One course in time to be drawn: all arrays of shape (n,), NaN where unknown."""

    label: str
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Panel:
    """Measured against predicted for one channel, with its 95 % band.

    `measured` is drawn as points or line, `predicted` as a line with `lower`/`upper` as a band;
    `fitted` is the prediction under the leading hypothesis, or None.
    """

    title: str
    unit: str
    measured: Curve
    predicted: Curve
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    fitted: Curve | None = None
    limits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """Replay figures of one channel: bias and rms residual, also in units of the predicted sd."""

    channel: str
    unit: str
    samples: int
    bias: float
    rmse: float
    sd_predicted: float
    coverage95: float
