"""What the residuals of a fit say against its form, row by row and in the order of time.

- Everything is judged on residuals in the unit of the fit (per cent or expected noise), where equal
  scatter was assumed; only the held-out figure is told in the unit of the response.
- Few rows hide a fault and many rows show the smallest: a p-value never stands without its size.
- Replicates of slightly different settings (a force of 5.03 and 4.97 kN) count as replicates of
  what the form leaves of them.

Sources: Shapiro & Wilk, Biometrika 52 (1965) 591; Cook, Technometrics 19 (1977) 15; lack of fit
against pure error and leverage in the tangent plane, Bates & Watts (1988), ch. 1.3 and 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.twin.calibrate.fit import Estimate, Floats, Response

FEWEST = 8
FEWEST_FREE = 3
LIMIT = 0.05


@dataclass(frozen=True, slots=True)
class LackOfFit:
    """F of what the form leaves between settings over the scatter of replicates, and its p."""

    f: float
    between: int
    within: int
    p: float


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Residual diagnostics of one response; None where the rows do not allow the test.

    Attributes:
        normality_p: of the Shapiro-Wilk test.
        lag1: autocorrelation of neighbours in time; lag1_p: that there is none.
        spread_rank: rank correlation of size of residual and fitted value; spread_p: that it is 0.
        lack_of_fit: against pure error.
        outliers: rows beyond the 5 % limit of the largest studentised residual of all rows.
        influential: rows whose Cook distance exceeds 1.
        held_out_sd: sd of rows predicted without them, in the unit of the response.
    """

    normality_p: float | None
    lag1: float | None
    lag1_p: float | None
    spread_rank: float | None
    spread_p: float | None
    lack_of_fit: LackOfFit | None
    outliers: tuple[str, ...]
    influential: tuple[str, ...]
    held_out_sd: float


def diagnose(fit: Estimate, response: Response, held_out: Floats) -> Diagnostics:
    """The diagnostics of one response.

    Args:
        fit: the fit that the response belongs to.
        response: its rows.
        held_out: residuals of the whole fit, each predicted without its row.
    """
    residual = fit.residuals[response.part]
    lag1, lag1_p = neighbours(residual, response.series)
    rank, rank_p = spread_against(response.fitted, residual)
    studentised, cook = influence(fit)
    missed = held_out[response.part] * response.unit_per_residual
    return Diagnostics(
        normality_p=normality(residual),
        lag1=lag1,
        lag1_p=lag1_p,
        spread_rank=rank,
        spread_p=rank_p,
        lack_of_fit=lack_of_fit(residual, response.settings, len(fit.unknowns)),
        outliers=_named(response, np.abs(studentised) > _largest(fit)),
        influential=_named(response, cook > 1.0),
        held_out_sd=float(np.sqrt(missed @ missed / missed.size)),
    )


def _named(response: Response, marked: np.ndarray) -> tuple[str, ...]:
    return tuple(response.rows[i] for i in np.flatnonzero(marked[response.part]))


def normality(residual: Floats) -> float | None:
    """Shapiro-Wilk p of the residuals, up to 5,000 rows; beyond, every 2nd, 3rd ... row."""
    from scipy.stats import shapiro

    if residual.size < FEWEST:
        return None
    return float(shapiro(residual[:: -(-residual.size // 5000)]).pvalue)


def neighbours(residual: Floats, series: Sequence[str]) -> tuple[float, float] | tuple[None, None]:
    """Lag-1 autocorrelation within each series, and the p of none (normal, n pairs)."""
    from scipy.stats import norm

    label = np.array(series)
    products, pairs = 0.0, 0
    for name in np.unique(label):
        rows = residual[label == name]
        products += float(rows[1:] @ rows[:-1])
        pairs += max(rows.size - 1, 0)
    if pairs < FEWEST:
        return None, None
    lag1 = products / pairs / float(np.mean(residual**2))
    return lag1, float(2.0 * norm.sf(abs(lag1) * np.sqrt(pairs)))


def spread_against(fitted: Floats, residual: Floats) -> tuple[float, float] | tuple[None, None]:
    """Spearman's rank correlation of size of residual and fitted value, with its p."""
    from scipy.stats import spearmanr

    if residual.size < FEWEST or np.ptp(fitted) <= 0.0:
        return None, None
    found = spearmanr(fitted, np.abs(residual))
    return float(found.statistic), float(found.pvalue)


def lack_of_fit(
    residual: Floats, settings: Sequence[str] | None, unknowns: int
) -> LackOfFit | None:
    """F test of the means over settings against the scatter of replicates."""
    from scipy.stats import f as f_distribution

    if settings is None:
        return None
    _, place, count = np.unique(np.array(settings), return_inverse=True, return_counts=True)
    between, within = count.size - unknowns, residual.size - count.size
    if between < FEWEST_FREE or within < FEWEST_FREE:
        return None
    mean = np.bincount(place, residual) / count
    pure = float(((residual - mean[place]) ** 2).sum()) / within
    left = float((count * mean**2).sum()) / between
    return LackOfFit(
        left / pure, between, within, float(f_distribution.sf(left / pure, between, within))
    )


def influence(fit: Estimate) -> tuple[Floats, Floats]:
    """Externally studentised residuals and Cook distances, shape (residuals,) each."""
    leverage = np.clip(_leverage(fit.jacobian), 0.0, 1.0 - 1e-9)
    n, p = fit.jacobian.shape
    scaled = fit.residuals**2 / (fit.variance * (1.0 - leverage))
    cook = scaled * leverage / (1.0 - leverage) / p
    rest = np.maximum(n - p - scaled, 1e-12) / max(n - p - 1, 1)
    return np.sign(fit.residuals) * np.sqrt(scaled / rest), cook


def _leverage(jacobian: Floats) -> Floats:
    """Diagonal of J (J'J)^-1 J', columns scaled to unit length first."""
    length = np.linalg.norm(jacobian, axis=0)
    q, r = np.linalg.qr(jacobian / np.where(length > 0.0, length, 1.0))
    used = np.abs(np.diag(r)) > 1e-10
    return np.asarray((q[:, used] ** 2).sum(axis=1))


def _largest(fit: Estimate) -> float:
    """Limit that the largest of all studentised residuals passes in 5 % of fits (Bonferroni)."""
    from scipy.stats import t

    n, p = fit.jacobian.shape
    return float(t.isf(LIMIT / (2.0 * n), max(n - p - 1, 1)))
