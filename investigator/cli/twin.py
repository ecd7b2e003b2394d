"""`investigator twin calibrate | reference`: what a twin knows is estimated from data."""

import argparse
import json

from investigator.cli.console import report_progress, tell
from investigator.cli.table import table

_NOISE = ("bias", "sd_between", "sd_walk", "phi", "sd_drift", "sd_white", "batches")


def calibrate(request: argparse.Namespace) -> int:
    """Estimate the parameters of a twin anew and write them into its package."""
    from investigator.casework.twins import calibrate_twin

    report = calibrate_twin(request.twin, progress=report_progress)
    rows: list[tuple[str, ...]] = [("Experiment", "Response", "Values", "R2", "Residual sd")]
    rows += [
        (f.experiment, f.response, str(f.n), f"{f.r_squared:.3f}", f"{f.residual_sd:.3g} {f.unit}")
        for f in report.fits
    ]
    estimated = sum(parameter.sd > 0 for parameter in report.parameters.by_name.values())
    digest = f"{estimated} parameters estimated; the package has the digest {report.digest}"
    tell("\n".join([*table(rows), "", digest]))
    return 0


def reference(request: argparse.Namespace) -> int:
    """Estimate what a twin knows of normal batches anew and write it into its package."""
    from investigator.casework.reference import estimate_twin_reference

    report = estimate_twin_reference(
        request.twin, request.history, workers=request.workers, progress=report_progress
    )
    if request.json:
        document = {"twin": report.twin_id, "digest": report.digest, **report.statistics}
        tell(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
        return 0
    heads = ("Channel", "Bias", "Between", "Walk", "Phi", "Drift", "White", "Batches", "Usual gain")
    gains = report.statistics["usual_gains"]
    rows: list[tuple[str, ...]] = [heads]
    for noise in report.statistics["noise"]:
        figures = (noise[key] for key in _NOISE)
        gain = gains[noise["channel"]]
        rows.append((noise["channel"], *(f"{x:.4g}" for x in figures), f"{gain:.4g}"))
    batches = len(report.statistics["batches"])
    digest = f"{batches} normal batches; the package has the digest {report.digest}"
    tell("\n".join([*table(rows), "", digest]))
    return 0
