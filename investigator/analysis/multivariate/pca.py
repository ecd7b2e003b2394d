"""Principal components of normal operation: how signals usually vary together.

- Signals are centred and scaled to unit standard deviation (autoscaled). The first components are
  the model plane; what is left is the rest.
- A value that is missing in a row is told from the others of the row by the covariance of the model
  (known-data regression); it is never taken as its mean.
- All components are kept, with the number that spans the plane: limits and missing values need the
  rest too.

Source: Jackson, A User's Guide to Principal Components (1991), ch. 1-2; known-data regression:
Nelson, Taylor, MacGregor, Chemom. Intell. Lab. Syst. 35 (1996) 45-65.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableRequest

Array = NDArray[np.float64]

FOLDS = 7
FILLINGS = 8
LEAST_VARIANCE = 1e-9


@dataclass(frozen=True, slots=True)
class PcaModel:
    """Normal operation of m signals, from `samples` rows.

    Attributes:
        variables: names of the signals, in order.
        mean, scale: (m,), in the unit of each signal.
        directions: all principal directions, a column each, (m, m), largest variance first.
        variances: of the scaled rows along each direction, (m,).
        components: number of directions that span the plane.
    """

    variables: tuple[str, ...]
    mean: Array
    scale: Array
    directions: Array
    variances: Array
    components: int
    samples: int

    @property
    def plane(self) -> Array:
        """The directions that span the plane, (m, components)."""
        return self.directions[:, : self.components]

    @property
    def plane_variances(self) -> Array:
        """Variances along them, (components,)."""
        return self.variances[: self.components]

    @property
    def left_variances(self) -> Array:
        """Variances along the directions that are left out, (m - components,)."""
        return self.variances[self.components :]

    def scaled(self, rows: Array) -> Array:
        """Rows (n, m) in standard deviations from the mean, missing values (NaN) filled in."""
        return fill_missing((rows - self.mean) / self.scale, self.directions, self.variances)


def fit_pca(
    rows: Array, variables: tuple[str, ...], *, components: int, least_scale: Array | None = None
) -> PcaModel:
    """The model of rows of normal operation.

    Args:
        rows: (n, m), NaN where a value is missing.
        variables: names of the m signals.
        components: number that spans the plane, 1 to m - 1.
        least_scale: (m,), a standard deviation below it counts as that: the resolution of a signal.

    Raises:
        UnusableRequest: too few rows, a signal without a value or that never varies, or a number
            of components that cannot be.
    """
    _check(rows, variables, components)
    known = np.isfinite(rows)
    mean = np.nanmean(rows, axis=0)
    scale = np.nanstd(rows, axis=0, ddof=1)
    if least_scale is not None:
        scale = np.maximum(scale, least_scale)
    still = [name for name, sd in zip(variables, scale, strict=True) if not sd > 0.0]
    if still:
        raise UnusableRequest(f"{still[0]} never varies in normal operation; leave it out.")
    z = (rows - mean) / scale
    filled = np.where(known, z, 0.0)
    directions, variances = _axes(filled)
    for _ in range(0 if known.all() else FILLINGS):
        filled = fill_missing(z, directions, variances)
        directions, variances = _axes(filled)
    return PcaModel(variables, mean, scale, directions, variances, components, len(rows))


def _check(rows: Array, variables: tuple[str, ...], components: int) -> None:
    n, m = rows.shape
    if m != len(variables):
        raise UnusableRequest(f"{m} columns have {len(variables)} names; name every column once.")
    if not 1 <= components < m:
        raise UnusableRequest(f"{components} components of {m} signals: choose 1 to {m - 1}.")
    if n <= m:
        raise UnusableRequest(f"{n} rows of {m} signals tell no covariance; give more rows.")
    for name, column in zip(variables, rows.T, strict=True):
        if np.isfinite(column).sum() < 2:
            raise UnusableRequest(f"{name} has no values in normal operation; leave it out.")


def _axes(z: Array) -> tuple[Array, Array]:
    """Directions (m, m) and variances (m,) of scaled rows; the largest entry of each is positive,
    so that the same rows give the same signs everywhere."""
    variances, directions = np.linalg.eigh(z.T @ z / (len(z) - 1))
    variances, directions = np.maximum(variances[::-1], 0.0), directions[:, ::-1]
    largest = np.argmax(np.abs(directions), axis=0)
    signs = np.sign(directions[largest, np.arange(len(variances))])
    return np.ascontiguousarray(directions * signs), variances


def fill_missing(z: Array, directions: Array, variances: Array) -> Array:
    """Scaled rows (n, m) with each missing value (NaN) as the others of its row tell it; a row of
    which nothing is known stays NaN."""
    known = np.isfinite(z)
    if known.all():
        return z
    least = LEAST_VARIANCE * float(variances[0])
    covariance = (directions * np.maximum(variances, least)) @ directions.T
    out = z.copy()
    patterns, which = np.unique(known, axis=0, return_inverse=True)
    for place, pattern in enumerate(patterns):
        if pattern.any() and not pattern.all():
            alike = np.flatnonzero(which == place)
            told = np.linalg.solve(covariance[np.ix_(pattern, pattern)], covariance[pattern])
            out[np.ix_(alike, ~pattern)] = z[np.ix_(alike, pattern)] @ told[:, ~pattern]
    return out


def with_components(model: PcaModel, components: int) -> PcaModel:
    """The same model with another number of components in its plane."""
    return replace(model, components=components)


def components_by_cross_validation(rows: Array, groups: NDArray[np.int64], most: int) -> int:
    """The number of components that best tells one signal from the others in rows left out.

    Each signal of a left-out row is taken as missing in turn and told by the plane; whole groups
    (batches) are left out together. Of equal errors the smaller number counts.

    Args:
        rows: (n, m) without missing values. groups: (n,). most: largest number that is tried.

    Source: eigenvector method, Bro, Kjeldahl, Smilde, Kiers, Anal. Bioanal. Chem. 390 (2008) 1241.
    """
    errors = np.zeros(most)
    names = tuple(str(i) for i in range(rows.shape[1]))
    for left_out in _folds(groups):
        model = fit_pca(rows[~left_out], names, components=1)
        z = model.scaled(rows[left_out])
        for a in range(1, most + 1):
            plane = model.directions[:, :a]
            rest = z - (z @ plane) @ plane.T
            leverage = 1.0 - (plane**2).sum(axis=1)
            errors[a - 1] += float(((rest / np.maximum(leverage, 1e-9)) ** 2).sum())
    return int(np.argmin(errors)) + 1


def _folds(groups: NDArray[np.int64]) -> Iterator[NDArray[np.bool_]]:
    """Rows left out, fold by fold, whole groups at a time."""
    names = np.unique(groups)
    for fold in range(min(FOLDS, len(names))):
        yield np.isin(groups, names[fold::FOLDS])
