"""A column of texts as bytes, so that what all its rows share is checked once and not row by row.

- Nothing is copied: the bytes are those of the Arrow array.
- A missing text counts as an empty one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


def as_texts(column: Any) -> Any:
    """An Arrow array of strings, without nulls, of an Arrow column of texts or of Python texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, Sequence):
        return pa.array(column, pa.string())
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([])
    if not pa.types.is_string(column.type):
        column = pc.cast(column, pa.string())
    return pc.fill_null(column, "") if column.null_count else column


@dataclass(frozen=True, slots=True)
class Cells:
    """Texts of a column.

    Attributes:
        data: uint8, the bytes of all texts, UTF-8.
        starts: int64 of shape (n + 1,); text k is `data[starts[k] : starts[k + 1]]`.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Bytes of each text, shape (n,)."""
        return np.diff(self.starts)

    def text(self, row: int) -> str:
        """One text; a byte that is not UTF-8 becomes a replacement character."""
        return bytes(self.data[self.starts[row] : self.starts[row + 1]]).decode(errors="replace")

    def part(self, first: int, last: int) -> "Cells":
        """Rows [first, last)."""
        return Cells(self.data, self.starts[first : last + 1])

    def block(self, rows: NDArray[np.int64], length: int) -> NDArray[np.uint8]:
        """Bytes of rows that all have `length` bytes, shape (length, rows): a place a line."""
        n = self.starts.size - 1
        first, last = int(self.starts[0]), int(self.starts[-1])
        if rows.size == n and last - first == n * length:
            return np.ascontiguousarray(self.data[first:last].reshape(n, length).T)
        places: NDArray[np.int64] = self.starts[rows][None, :] + np.arange(length)[:, None]
        gathered: NDArray[np.uint8] = self.data[places]
        return gathered


def cells_of(texts: Any) -> Cells:
    """The bytes of an Arrow array of strings, as `as_texts` gives it."""
    _, offsets, data = texts.buffers()
    if len(texts) == 0:
        return Cells(np.zeros(0, np.uint8), np.zeros(1, np.int64))
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    size = 0 if data is None else data.size
    held = np.frombuffer(data, np.uint8) if size else np.zeros(0, np.uint8)
    return Cells(held, starts.astype(np.int64))
