"""The words of a plain event list: its columns, and the events that it may hold.

A site without an electronic batch record writes one row an event. Names are told in English and
German, whatever case and blanks; `docs/batch-event-list.md` describes the form for people.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from investigator.domain.import_profile import ColumnUse
from investigator.evidence.tables.cell_types import normal
from investigator.evidence.tables.columns import Vocabulary, assign_roles
from investigator.evidence.tables.dialect import Dialect

COLUMNS: Vocabulary = {
    "time": (
        "time", "timestamp", "date time", "datetime", "date/time", "event time", "date", "zeit",
        "zeitpunkt", "zeitstempel", "datum/uhrzeit", "datum uhrzeit", "datum",
    ),
    "event": ("event", "event type", "kind", "ereignis", "ereignisart", "vorgang"),
    "batch": ("batch", "batch id", "batch no", "batch number", "charge", "chargennummer"),
    "line": ("line", "line id", "linie", "anlage"),
    "equipment": ("equipment", "equipment id", "unit id", "gerät", "aggregat", "apparat"),
    "item": (
        "item", "parameter", "phase", "step", "test", "name", "gegenstand", "schritt", "prüfung",
    ),
    "material": ("material", "material id", "material number", "materialnummer", "artikel"),
    "description": ("description", "beschreibung", "bezeichnung"),
    "lot": ("lot", "lot id", "lot no", "lot number", "material lot", "materialcharge", "los"),
    "container": ("container", "container id", "drum", "behälter", "gebinde", "fass"),
    "quantity": ("quantity", "qty", "amount", "net weight", "menge", "netto"),
    "gross": ("gross", "gross weight", "brutto"),
    "tare": ("tare", "tare weight", "tara"),
    "value": ("value", "result", "wert", "messwert", "ergebnis"),
    "unit": ("unit", "uom", "einheit"),
    "potency": ("potency", "potency %", "assay", "gehalt"),
    "person": ("person", "operator", "user", "signed by", "bediener", "name der person"),
    "comment": ("comment", "remark", "text", "message", "bemerkung", "kommentar"),
}  # fmt: skip
"""Columns of the form; `time` and `event` must be there."""

NEEDED = ("time", "event")


class Event(StrEnum):
    """What a row of the form says."""

    BATCH_START = "batch start"
    BATCH_END = "batch end"
    RECIPE = "recipe"
    PRODUCT = "product"
    STATUS = "status"
    SET_POINT = "set-point"
    PHASE_START = "phase start"
    PHASE_END = "phase end"
    ISSUED = "lot issued"
    RETURNED = "lot returned"
    CONSUMED = "lot consumed"
    CONNECTED = "lot connected"
    REFILL = "refill"
    CONTAINER_START = "container start"
    CONTAINER_END = "container end"
    CHECK = "in-process check"
    COUNTER = "counter"
    ACTION = "action"
    COMMENT = "comment"
    ALARM = "alarm"
    EXCEPTION = "exception"
    SIGNATURE = "signature"


WORDS: Mapping[Event, Sequence[str]] = {
    Event.BATCH_START: ("start of batch", "batch started", "chargenbeginn", "chargenstart"),
    Event.BATCH_END: ("end of batch", "batch ended", "chargenende"),
    Event.RECIPE: ("master recipe", "rezept", "herstellvorschrift"),
    Event.PRODUCT: ("produkt",),
    Event.STATUS: ("batch status", "chargenstatus"),
    Event.SET_POINT: ("set point", "setpoint", "parameter", "sollwert"),
    Event.PHASE_START: ("step start", "phasenbeginn", "schrittbeginn"),
    Event.PHASE_END: ("step end", "phasenende", "schrittende"),
    Event.ISSUED: ("issued", "issue", "dispensed", "ausgegeben", "materialausgabe"),
    Event.RETURNED: ("returned", "return", "zurückgegeben", "rückgabe"),
    Event.CONSUMED: ("consumed", "charged", "verbraucht", "verbrauch"),
    Event.CONNECTED: ("connected", "lot change", "angeschlossen", "chargenwechsel"),
    Event.REFILL: ("hopper refill", "nachfüllung", "nachfüllen"),
    Event.CONTAINER_START: ("drum start", "fill start", "füllbeginn"),
    Event.CONTAINER_END: ("drum end", "fill end", "füllende"),
    Event.CHECK: ("ipc", "in-process test", "in process check", "inprozesskontrolle", "ipk"),
    Event.COUNTER: ("totaliser", "totalizer", "reported quantity", "zähler", "zählerstand"),
    Event.ACTION: ("operator action", "intervention", "eingriff", "bedienung"),
    Event.COMMENT: ("remark", "kommentar", "bemerkung"),
    Event.ALARM: ("alarm annunciated", "störung"),
    Event.EXCEPTION: ("deviation", "abweichung"),
    Event.SIGNATURE: ("signed", "unterschrift", "unterschrieben"),
}
"""Other words for each event, beside its own."""

BY_WORD = {normal(word): event for event, words in WORDS.items() for word in (str(event), *words)}


def event_of(text: str) -> Event | None:
    """The event that a word of the form means; None for a word that the form does not know."""
    return BY_WORD.get(normal(text))


def event_list_columns(dialect: Dialect) -> tuple[ColumnUse, ...] | None:
    """The uses of the columns when the table is an event list, by its columns and its words."""
    uses = assign_roles(dialect.names, COLUMNS)
    by_role = {use.role: use for use in uses}
    if not dialect.header_line or not set(NEEDED) <= set(by_role):
        return None
    words = dialect.column(by_role["event"].position)
    known = sum(event_of(word) is not None for word in words)
    return uses if words and 2 * known > len(words) else None
