"""The alarm journal by column mapping: entries in order of time, on the clock that wrote them.

- Times without offset are local times of the profile's zone.
- An alarm without number of its own is called after its tag, or else after its message.
- A row is an entry, or an alarm with the times at which it came, was acknowledged and went; where
  one of the latter two is empty, it was not.
- A word of the journal that is not known is never guessed: the entry goes to the loss ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.evidence.ledger import LossLedger
from investigator.evidence.monitoring.alarm_words import (
    ALARMS,
    NEEDED,
    NEEDED_OF_ALARMS,
    PRIORITIES,
    priority_of,
    transition_of,
)
from investigator.evidence.tables.by_names import profile_by_names
from investigator.evidence.tables.numerals import numeral
from investigator.evidence.tables.table import Table, read_table
from investigator.evidence.times.instants import REASONS, Instants
from investigator.evidence.times.table_times import row_instants, time_assumptions

LATER = {
    "acknowledged": AlarmTransition.ACKNOWLEDGED,
    "returned": AlarmTransition.RETURNED,
}
"""Columns with the times of what follows the coming of an alarm, where a row holds an alarm."""


@dataclass(frozen=True, slots=True)
class AlarmReading:
    """The entries of one journal."""

    alarms: tuple[AlarmEvent, ...]
    ledger: LossLedger
    assumptions: tuple[str, ...] = ()


def _entry(
    said: Mapping[str, str], t_ms: int, transition: AlarmTransition, decimal: str
) -> AlarmEvent:
    value = numeral(said["value"], decimal) if said.get("value") else None
    tag, message = said.get("tag", ""), said["message"]
    return AlarmEvent(
        t_ms=t_ms,
        alarm_id=said.get("alarm", "") or tag or message,
        tag=tag,
        message=message,
        priority=priority_of(said.get("priority", "")),
        transition=transition,
        value=None if value is None else float(value),
        limit=said.get("limit", ""),
        operator=said.get("operator", ""),
    )


def read_alarms(
    content: bytes, file: str, *, site_zone: str, profile: ImportProfile | None = None
) -> AlarmReading:
    """The entries of an alarm journal.

    Args:
        content: delimited text or a workbook.
        file: its name, for messages.
        site_zone: IANA zone of times without offset, where no profile names one.
        profile: how it is read; by the names of its columns where None.

    Raises:
        UnusableInput: a needed column is missing, or more than half of the rows are unusable.
    """
    how = profile or profile_by_names(
        content,
        file,
        kind=Kind.ALARMS,
        vocabulary=ALARMS,
        needed=NEEDED,
        or_needed=NEEDED_OF_ALARMS,
        zone=site_zone,
    )
    ledger = LossLedger()
    return entries_of(read_table(content, how, ledger, file=file), how, ledger, file)


def entries_of(table: Table, profile: ImportProfile, ledger: LossLedger, file: str) -> AlarmReading:
    """The entries of a table that was read by a profile; raises as `read_alarms` does."""
    instants = row_instants(table, profile)
    beside = {
        transition: row_instants(table, profile, role=role)
        for role, transition in LATER.items()
        if table.role("event") is None and table.role(role) is not None
    }
    roles = [role for role in ALARMS if table.role(role) is not None]
    columns = [table.role(role) or [] for role in roles]
    alarms: list[AlarmEvent] = []
    for row, cells in enumerate(zip(*columns, strict=True)):
        said = dict(zip(roles, cells, strict=True))
        try:
            alarms += _of_row(row, said, instants, beside, profile.decimal)
        except ValueError as why:
            ledger.note(int(table.lines[row]), table.row_text(row), f"cannot be read ({why})")
    ledger.refuse_if_ruined(file)
    said_so = (*time_assumptions(instants, profile, file), *_worded(table, file))
    return AlarmReading(tuple(sorted(alarms, key=lambda a: a.t_ms)), ledger, said_so)


def _of_row(
    row: int,
    said: Mapping[str, str],
    instants: Instants,
    beside: Mapping[AlarmTransition, Instants],
    decimal: str,
) -> list[AlarmEvent]:
    """The entries that a row tells; ValueError where one of them cannot be read."""
    if not beside:
        transition = transition_of(said["event"])
        return [_entry(said, _placed(instants, row), transition, decimal)]
    came = _entry(said, _placed(instants, row), AlarmTransition.ANNUNCIATED, decimal)
    roles = {transition: role for role, transition in LATER.items()}
    later = [
        replace(came, t_ms=_placed(times, row), transition=transition, value=None)
        for transition, times in beside.items()
        if said[roles[transition]]
    ]
    return [came, *later]


def _placed(instants: Instants, row: int) -> int:
    if instants.reason[row]:
        raise ValueError(REASONS[int(instants.reason[row])])
    return int(instants.t_ms[row])


def _worded(table: Table, file: str) -> tuple[str, ...]:
    words = sorted({w.casefold() for w in table.role("priority") or []} & set(PRIORITIES))
    if not words:
        return ()
    read = ", ".join(f"{word} as {PRIORITIES[word]}" for word in words)
    return (f"{file}: priorities in words are read as {read}",)
