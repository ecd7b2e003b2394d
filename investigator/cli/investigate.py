"""`investigator investigate`: an evidence folder in, `result.json` and the report out."""

import argparse

from investigator.cli.console import report_progress, tell


def run(request: argparse.Namespace) -> int:
    """Investigate the folder and print the summary."""
    from investigator.casework.investigate import investigate
    from investigator.cli.summary import summary

    done = investigate(
        request.folder,
        request.out,
        twin_id=request.twin,
        causes=request.cause,
        seed=request.seed,
        workers=request.workers,
        workspace=request.workspace,
        batch_id=request.batch,
        with_timings=not request.no_timings,
        progress=report_progress,
    )
    tell(summary(done.dossier, out=done.out))
    return 0
