"""Uncertainty of estimates from few runs of many rows each.

- Rows of a run share what the run had of its own (a filling, a feed that wandered): they repeat
  each other, and counting each as a witness would make an estimate look too sure.
- Runs are independent of each other. The covariance is summed over runs, so it holds whatever the
  correlation within a run is; with few runs it is itself uncertain, and never taken below that of
  independent rows.

Source: Liang & Zeger, Biometrika 73 (1986) 13 (sandwich covariance by cluster, here with the
factor g/(g-1) for g runs).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from investigator.twin.calibrate.fit import Estimate


def uncertain_by_run(fit: Estimate, runs: Sequence[str]) -> Estimate:
    """The estimate with its covariance taken between runs; `runs` labels every residual.

    Where the rows alone would give a larger standard uncertainty, that one is kept; correlations
    are those between runs.
    """
    names, place = np.unique(np.array(runs), return_inverse=True)
    bread = np.linalg.pinv(fit.jacobian.T @ fit.jacobian)
    scores = np.zeros((names.size, len(fit.unknowns)))
    np.add.at(scores, place, fit.jacobian * fit.residuals[:, None])
    between = bread @ (scores.T @ scores) @ bread * names.size / (names.size - 1)
    sd = np.sqrt(np.diag(between))
    larger = np.maximum(sd, np.sqrt(np.diag(fit.covariance))) / sd
    return replace(fit, covariance=np.asarray(between * np.outer(larger, larger)))
