"""`investigator verify PATH`: a workspace or a report, what is proven of it and what is not."""

import argparse
import json
from pathlib import Path

from investigator.cli.console import tell
from investigator.domain.errors import UnusableInput

FOUND_WRONG = 1


def run(request: argparse.Namespace) -> int:
    """Verify and print every sentence; 1 where something does not agree."""
    from investigator.casework.verification import KnownElsewhere, verify

    known = KnownElsewhere(
        log_key=_text(request.key) if request.key else "",
        checkpoints=tuple(_text(file) for file in request.checkpoint),
        workspace=request.workspace,
        reread=request.reread,
    )
    found = verify(request.path, known)
    if request.json:
        document = {
            "subject": found.subject,
            "faults": found.faults,
            "proven": found.proven,
            "not_proven": found.not_proven,
            "remarks": found.remarks,
        }
        tell(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        tell("\n".join((found.subject, *found.sentences())))
    return FOUND_WRONG if found.faults else 0


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "it is no text"
        raise UnusableInput(str(file), f"cannot be read ({why})", "name a text file") from None
