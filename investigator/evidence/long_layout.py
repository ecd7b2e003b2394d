"""The long layout of a historian export: one sample a row, whatever the file is stored as.

- The profile says which columns hold time, tag, value, and where there are such, status, offset,
  unit, description and batch; several columns of times or of tags are joined.
- Rows come in any order, sorted by tag or by time. The file is read block by block and all that
  stays in memory is its samples.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.facts import TagFacts
from investigator.evidence.historian import HistorianReading, signals_of, unknown_tags
from investigator.evidence.instants import REASONS, TWICE, Instants, read_instants
from investigator.evidence.late_quotes import Quotes
from investigator.evidence.ledger import LossLedger
from investigator.evidence.long_rows import LongRows
from investigator.evidence.samples import (
    NO_ROWS,
    Courses,
    Samples,
    course_of,
    courses,
    together,
)
from investigator.evidence.source import Source
from investigator.evidence.table import Table, header_of, read_table, require
from investigator.evidence.table_blocks import table_blocks
from investigator.evidence.values import Values, read_values, with_status

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
    findings = unknown_tags(rows.names.words, tags, source.name)
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


COLUMNS = ("Tag", "Timestamp", "Value", "Status")
WHAT = "long historian export"


def read_long_text(
    content: bytes, file: str, *, tags: Mapping[str, TagFacts], site_zone: str
) -> HistorianReading:
    """A long export written as delimited text.

    Raises:
        UnusableInput: unknown delimiter, missing column, another line's tags, or more than half of
            the rows unusable.
    """
    header = header_of(content)
    require(header, COLUMNS, file, WHAT)
    ledger = LossLedger()
    table = read_table(content, header, ledger)
    return _read(table, file, ledger, tags, site_zone)


def read_long_parquet(
    content: bytes, file: str, *, tags: Mapping[str, TagFacts], site_zone: str
) -> HistorianReading:
    """A long export written as Parquet, with the same columns; `Value` may be text or number.

    Raises:
        UnusableInput: as for text, or the Parquet file is damaged.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    from investigator.evidence.table import Header

    try:
        stored = parquet.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as fault:
        raise UnusableInput(
            file, "the Parquet file is damaged or cut short", "copy or export it again"
        ) from fault
    header = Header(tuple(stored.column_names), ",", 1, 0, ())
    require(header, COLUMNS, file, WHAT)
    cells = pa.table(
        {name: pc.fill_null(pc.cast(stored.column(name), pa.string()), "") for name in COLUMNS}
    )
    ledger = LossLedger(rows_read=cells.num_rows)
    lines = np.arange(1, cells.num_rows + 1, dtype=np.int64)
    return _read(Table(header, cells, lines, "utf-8"), file, ledger, tags, site_zone)


def _encoded(column: Any) -> tuple[NDArray[np.int64], list[str]]:
    """Which of the different texts each row has, and these texts stripped."""
    import pyarrow as pa

    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], pa.string())
    coded = whole.dictionary_encode()
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, [text.strip() for text in coded.dictionary.to_pylist()]


def _read(
    table: Table,
    file: str,
    ledger: LossLedger,
    tags: Mapping[str, TagFacts],
    site_zone: str,
) -> HistorianReading:
    tag, names = _encoded(table.cells.column("Tag"))
    if not names:
        raise UnusableInput(file, "holds no rows", "export the time of the batch again")
    findings = unknown_tags(names, tags, file)
    moment, stamps = _encoded(table.cells.column("Timestamp"))
    instants = read_instants(stamps, site_zone)
    placed = np.ones(table.lines.size, dtype=bool)
    for position, reason in instants.unread:
        rows = np.flatnonzero(moment == position)
        placed[rows] = False
        ledger.note_rows(table.lines[rows], table.quoting(rows), reason)
    values = _values(table, tag, names, tags)
    _note_values(table, values, ledger, placed)
    ledger.refuse_if_ruined(file)
    used = np.flatnonzero(placed & values.usable)
    result = courses(
        Samples(
            signals=signals_of(names, tags),
            tag=tag[used],
            t_ms=instants.t_ms[moment[used]],
            value=values.value[used],
            quality=values.quality[used],
            row=used,
        )
    )
    _note_order(table, result, ledger)
    return HistorianReading(
        trajectories=result.trajectories,
        ledger=ledger,
        findings=findings + result.findings,
        assumptions=_assumptions(table, instants, file, site_zone),
        zone=instants.zone(site_zone),
    )


def _values(
    table: Table, tag: NDArray[np.int64], names: list[str], tags: Mapping[str, TagFacts]
) -> Values:
    texts = table.cells.column("Value").combine_chunks()
    comma = table.header.delimiter != ","
    values = read_values(texts, tag, signals_of(names, tags), decimal_comma=comma)
    return with_status(values, *_encoded(table.cells.column("Status")))


def _note_values(
    table: Table, values: Values, ledger: LossLedger, placed: NDArray[np.bool_]
) -> None:
    for number, reason in enumerate(values.remarks, start=1):
        for unusable in (True, False):
            here = placed & (values.remark == number) & (values.usable != unusable)
            rows = np.flatnonzero(here)
            ledger.note_rows(table.lines[rows], table.quoting(rows), reason, unusable=unusable)


def _note_order(table: Table, result: Courses, ledger: LossLedger) -> None:
    for rows, reason in (
        (result.repeated, "repeats another row"),
        (result.contradicting, "same tag and time as another row, which was kept"),
        (result.misplaced, "out of order; placed by its time"),
    ):
        ledger.note_rows(table.lines[rows], table.quoting(rows), reason, unusable=False)


def _assumptions(table: Table, instants: Instants, file: str, site_zone: str) -> tuple[str, ...]:
    said = []
    if instants.without_offset > len(instants.unread):
        said.append(f"{file}: times without offset are local times of {site_zone}")
    if table.encoding != "utf-8":
        said.append(f"{file}: text that is not UTF-8 read as Windows Latin-1 (cp1252)")
    return tuple(said)
