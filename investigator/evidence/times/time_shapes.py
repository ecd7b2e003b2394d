"""Many time stamps of one form, read at once as arrays of bytes.

The first text of a form is taken apart by its pattern. In every other text of that form the same
places hold the same parts: they are checked, and read, a place at a time over all texts.
"""

from dataclasses import dataclass
from re import Match

import numpy as np
from numpy.typing import NDArray

from investigator.evidence.times.time_forms import MONTHS, PIVOT

Fields = dict[str, NDArray[np.int32]]
"""Parts of time stamps as numbers, each of shape (rows,); what was not written is not there."""

NUMBERS = ("year", "month", "day", "hour", "minute", "second", "offset_hour", "offset_minute")

LONGEST_NAME = 7
"""Longer names of months are left to be read singly."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of texts of one length.

    Attributes:
        length: bytes of such a text.
        least, extent: uint8, shape (length, 1): a byte b of such a text has
            least <= b <= least + extent.
        parts: start and end of every part.
    """

    length: int
    least: NDArray[np.uint8]
    extent: NDArray[np.uint8]
    parts: dict[str, tuple[int, int]]

    @property
    def short_year(self) -> bool:
        """Whether the year has two digits."""
        start, end = self.parts["year"]
        return end - start == 2

    def fits(self, block: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Which texts have this form; `block` is of shape (length, rows)."""
        fit = np.empty(block.shape[1], bool)
        np.all((block - self.least) <= self.extent, axis=0, out=fit)
        return fit


def shape_of(text: str, found: Match[str]) -> Shape:
    """The form of an ASCII text that was taken apart."""
    parts = {name: found.span(name) for name, part in found.groupdict().items() if part is not None}
    least = np.frombuffer(text.encode("ascii"), np.uint8).copy()
    extent = np.zeros_like(least)
    for name, (start, end) in parts.items():
        if name in {"name", "half"}:
            least[start:end], extent[start:end] = 0, 127
        elif name == "sign":
            least[start:end], extent[start:end] = ord("+"), 2
        elif name not in {"gap", "zulu"}:
            least[start:end], extent[start:end] = ord("0"), 9
    return Shape(len(text), least[:, None], extent[:, None], parts)


def fields_of(shape: Shape, block: NDArray[np.uint8]) -> Fields:
    """The parts of texts of one form; `block` is of shape (length, rows)."""
    parts = shape.parts
    out = {name: _number(block, parts[name]) for name in NUMBERS if name in parts}
    if shape.short_year:
        out["year"] += np.where(out["year"] < PIVOT, 2000, 1900).astype(np.int32)
    if "name" in parts:
        out["month"] = _months(block, parts["name"])
    if "fraction" in parts:
        start, end = parts["fraction"]
        digits = min(end - start, 3)
        out["ms"] = _number(block, (start, start + digits)) * 10 ** (3 - digits)
    if "half" in parts:
        out["half"] = (block[parts["half"][0]] | 0x20).astype(np.int32)
    if "zulu" in parts:
        out["sign"] = np.ones(block.shape[1], np.int32)
        out["offset_hour"] = np.zeros(block.shape[1], np.int32)
    elif "sign" in parts:
        out["sign"] = 44 - block[parts["sign"][0]].astype(np.int32)
    return out


def _number(block: NDArray[np.uint8], span: tuple[int, int]) -> NDArray[np.int32]:
    out: NDArray[np.int32] = block[span[0]].astype(np.int32)
    for place in range(span[0] + 1, span[1]):
        out *= 10
        out += block[place]
    zeros = 48 * int("1" * (span[1] - span[0]))
    out -= zeros
    return out


_PACKED = sorted(
    (int.from_bytes(name.encode("ascii"), "big"), month)
    for name, month in MONTHS.items()
    if name.isascii() and len(name) <= LONGEST_NAME
)
_NAME_CODES = np.array([code for code, _ in _PACKED], np.int64)
_NAME_MONTHS = np.array([month for _, month in _PACKED], np.int32)


def _months(block: NDArray[np.uint8], span: tuple[int, int]) -> NDArray[np.int32]:
    """Months by name; 0 where the name is none."""
    code = np.zeros(block.shape[1], np.int64)
    if span[1] - span[0] > LONGEST_NAME:
        return code.astype(np.int32)
    for place in range(*span):
        code = code * 256 + (block[place] | 0x20)
    near: NDArray[np.int64] = np.minimum(np.searchsorted(_NAME_CODES, code), _NAME_CODES.size - 1)
    month = _NAME_MONTHS[near]
    month[_NAME_CODES[near] != code] = 0
    return month
