"""Parsed samples as one Parquet file: a derivative of the originals that can be made again.

One row a sample: tag, time in milliseconds, value, quality; a row group a tag, in order of tag. The
bytes are the same for the same samples and the same library; the originals are what is evidence.
"""

from collections.abc import Mapping
from io import BytesIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from investigator.domain.errors import AlteredRecord
from investigator.domain.trajectory import Signal, Trajectory

SCHEMA = pa.schema(
    [("tag", pa.string()), ("t_ms", pa.int64()), ("value", pa.float64()), ("quality", pa.uint8())]
)


def samples_bytes(trajectories: Mapping[str, Trajectory]) -> bytes:
    """The samples of all signals as the bytes of a Parquet file."""
    target = BytesIO()
    with pq.ParquetWriter(
        target,
        SCHEMA,
        compression="zstd",
        use_dictionary=["tag"],
        column_encoding={"value": "BYTE_STREAM_SPLIT", "t_ms": "DELTA_BINARY_PACKED"},
    ) as writer:
        for tag in sorted(trajectories):
            writer.write_table(_table(tag, trajectories[tag]), row_group_size=1 << 26)
    return target.getvalue()


def samples_from(data: bytes, signals: Mapping[str, Signal]) -> dict[str, Trajectory]:
    """The samples again, each with its signal by tag.

    Raises:
        AlteredRecord: the bytes are no such file, or hold other signals.
    """
    try:
        table = pq.read_table(pa.BufferReader(data), schema=SCHEMA)
    except (pa.ArrowException, OSError) as fault:
        raise AlteredRecord(f"The stored samples cannot be read ({fault}).") from None
    codes = table.column("tag").combine_chunks().dictionary_encode()
    tags, index = codes.dictionary.to_pylist(), codes.indices.to_numpy()
    if not set(tags) <= set(signals):
        raise AlteredRecord("The stored samples are of other signals than the reading names.")
    columns = [table.column(name).to_numpy() for name in ("t_ms", "value", "quality")]
    found = {tag: Trajectory(signal, *_empty()) for tag, signal in signals.items()}
    for place, tag in enumerate(tags):
        first, last = np.searchsorted(index, [place, place + 1])
        t_ms, value, quality = (column[first:last] for column in columns)
        found[tag] = Trajectory(signals[tag], t_ms, value, quality)
    return found


def _table(tag: str, trajectory: Trajectory) -> pa.Table:
    tags = pa.array([tag] * trajectory.t_ms.size, pa.string())
    columns = [tags, trajectory.t_ms, trajectory.value, trajectory.quality]
    return pa.Table.from_arrays([pa.array(c) for c in columns], schema=SCHEMA)


def _empty() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.uint8)
