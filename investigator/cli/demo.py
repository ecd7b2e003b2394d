"""`investigator demo`: the shipped example, from its files to the report, then in the window."""

import argparse
from collections.abc import Callable
from pathlib import Path

from investigator.cli.console import report_progress, tell

Window = Callable[[Path | None, str | None], int]
"""Opens the window on a workspace and a case; the exit status of the program."""

NO_DISPLAY = (
    "There is no display here. On a workstation `investigator demo` goes on in the window, with "
    "this example as a case to be judged, concluded and signed; from the console every act can be "
    "done too, see `investigator case --help`."
)


def run(request: argparse.Namespace) -> int:
    """Investigate the shipped example, print the summary, and open the window on it."""
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
    if request.no_window:
        return 0
    if request.window is None:
        tell(NO_DISPLAY)
        return 0
    return _in_the_window(request.out.with_name(f"{request.out.name}-workspace"), request.window)


def _in_the_window(workspace: Path, window: Window) -> int:
    from investigator.casework.demonstration import PASSWORD, PEOPLE, demonstration

    made = demonstration(workspace, progress=report_progress)
    people = "\n".join(f"  {user_id:8}{name}, {role}" for user_id, name, role in PEOPLE)
    tell(
        f'The window opens on {made.workspace}. Sign in with the password "{PASSWORD}" as one of '
        f"these; author, reviewer and approver are three people:\n{people}"
    )
    return window(made.workspace, made.case_id)
