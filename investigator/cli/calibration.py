"""What `investigator twin calibrate` prints: the fits, their residuals, and what stays open.

Every parameter that the data do not determine well is named with its profile likelihood interval;
"open" stands for a side on which the profile is flat up to the parameter's bound.
"""

from investigator.casework.calibration import (
    AssessedResponse,
    CalibrationReport,
    Identified,
    Verdict,
)
from investigator.cli.table import table

_FITS = ("Experiment", "Response", "Values", "R2", "Residual sd", "Held out", "Normal p", "Lag 1")
_OPEN = ("Parameter", "Value", "95 % profile", "The data")


def calibration_lines(report: CalibrationReport) -> list[str]:
    """The tables and sentences of a calibration."""
    fits: list[tuple[str, ...]] = [(*_FITS, "Lack of fit p", "Outliers")]
    fits += [_fit(response) for response in report.assessment.responses]
    doubtful = [
        parameter
        for verdict in (Verdict.UNDETERMINED, Verdict.WEAK, Verdict.NO_EFFECT)
        for parameter in report.assessment.parameters(verdict)
    ]
    left: list[tuple[str, ...]] = [_OPEN, *(_parameter(report, p) for p in doubtful)]
    return [*table(fits), "", *table(left), "", *_exchanged(report), _closing(report)]


def _fit(response: AssessedResponse) -> tuple[str, ...]:
    fit, found = response.report, response.diagnostics
    lack = found.lack_of_fit
    return (
        fit.experiment,
        fit.response,
        str(fit.n),
        f"{fit.r_squared:.3f}",
        f"{fit.residual_sd:.3g} {fit.unit}",
        f"{found.held_out_sd:.3g}",
        _figure(found.normality_p),
        _figure(found.lag1),
        _figure(None if lack is None else lack.p),
        ", ".join(found.outliers) or "none",
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _parameter(report: CalibrationReport, found: Identified) -> tuple[str, ...]:
    value = f"{report.parameters[found.name].value:.4g}"
    interval = found.profile
    low, high = (None, None) if interval is None else (interval.low, interval.high)
    return (found.name, value, f"{_end(low)} to {_end(high)}", str(found.verdict))


def _end(value: float | None) -> str:
    return "open" if value is None else f"{value:.4g}"


def _exchanged(report: CalibrationReport) -> list[str]:
    """A sentence for each fit whose parameters can be exchanged for one another."""
    return [
        f"{fit.responses[0].report.response}: "
        f"{', '.join(name for name, _ in fit.identifiability.exchanged)} are exchanged for one "
        f"another (collinearity index {fit.identifiability.collinearity:.0f}); use them together."
        for fit in report.assessment.fits
        if fit.identifiability.exchanged
    ]


def _closing(report: CalibrationReport) -> str:
    estimated = sum(parameter.sd > 0 for parameter in report.parameters.by_name.values())
    return (
        f"{estimated} parameters estimated (seed {report.assessment.seed} for the hold-out); "
        f"the package has the digest {report.digest}"
    )
