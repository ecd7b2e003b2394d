"""Laboratory results by column mapping, from delimited text or a workbook.

- Every result is kept as reported; replicates, retests and invalidated ones stand side by side.
- Results of other batches are reported and not used; where none is of the batch, the export is the
  wrong one and is refused.
- Results that state no unit are taken in that of their limits; an assumption names their tests.
- What results say against each other or against their limits is a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Finding
from investigator.domain.import_profile import Arrangement, ImportProfile, Kind
from investigator.domain.laboratory import LabResult
from investigator.evidence.batch.rows import misplaced_means, results_in
from investigator.evidence.batch.table import (
    BatchTable,
    batch_table_profile,
    is_batch_table,
    read_batch_table,
)
from investigator.evidence.laboratory.columns import LABORATORY, NEEDED, wide_roles
from investigator.evidence.laboratory.findings import laboratory_findings
from investigator.evidence.laboratory.rows import FoundResult, results_of
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.by_names import profile_by_names, tables_of
from investigator.evidence.tables.columns import fits
from investigator.evidence.tables.proposal import proposed
from investigator.evidence.tables.table import read_table

LISTED = 5
"""So many batches are named where none is the one that is looked for."""


@dataclass(frozen=True, slots=True)
class LaboratoryReading:
    """The results of one export.

    Attributes:
        results: in order of the rows.
        batches: ids of the batches that it speaks of; sorted, or in order of a table's rows.
        table: of a table with a batch a row, which tells the lots of a batch as well.
    """

    results: tuple[LabResult, ...]
    ledger: LossLedger
    batches: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()
    table: BatchTable | None = None


def laboratory_profile(content: bytes, file: str, *, zone: str = "UTC") -> ImportProfile:
    """How a laboratory table is read, long or wide, by the names of its columns.

    Raises:
        UnusableInput: it has neither columns for test and result, nor one for sample or batch
            beside columns of results.
    """
    for sheet, dialect in tables_of(content, file):
        if is_batch_table(dialect.names):
            return batch_table_profile(content, file)
        uses = wide_roles(dialect.names, [row.cells for row in dialect.rows])
        if uses and not fits(dialect.names, LABORATORY, NEEDED):
            wide = Arrangement.WIDE
            laid = proposed(
                dialect, Kind.LABORATORY, uses, arrangement=wide, zone=zone, sheet=sheet
            )
            return laid.profile
    return profile_by_names(
        content, file, kind=Kind.LABORATORY, vocabulary=LABORATORY, needed=NEEDED, zone=zone
    )


def read_laboratory(
    content: bytes, file: str, *, batch_id: str | None, profile: ImportProfile | None = None
) -> LaboratoryReading:
    """The laboratory results of a batch.

    Args:
        content: delimited text or a workbook.
        file: its name, for messages.
        batch_id: rows of another batch are reported and not used; None takes them all.
        profile: how it is read; by the names of its columns where None.

    Raises:
        UnusableInput: a needed column is missing, no row is of the batch, or more than half of the
            rows are unusable.
    """
    how = profile or laboratory_profile(content, file)
    if how.columns_of("lot"):
        return _of_table(read_batch_table(content, file, profile=how), batch_id)
    ledger = LossLedger()
    table = read_table(content, how, ledger, file=file)
    return of_batch(results_of(table, how, ledger), ledger, file, batch_id=batch_id)


def _of_table(table: BatchTable, batch_id: str | None) -> LaboratoryReading:
    """The results of a batch, or of all, of a table with a batch a row."""
    wanted = table.batches if batch_id is None else (batch_id,)
    results = tuple(result for batch in wanted for result in results_in(table, batch))
    if batch_id is not None:
        others = [batch for batch in table.batches if batch != batch_id]
        table.ledger.note_rows(
            (table.lines[batch] for batch in others),
            lambda n: f"batch {others[n]}",
            f"of another batch than {batch_id}",
            unusable=False,
        )
    return LaboratoryReading(
        results,
        table.ledger,
        table.batches,
        misplaced_means(results) if batch_id is not None else (),
        table.assumptions,
        table,
    )


def of_batch(
    found: Sequence[FoundResult], ledger: LossLedger, file: str, *, batch_id: str | None
) -> LaboratoryReading:
    """The results of one batch, or of all where `batch_id` is None.

    A result that names no batch is taken: the file was handed in for this one.

    Raises:
        UnusableInput: more than half of the rows are unusable, or all are of other batches.
    """
    batches = sorted({f.result.batch_id for f in found} - {""})
    ours = [f for f in found if batch_id is None or f.result.batch_id in {"", batch_id}]
    if found and not ours:
        raise UnusableInput(
            file,
            f"holds results of {', '.join(batches[:LISTED])}, none of batch {batch_id}",
            "choose the batch as it is called there, or leave the file out",
        )
    for other in found:
        if batch_id is not None and other.result.batch_id not in {"", batch_id}:
            reason = f"of batch {other.result.batch_id}, not {batch_id}"
            ledger.note(other.line, other.text, reason, unusable=False)
    ledger.refuse_if_ruined(file)
    results = tuple(f.result for f in ours)
    return LaboratoryReading(
        results,
        ledger,
        tuple(batches),
        laboratory_findings(results),
        tuple(f"{file}: {said}" for said in _units_assumed(ours)),
    )


def _units_assumed(found: Sequence[FoundResult]) -> tuple[str, ...]:
    assumed = [f.result for f in found if f.unit_assumed]
    if not assumed:
        return ()
    named = list(dict.fromkeys(f"{result.test} in {result.unit}" for result in assumed))
    listed = ", ".join(named[:LISTED]) + (", …" if len(named) > LISTED else "")
    return (
        f"results without a unit ({len(assumed)}) are taken in the unit of their limits ({listed})",
    )
