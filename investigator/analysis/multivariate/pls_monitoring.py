"""T2 and SPE of rows beside a regression of quality on signals, as forms of second degree.

- T2 is how far a row lies from the usual along what tells quality; SPE how far off it: signals that
  do not go together as where quality was measured.
- Both are z' M z of a scaled row z, so contributions to them are made as for principal components.

Source: Kourti, MacGregor, Chemom. Intell. Lab. Syst. 28 (1995) 3-21; Wise, Gallagher, J. Process
Control 6 (1996) 329-348.
"""

import numpy as np

from investigator.analysis.multivariate.monitoring import Statistics
from investigator.analysis.multivariate.pca import Array
from investigator.analysis.multivariate.pls import PlsModel


def pls_statistics(model: PlsModel, z: Array) -> Statistics:
    """T2 and SPE of scaled rows (n, m), as `PlsModel.scaled` gives them."""
    scores = z @ model.rotations
    rest = z - scores @ model.loadings.T
    return Statistics((scores**2 / model.score_variances).sum(axis=1), (rest**2).sum(axis=1))


def pls_t2_matrix(model: PlsModel) -> Array:
    """M with T2 = z' M z, (m, m)."""
    rotations = model.rotations
    return np.asarray((rotations / model.score_variances) @ rotations.T)


def pls_spe_matrix(model: PlsModel) -> Array:
    """M with SPE = z' M z, (m, m): what the loadings leave of a row, twice."""
    left = np.eye(len(model.loadings)) - model.rotations @ model.loadings.T
    return np.asarray(left @ left.T)


def left_variances(model: PlsModel, z: Array) -> Array:
    """Variances (m,) along the principal axes of what the loadings leave of scaled rows (n, m)."""
    rest = z - z @ model.rotations @ model.loadings.T
    variances = np.linalg.eigvalsh(np.cov(rest, rowvar=False))[::-1]
    return np.asarray(np.maximum(variances, 0.0))
