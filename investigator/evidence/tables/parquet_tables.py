"""What a Parquet file holds: the names of its columns and its first rows, as exact text."""

import io
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.dialect import SAMPLED_ROWS, Dialect, Row

PARQUET_MAGIC = b"PAR1"


def parquet_dialect(source: Source) -> Dialect:
    """Names and first rows; it has neither encoding nor delimiter, and its names are no row.

    Raises:
        UnusableInput: the file is damaged or holds columns that are no plain values.
    """
    import pyarrow as pa

    stored = _opened(source)
    names = tuple(stored.schema_arrow.names)
    try:
        first = next(iter(stored.iter_batches(batch_size=SAMPLED_ROWS)), None)
    except (pa.ArrowException, OSError) as fault:
        raise _damaged(source) from fault
    columns = [] if first is None else _texts(first, source)
    cells = zip(*(column.to_pylist() for column in columns), strict=True)
    rows = tuple(
        Row(n, tuple(text.strip() for text in row)) for n, row in enumerate(cells, start=1)
    )
    return Dialect("utf-8", "", "", 1, 1, (), names, (), rows)


def _opened(source: Source) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        if source.packed:
            return parquet.ParquetFile(io.BytesIO(source.whole()))
        return parquet.ParquetFile(source.path)
    except (pa.ArrowException, OSError) as fault:
        raise _damaged(source) from fault


def _texts(stored: Any, source: Source) -> list[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return [pc.fill_null(pc.cast(column, pa.string()), "") for column in stored.columns]
    except pa.ArrowException as fault:
        raise UnusableInput(
            source.name,
            f"holds a column that is no plain value ({fault})",
            "export numbers, texts and times",
        ) from fault


def _damaged(source: Source) -> UnusableInput:
    return UnusableInput(
        source.name, "the Parquet file is damaged or cut short", "copy or export it again"
    )
