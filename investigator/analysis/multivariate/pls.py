"""Partial least squares: what process signals tell of quality, and what they cannot.

- X and Y are autoscaled; the components are found one after the other (NIPALS) and are those of X
  that say most of Y.
- The rotations W* give the scores of new rows straight from X. The components are nested: the
  first of many are those of a smaller model.

Source: Wold, Sjostrom, Eriksson, Chemom. Intell. Lab. Syst. 58 (2001) 109-130.
"""

from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.multivariate.pca import Array
from investigator.domain.errors import UnusableRequest


@dataclass(frozen=True, slots=True)
class PlsModel:
    """A regression of k qualities on m signals over a components, from `samples` rows.

    Attributes:
        x_mean, x_scale: (m,). y_mean, y_scale: (k,).
        weights, loadings: of the signals, (m, a).
        y_loadings: (k, a).
        score_variances: (a,), the denominators of T2.
    """

    x_mean: Array
    x_scale: Array
    y_mean: Array
    y_scale: Array
    weights: Array
    loadings: Array
    y_loadings: Array
    score_variances: Array
    samples: int

    @property
    def components(self) -> int:
        """How many there are."""
        return len(self.score_variances)

    @property
    def rotations(self) -> Array:
        """W* = W (P'W)^-1, scores per scaled signal, (m, a)."""
        return np.asarray(self.weights @ np.linalg.inv(self.loadings.T @ self.weights))

    def scaled(self, x: Array) -> Array:
        """Rows (n, m) of signals in standard deviations from the mean."""
        return np.asarray((x - self.x_mean) / self.x_scale)

    def predict(self, x: Array) -> Array:
        """Quality (n, k), in its own units, of rows (n, m) of signals."""
        scores = self.scaled(x) @ self.rotations
        return np.asarray(scores @ self.y_loadings.T * self.y_scale + self.y_mean)


def fit_pls(x: Array, y: Array, *, components: int, least_scale: Array | float = 0.0) -> PlsModel:
    """The regression of qualities on signals.

    Args:
        x: signals, (n, m). y: qualities, (n, k). Without missing values.
        components: number of components, at most the smaller of m and n - 1.
        least_scale: a standard deviation of a signal below it counts as that, (m,) or one for all.

    Raises:
        UnusableRequest: rows do not belong together, a column never varies, or a number of
            components that cannot be.
    """
    _check(x, y, components)
    x_mean, x_scale = x.mean(axis=0), np.maximum(x.std(axis=0, ddof=1), least_scale)
    y_mean, y_scale = y.mean(axis=0), y.std(axis=0, ddof=1)
    if not ((x_scale > 0.0).all() and (y_scale > 0.0).all()):
        raise UnusableRequest("A signal or a quality never varies; leave it out.")
    left, sought = (x - x_mean) / x_scale, (y - y_mean) / y_scale
    weights, loadings, y_loadings, variances = [], [], [], []
    for _ in range(components):
        weight = _weight(left, sought)
        score = left @ weight
        length = float(score @ score)
        loading, y_loading = left.T @ score / length, sought.T @ score / length
        left, sought = left - np.outer(score, loading), sought - np.outer(score, y_loading)
        weights.append(weight)
        loadings.append(loading)
        y_loadings.append(y_loading)
        variances.append(length / (len(x) - 1))
    return PlsModel(
        x_mean, x_scale, y_mean, y_scale, np.array(weights).T, np.array(loadings).T,
        np.array(y_loadings).T, np.array(variances), len(x),
    )  # fmt: skip


def with_first_components(model: PlsModel, components: int) -> PlsModel:
    """The same model with the first of its components alone."""
    return replace(
        model,
        weights=model.weights[:, :components],
        loadings=model.loadings[:, :components],
        y_loadings=model.y_loadings[:, :components],
        score_variances=model.score_variances[:components],
    )


def _weight(x: Array, y: Array) -> Array:
    """The direction (m,) of X of the largest covariance with Y: where NIPALS would come to rest.

    Its largest entry is positive, so that the same rows give the same signs everywhere.
    """
    direction = np.linalg.svd(x.T @ y, full_matrices=False)[0][:, 0]
    return np.asarray(direction * np.sign(direction[np.argmax(np.abs(direction))]))


def _check(x: Array, y: Array, components: int) -> None:
    if len(x) != len(y):
        raise UnusableRequest(f"{len(x)} rows of signals stand beside {len(y)} of quality.")
    if not 1 <= components <= min(x.shape[1], len(x) - 1):
        raise UnusableRequest(
            f"{components} components of {len(x)} rows and {x.shape[1]} signals: choose 1 to "
            f"{min(x.shape[1], len(x) - 1)}."
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise UnusableRequest("A value is missing; leave out its row.")
