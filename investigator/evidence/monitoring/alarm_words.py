"""What control systems call the columns of their alarm journals, and what they write into them.

Events are told in the words of ISA-18.2 exports, WinCC (`+` came, `-` went, `*` acknowledged; `K`,
`G`, `Q`), InTouch (`UNACK_ALM`, `ACK_RTN`, ...) and in plain English and German.
"""

from collections.abc import Sequence

from investigator.domain.alarm import AlarmTransition
from investigator.domain.import_profile import ColumnUse
from investigator.evidence.tables.columns import Vocabulary, assign_roles

ALARMS: Vocabulary = {
    "time": (
        "timestamp", "time stamp", "datetime", "date time", "date/time", "event time", "alarm time",
        "time of event", "eventtime", "active time", "in time", "start time", "raised at",
        "gekommen am", "gekommen um", "startzeit", "beginn", "zeitstempel", "datum/uhrzeit",
        "datum/zeit", "zeitpunkt", "timestring", "date", "datum", "time", "zeit",
    ),
    "clock": ("uhrzeit", "time of day"),
    "offset": ("utc-offset", "utc offset", "offset"),
    "alarm": (
        "alarmid", "alarm id", "alarm no", "alarm no.", "alarm number", "alarm nr", "alarm-nr",
        "message number", "msgnumber", "msg no", "msgnr", "meldungsnummer", "meldenummer",
        "meldungs-nr", "event id", "number", "nummer", "nr", "id",
    ),
    "tag": (
        "tag", "tagname", "tag name", "alarm tag", "source", "source name", "point", "item",
        "module", "object", "messstelle", "quelle", "variable", "node",
    ),
    "event": (
        "event", "transition", "event type", "eventtype", "alarm state", "alarmstate", "state",
        "action", "stateafter", "ereignis", "zustand", "meldezustand", "alarmstatus",
    ),
    "acknowledged": (
        "ack time", "acknowledge time", "acknowledged at", "time acknowledged", "acktime",
        "quittierzeit", "quittiert am", "quittiert um",
    ),
    "returned": (
        "return time", "rtn time", "returned at", "clear time", "cleared at", "out time",
        "end time", "endzeit", "gegangen am", "gegangen um", "ende",
    ),
    "message": (
        "message", "alarm text", "alarm message", "message text", "msgtext", "text", "description",
        "alarm description", "desc", "desc1", "meldetext", "meldung", "alarmtext", "beschreibung",
    ),
    "priority": (
        "priority", "prio", "severity", "alarm priority", "level", "alarm class", "msgclass",
        "priorität", "klasse", "meldeklasse",
    ),
    "value": ("value", "alarm value", "process value", "current value", "pv", "wert", "istwert"),
    "limit": ("limit", "alarm limit", "trip limit", "grenzwert", "limit value", "check value"),
    "operator": (
        "operator", "user", "user name", "username", "acknowledged by", "operator name",
        "benutzer", "bediener", "anwender",
    ),
}  # fmt: skip
"""Columns of an alarm journal, with an entry a row or an alarm a row."""

NEEDED = ("time", "event", "message")
NEEDED_OF_ALARMS = ("time", "returned", "message")
"""Where a row holds an alarm from its coming to its going, and no event."""

EVENTS = {
    AlarmTransition.ANNUNCIATED: frozenset(
        {"alm", "alarm", "active", "act", "in", "on", "came", "come", "incoming", "raised", "set",
         "new", "unack_alm", "unack alm", "active/unacked", "active unacknowledged", "annunciated",
         "kam", "kommt", "kommend", "gekommen", "k", "+", "ein", "aktiv"}
    ),
    AlarmTransition.ACKNOWLEDGED: frozenset(
        {"ack", "acked", "acknowledged", "acknowledge", "ack_alm", "ack alm", "active/acked",
         "active acknowledged", "quittiert", "quit", "q", "*"}
    ),
    AlarmTransition.RETURNED: frozenset(
        {"rtn", "return", "returned", "return to normal", "returned to normal", "normal",
         "inactive", "cleared", "clear", "off", "out", "gone", "went", "outgoing", "reset",
         "unack_rtn", "unack rtn", "ack_rtn", "ack rtn", "ging", "geht", "gehend", "gegangen", "g",
         "-", "aus", "inaktiv"}
    ),
}  # fmt: skip

PRIORITIES = {
    "critical": 1, "urgent": 1, "emergency": 1, "kritisch": 1, "high": 2, "hoch": 2, "medium": 3,
    "mittel": 3, "warning": 3, "warnung": 3, "low": 4, "niedrig": 4, "advisory": 4, "info": 4,
    "information": 4, "hinweis": 4, "log": 4,
}  # fmt: skip
"""Words for priorities, as the four of ISA-18.2 from the highest."""


def alarm_columns(names: Sequence[str]) -> tuple[ColumnUse, ...]:
    """The uses of the columns of an alarm journal; empty where it is none."""
    uses = assign_roles(names, ALARMS)
    roles = {use.role for use in uses}
    return uses if roles.issuperset(NEEDED) or roles.issuperset(NEEDED_OF_ALARMS) else ()


def transition_of(text: str) -> AlarmTransition:
    """What an entry says of its alarm; ValueError for a word that is not known."""
    word = text.casefold()
    for transition, words in EVENTS.items():
        if word in words:
            return transition
    raise ValueError(f"{text!r} is no event of an alarm that is known")


def priority_of(text: str) -> int:
    """The priority: the number itself, or that of its word; 0 where none is stated.

    Raises:
        ValueError: it is neither number nor a known word.
    """
    if not text:
        return 0
    word = text.casefold()
    if word in PRIORITIES:
        return PRIORITIES[word]
    if not text.isdecimal():
        raise ValueError(f"{text!r} is no priority")
    return int(text)
