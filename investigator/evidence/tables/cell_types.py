"""What a cell of a table looks like: a time, a number, a word. Looks only; others read."""

import re
from functools import lru_cache

CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s*[AaPp]\.?[Mm]\.?)?"
ZONE = r"(?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
DATES = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})",
    r"\d{1,2}[-. ]{1,2}[^\W\d_]{3,9}\.?[- ](?:\d{4}|\d{2})",
    r"[^\W\d_]{3,9}\.? \d{1,2}, \d{4}",
)
TIME = re.compile(rf"(?:{'|'.join(DATES)})(?:[T ]\s*{CLOCK}{ZONE})?|\d{{8}}T?\d{{6}}Z?")
CLOCK_ONLY = re.compile(CLOCK)
NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d*)?|[.,]\d+)"
    r"(?:[eE][+-]?\d+)?"
)
TIME_NAMES = frozenset(
    {
        "time",
        "timestamp",
        "time stamp",
        "datetime",
        "date time",
        "date/time",
        "date",
        "ts",
        "timestring",
        "zeit",
        "zeitstempel",
        "zeitpunkt",
        "datum",
        "datum/zeit",
        "datum/uhrzeit",
        "datum uhrzeit",
        "timestamputc",
        "timestamp utc",
        "local time",
        "utc time",
        "utc",
        "ip trend time",
        "source timestamp",
        "sourcetimestamp",
        "event time",
        "eventtime",
        "time ms",
    }
)
"""Names of a column of times, normalised as by `normal`."""

UNITS = frozenset(
    (
        "-", "1", "%", "%rh", "%rel", "state", "s", "sec", "ms", "min", "h", "d", "kg", "g", "mg",
        "µg", "ug", "t", "kg/h", "g/min", "kg/min", "g/h", "g/s", "l/h", "l/min", "m³/h", "m3/h",
        "nm³/h", "ml", "ml/min", "l", "m", "mm", "µm", "um", "cm", "m²", "m³", "m3", "°c", "degc",
        "c", "k", "°f", "degf", "pa", "hpa", "kpa", "mpa", "mbar", "bar", "psi", "n", "kn", "nm",
        "mnm", "v", "mv", "a", "ma", "w", "kw", "mw", "kwh", "wh", "hz", "rpm", "1/min", "min-1",
        "u/min", "/min", "ppm", "ppb", "mg/l", "mg/ml", "µs/cm", "us/cm", "ph", "au", "tbl",
        "1000/h", "pcs", "stk", "kn/s", "mm/s", "m/s", "w/w", "%w/w", "cfu/m³", "mg/tablet",
        "a.u.", "counts", "% w/w", "% lc", "% rh",
    )
)  # fmt: skip
"""Units that stand in a row of their own under the names, or in brackets behind a name."""

LONGEST_NAME = 300
"""A longer text is no name; searching it for brackets would take a time with the square of it."""


def is_unit(text: str) -> bool:
    """Whether a text is a unit as such rows have them, also in brackets."""
    return text.strip("[]() ").casefold() in UNITS


def normal(name: str) -> str:
    """A column name for comparing: case, blanks, underscores and a unit in brackets do not count.

    A name that is nothing but what stands in brackets keeps it.
    """
    if len(name) > LONGEST_NAME:
        return name.casefold()
    return _plain(name)


@lru_cache(maxsize=1 << 15)
def _plain(name: str) -> str:
    """Kept, since every vocabulary asks it of every column, of a sheet up to 16,384 of them."""
    bare = re.sub(r"\s*[\[(][^\])]*[\])]\s*$", "", name.strip()) or name
    return re.sub(r"[\s_]+", " ", bare).strip().casefold()


def is_time(text: str) -> bool:
    """Whether a text looks like a date, with or without a time of day."""
    return TIME.fullmatch(text) is not None


def is_clock(text: str) -> bool:
    """Whether a text looks like a time of day alone."""
    return CLOCK_ONLY.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a text looks like a number, with point or comma and thousands marks."""
    return NUMBER.fullmatch(text) is not None


def is_time_name(name: str) -> bool:
    """Whether a column name is one of those that columns of times have."""
    return normal(name) in TIME_NAMES


def kind_of(text: str) -> str:
    """`empty`, `time`, `clock`, `number` or `word`."""
    if not text:
        return "empty"
    if is_time(text):
        return "time"
    if is_clock(text):
        return "clock"
    return "number" if is_number(text) else "word"
