"""`investigator compile`: compile the simulation once, so that the first investigation need not."""

import argparse
from concurrent.futures import BrokenExecutor

from investigator.cli.console import report_progress, tell


def run(_request: argparse.Namespace) -> int:
    """Compile what is not compiled yet; where that cannot be kept, nothing is amiss."""
    from investigator.casework.kernels import compile_kernels

    report_progress("compiling the simulation: some 10 to 30 s, once")
    try:
        compile_kernels()
    except (OSError, BrokenExecutor) as failed:
        tell(
            f"The simulation is not compiled beforehand ({failed}): "
            "the first investigation compiles it."
        )
    else:
        tell("The simulation is compiled.")
    return 0
