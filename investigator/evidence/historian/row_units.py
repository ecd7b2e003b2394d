"""The unit that every row of a long export states, against that of its tag."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.evidence.mapping.units import canonical
from investigator.evidence.tables.coded import Coded


class TagUnits:
    """Tells rows that state another unit than their tag.

    Args:
        units: unit by tag, that of the first row that states one; filled here where the first row
            of a tag states none.
    """

    def __init__(self, units: dict[str, str]) -> None:
        self._units = units
        self._written = Coded()

    def differing(self, texts: Any, tag: NDArray[np.int64], names: list[str]) -> NDArray[np.bool_]:
        """The rows that are in another unit than their tag, shape (rows,).

        Two spellings of one unit are one unit; a row that states none is in that of its tag.

        Args:
            texts: Arrow column of the units, one a row.
            tag: shape (rows,), the position of the row's tag in `names`.
            names: the tags.
        """
        code = self._written.code(texts)
        words = self._written.words
        other = np.zeros(tag.shape, dtype=bool)
        pairs = np.unique(tag * len(words) + code, return_index=True)[1]
        for row in np.sort(pairs).tolist():
            word = words[int(code[row])]
            own = self._units.setdefault(names[int(tag[row])], word) if word else ""
            if word and _spelled(word) != _spelled(own):
                other |= (tag == tag[row]) & (code == code[row])
        return other


def _spelled(unit: str) -> str:
    known = canonical(unit)
    return unit if known is None else known
