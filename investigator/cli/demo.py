"""`investigator demo`: the shipped example deviation, from its files to the report."""

import argparse

from investigator.cli.console import report_progress, tell


def run(request: argparse.Namespace) -> int:
    """Investigate the shipped example and print the summary."""
    from investigator.casework.investigate import investigate
    from investigator.casework.places import example_folder
    from investigator.cli.summary import summary

    done = investigate(
        example_folder(),
        request.out,
        workers=request.workers,
        progress=report_progress,
    )
    tell(summary(done.dossier, out=done.out))
    return 0
