"""How parsed samples are laid out in a Parquet file, and how they are written.

- A row is a sample (level 0) or a stretch of the pyramid above it (see `pyramid`): `value` is the
  sample or the lowest of its stretch, `high` the highest of a stretch and empty for a sample.
- A row group holds rows of one tag and one level; the footer says which group holds what from when
  on, so a tag and a range of time are read without the rest.
- The file is a derivative of the originals and can be made again: same samples, same recipe, same
  library, same bytes.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from investigator.domain.trajectory import Trajectory
from investigator.evidence.store.pyramid import levels

RECIPE = "samples/2"
"""Changed whenever the same samples would be laid out otherwise."""

INDEX_KEY = "investigator.samples"
GROUP_ROWS = 1 << 16


@dataclass(frozen=True, slots=True)
class Level:
    """One level of one tag: its first row group, its rows, and the first time of each group."""

    group: int
    rows: int
    from_ms: tuple[int, ...]


def write_samples(target: Path | BinaryIO, samples: Iterable[tuple[str, Trajectory]]) -> None:
    """Write samples tag by tag; no more than one tag is held at a time.

    Args:
        target: the file, or a stream of bytes.
        samples: every tag once with its samples, in the order in which they are to stand.
    """
    from pyarrow import parquet

    index: dict[str, list[Level]] = {}
    group = 0
    with parquet.ParquetWriter(
        target,
        _schema(),
        compression="zstd",
        store_schema=False,
        use_dictionary=["tag", "quality"],
        column_encoding={
            "level": "DELTA_BINARY_PACKED",
            "t_ms": "DELTA_BINARY_PACKED",
            "value": "BYTE_STREAM_SPLIT",
            "high": "BYTE_STREAM_SPLIT",
            "sd_factor": "BYTE_STREAM_SPLIT",
        },
        write_statistics=["tag", "level", "t_ms"],
    ) as writer:
        for tag, trajectory in samples:
            if tag in index:
                raise ValueError(f"{tag} is written twice")
            held = index[tag] = []
            for rows in _levels(tag, trajectory):
                writer.write_table(rows, row_group_size=GROUP_ROWS)
                starts = rows.column("t_ms").to_numpy()[::GROUP_ROWS].tolist()
                held.append(Level(group, rows.num_rows, tuple(starts)))
                group += len(starts)
        writer.add_key_value_metadata({INDEX_KEY: _index_text(index)})


def _index_text(index: dict[str, list[Level]]) -> str:
    held = {
        tag: [{"group": n.group, "rows": n.rows, "from_ms": n.from_ms} for n in found]
        for tag, found in index.items()
    }
    return json.dumps({"recipe": RECIPE, "tags": held}, separators=(",", ":"))


def _schema() -> Any:
    import pyarrow as pa

    return pa.schema(
        [
            ("tag", pa.dictionary(pa.int32(), pa.string())),
            ("level", pa.uint8()),
            ("t_ms", pa.int64()),
            ("value", pa.float64()),
            ("high", pa.float64()),
            ("quality", pa.uint8()),
            ("sd_factor", pa.float64()),
        ]
    )


def _levels(tag: str, trajectory: Trajectory) -> Iterable[Any]:
    """The rows of every level of a tag; none where it has no samples."""
    if not trajectory.t_ms.size:
        return
    columns = (trajectory.t_ms, trajectory.value, None, trajectory.quality, trajectory.sd_factor)
    yield _rows(tag, 0, *columns)
    for level, (t_ms, low, high) in enumerate(levels(trajectory.t_ms, trajectory.value), start=1):
        yield _rows(tag, level, t_ms, low, high, None, None)


def _rows(tag: str, level: int, t_ms: Any, *columns: Any) -> Any:
    import pyarrow as pa

    schema = _schema()
    codes = pa.array(np.zeros(t_ms.size, np.int32))
    arrays = [
        pa.DictionaryArray.from_arrays(codes, pa.array([tag])),
        pa.array(np.full(t_ms.size, level, np.uint8)),
        pa.array(t_ms),
    ]
    for field, column in zip(list(schema)[3:], columns, strict=True):
        arrays.append(pa.nulls(t_ms.size, field.type) if column is None else pa.array(column))
    return pa.Table.from_arrays(arrays, schema=schema)
