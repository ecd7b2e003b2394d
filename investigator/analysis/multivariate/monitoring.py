"""T2 and SPE of rows beside a model of normal operation, and their control limits.

- T2 (Hotelling) is how far a row lies from the usual within the model plane; SPE (squared
  prediction error, Q) how far off the plane: signals that no longer go together.
- The theoretical limits hold for independent normal rows. Rows of a process are neither, so a limit
  can be set by normal rows that the model has not seen.

Source: T2 by F: Tracy, Young, Mason, J. Qual. Technol. 24 (1992) 88; SPE: Jackson, Mudholkar,
Technometrics 21 (1979) 341.
"""

from dataclasses import dataclass

import numpy as np

from investigator.analysis.multivariate.pca import Array, PcaModel


@dataclass(frozen=True, slots=True)
class Statistics:
    """T2 and SPE of rows, (n,) each, without unit; NaN where nothing is known."""

    t2: Array
    spe: Array


def statistics(model: PcaModel, z: Array) -> Statistics:
    """T2 and SPE of scaled rows (n, m), as `PcaModel.scaled` gives them."""
    scores = z @ model.plane
    rest = z - scores @ model.plane.T
    return Statistics((scores**2 / model.plane_variances).sum(axis=1), (rest**2).sum(axis=1))


def t2_limit(components: int, samples: int, confidence: float) -> float:
    """Limit of T2 of a further row: a (n^2 - 1) / (n (n - a)) F(a, n - a)."""
    from scipy.stats import f

    a, n = components, samples
    quantile = float(f.ppf(confidence, a, n - a))
    return a * (n * n - 1.0) / (n * (n - a)) * quantile


def spe_limit(left_variances: Array, confidence: float) -> float:
    """Limit of SPE by Jackson and Mudholkar, from the variances that the plane leaves out."""
    from scipy.stats import norm

    first, second, third = (float((left_variances**k).sum()) for k in (1, 2, 3))
    h = 1.0 - 2.0 * first * third / (3.0 * second**2)
    quantile = float(norm.ppf(confidence))
    inner = quantile * np.sqrt(2.0 * second * h * h) / first
    return float(first * (inner + 1.0 + second * h * (h - 1.0) / first**2) ** (1.0 / h))


def empirical_limit(values: Array, confidence: float) -> float:
    """The value that normal rows (n,) stay below with this share."""
    return float(np.nanquantile(values, confidence))
