"""Laboratory results as the LIMS exports them: one reported value a row."""

import math
from dataclasses import dataclass

from investigator.domain.laboratory import LabResult
from investigator.evidence.ledger import LossLedger
from investigator.evidence.table import header_of, read_table, require

COLUMNS = (
    "SampleID",
    "BatchID",
    "ContainerID",
    "Stage",
    "Test",
    "Replicate",
    "Result",
    "Unit",
    "SpecLow",
    "SpecHigh",
    "Evaluation",
    "Analyst",
    "Instrument",
    "RunID",
    "AnalysisDate",
    "MaterialLot",
)


@dataclass(frozen=True, slots=True)
class LaboratoryReading:
    """The results of one export; `batches` are the batch ids that it speaks of, sorted."""

    results: tuple[LabResult, ...]
    ledger: LossLedger
    batches: tuple[str, ...]


def _number(text: str) -> float:
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no result")
    return value


def _limit(text: str) -> float | None:
    return _number(text) if text and text != "-" else None


def _result(cells: dict[str, str]) -> LabResult:
    return LabResult(
        sample_id=cells["SampleID"],
        batch_id=cells["BatchID"],
        container_id=cells["ContainerID"],
        stage=cells["Stage"],
        test=cells["Test"],
        replicate=int(cells["Replicate"] or 1),
        result=_number(cells["Result"]),
        unit=cells["Unit"],
        spec_low=_limit(cells["SpecLow"]),
        spec_high=_limit(cells["SpecHigh"]),
        evaluation=cells["Evaluation"],
        analyst=cells["Analyst"],
        instrument=cells["Instrument"],
        run_id=cells["RunID"],
        analysed=cells["AnalysisDate"],
        material_lot=cells["MaterialLot"],
    )


def read_laboratory(content: bytes, file: str, *, batch_id: str | None) -> LaboratoryReading:
    """The laboratory results of a batch.

    Args:
        content: delimited text with the columns of `COLUMNS`.
        file: its name, for messages.
        batch_id: rows of another batch are reported and not used; None takes them all.

    Raises:
        UnusableInput: unknown delimiter, missing column, or more than half of the rows unusable.
    """
    header = header_of(content)
    require(header, COLUMNS, file, "laboratory export")
    ledger = LossLedger()
    table = read_table(content, header, ledger)
    columns = [table.column(name) for name in COLUMNS]
    results = []
    for row, cells in enumerate(zip(*columns, strict=True)):
        named = dict(zip(COLUMNS, cells, strict=True))
        line = int(table.lines[row])
        if batch_id is not None and named["BatchID"] != batch_id:
            ledger.note(line, table.row_text(row), f"of batch {named['BatchID']}, not {batch_id}")
            continue
        try:
            results.append(_result(named))
        except ValueError as why:
            ledger.note(line, table.row_text(row), f"cannot be read ({why})")
    ledger.refuse_if_ruined(file)
    return LaboratoryReading(tuple(results), ledger, tuple(sorted(set(columns[1]))))
