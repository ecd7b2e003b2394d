"""What a row of a table with a batch a row says of its batch: lots, results, a batch record.

- A cell of blanks is a missing value: no result, and no loss.
- What a column of results is about is told by its beginning: results of `api_…` belong to the lot
  in `api_batch`.
- A mean that lies outside its own least and largest value is a finding: two columns are exchanged
  or differ in unit, and which is right is for a person to say.
- A batch record made of such a row knows lots, size and the span of the series, and nothing of
  phases, containers and operators; that is said as an assumption.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from investigator.domain.batch import BatchRecord, MaterialLot, RecipeParameter, ReportedQuantity
from investigator.domain.evidence import Finding, Severity
from investigator.domain.import_profile import ColumnUse
from investigator.domain.instant import Span
from investigator.domain.laboratory import LabResult
from investigator.evidence.batch.table import TEXTS, BatchTable
from investigator.evidence.laboratory.reported import read_reported
from investigator.evidence.tables.cell_types import normal

STATISTIC = re.compile(r"(?<![a-z])(min|minimum|max|maximum|av|avg|average|mean)(?![a-z])")
LEAST, LARGEST = frozenset({"min", "minimum"}), frozenset({"max", "maximum"})


def lots_in(table: BatchTable, batch_id: str) -> tuple[MaterialLot, ...]:
    """The lots that a batch was made of; the table states no quantities."""
    cells = table.of(batch_id)
    return tuple(
        MaterialLot(
            lot_id=cells[use.position],
            material_id=_subject(use.name),
            description=use.description or use.name,
            unit_id="",
            issued_kg=None,
            returned_kg=None,
            consumed_kg=None,
            potency_entered_pct=None,
        )
        for use in table.profile.columns_of("lot")
        if cells[use.position]
    )


def _subject(name: str) -> str:
    """What the beginning of a column name speaks of: `api` of `api_batch` and of `api_water`."""
    return normal(name).split(" ")[0]


def results_in(table: BatchTable, batch_id: str) -> tuple[LabResult, ...]:
    """The results of a batch; a cell that is neither result nor missing goes to the ledger."""
    cells = table.of(batch_id)
    lots = {_subject(u.name): cells[u.position] for u in table.profile.columns_of("lot")}
    found = (
        _result(table, batch_id, use, lots.get(_subject(use.name), ""))
        for use in table.profile.columns_of("result")
        if cells[use.position]
    )
    return tuple(result for result in found if result is not None)


def _result(table: BatchTable, batch_id: str, use: ColumnUse, lot: str) -> LabResult | None:
    text = table.of(batch_id)[use.position]
    reported = read_reported(text, decimal=table.profile.decimal)
    if reported is None:
        said = f"{use.name} = {text}"
        table.ledger.note(table.lines[batch_id], said, "cannot be read as a result", unusable=False)
        return None
    number, bound = reported.number, reported.bound
    return LabResult(
        sample_id="",
        batch_id=batch_id,
        container_id="",
        stage="Raw material" if lot else "",
        test=use.name,
        replicate=1,
        result=math.nan if number is None else float(number),
        unit=use.unit or reported.unit,
        spec_low=None,
        spec_high=None,
        evaluation="",
        analyst="",
        instrument="",
        run_id="",
        analysed="",
        material_lot=lot,
        reported=text,
        censored=reported.censored,
        bound=None if bound is None else float(bound),
    )


def record_of_row(table: BatchTable, batch_id: str, *, span: Span, line_id: str) -> BatchRecord:
    """A batch record of what the table says, over the span of the batch's series.

    Args:
        table, batch_id: the row.
        span: from the first to the last sample of the batch.
        line_id: the line as its dossier names it; the table does not say.
    """
    texts = {role: table.cell(batch_id, role) for role in TEXTS}
    bare = BatchRecord(
        record_id=f"{table.file}, line {table.lines[batch_id]}",
        batch_id=batch_id,
        product_id=texts["product"],
        line_id=line_id,
        recipe_id="",
        status="",
        span=span,
        equipment=(),
        parameters=tuple(
            RecipeParameter(role, role, texts[role], "")
            for role in ("strength", "start")
            if texts[role]
        ),
        lots=lots_in(table, batch_id),
        events=(),
        comments=(),
        phases=(),
        containers=(),
        samples=(),
    )
    return replace(bare, quantities=_size(table, texts["size"]))


def _size(table: BatchTable, text: str) -> tuple[ReportedQuantity, ...]:
    size = read_reported(text, decimal=table.profile.decimal) if text else None
    if size is None or size.number is None:
        return ()
    use = table.profile.column("size")
    unit = use.unit if use is not None else ""
    return (ReportedQuantity("BatchSize", "batch size", float(size.number), unit),)


def record_assumptions(table: BatchTable) -> tuple[str, ...]:
    """What a record made of a row of this table leaves open."""
    return (
        f"{table.file}: the batch record is made of the table's row; phases, containers, set-points"
        " and operators' actions are not known",
    )


def misplaced_means(results: Iterable[LabResult]) -> tuple[Finding, ...]:
    """Findings where a mean lies outside the least and the largest value beside it."""
    families: dict[str, dict[str, LabResult]] = {}
    for result in results:
        found = STATISTIC.search(normal(result.test))
        if found is not None and result.quantified:
            word = found.group(1)
            kind = "min" if word in LEAST else "max" if word in LARGEST else "mean"
            family = STATISTIC.sub("", normal(result.test))
            families.setdefault(family, {})[kind] = result
    return tuple(
        finding
        for family in families.values()
        if len(family) == 3 and (finding := _misplaced(family)) is not None
    )


def _misplaced(family: dict[str, LabResult]) -> Finding | None:
    least, mean, largest = family["min"], family["mean"], family["max"]
    if least.result <= mean.result <= largest.result:
        return None
    return Finding(
        subject=mean.test,
        kind="mean_outside_range",
        span=None,
        action="all are kept as reported; columns may be exchanged or differ in unit",
        detail=f"{mean.test} {mean.result:g} {mean.unit} lies outside {least.test}"
        f" {least.result:g} to {largest.test} {largest.result:g}",
        severity=Severity.MAJOR,
    )
