"""`case reread`: whether the stored originals still read as what was admitted."""

import argparse
import json

from investigator.cli.at_desk import seat
from investigator.cli.case.acting import case_command
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.cli.working import worked

FOUND_OTHERWISE = 1


def add_rereading(parts: Commands) -> None:
    """The command; it records nothing."""
    case_command(
        parts, "reread", "read the evidence again from its stored originals and compare", _reread
    )


def _reread(request: argparse.Namespace) -> int:
    """Print every fact; 1 where the evidence does not read as it was admitted."""
    from investigator.casework.rereading import RereadOutcome, reread_task, to_reread

    with seat(request) as here:
        place, admitted = to_reread(here.desk, request.case)
    found = worked("The reading", reread_task, place, admitted)
    if request.json:
        document = {"folder": found.folder, "outcome": found.outcome, "facts": found.facts}
        tell(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        tell("\n".join((f"{found.folder}: {found.outcome}.", *found.facts)))
    return FOUND_OTHERWISE if found.outcome is RereadOutcome.DIFFERS else 0
