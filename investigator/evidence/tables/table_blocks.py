"""The rows of a table of any size as blocks of text, whatever it is stored as.

Text is read in blocks, Parquet by its row groups; a sheet of a workbook is small and is one block.
"""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.table import read_table
from investigator.evidence.tables.text_blocks import Block, text_blocks

PARQUET_MAGIC = b"PAR1"
PARQUET_ROWS = 1 << 18
ROWS_LOOKED_AT = 10_000_000
ROWS_PER_BYTE = 100
"""Rows that differ in nothing take hardly any room; those of an export differ in their times."""


def table_blocks(source: Source, profile: ImportProfile, ledger: LossLedger) -> Iterator[Block]:
    """All rows of a source, read as its profile says; the cells stand in the profile's order.

    Args:
        source: the file or member.
        profile: how it is read.
        ledger: receives the number of rows and those with a wrong number of cells.

    Raises:
        UnusableInput: the file is damaged, is no text, or has other columns than the profile.
    """
    if source.head(len(PARQUET_MAGIC)) == PARQUET_MAGIC:
        yield from _parquet(source, profile, ledger)
    elif profile.sheet:
        table = read_table(source.whole(), profile, ledger, file=source.name)
        yield Block(table.cells, table.lines, table.encoding)
    else:
        with source.open() as stream:
            yield from text_blocks(
                stream,
                encoding=profile.encoding,
                delimiter=profile.delimiter,
                quote=profile.quote,
                first_line=profile.first_line,
                names=tuple(f"{use.position + 1} {use.name}" for use in profile.columns),
                file=source.name,
                ledger=ledger,
            )


def row_text(block: Block, row: int, delimiter: str) -> str:
    """The row as it stood in the file."""
    return (delimiter or ",").join(str(column[row]) for column in block.cells.columns)


def _parquet(source: Source, profile: ImportProfile, ledger: LossLedger) -> Iterator[Block]:
    """Row groups as text; a row's line is its number from 1."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        opened = io.BytesIO(source.whole()) if source.packed else source.path
        with parquet.ParquetFile(opened) as stored:
            _refuse_bomb(stored.metadata.num_rows, source)
            _refuse_other_columns(tuple(stored.schema_arrow.names), profile, source)
            first = 1
            for batch in stored.iter_batches(batch_size=PARQUET_ROWS):
                lines = np.arange(first, first + batch.num_rows, dtype=np.int64)
                first += batch.num_rows
                ledger.rows_read += batch.num_rows
                yield Block(_texts(batch), lines, profile.encoding)
    except (pa.ArrowException, OSError) as fault:
        raise UnusableInput(
            source.name, "the Parquet file is damaged or cut short", "copy or export it again"
        ) from fault


def _refuse_bomb(rows: int, source: Source) -> None:
    if rows > max(ROWS_LOOKED_AT, ROWS_PER_BYTE * source.size_bytes):
        raise UnusableInput(
            source.name,
            f"states {rows:,} rows in {source.size_bytes:,} bytes, as no export does",
            "hand in the file as the historian wrote it",
        )


def _refuse_other_columns(names: tuple[str, ...], profile: ImportProfile, source: Source) -> None:
    """A signal may be named anew by a person; any other column goes by the file's name."""
    uses = profile.columns
    if len(names) == len(uses) and all(
        use.role == "signal" or use.name == name for use, name in zip(uses, names, strict=True)
    ):
        return
    raise UnusableInput(
        source.name,
        f"has the columns {', '.join(names)[:200]}, not those of its import profile",
        "choose the profile of such a file",
    )


def _texts(batch: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [pc.fill_null(pc.cast(column, pa.string()), "") for column in batch.columns]
    return pa.Table.from_arrays(texts, names=batch.schema.names)
