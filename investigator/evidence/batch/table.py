"""A table with a batch a row: lots, analyses and results of many batches side by side.

Sites keep such tables for product quality reviews; published data come so too.

- One column names the batch. Columns that end in `batch`, `lot` or `charge` name lots, other
  identifiers (`code`, `strength`, `start`) stay texts, every other column holds results of a test.
- A batch named twice is read once; the later row is reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Arrangement, ColumnUse, ImportProfile, Kind
from investigator.evidence.batch.published_tablets import published_columns, units_assumed
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.by_names import tables_of
from investigator.evidence.tables.cell_types import normal
from investigator.evidence.tables.columns import UNUSED, unit_in
from investigator.evidence.tables.proposal import proposed
from investigator.evidence.tables.table import read_table

BATCH_NAMES = frozenset({"batch", "batch id", "batchid", "batch no", "charge", "chargennummer"})
LOT_ENDINGS = (" batch", " lot", " charge")
TEXTS = {
    "product": frozenset({"code", "product", "product code", "produkt", "material"}),
    "strength": frozenset({"strength", "stärke", "dosage"}),
    "size": frozenset({"size", "batch size", "ansatzgröße"}),
    "start": frozenset({"start", "start date", "beginn"}),
}
"""Columns with texts by role; `LOT_ENDINGS` tell lots."""

LISTED = 12


@dataclass(frozen=True, slots=True)
class BatchTable:
    """Cells by batch, and the uses of the columns they stand in.

    Attributes:
        file: its name.
        profile: how it was read.
        rows: for every batch its cells in order of the columns, stripped of blanks.
        lines: for every batch the line of its row.
        ledger: of the reading.
        assumptions: what had to be assumed.
    """

    file: str
    profile: ImportProfile
    rows: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, int]
    ledger: LossLedger
    assumptions: tuple[str, ...] = ()

    @property
    def batches(self) -> tuple[str, ...]:
        """Ids of the batches, in order of the rows."""
        return tuple(self.rows)

    def cell(self, batch_id: str, role: str) -> str:
        """The text in the first column with a role; empty where there is none."""
        use = self.profile.column(role)
        return "" if use is None else self.of(batch_id)[use.position]

    def of(self, batch_id: str) -> tuple[str, ...]:
        """The cells of a batch; UnusableInput, with the batches there are, for an unknown one."""
        if batch_id not in self.rows:
            first = ", ".join(self.batches[:LISTED])
            raise UnusableInput(
                self.file,
                f"holds no batch {batch_id} but {len(self.rows)} others ({first}, …)",
                "name one of the batches that it holds",
            )
        return self.rows[batch_id]


def batch_table_columns(names: Sequence[str]) -> tuple[ColumnUse, ...]:
    """Uses of the columns of a table with a batch a row; empty where no column names the batch."""
    batch = next((n for n, name in enumerate(names) if normal(name) in BATCH_NAMES), None)
    if batch is None:
        return ()
    units = published_columns(names)
    uses = []
    for n, name in enumerate(names):
        known = units.get(name)
        role = "batch" if n == batch else _role(name)
        unit = known.unit if known else unit_in(name)
        uses.append(ColumnUse(n, role, name, unit, known.description if known else ""))
    return tuple(uses)


def _role(name: str) -> str:
    plain = normal(name)
    if plain.endswith(LOT_ENDINGS):
        return "lot"
    return next((role for role, names in TEXTS.items() if plain in names), _result_or_unused(plain))


def _result_or_unused(plain: str) -> str:
    return UNUSED if not plain or plain.endswith(" code") else "result"


def is_batch_table(names: Sequence[str]) -> bool:
    """Whether a header is that of a table with a batch a row: a batch, lots, and results."""
    roles = {use.role for use in batch_table_columns(names)}
    return {"batch", "lot", "result"} <= roles


def batch_table_profile(content: bytes, file: str) -> ImportProfile:
    """How the first table with a batch a row is read, of a delimited text or a workbook.

    Raises:
        UnusableInput: no column names the batch.
    """
    for sheet, dialect in tables_of(content, file):
        uses = batch_table_columns(dialect.names)
        if uses:
            wide = Arrangement.WIDE
            return proposed(dialect, Kind.LABORATORY, uses, arrangement=wide, sheet=sheet).profile
    raise UnusableInput(
        file, "has no column that names the batch", "export it with the batch number"
    )


def read_batch_table(
    content: bytes, file: str, *, profile: ImportProfile | None = None
) -> BatchTable:
    """A table with a batch a row.

    Args:
        content: delimited text, or a workbook whose sheet the profile names.
        file: its name, for messages.
        profile: how it is read; by the names of its columns where None.

    Raises:
        UnusableInput: no column names the batch, or more than half of the rows are unusable.
    """
    how = profile or batch_table_profile(content, file)
    ledger = LossLedger()
    table = read_table(content, how, ledger, file=file)
    batch = how.column("batch")
    position = batch.position if batch is not None else 0
    rows: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    columns = [table.column(name) for name in table.header.names]
    for n, cells in enumerate(zip(*columns, strict=True)):
        batch_id, line = cells[position], int(table.lines[n])
        if not batch_id:
            ledger.note(line, table.row_text(n), "names no batch")
        elif batch_id in rows:
            reason = f"batch {batch_id} stands in line {lines[batch_id]} already, which is used"
            ledger.note(line, table.row_text(n), reason)
        else:
            rows[batch_id], lines[batch_id] = cells, line
    ledger.refuse_if_ruined(file)
    assumptions = units_assumed(published_columns(table.header.names), file)
    frozen = MappingProxyType(rows), MappingProxyType(lines)
    return BatchTable(file, how, *frozen, ledger, assumptions)
