"""The first rows of a table as a profile reads them, to be looked at before anything is read.

- Times are placed and written out with their offset, numbers with a decimal point; whatever is
  neither stands as it is in the file.
- A time that the profile cannot read is marked; nothing is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.domain.import_profile import ColumnUse, ImportProfile
from investigator.domain.instant import iso
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.cells import as_texts
from investigator.evidence.tables.numbers import read_numbers
from investigator.evidence.tables.table import header_by
from investigator.evidence.tables.table_blocks import table_blocks
from investigator.evidence.times.instants import read_instants

NUMERIC = frozenset({"value", "signal", "result"})
MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class FirstRows:
    """Rows as read.

    Attributes:
        heads: names of the columns, each once.
        roles: what each is used for.
        lines: the line of each row in the file, from 1.
        rows: its cells, as many as heads.
        unread: row and column, both from 0, of times that cannot be read.
    """

    heads: tuple[str, ...]
    roles: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    unread: frozenset[tuple[int, int]] = frozenset()


def first_rows(source: Source, profile: ImportProfile, *, most: int = MOST_ROWS) -> FirstRows:
    """The first rows of a source; no more of it is read than its first block.

    Raises:
        UnusableInput: it cannot be read with this profile at all.
    """
    block = next(iter(table_blocks(source, profile, LossLedger())), None)
    heads, roles = header_by(profile).names, tuple(use.role for use in profile.columns)
    if block is None:
        return FirstRows(heads, roles, (), ())
    columns = [column.slice(0, most).to_pylist() for column in block.cells.columns]
    columns = [[text.strip() for text in column] for column in columns]
    unread: set[tuple[int, int]] = set()
    for use in profile.columns:
        if use.role in NUMERIC:
            columns[use.position] = _numbers(columns[use.position], profile)
    for first, texts in _times(columns, profile):
        columns[first], wrong = _placed(texts, profile)
        unread |= {(row, first) for row in wrong}
    rows = tuple(tuple(cells) for cells in zip(*columns, strict=True))
    lines = tuple(int(line) for line in block.lines[: len(rows)])
    return FirstRows(heads, roles, lines, rows, frozenset(unread))


def _numbers(texts: Sequence[str], profile: ImportProfile) -> list[str]:
    value, good = read_numbers(
        as_texts(texts), decimal_comma=profile.decimal == ",", thousands=profile.thousands
    )
    read = zip(texts, value.tolist(), good.tolist(), strict=True)
    return [f"{number:.10g}" if is_number else text for text, number, is_number in read]


def _times(columns: Sequence[Sequence[str]], profile: ImportProfile) -> list[tuple[int, list[str]]]:
    """The first column of times of each block, and its texts with time of day and offset joined."""
    found = []
    for block in dict.fromkeys(use.block for use in profile.columns):
        uses = [use for use in profile.columns if use.block == block]
        times = [use.position for use in uses if use.role == "time"]
        if times:
            found.append((times[0], _joined([columns[n] for n in times], _offset(columns, uses))))
    return found


def _offset(columns: Sequence[Sequence[str]], uses: Sequence[ColumnUse]) -> Sequence[str] | None:
    return next((columns[use.position] for use in uses if use.role == "offset"), None)


def _joined(parts: Sequence[Sequence[str]], offset: Sequence[str] | None) -> list[str]:
    joined = [" ".join(filter(None, cells)) for cells in zip(*parts, strict=True)]
    return joined if offset is None else [a + b for a, b in zip(joined, offset, strict=True)]


def _placed(texts: Sequence[str], profile: ImportProfile) -> tuple[list[str], list[int]]:
    """The times written out, and the rows that cannot be read."""
    read = read_instants(texts, profile.zone, order=profile.time_order)
    wrong = [row for row, _ in read.unread]
    said = [
        text if row in wrong else iso(t_ms, profile.zone)
        for row, (text, t_ms) in enumerate(zip(texts, read.t_ms.tolist(), strict=True))
    ]
    return said, wrong
