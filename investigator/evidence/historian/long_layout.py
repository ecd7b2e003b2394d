"""The long layout of a historian export: one sample a row, whatever the file is stored as.

- The profile says which columns hold time, tag, value, and where there are such, status, offset,
  unit, description and batch; several columns of times or of tags are joined.
- Rows come in any order, sorted by tag or by time. The file is read block by block and all that
  stays in memory is its samples.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.long_rows import LongRows
from investigator.evidence.historian.reading import HistorianReading, unknown_tags
from investigator.evidence.historian.samples import NO_ROWS, Courses, course_of, together
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.late_quotes import Quotes
from investigator.evidence.tables.table_blocks import table_blocks
from investigator.evidence.times.instants import REASONS, TWICE

NEEDED = ("time", "tag", "value")


def read_long(
    source: Source,
    profile: ImportProfile,
    *,
    tags: Mapping[str, TagFacts],
    batch_id: str | None = None,
) -> HistorianReading:
    """A long export, read as its profile says.

    Args:
        source: the export.
        profile: how it is read.
        tags: tag list of the line; empty where none is known.
        batch_id: rows of another batch are reported and not used.

    Raises:
        UnusableInput: a needed column is missing, the file is damaged, its tags are another line's,
            or more than half of its rows are unusable.
        SeveralBatches: it holds several batches and none was chosen.
    """
    _refuse_missing(profile, source.name)
    rows, ledger = _rows(source, profile, tags, batch_id)
    rows.refuse_other_batches()
    if not rows.names.words:
        ledger.refuse_if_ruined(source.name)
        raise UnusableInput(source.name, "holds no rows", "export the time of the batch again")
    findings = unknown_tags(filter(None, rows.names.words), tags, source.name)
    quotes = Quotes(source, profile, ledger)
    quotes.note({REASONS[TWICE]: rows.finish()}, unusable=True)
    ledger.refuse_if_ruined(source.name)
    result, misread = _courses(rows)
    quotes.note(
        {
            "value cannot be read": misread,
            "repeats another row": result.repeated,
            "same tag and time as another row, which was kept": result.contradicting,
            "out of order; placed by its time": result.misplaced,
        },
        unusable=False,
    )
    return HistorianReading(
        trajectories=result.trajectories,
        ledger=ledger,
        findings=findings + result.findings,
        assumptions=tuple(f"{source.name}: {said}" for said in _said(rows, profile)),
        zone=", ".join(f"UTC{offset}" for offset in sorted(rows.offsets)) or profile.zone,
        units=rows.units,
    )


def _refuse_missing(profile: ImportProfile, file: str) -> None:
    missing = [role for role in NEEDED if profile.column(role) is None]
    if missing:
        raise UnusableInput(
            file,
            f"no column of this long historian export holds its {' and its '.join(missing)}",
            "say in its import profile which column does, or export it with all columns",
        )


def _rows(
    source: Source, profile: ImportProfile, tags: Mapping[str, TagFacts], batch_id: str | None
) -> tuple[LongRows, LossLedger]:
    """All rows. Where a status means something else beside those further down, they are read again
    with all statuses in view.
    """
    statuses: list[str] = []
    while True:
        ledger = LossLedger()
        rows = LongRows(
            profile,
            tags=tags,
            ledger=ledger,
            batch_id=batch_id,
            file=source.name,
            statuses=statuses,
        )
        for block in table_blocks(source, profile, ledger):
            rows.take(block)
        if rows.statuses_stand:
            return rows, ledger
        statuses = rows.statuses.words


def _courses(rows: LongRows) -> tuple[Courses, NDArray[np.int64]]:
    """The course of every tag, and the lines of words in tags of numbers."""
    found, misread = [], [NO_ROWS]
    for position, collected in enumerate(rows.parts.by_tag(len(rows.signals))):
        if not collected.t_ms.size:
            continue
        signal = rows.signals[position]
        if position in rows.words:
            words = rows.words[position]
            misread.append(collected.line[words.settle(collected.value, collected.quality)])
            signal = words.settled()
        samples = collected.in_order()
        found.append(
            course_of(
                signal,
                samples.t_ms,
                samples.value,
                samples.quality,
                samples.line,
                samples.sd_factor,
            )
        )
    return together(found), np.sort(np.concatenate(misread))


def _said(rows: LongRows, profile: ImportProfile) -> list[str]:
    """The assumptions, without the file's name."""
    said = []
    if rows.without_offset > rows.unread:
        said.append(f"times without offset are local times of {profile.zone}")
    said += rows.assumed.sentences()
    if "cp1252" in rows.encodings:
        said.append("text that is not UTF-8 read as Windows Latin-1 (cp1252)")
    said += [
        f"{words.signal.tag} holds words only; they are its states, numbered as they appear"
        for words in rows.words.values()
        if words.worded
    ]
    return said
