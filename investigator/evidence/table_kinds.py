"""What tells the kinds of tables apart, by the names of their columns and what these hold.

A teller says how a table of its kind is arranged and what its columns are used for, or that a table
is none of its kind. The first that says so decides; historian exports are asked last.
"""

from collections.abc import Callable, Collection, Sequence

from investigator.domain.import_profile import Arrangement, ColumnUse, Kind
from investigator.evidence.batch.event_list_words import event_list_columns
from investigator.evidence.batch.material_extract import extract_columns
from investigator.evidence.batch.table import batch_table_columns, is_batch_table
from investigator.evidence.historian.tag_lists import TAG_LIST, is_state_list, is_tag_list
from investigator.evidence.laboratory import columns as laboratory_columns
from investigator.evidence.monitoring.alarm_words import alarm_columns
from investigator.evidence.monitoring.environment_columns import environment_columns
from investigator.evidence.tables.cell_types import is_time_name
from investigator.evidence.tables.columns import HISTORIAN, Vocabulary, assign_roles, fits
from investigator.evidence.tables.dialect import Dialect

FEWEST_ROWS_APART = 10
"""Rows that one sample or batch may have in a table of results with a test a column."""

Told = tuple[Arrangement, tuple[ColumnUse, ...]]
"""How a table is arranged and what its columns are used for."""

Teller = Callable[[Dialect], Told | None]


def by_names(vocabulary: Vocabulary, needed: Collection[str]) -> Teller:
    """Tells a table with a row an entry by the names of its columns."""

    def told(dialect: Dialect) -> Told | None:
        if not dialect.header_line or not fits(dialect.names, vocabulary, needed):
            return None
        return Arrangement.LONG, assign_roles(dialect.names, vocabulary)

    return told


def _alarms(dialect: Dialect) -> Told | None:
    uses = alarm_columns(dialect.names) if dialect.header_line else ()
    return (Arrangement.LONG, uses) if uses else None


def _environment(dialect: Dialect) -> Told | None:
    uses = environment_columns(dialect.names) if dialect.header_line else ()
    return (Arrangement.LONG, uses) if uses else None


def _results(dialect: Dialect) -> Told | None:
    """A laboratory table: a result a row, or a sample or batch a row and a test a column."""
    if dialect.header_line and is_batch_table(dialect.names):
        return Arrangement.WIDE, batch_table_columns(dialect.names)
    long = by_names(laboratory_columns.LABORATORY, laboratory_columns.NEEDED)(dialect)
    if long and {"sample", "batch"} & {use.role for use in long[1]}:
        return long
    if _follows_time(dialect):
        return None
    uses = laboratory_columns.wide_roles(dialect.names, [row.cells for row in dialect.rows])
    return (Arrangement.WIDE, uses) if uses and _row_an_entry(dialect, uses) else long


def _row_an_entry(dialect: Dialect, uses: Sequence[ColumnUse]) -> bool:
    """Whether samples, or without them batches, hardly repeat: else it is a course of each."""
    by_role = {use.role: use for use in reversed(uses)}
    named = by_role.get("sample") or by_role["batch"]
    return FEWEST_ROWS_APART * len(set(dialect.column(named.position))) >= len(dialect.rows)


def _follows_time(dialect: Dialect) -> bool:
    """Whether a table is a course in time: a column named as one holds times of day."""
    return any(
        is_time_name(name) and any(":" in cell for cell in dialect.column(n))
        for n, name in enumerate(dialect.names)
    )


def _tag_list(dialect: Dialect) -> Told | None:
    timed = fits(dialect.names, HISTORIAN, ("time", "value"))
    if not dialect.header_line or timed or not is_tag_list(dialect):
        return None
    return Arrangement.LONG, assign_roles(dialect.names, TAG_LIST)


def _state_list(dialect: Dialect) -> Told | None:
    if not is_state_list(dialect):
        return None
    return Arrangement.LONG, (ColumnUse(0, "code"), ColumnUse(1, "name"))


def _event_list(dialect: Dialect) -> Told | None:
    uses = event_list_columns(dialect)
    return None if uses is None else (Arrangement.LONG, uses)


def _extract(dialect: Dialect) -> Told | None:
    uses = extract_columns(dialect)
    return None if uses is None else (Arrangement.LONG, uses)


TELLERS: tuple[tuple[Kind, Teller], ...] = (
    (Kind.BATCH_RECORD, _event_list),
    (Kind.ALARMS, _alarms),
    (Kind.ENVIRONMENT, _environment),
    (Kind.MATERIALS, _extract),
    (Kind.LABORATORY, _results),
    (Kind.STATES, _state_list),
    (Kind.TAG_LIST, _tag_list),
)
"""What tells each kind of table, but historian exports, which are asked last; in this order."""
