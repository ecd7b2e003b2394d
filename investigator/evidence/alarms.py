"""The alarm journal by column mapping: entries in order of time, on the clock that wrote them.

- Times without offset are local times of the profile's zone.
- An alarm without number of its own is called after its tag, or else after its message.
- A word of the journal that is not known is never guessed: the entry goes to the loss ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.domain.alarm import AlarmEvent
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.evidence.alarm_words import (
    ALARMS,
    NEEDED,
    PRIORITIES,
    priority_of,
    transition_of,
)
from investigator.evidence.by_names import profile_by_names
from investigator.evidence.ledger import LossLedger
from investigator.evidence.numerals import numeral
from investigator.evidence.table import Table, read_table
from investigator.evidence.table_times import row_instants, time_assumptions


@dataclass(frozen=True, slots=True)
class AlarmReading:
    """The entries of one journal."""

    alarms: tuple[AlarmEvent, ...]
    ledger: LossLedger
    assumptions: tuple[str, ...] = ()


def _entry(said: Mapping[str, str], t_ms: int, decimal: str) -> AlarmEvent:
    value = numeral(said["value"], decimal) if said.get("value") else None
    tag, message = said.get("tag", ""), said["message"]
    return AlarmEvent(
        t_ms=t_ms,
        alarm_id=said.get("alarm", "") or tag or message,
        tag=tag,
        message=message,
        priority=priority_of(said.get("priority", "")),
        transition=transition_of(said["event"]),
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
        content, file, kind=Kind.ALARMS, vocabulary=ALARMS, needed=NEEDED, zone=site_zone
    )
    ledger = LossLedger()
    return entries_of(read_table(content, how, ledger, file=file), how, ledger, file)


def entries_of(table: Table, profile: ImportProfile, ledger: LossLedger, file: str) -> AlarmReading:
    """The entries of a table that was read by a profile; raises as `read_alarms` does."""
    instants = row_instants(table, profile)
    unplaced = dict(instants.unread)
    roles = [role for role in ALARMS if table.role(role) is not None]
    columns = [table.role(role) or [] for role in roles]
    alarms = []
    for row, cells in enumerate(zip(*columns, strict=True)):
        said = dict(zip(roles, cells, strict=True))
        try:
            if row in unplaced:
                raise ValueError(unplaced[row])
            alarms.append(_entry(said, int(instants.t_ms[row]), profile.decimal))
        except ValueError as why:
            ledger.note(int(table.lines[row]), table.row_text(row), f"cannot be read ({why})")
    ledger.refuse_if_ruined(file)
    said_so = (*time_assumptions(instants, profile, file), *_worded(table, file))
    return AlarmReading(tuple(sorted(alarms, key=lambda a: a.t_ms)), ledger, said_so)


def _worded(table: Table, file: str) -> tuple[str, ...]:
    words = sorted({w.casefold() for w in table.role("priority") or []} & set(PRIORITIES))
    if not words:
        return ()
    read = ", ".join(f"{word} as {PRIORITIES[word]}" for word in words)
    return (f"{file}: priorities in words are read as {read}",)
