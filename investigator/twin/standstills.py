"""How much a standstill of the line tells: how rare one of its length is in normal batches.

- The press stands for some minutes now and then: a standstill is on record whether a deviation or
  not, and only its length speaks for one.
- Lengths of ordinary standstills are taken as log-normal; of a further one they say Student's t for
  its logarithm (the predictive distribution: Gelman et al. 2013, Bayesian Data Analysis, 3rd ed.,
  eq. 3.5), so that few of them make no long one impossible.
"""

from collections.abc import Sequence

import numpy as np
from scipy import stats

from investigator.twin.record import STEP_S

RESOLUTION_MIN = 0.4
"""To what a length is fitted, standard deviation; its prior is paid for at this resolution."""

RECORDED_MIN = STEP_S / 60.0
"""To what a length is recorded: lengths of ordinary standstills are no more alike than this."""

LEAST = 3
"""Fewer standstills say nothing of how long they are."""


def log_rarity(length_min: float, ordinary_min: Sequence[float], batches: int) -> float:
    """Log evidence of a deviation that explains a standstill exactly, over an ordinary one.

    Args:
        length_min: of the standstill, above 0.
        ordinary_min: lengths of the standstills in normal batches, each above 0.
        batches: how many normal batches those are of.

    Returns:
        0 where it is as common as can be, infinite where nothing is known of ordinary ones.
    """
    if len(ordinary_min) < LEAST:
        return np.inf
    logs = np.log(np.asarray(ordinary_min))
    alike = RECORDED_MIN / np.exp(logs.mean())
    spread = max(float(logs.std(ddof=1)), alike) * np.sqrt(1.0 + 1.0 / logs.size)
    a_min = stats.t.pdf(np.log(length_min), logs.size - 1, logs.mean(), spread) / length_min
    expected = logs.size / batches * a_min * RESOLUTION_MIN * np.sqrt(2.0 * np.pi)
    return float(max(-np.log(expected), 0.0))
