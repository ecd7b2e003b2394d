"""The alarm journal: entries on the historian's clock, in order of time."""

import math
from dataclasses import dataclass

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.evidence.instants import read_instant
from investigator.evidence.ledger import LossLedger
from investigator.evidence.table import header_of, read_table, require

COLUMNS = (
    "Timestamp",
    "AlarmID",
    "Tag",
    "Message",
    "Priority",
    "Event",
    "Value",
    "Limit",
    "Operator",
)


@dataclass(frozen=True, slots=True)
class AlarmReading:
    """The entries of one journal."""

    alarms: tuple[AlarmEvent, ...]
    ledger: LossLedger


def _value(text: str) -> float | None:
    if not text:
        return None
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else None


def _entry(cells: dict[str, str], zone: str) -> AlarmEvent:
    return AlarmEvent(
        t_ms=read_instant(cells["Timestamp"], zone),
        alarm_id=cells["AlarmID"],
        tag=cells["Tag"],
        message=cells["Message"],
        priority=int(cells["Priority"]),
        transition=AlarmTransition(cells["Event"]),
        value=_value(cells["Value"]),
        limit=cells["Limit"],
        operator=cells["Operator"],
    )


def read_alarms(content: bytes, file: str, *, site_zone: str) -> AlarmReading:
    """An alarm journal with the columns of `COLUMNS`.

    Raises:
        UnusableInput: unknown delimiter, missing column, or more than half of the rows unusable.
    """
    header = header_of(content)
    require(header, COLUMNS, file, "alarm journal")
    ledger = LossLedger()
    table = read_table(content, header, ledger)
    columns = [table.column(name) for name in COLUMNS]
    alarms = []
    for row, cells in enumerate(zip(*columns, strict=True)):
        try:
            alarms.append(_entry(dict(zip(COLUMNS, cells, strict=True)), site_zone))
        except ValueError as why:
            ledger.note(int(table.lines[row]), table.row_text(row), f"cannot be read ({why})")
    ledger.refuse_if_ruined(file)
    return AlarmReading(tuple(sorted(alarms, key=lambda a: a.t_ms)), ledger)
