"""Environmental and utility monitoring by column mapping: the course of every point.

- A point is called as the export calls it; where two rooms have a point of one name, the room goes
  before it.
- Times without offset are local times of the profile's zone; a column whose name says UTC is UTC.
- A reading in another unit than the first of its point is converted; where it cannot be, reported.
- Readings outside their own alert or action limits give a finding for each point and kind of limit;
  the limits may change within the export.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.domain.instant import Span
from investigator.domain.trajectory import Signal, Trajectory
from investigator.evidence.historian.samples import Samples, courses
from investigator.evidence.historian.values import Values, read_values
from investigator.evidence.ledger import LossLedger
from investigator.evidence.mapping.units import conversion
from investigator.evidence.monitoring.environment_columns import ENVIRONMENT, NEEDED
from investigator.evidence.tables.by_names import profile_by_names
from investigator.evidence.tables.numbers import read_numbers
from investigator.evidence.tables.table import Table, read_table
from investigator.evidence.times.table_times import row_instants, time_assumptions

LIMITS = (
    ("alert", "alert_low", "alert_high", Severity.MINOR),
    ("action", "action_low", "action_high", Severity.MAJOR),
)


@dataclass(frozen=True, slots=True)
class EnvironmentReading:
    """Courses by point name. A point outside its alert or action limits gives a finding."""

    points: dict[str, Trajectory]
    ledger: LossLedger
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rows:
    """Readings of a table, every array of shape (rows,); `point` counts into `signals`."""

    signals: tuple[Signal, ...]
    point: NDArray[np.int64]
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    usable: NDArray[np.bool_]


def read_environment(
    content: bytes, file: str, *, site_zone: str = "UTC", profile: ImportProfile | None = None
) -> EnvironmentReading:
    """The points of an environmental or utility export.

    Args:
        content: delimited text or a workbook.
        file: its name, for messages.
        site_zone: IANA zone of times without offset, where no profile names one.
        profile: how it is read; by the names of its columns where None.

    Raises:
        UnusableInput: a needed column is missing, or more than half of the rows are unusable.
    """
    how = profile or profile_by_names(
        content, file, kind=Kind.ENVIRONMENT, vocabulary=ENVIRONMENT, needed=NEEDED, zone=site_zone
    )
    ledger = LossLedger()
    return points_of(read_table(content, how, ledger, file=file), how, ledger, file)


def points_of(
    table: Table, profile: ImportProfile, ledger: LossLedger, file: str
) -> EnvironmentReading:
    """The points of a table that was read by a profile; raises as `read_environment` does."""
    signals, point = _points(table)
    if not signals:
        ledger.refuse_if_ruined(file)
        return EnvironmentReading({}, ledger, ())
    instants = row_instants(table, profile, point)
    placed = np.ones(point.size, dtype=bool)
    for row, reason in instants.unread:
        placed[row] = False
        ledger.note(int(table.lines[row]), table.row_text(row), reason)
    values = _values(table, profile, point, signals)
    _note_values(table, values, placed, ledger)
    value, usable = values.value.copy(), placed & values.usable
    _in_one_unit(table, signals, point, value, usable, ledger)
    rows = np.flatnonzero(usable)
    result = courses(
        Samples(signals, point[rows], instants.t_ms[rows], value[rows], values.quality[rows], rows)
    )
    ledger.refuse_if_ruined(file)
    for lost, reason in (
        (result.repeated, "repeats another row"),
        (result.contradicting, "same point and time as another row, which was kept"),
    ):
        ledger.note_rows(table.lines[lost], table.quoting(lost), reason, unusable=False)
    readings = _Rows(signals, point, instants.t_ms, value, usable)
    findings = (*result.findings, *_outside(table, profile, readings))
    said = time_assumptions(instants, profile, file)
    return EnvironmentReading(dict(result.trajectories), ledger, findings, said)


def _points(table: Table) -> tuple[tuple[Signal, ...], NDArray[np.int64]]:
    """The points in order of first appearance, and which of them each row reads."""
    names = table.role("point") or []
    rooms = table.role("location") or [""] * len(names)
    units = table.role("unit") or [_unit_of_values(table)] * len(names)
    positions: dict[tuple[str, str], int] = {}
    point = [positions.setdefault(key, len(positions)) for key in zip(rooms, names, strict=True)]
    first = {n: row for row, n in reversed(list(enumerate(point)))}
    held = [name for _, name in positions]
    signals = tuple(
        Signal(
            tag=name if held.count(name) == 1 else f"{room} {name}",
            description=f"room {room}" if room else "",
            unit=units[first[n]],
        )
        for n, (room, name) in enumerate(positions)
    )
    return signals, np.array(point, dtype=np.int64)


def _unit_of_values(table: Table) -> str:
    return next((use.unit for use in table.uses if use.role == "value"), "")


def _values(
    table: Table, profile: ImportProfile, point: NDArray[np.int64], signals: tuple[Signal, ...]
) -> Values:
    return read_values(
        table.role("value") or [],
        point,
        signals,
        decimal_comma=profile.decimal == ",",
        thousands=profile.thousands,
    )


def _note_values(
    table: Table, values: Values, placed: NDArray[np.bool_], ledger: LossLedger
) -> None:
    for row in np.flatnonzero(placed & (values.remark > 0)).tolist():
        reason = values.remarks[values.remark[row] - 1]
        unusable = not bool(values.usable[row])
        ledger.note(int(table.lines[row]), table.row_text(row), reason, unusable=unusable)


def _in_one_unit(
    table: Table,
    signals: Sequence[Signal],
    point: NDArray[np.int64],
    value: NDArray[np.float64],
    usable: NDArray[np.bool_],
    ledger: LossLedger,
) -> None:
    """Bring every reading to the unit of its point, in place; what cannot be is no reading."""
    units = table.role("unit") or []
    changed = [row for row, unit in enumerate(units) if unit != signals[point[row]].unit]
    for row in changed:
        how = conversion(units[row], signals[point[row]].unit)
        if isinstance(how, str):
            usable[row] = False
            ledger.note(int(table.lines[row]), table.row_text(row), how)
        else:
            value[row] = value[row] * how.factor + how.offset


def _outside(table: Table, profile: ImportProfile, rows: _Rows) -> list[Finding]:
    findings = []
    for kind, low, high, severity in LIMITS:
        lows, highs = _limits(table, profile, low), _limits(table, profile, high)
        outside = rows.usable & ((rows.value < lows) | (rows.value > highs))
        for n in np.unique(rows.point[outside]).tolist():
            here = np.flatnonzero(outside & (rows.point == n))
            times, signal = rows.t_ms[here], rows.signals[n]
            finding = Finding(
                subject=signal.tag,
                kind=f"{kind}_limit",
                span=Span(int(times.min()), int(times.max())),
                action="kept as it stands",
                detail=f"{here.size} readings outside the {kind} limits"
                f" {_written(lows[here])}…{_written(highs[here])} {signal.unit}",
                severity=severity,
            )
            findings.append(finding)
    return findings


def _limits(table: Table, profile: ImportProfile, role: str) -> NDArray[np.float64]:
    """The limit of every row, NaN where there is none."""
    texts = table.role(role)
    if texts is None:
        return np.full(table.lines.size, np.nan)
    comma = profile.decimal == ","
    return read_numbers(_arrow(texts), decimal_comma=comma, thousands=profile.thousands)[0]


def _arrow(texts: Sequence[str]) -> object:
    import pyarrow as pa

    return pa.array(texts, pa.string())


def _written(limits: NDArray[np.float64]) -> str:
    """The limits that held, each once; empty where there was none."""
    stated = np.unique(limits[np.isfinite(limits)])
    return " or ".join(str(float(limit)) for limit in stated)
