"""`investigator twin calibrate | reference`: what a twin knows is estimated from data."""

import argparse
import json

from investigator.cli.console import report_progress, tell
from investigator.cli.table import table

_NOISE = ("bias", "sd_between", "sd_walk", "phi", "sd_drift", "sd_white", "batches")


def calibrate(request: argparse.Namespace) -> int:
    """Estimate the parameters of a twin anew and write them into its package."""
    from investigator.casework.calibration import calibrate_twin
    from investigator.cli.calibration import calibration_lines

    report = calibrate_twin(request.twin, progress=report_progress, seed=request.seed)
    tell("\n".join(calibration_lines(report)))
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
    told = [
        f"{name} = {p.value:.4g} +- {p.sd:.2g} {p.unit} ({p.origin})"
        for name, p in sorted(report.told.items())
    ]
    tell("\n".join([*table(rows), "", *told, digest]))
    return 0
