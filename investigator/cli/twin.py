"""`investigator twin list | show | calibrate | reference | sign`: the models of the lines."""

import argparse
import json

from investigator.cli.at_desk import seat, signer
from investigator.cli.console import report_progress, tell
from investigator.cli.table import table

_NOISE = ("bias", "sd_between", "sd_walk", "phi", "sd_drift", "sd_white", "batches")


def list_all(request: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this form
    """Print id, version, status, line and title of every twin."""
    from investigator.casework.twins import list_twins

    rows = [("Twin", "Version", "Status", "Line", "Title")]
    for twin in list_twins():
        m = twin.manifest
        rows.append((m.twin_id, m.version, twin.standing.status, m.line_id, m.title))
    tell("\n".join(table(rows)))
    return 0


def show(request: argparse.Namespace) -> int:
    """Print what one twin is for, how it stands, and its failure modes."""
    from investigator.casework.twins import choose_twin

    package = choose_twin(request.twin)
    manifest = package.manifest
    rows = [
        ("Twin", f"{manifest.twin_id} {manifest.version}"),
        ("Title", manifest.title),
        ("Status", package.standing.status),
        ("Why", package.standing.why),
        ("Line", manifest.line_id),
        ("Digest", package.digest),
        ("For", manifest.context_of_use),
    ]
    modes: list[tuple[str, ...]] = [("Failure mode", "Prior", "Title")]
    modes += [(mode.cause, f"{mode.prior:.3g}", mode.title) for mode in package.failure_modes]
    tell("\n".join([*table(rows), "", *table(modes)]))
    return 0


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


def sign(request: argparse.Namespace) -> int:
    """Approve a twin: its approver signs the digest of the package in the workspace."""
    from investigator.casework.twin_approval import approve

    user_id = signer(request)
    with seat(request) as here:
        entry = approve(
            here.desk,
            request.twin,
            user_id=user_id,
            password=here.passwords.ask(f"{user_id}, to approve the twin"),
            why=request.why,
        )
    tell(f"Entry {entry}: the twin {request.twin} is approved by {user_id}.")
    return 0
