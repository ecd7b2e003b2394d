"""Signals made for a test: a lively one, and the facts of its tag."""

import numpy as np

from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.evidence.historian.facts import TagFacts

TAG, PEER, OTHER, STATE = "U.FLOW.PV", "U.SPEED.PV", "V.LEVEL.PV", "U.MODE"
UNIT = "kg/h"


def facts_of(tag: str, unit_id: str = "U") -> TagFacts:
    """A tag with a range of 0 to 100, a scan of 20 s and a compression deviation of 0.2."""
    return TagFacts(Signal(tag, unit=UNIT), 0.0, 100.0, 20.0, 0.2, unit_id)


FACTS = {TAG: facts_of(TAG), PEER: facts_of(PEER), OTHER: facts_of(OTHER, "V")}


def course(tag: str, t_s: np.ndarray, value: np.ndarray, *, held: bool = False) -> Trajectory:
    """A trajectory; bad where it has no value."""
    way = Interpolation.STEP if held else Interpolation.LINEAR
    quality = np.where(np.isnan(value), Quality.BAD, Quality.GOOD).astype(np.uint8)
    return Trajectory(
        Signal(tag, unit=UNIT, interpolation=way),
        (1000 * t_s).astype(np.int64),
        value.astype(np.float64),
        quality,
    )


def lively(seed: int = 1, n: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Times every 20 s and values of 50 with a noise of 0.5, in steps of 0.01."""
    t_s = np.arange(n) * 20.0
    return t_s, 50.0 + np.round(np.random.default_rng(seed).normal(0.0, 0.5, n), 2)
