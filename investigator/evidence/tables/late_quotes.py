"""Rows of a bulk file that turn out to need a word only when all have been read.

Until then only the line of a row is kept. Its words are read from the file again, of those rows
only that the ledger will list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import ImportProfile
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.table_blocks import row_text, table_blocks


@dataclass(frozen=True, slots=True)
class Quotes:
    """Enters rows in the ledger of a file that are known by their line."""

    source: Source
    profile: ImportProfile
    ledger: LossLedger

    def note(self, lines_of: Mapping[str, NDArray[np.int64]], *, unusable: bool) -> None:
        """Enter the lines that go with each reason."""
        lines = np.concatenate(list(lines_of.values()))
        texts = self._texts(lines[: self.ledger.room])
        for reason, at in lines_of.items():
            self.ledger.note_rows(at, self._quoting(at, texts), reason, unusable=unusable)

    @staticmethod
    def _quoting(lines: NDArray[np.int64], texts: Mapping[int, str]) -> Callable[[int], str]:
        return lambda n: texts[int(lines[n])]

    def _texts(self, lines: NDArray[np.int64]) -> dict[int, str]:
        wanted = np.unique(lines)
        found: dict[int, str] = {}
        if not wanted.size:
            return found
        for block in table_blocks(self.source, self.profile, LossLedger()):
            for row in np.flatnonzero(np.isin(block.lines, wanted)).tolist():
                found[int(block.lines[row])] = row_text(block, row, self.profile.delimiter)
            if len(found) == wanted.size:
                break
        return found
