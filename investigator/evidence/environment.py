"""Environmental monitoring: the course of every point of a room, exported in UTC."""

from dataclasses import dataclass

import numpy as np

from investigator.domain.evidence import Finding
from investigator.domain.instant import Span
from investigator.domain.trajectory import Signal, Trajectory
from investigator.evidence.instants import read_instants
from investigator.evidence.ledger import LossLedger
from investigator.evidence.samples import Samples, courses
from investigator.evidence.table import Table, header_of, read_table, require
from investigator.evidence.values import read_values

COLUMNS = (
    "TimestampUTC",
    "Location",
    "Point",
    "Value",
    "Unit",
    "AlertLow",
    "AlertHigh",
    "Status",
)


@dataclass(frozen=True, slots=True)
class EnvironmentReading:
    """Courses by point name. A point outside its alert limits gives a finding."""

    points: dict[str, Trajectory]
    ledger: LossLedger
    findings: tuple[Finding, ...]


def _limit(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _outside(trajectory: Trajectory, low: float | None, high: float | None) -> Finding | None:
    over = np.zeros(trajectory.value.shape, dtype=bool)
    if low is not None:
        over |= trajectory.value < low
    if high is not None:
        over |= trajectory.value > high
    if not over.any():
        return None
    times = trajectory.t_ms[over]
    limits = f"{'' if low is None else low:}…{'' if high is None else high:}"
    return Finding(
        subject=trajectory.signal.tag,
        kind="alert_limit",
        span=Span(int(times[0]), int(times[-1])),
        action="kept as it stands",
        detail=f"{int(over.sum())} readings outside the alert limits {limits}"
        f" {trajectory.signal.unit}",
    )


def read_environment(content: bytes, file: str) -> EnvironmentReading:
    """An environmental export with the columns of `COLUMNS`; times without offset are UTC.

    Raises:
        UnusableInput: unknown delimiter, missing column, or more than half of the rows unusable.
    """
    header = header_of(content)
    require(header, COLUMNS, file, "environmental export")
    ledger = LossLedger()
    table = read_table(content, header, ledger)
    names = table.column("Point")
    known = tuple(dict.fromkeys(names))
    first = {name: names.index(name) for name in known}
    locations, units = table.column("Location"), table.column("Unit")
    signals = tuple(Signal(n, f"room {locations[first[n]]}", units[first[n]]) for n in known)
    result = courses(_samples(table, names, signals, ledger))
    ledger.refuse_if_ruined(file)
    for rows, reason in (
        (result.repeated, "repeats another row"),
        (result.contradicting, "same point and time as another row, which was kept"),
    ):
        ledger.note_rows(table.lines[rows], table.quoting(rows), reason, unusable=False)
    lows, highs = table.column("AlertLow"), table.column("AlertHigh")
    outside = (
        _outside(t, _limit(lows[first[n]]), _limit(highs[first[n]]))
        for n, t in result.trajectories.items()
    )
    findings = result.findings + tuple(f for f in outside if f is not None)
    return EnvironmentReading(dict(result.trajectories), ledger, findings)


def _samples(
    table: Table, names: list[str], signals: tuple[Signal, ...], ledger: LossLedger
) -> Samples:
    position = {signal.tag: n for n, signal in enumerate(signals)}
    tag = np.array([position[name] for name in names], dtype=np.int64)
    instants = read_instants(table.column("TimestampUTC"), "UTC")
    placed = np.ones(tag.size, dtype=bool)
    for row, reason in instants.unread:
        placed[row] = False
        ledger.note(int(table.lines[row]), table.row_text(row), reason)
    texts = table.cells.column("Value").combine_chunks()
    values = read_values(texts, tag, signals, decimal_comma=table.header.delimiter != ",")
    for row in np.flatnonzero(placed & (values.remark > 0)).tolist():
        reason = values.remarks[values.remark[row] - 1]
        unusable = not bool(values.usable[row])
        ledger.note(int(table.lines[row]), table.row_text(row), reason, unusable=unusable)
    used = np.flatnonzero(placed & values.usable)
    return Samples(
        signals, tag[used], instants.t_ms[used], values.value[used], values.quality[used], used
    )
