"""Feed frame: constant content, and the work that blender and paddles do on the lubricant.

The lubrication exposure of a portion of powder counts shaft revolutions seen since the lubricant
was added, in units in which nominal paddle work in the feed frame at nominal flow is 1. It travels
with the powder and grows while the powder is worked, also during a stop with turning paddles.

Sources: lubrication by total strain, Kushner & Moore, Int. J. Pharm. 399 (2010) 19-30; feed-frame
work, Mendez, Muzzio, Velazquez, AIChE J. 58 (2012) 697-706.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class FeedFrameParameters(NamedTuple):
    """Content kg, tanks, paddle speed and flow of reference, exposure gained in the blender."""

    content_kg: float
    tanks: int
    paddle_ref_rpm: float
    flow_ref_kg_h: float
    blender_exposure: float


def paddle_exposure_rate(p: FeedFrameParameters, paddle_rpm: Floats) -> Floats:
    """Exposure gained per second in the feed frame: (N/N_ref) F_ref/M, shape of `paddle_rpm`."""
    return paddle_rpm / p.paddle_ref_rpm * (p.flow_ref_kg_h / 3600.0 / p.content_kg)
