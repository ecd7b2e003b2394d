"""What monitoring systems call the columns of their exports of rooms and utilities.

Rooms (temperature, humidity, differential pressure, particles) and utilities (compressed air, HVAC,
chilled water, purified water, nitrogen) come in the same tables: a reading of a point a row, with
its unit and its alert and action limits.
"""

from collections.abc import Sequence

from investigator.domain.import_profile import ColumnUse
from investigator.evidence.tables.columns import Vocabulary, assign_roles

ENVIRONMENT: Vocabulary = {
    "time": (
        "timestamputc", "timestamp utc", "utc time", "timestamp", "time stamp", "datetime",
        "date time", "date/time", "reading time", "sample time", "measured at", "zeitstempel",
        "datum/uhrzeit", "datum/zeit", "messzeit", "zeitpunkt", "date", "datum", "time", "zeit",
    ),
    "clock": ("uhrzeit", "time of day"),
    "offset": ("utc-offset", "utc offset", "offset"),
    "location": (
        "location", "room", "room no", "area", "zone", "system", "utility", "building",
        "sampling location", "raum", "raumnummer", "bereich", "ort", "anlage", "versorgung",
        "medium",
    ),
    "point": (
        "point", "point name", "pointname", "sensor", "sensor id", "channel", "probe",
        "measuring point", "monitoring point", "parameter", "measurement", "messpunkt",
        "messstelle", "fühler", "kanal", "messgröße",
    ),
    "value": ("value", "reading", "result", "measured value", "wert", "messwert", "istwert"),
    "unit": ("unit", "units", "uom", "einheit"),
    "alert_low": (
        "alertlow", "alert low", "alert limit low", "low alert", "warning low", "lower alert",
        "warngrenze unten", "warnung min", "warnung unten", "warn min", "low limit", "min",
    ),
    "alert_high": (
        "alerthigh", "alert high", "alert limit high", "high alert", "warning high", "upper alert",
        "alert level", "alert limit", "warngrenze oben", "warnung max", "warnung oben", "warn max",
        "warngrenze", "high limit", "max",
    ),
    "action_low": (
        "actionlow", "action low", "action limit low", "low action", "alarm low", "lower action",
        "aktionsgrenze unten", "alarmgrenze unten", "aktion min", "alarm min",
    ),
    "action_high": (
        "actionhigh", "action high", "action limit high", "high action", "alarm high",
        "upper action", "action level", "action limit", "aktionsgrenze oben", "alarmgrenze oben",
        "aktion max", "alarm max", "aktionsgrenze",
    ),
    "status": ("status", "quality", "state", "zustand", "qualität"),
}  # fmt: skip

NEEDED = ("time", "point", "value")
TELLING = frozenset({"location", "alert_low", "alert_high", "action_low", "action_high"})
"""One of these tells such a table from a historian export."""


def environment_columns(names: Sequence[str]) -> tuple[ColumnUse, ...]:
    """The uses of the columns of an environmental table; empty where it is none."""
    uses = assign_roles(names, ENVIRONMENT)
    roles = {use.role for use in uses}
    return uses if roles.issuperset(NEEDED) and roles & TELLING else ()
