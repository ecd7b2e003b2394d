"""The wide layout of a historian export: one row a time, one column a tag, interpolated on a grid.

- `;` and decimal comma as a German workstation writes them; comment lines, a row of tags, a row of
  units, then the data; the time in a first column `Zeit` (or Time, Timestamp), its offset from UTC
  beside it in `UTC-Offset`.
- Values stand on a grid of some seconds: what happened between two grid times is known only to
  that grid, and whoever reads the time of an event from it must reckon with that.
- A line is counted once in the loss ledger, whatever number of its cells is without value.
"""

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.trajectory import Signal
from investigator.evidence.facts import TagFacts
from investigator.evidence.historian import HistorianReading, signals_of, unknown_tags
from investigator.evidence.instants import Instants, read_instants
from investigator.evidence.ledger import LossLedger
from investigator.evidence.samples import Samples, courses
from investigator.evidence.table import Header, Table, header_of, read_table
from investigator.evidence.values import Values, read_values

TIME_NAMES = frozenset({"zeit", "time", "timestamp", "datetime"})
OFFSET_NAMES = frozenset({"utc-offset", "utc offset", "offset"})
COMMENT_ZONE = re.compile(r"(?:Zeitzone|time ?zone)\s*[:=]?\s*([A-Za-z_]+/[A-Za-z_/]+)", re.I)


def is_wide(header: Header) -> bool:
    """Whether a header is that of the wide layout: a time first, then at least two columns."""
    return len(header.names) > 2 and header.names[0].casefold() in TIME_NAMES


def read_wide_text(
    content: bytes, file: str, *, tags: Mapping[str, TagFacts], site_zone: str
) -> HistorianReading:
    """A wide export.

    Raises:
        UnusableInput: another line's tags, a column named twice, or more than half of the rows
            unusable.
    """
    header = header_of(content)
    _refuse_doubles(header, file)
    columns = [name for name in header.names[1:] if name and name.casefold() not in OFFSET_NAMES]
    findings = unknown_tags(columns, tags, file)
    ledger = LossLedger()
    table = _without_units(read_table(content, header, ledger), ledger)
    zone = _stated_zone(header) or site_zone
    instants = _instants(table, zone)
    signals = signals_of(columns, tags)
    samples = _samples(table, signals, instants, ledger)
    ledger.refuse_if_ruined(file)
    result = courses(samples)
    for rows, reason in (
        (result.repeated, "repeats the time of another row"),
        (result.contradicting, "same time as another row, which was kept"),
        (result.misplaced, "out of order; placed by its time"),
    ):
        whole = np.unique(rows)
        ledger.note_rows(table.lines[whole], table.quoting(whole), reason, unusable=False)
    step = _grid_s(instants)
    return HistorianReading(
        trajectories=result.trajectories,
        ledger=ledger,
        findings=findings + result.findings,
        assumptions=_assumptions(table, instants, step, file, zone),
        zone=instants.zone(zone),
        resolution_s=step,
    )


def _refuse_doubles(header: Header, file: str) -> None:
    doubles = sorted({name for name in header.names if name and header.names.count(name) > 1})
    if doubles:
        raise UnusableInput(file, f"has two columns named {doubles[0]}", "export every tag once")


def _without_units(table: Table, ledger: LossLedger) -> Table:
    """The table without its row of units, known by its empty time cell."""
    if table.cells.num_rows == 0 or str(table.cells.column(0)[0]).strip():
        return table
    ledger.rows_read -= 1
    return Table(table.header, table.cells.slice(1), table.lines[1:], table.encoding)


def _stated_zone(header: Header) -> str:
    found = COMMENT_ZONE.search(" ".join(header.comments))
    return found.group(1) if found else ""


def _instants(table: Table, zone: str) -> Instants:
    """Instants of the rows, with the offset column where there is one."""
    texts = table.column(table.header.names[0])
    for name in table.header.names[1:]:
        if name.casefold() in OFFSET_NAMES:
            offsets = table.column(name)
            texts = [f"{text}{offset}" for text, offset in zip(texts, offsets, strict=True)]
            break
    return read_instants(texts, zone)


def _samples(
    table: Table, signals: tuple[Signal, ...], instants: Instants, ledger: LossLedger
) -> Samples:
    rows = table.cells.num_rows
    placed = np.ones(rows, dtype=bool)
    for unplaced, reason in instants.unread:
        placed[unplaced] = False
        ledger.note(int(table.lines[unplaced]), table.row_text(unplaced), reason)
    read = [_cells(table, signal, ledger, placed) for signal in signals]
    used = [np.flatnonzero(placed & values.usable) for values in read]
    row = np.concatenate(used) if used else np.zeros(0, dtype=np.int64)
    return Samples(
        signals=signals,
        tag=np.repeat(np.arange(len(signals)), [u.size for u in used]),
        t_ms=instants.t_ms[row],
        value=np.concatenate([v.value[u] for v, u in zip(read, used, strict=True)]),
        quality=np.concatenate([v.quality[u] for v, u in zip(read, used, strict=True)]),
        row=row,
    )


def _cells(table: Table, signal: Signal, ledger: LossLedger, placed: NDArray[np.bool_]) -> Values:
    texts = table.cells.column(signal.tag).combine_chunks()
    zero = np.zeros(table.cells.num_rows, dtype=np.int64)
    comma = table.header.delimiter != ","
    values = read_values(texts, zero, (signal,), decimal_comma=comma)
    for row in np.flatnonzero(placed & (values.remark > 0)):
        reason = values.remarks[values.remark[row] - 1]
        ledger.note(
            int(table.lines[row]), f"{signal.tag} = {texts[int(row)]}", reason, unusable=False
        )
    return values


def _grid_s(instants: Instants) -> float:
    if instants.t_ms.size < 2:
        return 0.0
    return float(np.median(np.abs(np.diff(instants.t_ms)))) / 1000.0


def _assumptions(
    table: Table, instants: Instants, step: float, file: str, zone: str
) -> tuple[str, ...]:
    said = [
        f"{file}: values are interpolated on a grid of {step:g} s; events are known to that grid"
    ]
    if instants.without_offset > len(instants.unread):
        said.append(f"{file}: times without offset are local times of {zone}")
    if table.encoding != "utf-8":
        said.append(f"{file}: text that is not UTF-8 read as Windows Latin-1 (cp1252)")
    return tuple(said)
