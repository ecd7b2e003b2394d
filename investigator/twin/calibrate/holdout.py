"""How a form does on rows that it was not fitted to: refits without one fold after the other.

- Rows that belong together (replicates, a run, a test in time) are left out together; otherwise
  their neighbours would tell the answer.
- Up to ten groups are left out one by one; more are dealt into ten folds. The deal is the only
  random number of a calibration, and no estimate depends on it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from investigator.twin.calibrate.fit import Estimate, Floats, estimate

FOLDS = 10


def folds(together: Sequence[str], seed: int) -> NDArray[np.int64]:
    """The fold of every row, shape (rows,); rows of one label share a fold."""
    names, place = np.unique(np.array(together), return_inverse=True)
    dealt = np.random.Generator(np.random.PCG64(seed)).permutation(names.size)
    return np.asarray((dealt % FOLDS)[place], dtype=np.int64)


def held_out(fit: Estimate, together: Sequence[str], seed: int) -> Floats:
    """Residuals of the fit, each from a refit without the fold of its row, shape (residuals,)."""
    fold = folds(together, seed)
    out = np.empty_like(fit.residuals)
    for number in np.unique(fold):
        left_out = fold == number
        out[left_out] = fit.function(_refit(fit, ~left_out).values)[left_out]
    return out


def _refit(fit: Estimate, kept: NDArray[np.bool_]) -> Estimate:
    start = tuple(replace(u, start=fit.values[u.name]) for u in fit.unknowns)
    return estimate(
        start, lambda values: fit.function(values)[kept], relative_step=fit.relative_step
    )
