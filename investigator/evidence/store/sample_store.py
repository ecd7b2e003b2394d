"""Parsed samples, read by tag and range of time without reading the rest (see `sample_layout`)."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import AlteredRecord
from investigator.domain.instant import Span
from investigator.domain.trajectory import Signal, Trajectory
from investigator.evidence.store.pyramid import FACTOR, Floats, Times, thinned
from investigator.evidence.store.sample_layout import (
    GROUP_ROWS,
    INDEX_KEY,
    RECIPE,
    Level,
    write_samples,
)

NOTHING: tuple[Level, ...] = ()


class SampleStore:
    """Samples of many tags; opened with `open`, closed with `close` or as a `with` block."""

    def __init__(self, stored: Any, index: Mapping[str, tuple[Level, ...]]) -> None:
        self._stored, self._index = stored, index

    @classmethod
    def open(cls, stored: bytes | Path) -> "SampleStore":
        """The store in a file, or in bytes.

        Raises:
            AlteredRecord: it is no such store, is damaged, or was made by another recipe.
        """
        import pyarrow as pa
        from pyarrow import parquet

        try:
            source = pa.BufferReader(stored) if isinstance(stored, bytes) else stored
            opened = parquet.ParquetFile(source)
            text = (opened.metadata.metadata or {}).get(INDEX_KEY.encode(), b"")
            return cls(opened, _index(text))
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as fault:
            raise _damaged(fault) from None

    def __enter__(self) -> "SampleStore":
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._stored.close()

    @property
    def tags(self) -> tuple[str, ...]:
        """All tags, in the order in which they were written."""
        return tuple(self._index)

    def rows(self, tag: str) -> int:
        """Number of samples of a tag; 0 for one that the store does not hold."""
        return self._rows(tag, 0)

    def trajectory(self, tag: str, signal: Signal, span: Span | None = None) -> Trajectory:
        """The samples of a tag inside a span, its end excluded; without span, all of them.

        `signal` says what they are samples of.
        """
        first, last = self._inside(tag, span)
        columns = ("t_ms", "value", "quality", "sd_factor")
        t_ms, value, quality, sd_factor = self._read(tag, 0, first, last, columns)
        in_doubt = sd_factor.size and not np.isnan(sd_factor).all()
        return Trajectory(signal, t_ms, value, quality, sd_factor if in_doubt else None)

    def reduced(
        self, tag: str, span: Span | None = None, *, points: int
    ) -> tuple[Times, Floats, Floats]:
        """Lowest and highest value of at most `points` stretches of a span, its end excluded.

        Every sample inside the span, and no other, is in one of them: a spike is never lost. Gives
        the time of the first sample of each stretch, the lowest and the highest value; NaN where no
        value of it is known.
        """
        first, last = self._inside(tag, span)
        level = 0
        while last - first > FACTOR ** (level + 1) * points and self._rows(tag, level + 1):
            level += 1
        return thinned(*self._stretches(tag, level, first, last), points)

    def _stretches(
        self, tag: str, level: int, first: int, last: int
    ) -> tuple[Times, Floats, Floats]:
        """Samples [first, last): whole stretches of a level, single samples at both ends."""
        if not level:
            t_ms, value = self._read(tag, 0, first, last, ("t_ms", "value"))
            return t_ms, value, value
        size = FACTOR**level
        begin = -(-first // size)
        end = self._rows(tag, level) if last == self.rows(tag) else last // size
        whole = self._read(tag, level, begin, end, ("t_ms", "value", "high"))
        before = self._stretches(tag, 0, first, begin * size)
        after = self._stretches(tag, 0, min(end * size, last), last)
        t_ms, low, high = map(np.concatenate, zip(before, whole, after, strict=True))
        return t_ms, low, high

    def _rows(self, tag: str, level: int) -> int:
        found = self._index.get(tag, NOTHING)
        return found[level].rows if level < len(found) else 0

    def _inside(self, tag: str, span: Span | None) -> tuple[int, int]:
        """First and last (excluded) sample inside a span."""
        if span is None or not self.rows(tag):
            return 0, self.rows(tag)
        return self._place(tag, span.start_ms), self._place(tag, span.end_ms)

    def _place(self, tag: str, t_ms: int) -> int:
        """How many samples of a tag stand before an instant."""
        starts = self._index[tag][0].from_ms
        group = int(np.searchsorted(starts, t_ms)) - 1
        if group < 0:
            return 0
        first = group * GROUP_ROWS
        last = min(first + GROUP_ROWS, self.rows(tag))
        (times,) = self._read(tag, 0, first, last, ("t_ms",))
        return first + int(np.searchsorted(times, t_ms))

    def _read(
        self, tag: str, level: int, first: int, last: int, columns: tuple[str, ...]
    ) -> list[NDArray[Any]]:
        """Rows [first, last) of a level, column by column."""
        import pyarrow as pa

        if last <= first:
            return [np.zeros(0, np.dtype(_TYPES[name])) for name in columns]
        held = self._index[tag][level]
        begin, end = first // GROUP_ROWS, -(-last // GROUP_ROWS)
        groups = list(range(held.group + begin, held.group + end))
        try:
            read = self._stored.read_row_groups(groups, columns=list(columns))
        except (pa.ArrowException, OSError) as fault:
            raise _damaged(fault) from None
        rows = slice(first - begin * GROUP_ROWS, last - begin * GROUP_ROWS)
        return [read.column(name).to_numpy()[rows] for name in columns]


_TYPES = {"t_ms": "i8", "value": "f8", "high": "f8", "quality": "u1", "sd_factor": "f8"}


def samples_bytes(trajectories: Mapping[str, Trajectory]) -> bytes:
    """The samples of all tags as the bytes of a store, in order of tag."""
    target = io.BytesIO()
    write_samples(target, sorted(trajectories.items(), key=lambda item: item[0]))
    return target.getvalue()


def samples_from(data: bytes, signals: Mapping[str, Signal]) -> dict[str, Trajectory]:
    """The samples again, each with its signal by tag.

    Raises:
        AlteredRecord: the bytes are no such store, or hold other signals.
    """
    with SampleStore.open(data) as store:
        if not set(store.tags) <= set(signals):
            raise AlteredRecord("The stored samples are of other signals than the reading names.")
        return {tag: store.trajectory(tag, signal) for tag, signal in signals.items()}


def _index(text: bytes) -> dict[str, tuple[Level, ...]]:
    found = json.loads(text) if text else {}
    if found.get("recipe") != RECIPE:
        raise ValueError(f"they were not made by the recipe {RECIPE}")
    return {tag: tuple(map(_level, levels)) for tag, levels in found["tags"].items()}


def _level(found: Mapping[str, Any]) -> Level:
    return Level(found["group"], found["rows"], tuple(found["from_ms"]))


def _damaged(fault: Exception) -> AlteredRecord:
    return AlteredRecord(f"The stored samples cannot be read ({fault}).")
