"""Rows of a long export, block by block, into samples and entries of the loss ledger.

What only the last row can tell (which pass of a doubled hour a time belongs to, whether the words
of an unknown tag are its states) is settled at the end; what a status means is judged with all the
statuses of the file in view.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import SeveralBatches, UnusableInput
from investigator.domain.import_profile import ColumnUse, ImportProfile
from investigator.domain.trajectory import Signal
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.row_units import TagUnits
from investigator.evidence.historian.sample_parts import SampleParts, TagSamples
from investigator.evidence.historian.status import meanings
from investigator.evidence.historian.tag_words import WORD, TagWords, hold_words
from investigator.evidence.historian.values import (
    FLAGS,
    Values,
    read_values,
    with_flag,
    with_status,
)
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.cells import as_texts
from investigator.evidence.tables.coded import Coded, joined_texts
from investigator.evidence.tables.table_blocks import row_text
from investigator.evidence.tables.text_blocks import Block
from investigator.evidence.times.instants import HELD, READ, REASONS, InstantReader, Instants
from investigator.evidence.times.times_assumed import NOTHING_ASSUMED

MOST_TAGS, MOST_BATCHES, MOST_STATUSES = 100_000, 10_000, 1_000
"""Different texts in a column; more of them are something else."""


class LongRows:
    """Reads the blocks of one long export.

    Args:
        profile: how it is read.
        tags: tag list of the line.
        ledger: receives every row that is not used, or with a reservation.
        batch_id: rows of another batch are reported and not used.
        file: its name as the person knows it.
        statuses: the statuses of the file as far as they are known before.
    """

    def __init__(
        self,
        profile: ImportProfile,
        *,
        tags: Mapping[str, TagFacts],
        ledger: LossLedger,
        batch_id: str | None,
        file: str,
        statuses: Sequence[str] = (),
    ) -> None:
        self._profile, self._tags, self._ledger = profile, tags, ledger
        self._batch_id, self._file = batch_id, file
        self._times = InstantReader(profile.time_order, profile.zone, hold=True)
        self._rows_timed = 0
        self._held: list[tuple[NDArray[np.int64], NDArray[np.int64], TagSamples]] = []
        self._meant: dict[str, object] = {}
        self.names, self.batches = Coded(), Coded()
        self.statuses = Coded(statuses)
        self.signals: list[Signal] = []
        self.words: dict[int, TagWords] = {}
        self.units: dict[str, str] = {}
        self._units = TagUnits(self.units) if profile.column("unit") else None
        self.parts = SampleParts()
        self.encodings: set[str] = set()
        self.offsets: set[str] = set()
        self.without_offset = self.unread = 0
        self.assumed = NOTHING_ASSUMED

    def take(self, block: Block) -> None:
        """Read a block."""
        self.encodings.add(block.encoding)
        block = self._of_batch(block)
        if not block.lines.size:
            return
        block, tag = self._named(block, self._tag(block))
        instants = self._instants(block, tag)
        values = self._values(block, tag)
        if self._units is not None:
            values.usable[self._in_other_unit(block, tag, self._units)] = False
        self._note_times(block, instants)
        placed = (instants.reason == READ) | (instants.reason == HELD)
        self._note_values(block, values, placed)
        used = placed & values.usable
        samples = TagSamples(
            instants.t_ms, values.value, values.quality, block.lines, values.sd_factor
        )
        held = np.flatnonzero(used & (instants.reason == HELD))
        if held.size:
            self._held.append((held + self._rows_timed, tag[held], samples.of(held)))
            used[held] = False
        self._rows_timed += block.lines.size
        rows = slice(None) if used.all() else np.flatnonzero(used)
        self.parts.add(tag[rows], samples.of(rows))

    def finish(self) -> NDArray[np.int64]:
        """Place the rows that were held back; gives the lines of those that cannot be placed."""
        told_rows, told = self._times.finish()
        self.assumed += told.assumed
        unplaced = []
        for at, tag, samples in self._held:
            found = np.searchsorted(told_rows, at)
            good = told.reason[found] == READ
            unplaced.append(samples.line[~good])
            samples.t_ms[:] = told.t_ms[found]
            self.parts.add(tag[good], samples.of(good))
        self._held = []
        return np.concatenate(unplaced) if unplaced else np.zeros(0, dtype=np.int64)

    def refuse_other_batches(self) -> None:
        """Raise SeveralBatches where the chosen batch is none of those that the file names."""
        named = tuple(filter(None, self.batches.words))
        if named and self._batch_id is not None and self._batch_id not in named:
            raise SeveralBatches(self._file, named)

    @property
    def statuses_stand(self) -> bool:
        """Whether every status means, with all of them in view, what it was first taken for."""
        known = self.statuses.words
        return all(self._meant.get(w, m) == m for w, m in zip(known, meanings(known), strict=True))

    def _column(self, block: Block, use: ColumnUse) -> Any:
        return block.cells.column(use.position)

    def _of_batch(self, block: Block) -> Block:
        use = self._profile.column("batch")
        if use is None:
            return block
        code = self.batches.code(self._column(block, use))
        self._refuse_more(self.batches, "batches", MOST_BATCHES)
        named = tuple(filter(None, self.batches.words))
        if self._batch_id is None:
            if len(named) > 1:
                raise SeveralBatches(self._file, named)
            return block
        ours = np.array([w == self._batch_id for w in self.batches.words], dtype=bool)[code]
        self._note(block, ~ours, f"of another batch than {self._batch_id}", unusable=False)
        return Block(block.cells.filter(ours), block.lines[ours], block.encoding)

    def _refuse_more(self, coded: Coded, what: str, limit: int) -> None:
        """Without a limit a column of ever different texts would fill memory."""
        if len(coded) > limit:
            raise UnusableInput(
                self._file,
                f"the column read as {what} holds more than {limit:,} different texts",
                f"say in its import profile which column holds the {what}",
            )

    def _tag(self, block: Block) -> NDArray[np.int64]:
        uses = self._profile.columns_of("tag")
        texts = joined_texts([self._column(block, use) for use in uses], ".")
        before = len(self.names)
        tag = self.names.code(texts)
        self._refuse_more(self.names, "tags", MOST_TAGS)
        for position, name in enumerate(self.names.words[before:], start=before):
            self._meet(position, name, block, int(np.argmax(tag == position)))
        return tag

    def _named(self, block: Block, tag: NDArray[np.int64]) -> tuple[Block, NDArray[np.int64]]:
        """The rows that name a tag; whose a value without one is, nobody knows."""
        if "" not in self.names.words:
            return block, tag
        named = tag != self.names.words.index("")
        self._note(block, ~named, "names no tag")
        return Block(block.cells.filter(named), block.lines[named], block.encoding), tag[named]

    def _in_other_unit(
        self, block: Block, tag: NDArray[np.int64], units: TagUnits
    ) -> NDArray[np.bool_]:
        """Rows in another unit than their tag has elsewhere in the file; they are reported."""
        use = self._profile.column("unit")
        texts = self._column(block, use) if use else []
        other = units.differing(texts, tag, self.names.words)
        self._note(block, other, "in another unit than earlier rows of its tag")
        return other

    def _meet(self, position: int, name: str, block: Block, row: int) -> None:
        """Take note of a tag that stands in `row` for the first time."""
        unit = self._said(block, row, "unit")
        if unit:
            self.units[name] = unit
        if name in self._tags:
            self.signals.append(self._tags[name].signal)
            return
        signal = Signal(name, self._said(block, row, "description"), unit)
        self.signals.append(signal)
        self.words[position] = TagWords(signal)

    def _said(self, block: Block, row: int, role: str) -> str:
        """What a row says of its tag."""
        use = self._profile.column(role)
        return "" if use is None else str(self._column(block, use)[row]).strip()

    def _instants(self, block: Block, tag: NDArray[np.int64]) -> Instants:
        columns = [self._column(block, use) for use in self._profile.columns_of("time")]
        texts = joined_texts(columns, " ")
        offset = self._profile.column("offset")
        if offset is not None:
            texts = joined_texts([texts, self._column(block, offset)], "")
        found = self._times.read(texts, tag)
        self.offsets.update(found.offsets)
        self.without_offset += found.without_offset
        self.assumed += found.assumed
        return found

    def _values(self, block: Block, tag: NDArray[np.int64]) -> Values:
        use = self._profile.column("value")
        texts = joined_texts([self._column(block, use)] if use else [], "")
        values = read_values(
            texts,
            tag,
            self.signals,
            decimal_comma=self._profile.decimal == ",",
            thousands=self._profile.thousands,
        )
        if not self.words:
            return self._flagged(block, self._with_status(block, values))
        marked = hold_words(texts, tag, values, self.words)
        values = self._flagged(block, self._with_status(block, values))
        values.quality[marked] |= np.uint8(WORD)
        return values

    def _with_status(self, block: Block, values: Values) -> Values:
        status = self._profile.column("status")
        if status is None:
            return values
        code = self.statuses.code(self._column(block, status))
        self._refuse_more(self.statuses, "statuses", MOST_STATUSES)
        known = self.statuses.words
        for word, meaning in zip(known, meanings(known), strict=True):
            self._meant.setdefault(word, meaning)
        return with_status(values, code, known)

    def _flagged(self, block: Block, values: Values) -> Values:
        for use in self._profile.columns:
            if use.role in FLAGS:
                values = with_flag(values, as_texts(self._column(block, use)), use.role)
        return values

    def _note_times(self, block: Block, instants: Instants) -> None:
        for code, reason in REASONS.items():
            here = instants.reason == code
            self.unread += int(np.count_nonzero(here))
            self._note(block, here, reason)

    def _note_values(self, block: Block, values: Values, placed: NDArray[np.bool_]) -> None:
        if not values.remark.any():
            return
        for number, reason in enumerate(values.remarks, start=1):
            said = placed & (values.remark == number)
            self._note(block, said & ~values.usable, reason)
            self._note(block, said & values.usable, reason, unusable=False)

    def _note(
        self, block: Block, which: NDArray[np.bool_], reason: str, *, unusable: bool = True
    ) -> None:
        rows = np.flatnonzero(which)

        def text(n: int) -> str:
            return row_text(block, int(rows[n]), self._profile.delimiter)

        self._ledger.note_rows(block.lines[rows], text, reason, unusable=unusable)
