"""Which signals make T2 or SPE large: contributions, plain and by reconstruction.

- A plain contribution smears: one signal that is off makes others look off. A reconstruction-based
  one asks by how much the statistic falls if this signal alone is put right, and of a single large
  fault names the right signal for certain.
- A contribution shows what is unlike normal operation, not why.

Source: Alcala, Qin, Automatica 45 (2009) 1593-1600; Miller, Swanson, Heckler, Appl. Math. Comput.
Sci. 8 (1998) 775.
"""

import numpy as np

from investigator.analysis.multivariate.pca import Array, PcaModel


def plain_contributions(matrix: Array, z: Array) -> Array:
    """Part of each signal in z' M z, (n, m), which may be negative; a row sums to its statistic.

    Args:
        matrix: M of the statistic, (m, m).
        z: scaled rows, (n, m).
    """
    return np.asarray(z * (z @ matrix))


def reconstruction_based(matrix: Array, z: Array) -> Array:
    """By how much z' M z falls if a signal alone is put right, (n, m).

    Args:
        matrix: M of the statistic, `t2_matrix` or `spe_matrix`, (m, m).
        z: scaled rows, (n, m).
    """
    own = np.diag(matrix)
    possible = own > 1e-12 * own.max()
    return np.where(possible, (z @ matrix) ** 2 / np.where(possible, own, 1.0), 0.0)


def t2_matrix(model: PcaModel) -> Array:
    """M with T2 = z' M z, (m, m)."""
    return np.asarray((model.plane / model.plane_variances) @ model.plane.T)


def spe_matrix(model: PcaModel) -> Array:
    """M with SPE = z' M z, the projection off the plane, (m, m)."""
    return np.asarray(np.eye(len(model.variables)) - model.plane @ model.plane.T)
