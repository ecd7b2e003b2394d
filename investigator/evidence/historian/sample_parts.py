"""Samples of many tags as they come, block by block, put together tag by tag.

A long export holds its tags mixed. Every block is sorted by tag as it comes; at the end the samples
of every tag are copied together, block after block, each given up as soon as it is copied, so that
all samples never stand in memory twice.
"""

import mmap
from collections import deque
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

S = TypeVar("S", bound=np.generic)


@dataclass(frozen=True, slots=True)
class TagSamples:
    """Samples in the order of the file, every array of shape (n,).

    `line` says where in the file each stood; `sd_factor` is that of `Trajectory`, None where no
    sample is in doubt.
    """

    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    line: NDArray[np.int64]
    sd_factor: NDArray[np.float64] | None = None

    def of(self, rows: slice | NDArray[Any]) -> "TagSamples":
        """Some of the samples."""
        factor = None if self.sd_factor is None else self.sd_factor[rows]
        return TagSamples(
            self.t_ms[rows], self.value[rows], self.quality[rows], self.line[rows], factor
        )

    def in_order(self) -> "TagSamples":
        """The samples in order of line."""
        if (self.line[1:] >= self.line[:-1]).all():
            return self
        return self.of(np.argsort(self.line, kind="stable"))


@dataclass(frozen=True, slots=True)
class _Part:
    """Samples of a block by tag; `counts` says how many each tag has, `tag` which tags these are.

    `line` counts from `first_line`.
    """

    tag: NDArray[np.int64]
    counts: NDArray[np.int64]
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    line: NDArray[np.uint32]
    first_line: int
    sd_factor: NDArray[np.float64] | None


class SampleParts:
    """Collects samples of many tags."""

    def __init__(self) -> None:
        self._parts: deque[_Part] = deque()

    def add(self, tag: NDArray[np.int64], samples: TagSamples) -> None:
        """Take in samples of several tags; `tag`, of shape (n,), numbers the tags from 0."""
        if not tag.size:
            return
        counts = np.bincount(tag)
        present = np.flatnonzero(counts)
        order = np.argsort(_narrow(tag), kind="stable")
        first = int(samples.line.min())
        factor = samples.sd_factor
        self._parts.append(
            _Part(
                tag=present,
                counts=counts[present],
                t_ms=_taken(samples.t_ms, order),
                value=_taken(samples.value, order),
                quality=_taken(samples.quality, order),
                line=_taken((samples.line - first).astype(np.uint32), order),
                first_line=first,
                sd_factor=None if factor is None else _taken(factor, order),
            )
        )

    def by_tag(self, tags: int) -> list[TagSamples]:
        """The samples of each of `tags` tags; what was collected is given up on the way."""
        sizes = np.zeros(tags, dtype=np.int64)
        for part in self._parts:
            sizes[part.tag] += part.counts
        starts = np.cumsum(sizes) - sizes
        doubtful = any(part.sd_factor is not None for part in self._parts)
        whole = _room(int(sizes.sum()), doubtful=doubtful)
        filled = starts.copy()
        while self._parts:
            _copy(self._parts.popleft(), whole, filled)
        ends = (starts + sizes).tolist()
        return [whole.of(slice(a, b)) for a, b in zip(starts.tolist(), ends, strict=True)]


def _narrow(tag: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same numbers in as few bytes as hold them: sixteen bits are sorted many times faster."""
    return tag.astype(np.min_scalar_type(int(tag.max())))


def _taken(values: NDArray[S], order: NDArray[np.int64]) -> NDArray[S]:
    """The values in another order."""
    return np.take(values, order, out=_pages(values.size, values.dtype), mode="clip")


def _room(size: int, *, doubtful: bool) -> TagSamples:
    """Room for samples, which takes no memory until it is written to."""
    factor = _pages(size, np.dtype(np.float64)) if doubtful else None
    if factor is not None:
        factor[:] = 1.0
    return TagSamples(
        _pages(size, np.dtype(np.int64)),
        _pages(size, np.dtype(np.float64)),
        _pages(size, np.dtype(np.uint8)),
        _pages(size, np.dtype(np.int64)),
        factor,
    )


def _pages(size: int, dtype: np.dtype[S]) -> NDArray[S]:
    """An array of zeros in small pages of its own, each taken when it is first written to.

    What is freed among other arrays stays with the process, and a huge page is taken whole for its
    first byte; pages like these go back to the system for others to take their place.
    """
    if not size:
        return np.zeros(0, dtype)
    pages = mmap.mmap(-1, size * dtype.itemsize)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        pages.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(pages, dtype)


def _copy(part: _Part, whole: TagSamples, filled: NDArray[np.int64]) -> None:
    ends = np.cumsum(part.counts)
    for tag, start, end in zip(
        part.tag.tolist(), (ends - part.counts).tolist(), ends.tolist(), strict=True
    ):
        at = slice(int(filled[tag]), int(filled[tag]) + end - start)
        whole.t_ms[at] = part.t_ms[start:end]
        whole.value[at] = part.value[start:end]
        whole.quality[at] = part.quality[start:end]
        whole.line[at] = part.line[start:end]
        whole.line[at] += part.first_line
        if part.sd_factor is not None and whole.sd_factor is not None:
            whole.sd_factor[at] = part.sd_factor[start:end]
        filled[tag] = at.stop
