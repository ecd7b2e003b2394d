"""The columns of one table of a historian export, read into a course a tag.

- An empty cell says that nothing was written for that tag and time: no sample, and no loss.
- Of a tag that no list knows the words are its states where it holds nothing else; else a word says
  that there is no value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import ColumnUse, ImportProfile
from investigator.domain.trajectory import Quality, Signal
from investigator.evidence.historian.column_blocks import ColumnBlock
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.samples import Course, course_of
from investigator.evidence.historian.tag_words import TagWords
from investigator.evidence.historian.values import Values, read_values, with_flag, with_status
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.coded import joined_texts
from investigator.evidence.tables.table import Table
from investigator.evidence.times.instants import READ, REASONS, InstantReader, Instants

EVEN_SHARE = 0.8
"""Share of equal steps from which on times are taken for those of a grid."""


@dataclass(frozen=True, slots=True)
class BlockReading:
    """What one block gave: the course of every tag, its instants, the grid of its times or 0."""

    courses: tuple[Course, ...]
    instants: Instants
    grid_s: float


def grid_s(t_ms: NDArray[np.int64]) -> float:
    """The step, s, of times on an even grid; 0 where they are uneven or too few to tell."""
    if t_ms.size < 3:
        return 0.0
    steps = np.abs(np.diff(t_ms))
    step = float(np.median(steps))
    return step / 1000.0 if float(np.mean(steps == step)) >= EVEN_SHARE else 0.0


class ColumnReader:
    """Reads the blocks of one table."""

    def __init__(
        self,
        table: Table,
        profile: ImportProfile,
        ledger: LossLedger,
        tags: Mapping[str, TagFacts],
    ) -> None:
        self._table, self._profile, self._ledger, self._tags = table, profile, ledger, tags
        self._worded: list[str] = []

    def block(self, block: ColumnBlock) -> BlockReading:
        """The course of every tag of a block that has a sample."""
        instants, placed = self._instants(block)
        courses = (self._course(use, block, instants, placed) for use in block.signals)
        found = tuple(course for course in courses if course.trajectory.t_ms.size)
        return BlockReading(found, instants, grid_s(instants.t_ms[placed]))

    def said(self, read: list[BlockReading]) -> list[str]:
        """The assumptions, without the file's name."""
        said = []
        for grid in sorted({one.grid_s for one in read} - {0.0}):
            of = ", ".join(
                c.trajectory.signal.tag for one in read for c in one.courses if one.grid_s == grid
            )
            whose = f" ({of})" if len(read) > 1 else ""
            said.append(
                f"values{whose} are interpolated on a grid of {grid:g} s; events are known to that"
                " grid"
            )
        if any(one.instants.without_offset > len(one.instants.unread) for one in read):
            said.append(f"times without offset are local times of {self._profile.zone}")
        said += dict.fromkeys(s for one in read for s in one.instants.assumed.sentences())
        if self._table.encoding == "cp1252":
            said.append("text that is not UTF-8 read as Windows Latin-1 (cp1252)")
        return [
            *said,
            *(
                f"{tag} holds words only; they are its states, numbered as they appear"
                for tag in self._worded
            ),
        ]

    def _texts(self, use: ColumnUse) -> Any:
        """The texts of a column as an Arrow array, stripped."""
        import pyarrow.compute as pc

        return pc.utf8_trim_whitespace(self._table.cells.column(use.position).combine_chunks())

    def _instants(self, block: ColumnBlock) -> tuple[Instants, NDArray[np.bool_]]:
        """Instants of the rows, and which rows have one; rows beside the block are passed over."""
        parts = [self._texts(use) for use in block.times]
        texts = joined_texts(parts, " ")
        if block.offset is not None:
            texts = joined_texts([texts, self._texts(block.offset)], "")
        instants = InstantReader(self._profile.time_order, self._profile.zone).read(texts)
        inside = self._inside(block)
        for code, reason in REASONS.items():
            self._note(inside & (instants.reason == code), reason)
        placed = instants.reason == READ
        return instants, placed

    def _note(self, which: NDArray[np.bool_], reason: str) -> None:
        """Enter rows that cannot be used."""
        rows = np.flatnonzero(which)
        self._ledger.note_rows(self._table.lines[rows], self._table.quoting(rows), reason)

    def _note_cells(
        self, which: NDArray[np.bool_], reason: str, signal: Signal, texts: Any
    ) -> None:
        """Enter rows of which one cell is used with a reservation, with what it says."""
        rows = np.flatnonzero(which)
        self._ledger.note_rows(
            self._table.lines[rows],
            lambda n: f"{signal.tag} = {texts[int(rows[n])]}",
            reason,
            unusable=False,
        )

    def _inside(self, block: ColumnBlock) -> NDArray[np.bool_]:
        """Rows in which any cell of the block is filled."""
        inside = np.zeros(self._table.lines.size, dtype=bool)
        for use in (*block.times, *block.signals):
            inside |= _filled(self._texts(use))
        return inside

    def _course(
        self,
        use: ColumnUse,
        block: ColumnBlock,
        instants: Instants,
        placed: NDArray[np.bool_],
    ) -> Course:
        texts = self._texts(use)
        signal, values = self._read(use, texts)
        status = block.statuses.get(use.position)
        if status is not None:
            values = self._with_status(values, status)
        for flag in block.flags:
            values = with_flag(values, self._texts(flag), flag.role)
        written = placed & _filled(texts)
        for number, reason in enumerate(values.remarks, start=1):
            self._note_cells(written & (values.remark == number), reason, signal, texts)
        if use.name not in self._tags:
            _words_are_no_values(values)
        rows = np.flatnonzero(written & values.usable)
        return course_of(
            signal,
            instants.t_ms[rows],
            values.value[rows],
            values.quality[rows],
            rows,
            None if values.sd_factor is None else values.sd_factor[rows],
        )

    def _read(self, use: ColumnUse, texts: Any) -> tuple[Signal, Values]:
        """The signal of a column and its values, without regard to their statuses."""
        if use.name in self._tags:
            signal = self._tags[use.name].signal
            return signal, self._values(texts, signal)
        words = TagWords(Signal(use.name, use.description, use.unit))
        values = self._values(texts, words.signal)
        words.holds_numbers = bool((values.usable & np.isfinite(values.value)).any())
        if not words.holds_numbers:
            for text in filter(None, texts.filter(~values.usable).unique().to_pylist()):
                words.number(text)
        if not words.worded:
            return words.signal, values
        self._worded.append(use.name)
        return words.settled(), self._values(texts, words.settled())

    def _values(self, texts: Any, signal: Signal) -> Values:
        return read_values(
            texts,
            np.zeros(len(texts), dtype=np.int64),
            (signal,),
            decimal_comma=self._profile.decimal == ",",
            thousands=self._profile.thousands,
        )

    def _with_status(self, values: Values, status: ColumnUse) -> Values:
        codes = self._texts(status).dictionary_encode()
        at = codes.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        return with_status(values, at, codes.dictionary.to_pylist())


def _filled(texts: Any) -> NDArray[np.bool_]:
    import pyarrow.compute as pc

    filled: NDArray[np.bool_] = pc.not_equal(texts, "").to_numpy(zero_copy_only=False).astype(bool)
    return filled


def _words_are_no_values(values: Values) -> None:
    """A word in a tag of numbers keeps its place as a sample without value, in place."""
    values.value[~values.usable] = np.nan
    values.quality[~values.usable] = np.uint8(Quality.BAD)
    values.usable[:] = True
