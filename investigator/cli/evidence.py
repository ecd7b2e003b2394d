"""`investigator evidence inspect`: what a file or folder is read as; nothing is recorded."""

import argparse
import json
from typing import TYPE_CHECKING

from investigator.cli.console import tell
from investigator.cli.table import table
from investigator.domain.instant import iso

if TYPE_CHECKING:
    from investigator.casework.inspect import FileInspection, Inspection

SHOWN_PROBLEMS = 10


def inspect(request: argparse.Namespace) -> int:
    """Print how each file was read: as text for a person, or as JSON."""
    from investigator.casework.inspect import inspect_evidence

    inspection = inspect_evidence(
        request.path,
        twin_id=request.twin,
        schema_folder=request.schema,
        batch_id=request.batch,
        without_twin=request.without_twin,
    )
    if request.json:
        tell(json.dumps(inspection.as_json(), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        tell(inspection_text(inspection))
    return 0


def inspection_text(inspection: "Inspection") -> str:
    """The inspection as text: a table of the files, then what is doubtful in each."""
    rows: list[tuple[str, ...]] = [("File", "Kind", "Layout", "Rows", "Reported", "Tags", "Span")]
    rows += [_row(file, inspection.site_zone) for file in inspection.files]
    doubts = [line for file in inspection.files for line in _doubts(file)]
    return "\n".join([*table(rows), *([""] if doubts else []), *doubts])


def _row(file: "FileInspection", zone: str) -> tuple[str, ...]:
    item, span = file.item, file.span
    return (
        item.file,
        item.kind.replace("_", " "),
        item.layout,
        str(item.rows_read),
        str(item.rows_reported),
        str(len(file.tags)) if file.tags else "-",
        "-" if span is None else f"{iso(span.start_ms, zone)} to {iso(span.end_ms, zone)}",
    )


def _doubts(file: "FileInspection") -> list[str]:
    item = file.item
    lines = [f"{item.file}: {f.subject}: {f.kind}, {f.action}. {f.detail}" for f in file.findings]
    lines += [
        f"{item.file}: line {p.line}: {p.reason}: {p.text}" for p in item.problems[:SHOWN_PROBLEMS]
    ]
    further = item.rows_reported - SHOWN_PROBLEMS
    if further > 0:
        lines.append(f"{item.file}: and {further} further rows; --json lists more.")
    return lines
