"""`investigator evidence inspect`: what a file or folder is read as; nothing is recorded."""

import argparse
import json

from investigator.cli.console import tell


def inspect(request: argparse.Namespace) -> int:
    """Print how each file was read: as text for a person, or as JSON."""
    from investigator.casework.inspect import inspect_evidence

    inspection = inspect_evidence(request.path)
    if request.json:
        tell(json.dumps(inspection.document, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        tell(inspection.text)
    return 0
