"""Historian exports with a column of values a tag: wide, blocks side by side, one tag a file.

- Times on an even grid are those of an interpolating export: what happened between two of them is
  known only to that grid. Uneven times are those of stored samples.
- A line is counted once in the loss ledger, whatever number of its cells is without value.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from investigator.domain.errors import SeveralBatches, UnusableInput
from investigator.domain.import_profile import Arrangement, ImportProfile
from investigator.evidence.historian.bare_names import by_bare_names
from investigator.evidence.historian.column_blocks import blocks_of
from investigator.evidence.historian.column_reader import ColumnReader
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.reading import HistorianReading, unknown_tags
from investigator.evidence.historian.samples import Courses, together
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.source_tables import table_of
from investigator.evidence.tables.table import Table


def read_columns(
    source: Source,
    profile: ImportProfile,
    *,
    tags: Mapping[str, TagFacts],
    batch_id: str | None = None,
) -> HistorianReading:
    """An export of any arrangement but the long one.

    Args:
        source: the export.
        profile: how it is read: `time`, `offset`, `signal` (or, of a file with one tag, `value`),
            `status` and `batch` are the roles of its columns.
        tags: tag list of the line; empty where none is known.
        batch_id: rows of another batch are reported and not used.

    Raises:
        UnusableInput: no time, another line's tags, a tag named twice, or more than half of the
            rows unusable.
        SeveralBatches: it holds several batches and none was chosen.
    """
    blocks, renamed = by_bare_names(blocks_of(source, profile), tags)
    uses = [use for block in blocks for use in block.signals]
    findings = unknown_tags([use.name for use in uses], tags, source.name)
    ledger = LossLedger()
    table = table_of(source, profile, ledger)
    _refuse_second_header(table, profile, source.name)
    table = _of_batch(table, source, ledger, batch_id)
    reader = ColumnReader(table, profile, ledger, tags)
    read = [reader.block(block) for block in blocks]
    ledger.refuse_if_ruined(source.name)
    found = together([course for one in read for course in one.courses])
    _note_order(table, found, ledger)
    zones = dict.fromkeys(one.instants.zone(profile.zone) for one in read)
    return HistorianReading(
        trajectories=found.trajectories,
        ledger=ledger,
        findings=findings + found.findings,
        assumptions=tuple(f"{source.name}: {said}" for said in (*reader.said(read), *renamed)),
        zone=", ".join(zones),
        resolution_s=max(one.grid_s for one in read),
        units={use.name: use.unit for use in uses if use.unit},
    )


def _refuse_second_header(table: Table, profile: ImportProfile, file: str) -> None:
    """Raise UnusableInput where another table follows: its values are those of other tags.

    The same header again is a row without time, unless the one tag is named elsewhere.
    """
    names = [use.name for use in profile.columns]
    time = profile.column("time")
    if time is None or not time.name:
        return
    again = [row for row, text in enumerate(table.role("time") or ()) if text == time.name]
    for row in again:
        cells = [str(column[row]).strip() for column in table.cells.columns][: len(names)]
        if cells != names or profile.arrangement is Arrangement.SINGLE:
            raise UnusableInput(
                file,
                f"another table begins in line {int(table.lines[row])}: it has a header there",
                "export every table into a file of its own",
            )


def _of_batch(table: Table, source: Source, ledger: LossLedger, batch_id: str | None) -> Table:
    """The rows of the chosen batch; all where the file holds one or names none."""
    held = table.role("batch")
    if held is None:
        return table
    batches = tuple(dict.fromkeys(filter(None, held)))
    if batch_id is None and len(batches) > 1:
        raise SeveralBatches(source.name, batches)
    if batch_id is None:
        return table
    ours = np.array([batch == batch_id for batch in held], dtype=bool)
    other = np.flatnonzero(~ours)
    reason = f"of another batch than {batch_id}"
    ledger.note_rows(table.lines[other], table.quoting(other), reason, unusable=False)
    return replace(table, cells=table.cells.filter(ours), lines=table.lines[ours])


def _note_order(table: Table, result: Courses, ledger: LossLedger) -> None:
    for rows, reason in (
        (result.repeated, "repeats the time of another row"),
        (result.contradicting, "same time as another row, which was kept"),
        (result.misplaced, "out of order; placed by its time"),
    ):
        whole = np.unique(rows)
        ledger.note_rows(table.lines[whole], table.quoting(whole), reason, unusable=False)
