"""Tags that no list knows, and the words that stand among their values.

- A tag that never holds a number holds states: its words, numbered from 0 as they first appear.
- In a tag that holds numbers a word says that there is no value.
- Which of the two it is, the last row may tell: until then a word is held as its number, with a
  mark in the quality.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.trajectory import Interpolation, Quality, Signal
from investigator.evidence.historian.values import Values

WORD = 1
"""The mark: one bit, which no quality has."""

MEASURED = re.compile(r"\s*[+-]?[0-9]+(?:[.,][0-9]+)?\s*(?:[%‰]|°\s?[CFcf])\s*")
"""A number with its unit behind it: no state, and no number that is read."""

MOST_STATES = 1000
"""More different words than this are remarks, not states."""


@dataclass(slots=True)
class TagWords:
    """What is known so far of one tag that no list knows."""

    signal: Signal
    holds_numbers: bool = False
    _words: dict[str, tuple[int, str]] = field(default_factory=dict)

    def number(self, word: str) -> int:
        """The number of a word, without regard to case."""
        if len(self._words) > MOST_STATES or MEASURED.fullmatch(word):
            self.holds_numbers = True
            return 0
        return self._words.setdefault(word.casefold(), (len(self._words), word))[0]

    @property
    def worded(self) -> bool:
        """Whether its words are its states."""
        return bool(self._words) and not self.holds_numbers

    def settled(self) -> Signal:
        """The signal, with its words as states where it holds nothing else."""
        if not self.worded:
            return self.signal
        states = tuple(self._words.values())
        return replace(self.signal, states=states, interpolation=Interpolation.STEP)

    def settle(self, value: NDArray[np.float64], quality: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Take the marks away in place; says which samples are words in a tag of numbers."""
        marked = (quality & WORD).astype(bool)
        quality &= np.uint8(0xFF ^ WORD)
        if self.worded:
            return np.zeros(marked.shape, dtype=bool)
        value[marked] = np.nan
        quality[marked] = np.uint8(Quality.BAD)
        return marked


def hold_words(
    texts: Any, tag: NDArray[np.int64], values: Values, known: Mapping[int, TagWords]
) -> NDArray[np.int64]:
    """Hold the words of tags that no list knows as numbers, in place.

    Args:
        texts: Arrow array of the texts that were read, one a row.
        tag: shape (rows,), the number of the row's tag.
        values: as read from the texts.
        known: what is known so far of every tag that no list knows, by its number.

    Returns:
        The rows that hold such a word; they are to get the mark.
    """
    import pyarrow as pa

    unknown = np.isin(tag, list(known))
    numbers = unknown & values.usable & ~np.isnan(values.value)
    for position in np.unique(tag[numbers]).tolist():
        known[position].holds_numbers = True
    rows = np.flatnonzero(unknown & ~values.usable)
    coded = texts.take(pa.array(rows)).dictionary_encode()
    said = [word.strip() for word in coded.dictionary.to_pylist()]
    code = coded.indices.to_numpy(zero_copy_only=False)
    worded = np.array([bool(word) for word in said], dtype=bool)[code]
    marked: NDArray[np.int64] = rows[worded]
    pairs, first, which = np.unique(
        tag[marked] * len(said) + code[worded], return_index=True, return_inverse=True
    )
    number = np.zeros(pairs.size)
    for n in np.argsort(first).tolist():
        position, word = divmod(int(pairs[n]), len(said))
        number[n] = known[position].number(said[word])
    values.value[marked] = number[which]
    values.quality[marked] = np.uint8(Quality.GOOD)
    values.usable[marked] = True
    values.remark[marked] = 0
    return marked
