"""Tables that describe products or equipment and hold no data of a batch.

- Each row is of another product or unit, and no column is for a time, a batch or lot, a sample, a
  tag, an event or a result: no reader could take anything of a batch from it.
- Such a table is kept as a document beside the data. Any other table of no known kind is refused,
  since it may be an export that nobody would notice to be missing.
"""

from investigator.domain.import_profile import Kind
from investigator.evidence.batch import event_list_words
from investigator.evidence.laboratory.columns import LABORATORY
from investigator.evidence.recognition import Layout, Recognition
from investigator.evidence.tables.cell_types import is_time, is_time_name
from investigator.evidence.tables.columns import HISTORIAN, Vocabulary, assign_roles
from investigator.evidence.tables.dialect import Dialect

OF_A_BATCH: tuple[tuple[Vocabulary, frozenset[str]], ...] = (
    (HISTORIAN, frozenset({"time", "tag", "value", "batch"})),
    (LABORATORY, frozenset({"sample", "batch", "container", "test", "result"})),
    (LABORATORY, frozenset({"sampled", "analysed", "material_lot"})),
    (event_list_words.COLUMNS, frozenset({"event", "lot", "container", "quantity"})),
)
"""Roles of columns that only data of a batch have, by vocabulary."""

DESCRIBED = ("product", "instrument")
"""Roles of the column that names what each row describes."""

KEPT = Recognition(
    Kind.DOCUMENT,
    Layout.NONE,
    doubts=(
        "a row for each product or unit, without time, batch, tag or result: kept as a document,"
        " nothing of it is read",
    ),
)


def describes_only(dialect: Dialect) -> bool:
    """Whether a table merely describes products or equipment, a row each."""
    if not dialect.header_line or not dialect.rows or _is_of_a_batch(dialect):
        return False
    described = (
        use.position for use in assign_roles(dialect.names, LABORATORY) if use.role in DESCRIBED
    )
    keys = [dialect.column(position) for position in described]
    return any(len(set(key)) == len(key) == len(dialect.rows) for key in keys)


def _is_of_a_batch(dialect: Dialect) -> bool:
    named = any(
        use.role in roles
        for vocabulary, roles in OF_A_BATCH
        for use in assign_roles(dialect.names, vocabulary)
    )
    timed = any(map(is_time_name, dialect.names))
    return named or timed or any(is_time(cell) for row in dialect.rows for cell in row.cells)
