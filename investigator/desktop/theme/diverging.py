"""The map of residuals: perceptually even from cold over paper to hot.

Steps are straight lines in Oklab, both arms equally long, so that equal residuals of opposite sign
look equally strong and zero cannot be told from the paper.
"""

import numpy as np
from numpy.typing import NDArray

from investigator.desktop.theme.tokens import Theme

Floats = NDArray[np.float64]
LEVELS = 255

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def oklab(colour: str) -> Floats:
    """Lightness, green-red and blue-yellow of "#rrggbb", shape (3,)."""
    srgb = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(_TO_LAB @ np.cbrt(_TO_LMS @ linear), dtype=np.float64)


def srgb_bytes(lab: Floats) -> NDArray[np.uint8]:
    """The colours, shape (n, 3), of Oklab colours of shape (n, 3); cut to what a screen shows."""
    linear = (lab @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T
    linear = np.clip(linear, 0.0, 1.0)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(srgb * 255), dtype=np.uint8)


def diverging(theme: Theme) -> NDArray[np.uint8]:
    """The colours from coldest to hottest, shape (`LEVELS`, 3); the middle one is the paper."""
    paper, cold, hot = oklab(theme.paper), oklab(theme.cold), oklab(theme.hot)
    length = min(np.linalg.norm(cold - paper), np.linalg.norm(hot - paper))
    share = np.linspace(0.0, 1.0, LEVELS // 2 + 1)[1:, None]
    arms = [
        paper + share * (end - paper) / np.linalg.norm(end - paper) * length for end in (cold, hot)
    ]
    return srgb_bytes(np.concatenate([arms[0][::-1], paper[None, :], arms[1]]))
