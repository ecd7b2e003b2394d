"""Least-squares estimation with its uncertainty, the same for every experiment.

- Residuals are in units of their expected noise or in per cent; the noise level is estimated from
  the fit, so standard uncertainties reflect the scatter that was seen.
- Deterministic: same data, same start, same estimate.
- An estimate keeps its residual function and its sensitivities, so that what the data determine and
  how the form does on rows it has not seen can be told afterwards, for every experiment alike.

Source: Bates & Watts, Nonlinear Regression Analysis (1988), ch. 2: covariance s^2 (J'J)^-1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.twin.parameters import CovarianceBlock, Parameter

Floats = NDArray[np.float64]
Residuals = Callable[[Mapping[str, float]], Floats]


@dataclass(frozen=True, slots=True)
class FitReport:
    """How well a form fits an experiment: residual sd in `unit`, share of variance explained."""

    experiment: str
    response: str
    n: int
    residual_sd: float
    unit: str
    r_squared: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One measured quantity of a fit, and what is known of its rows.

    Attributes:
        report: how well the form fits it.
        part: places of its rows in the residuals of the fit, shape (n,).
        fitted: what the form gives, in the unit of the report, shape (n,).
        unit_per_residual: what a residual of 1 is in the unit of the report, shape (n,).
        rows: a name of every row as a reader of the data finds it.
        together: rows of one label are left out together (a run, a test).
        series: rows of one label follow each other in time.
        settings: rows of one label repeat the same settings; None where nothing was repeated.
    """

    report: FitReport
    part: NDArray[np.int64]
    fitted: Floats
    unit_per_residual: Floats
    rows: tuple[str, ...]
    together: tuple[str, ...]
    series: tuple[str, ...]
    settings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A parameter to be estimated: name, unit, starting value and bounds."""

    name: str
    unit: str
    start: float
    lower: float = -np.inf
    upper: float = np.inf


@dataclass(frozen=True, slots=True)
class Estimate:
    """Result of a fit: values by name, covariance, residuals, and the fit itself.

    `jacobian` holds the sensitivities of the residuals, shape (residuals, unknowns).
    """

    values: Mapping[str, float]
    covariance: Floats
    residuals: Floats
    jacobian: Floats
    unknowns: tuple[Unknown, ...]
    function: Residuals
    relative_step: float | None = None

    @property
    def variance(self) -> float:
        """Residual variance, in the squared unit of the residuals."""
        free = max(self.residuals.size - len(self.unknowns), 1)
        return float(self.residuals @ self.residuals) / free

    def calibration(self, origin: str, responses: "tuple[Response, ...]") -> "Calibration":
        """The estimate as parameters of the twin."""
        sds = np.sqrt(np.diag(self.covariance))
        parameters = {
            u.name: Parameter(
                value=self.values[u.name],
                sd=float(sd),
                unit=u.unit,
                origin=origin,
                lower=u.lower,
                upper=u.upper,
            )
            for u, sd in zip(self.unknowns, sds, strict=True)
        }
        block = CovarianceBlock(
            names=tuple(u.name for u in self.unknowns),
            matrix=tuple(tuple(float(v) for v in row) for row in self.covariance),
        )
        return Calibration(parameters, responses, (block,), self)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Parameters from one experiment, with its responses, joint covariance and the fit."""

    parameters: Mapping[str, Parameter]
    responses: tuple[Response, ...] = ()
    covariance: tuple[CovarianceBlock, ...] = ()
    fit: Estimate | None = None

    @property
    def reports(self) -> tuple[FitReport, ...]:
        """How well the form fits each response."""
        return tuple(response.report for response in self.responses)

    def joined_by(self, more: Mapping[str, Parameter]) -> "Calibration":
        """The same with further parameters of the experiment."""
        return replace(self, parameters={**self.parameters, **more})


def estimate(
    unknowns: tuple[Unknown, ...],
    residuals: Residuals,
    *,
    relative_step: float | None = None,
    evaluations: int = 400,
) -> Estimate:
    """Least-squares estimate of the unknowns.

    Args:
        unknowns: what to estimate.
        residuals: function of values by name, giving an array of residuals.
        relative_step: step of the numerical derivative where the function is not smooth.
        evaluations: at most so many iterations.
    """
    from scipy.optimize import least_squares

    names = [u.name for u in unknowns]

    def vector(x: Floats) -> Floats:
        return residuals(dict(zip(names, (float(v) for v in x), strict=True)))

    start = np.array([u.start for u in unknowns])
    found = least_squares(
        vector,
        start,
        bounds=([u.lower for u in unknowns], [u.upper for u in unknowns]),
        x_scale=np.maximum(np.abs(start), 0.02),
        diff_step=None if relative_step is None else np.full(start.size, relative_step),
        max_nfev=evaluations,
    )
    spread = float(found.fun @ found.fun) / max(found.fun.size - start.size, 1)
    jacobian = np.asarray(found.jac, dtype=np.float64)
    information = jacobian.T @ jacobian
    covariance: Floats = np.asarray(np.linalg.pinv(information) * spread, dtype=np.float64)
    values = dict(zip(names, (float(v) for v in found.x), strict=True))
    return Estimate(values, covariance, found.fun, jacobian, unknowns, residuals, relative_step)


def quality(
    experiment: str, response: str, measured: Floats, predicted: Floats, unit: str, *, used: int
) -> FitReport:
    """Residual sd (with `used` parameters taken off the degrees of freedom) and R squared."""
    residual = measured - predicted
    squared = float(residual @ residual)
    about_mean = float(((measured - measured.mean()) ** 2).sum())
    return FitReport(
        experiment=experiment,
        response=response,
        n=int(measured.size),
        residual_sd=float(np.sqrt(squared / max(measured.size - used, 1))),
        unit=unit,
        r_squared=1.0 - squared / about_mean if about_mean > 0.0 else 0.0,
    )


def origin_of(file: str, n: int) -> str:
    """The words for the origin of an estimate."""
    return f"estimated from characterisation/{file}, n={n}"
