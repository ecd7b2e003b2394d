"""`investigator twin validate`: is a twin as good as its manifest demands?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.cli.arguments import all_cores, seed, workers
from investigator.cli.console import report_progress, tell
from investigator.cli.sentence_parser import Commands, command
from investigator.cli.table import table
from investigator.domain.errors import UnusableRequest
from investigator.domain.validation import CriterionResult, Outcome, ValidationRecord

if TYPE_CHECKING:
    from investigator.casework.validation import Earlier

PASSED, NOT_PASSED = 0, 1


def add_command(parts: Commands) -> None:
    """Add the command to those on twins."""
    words = "measure a twin against the criteria of its manifest and write the record into it"
    parser = command(parts, "validate", words, validate)
    parser.add_argument("twin", metavar="ID")
    parser.add_argument(
        "--batches",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder with one folder of evidence for each normal batch",
    )
    parser.add_argument(
        "--deviations",
        type=Path,
        metavar="DIR",
        help="folder with one folder of evidence for each earlier deviation",
    )
    parser.add_argument(
        "--confirmed",
        type=Path,
        metavar="FILE",
        help="table folder,cause: the confirmed causes of the earlier deviations",
    )
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="seed of random draws")
    parser.add_argument("--workers", type=workers, default=all_cores(), metavar="N")
    parser.add_argument("--json", action="store_true", help="print the record as JSON")


def validate(request: argparse.Namespace) -> int:
    """Validate a twin; exit status 1 where a criterion did not pass."""
    from investigator.casework.validation import record_document, validate_twin

    report = validate_twin(
        request.twin,
        request.batches,
        earlier=_earlier(request),
        seed=request.seed,
        workers=request.workers,
        progress=report_progress,
    )
    if request.json:
        tell(record_document(report.record))
    else:
        tell("\n".join([*_lines(report.record), "", f"The package has the digest {report.digest}"]))
    return PASSED if report.record.passed else NOT_PASSED


def _earlier(request: argparse.Namespace) -> "Earlier | None":
    from investigator.casework.validation import Earlier

    if (request.deviations is None) != (request.confirmed is None):
        raise UnusableRequest(
            "--deviations and --confirmed belong together; name both, or neither of them."
        )
    return Earlier(request.deviations, request.confirmed) if request.confirmed else None


def _lines(record: ValidationRecord) -> list[str]:
    rows: list[tuple[str, ...]] = [("Criterion", "Required", "Found", "Outcome", "Remark")]
    rows += [_row(result) for result in record.criteria]
    passed = sum(result.outcome is Outcome.PASSED for result in record.criteria)
    verdict = "may be approved" if record.passed else "stays a draft"
    total = f"{passed} of {len(record.criteria)} criteria passed; {record.twin_id} {verdict}."
    return [*table(rows), "", total]


def _row(result: CriterionResult) -> tuple[str, ...]:
    from investigator.domain.quantities import significant

    criterion, figure = result.criterion, result.figure
    unit = "" if criterion.unit == "-" else f" {criterion.unit}"
    found = "-"
    if figure is not None:
        found = significant(figure.value)
        if figure.low < figure.high:
            found += f" ({significant(figure.low)} to {significant(figure.high)})"
        found += unit
    required = f"{criterion.relation.value} {significant(criterion.limit)}{unit}"
    return criterion.criterion_id, required, found, result.outcome.value, result.remark
