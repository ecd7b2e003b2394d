"""`investigator evidence inspect`: what a file or folder is read as; nothing is recorded."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from investigator.cli.console import tell
from investigator.cli.table import table
from investigator.domain.instant import iso

if TYPE_CHECKING:
    from investigator.casework.inspect import FileInspection, Inspection
    from investigator.domain.evidence import RowProblem
    from investigator.domain.import_profile import ImportProfile

SHOWN_PROBLEMS, SHOWN_OF_A_REASON = 10, 3
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


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
        _name(file),
        item.kind.replace("_", " "),
        item.layout,
        str(item.rows_read),
        str(item.rows_reported),
        str(len(file.tags)) if file.tags else "-",
        "-" if span is None else f"{iso(span.start_ms, zone)} to {iso(span.end_ms, zone)}",
    )


def _name(file: "FileInspection") -> str:
    item = file.item
    return f"{item.file}!{item.member}" if item.member else item.file


def _doubts(file: "FileInspection") -> list[str]:
    item, name = file.item, _name(file)
    lines = [f"{name}: read as {_reading(item.profile)}."] if item.profile is not None else []
    lines += [f"{name}: doubt: {doubt.removeprefix(f'{name}: ')}." for doubt in file.doubts]
    lines += [f"{name}: {f.subject}: {f.kind}, {f.action}. {f.detail}" for f in file.findings]
    shown = _first_of_each_reason(item.problems)
    lines += [f"{name}: line {p.line}: {p.reason}: {p.text}" for p in shown]
    further = item.rows_reported - len({p.line for p in shown})
    if further > 0:
        lines.append(f"{name}: and {further} further rows; --json lists more.")
    return lines


def _first_of_each_reason(problems: Iterable["RowProblem"]) -> list["RowProblem"]:
    """A few rows of every reason: a file that is full of one still shows the others."""
    seen: Counter[str] = Counter()
    shown: list[RowProblem] = []
    for problem in dict.fromkeys(problems):
        seen[problem.reason] += 1
        if seen[problem.reason] <= SHOWN_OF_A_REASON and len(shown) < SHOWN_PROBLEMS:
            shown.append(problem)
    return shown


def _reading(profile: "ImportProfile") -> str:
    """The choices of a profile in words; signals are counted, other columns named."""
    used = [use for use in profile.columns if use.role not in {"signal", "result", "unused"}]
    columns = [f"{use.role} in column {use.position + 1}" for use in used]
    for role in ("signal", "result"):
        count = len(profile.columns_of(role))
        columns += [f"{count} columns of {role}s"] if count else []
    written = [profile.encoding, f"decimal {profile.decimal}"]
    if profile.delimiter:
        written.insert(1, f"cells cut by {DELIMITERS.get(profile.delimiter, profile.delimiter)}")
    if profile.sheet:
        written = [f"sheet {profile.sheet}"]
    times = [f"times {profile.time_order}, {profile.zone}"] if profile.column("time") else []
    return "; ".join([str(profile.arrangement), ", ".join(written), *times, ", ".join(columns)])
