"""Columns of few different texts, as numbers that are the same in every block of a file."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.evidence.tables.cells import as_texts


class Coded:
    """Numbers texts, stripped of blanks, from 0 in order of first appearance.

    `words` are those that are known before.
    """

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._codes = {word: n for n, word in enumerate(words)}

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def words(self) -> list[str]:
        """The texts by number."""
        return list(self._codes)

    def code(self, column: Any) -> NDArray[np.int64]:
        """The number of every text of an Arrow column, shape (rows,)."""
        coded = as_texts(column).dictionary_encode()
        found = [text.strip() for text in coded.dictionary.to_pylist()]
        numbers = [self._codes.setdefault(text, len(self._codes)) for text in found]
        at = coded.indices.to_numpy(zero_copy_only=False)
        codes: NDArray[np.int64] = np.array(numbers, dtype=np.int64)[at]
        return codes


def joined_texts(columns: Sequence[Any], between: str) -> Any:
    """The texts of one Arrow column as they stand; of several, stripped and joined row by row."""
    import pyarrow.compute as pc

    texts = [as_texts(column) for column in columns]
    if len(texts) == 1:
        return texts[0]
    stripped = [pc.utf8_trim_whitespace(text) for text in texts]
    return pc.binary_join_element_wise(*stripped, between)
