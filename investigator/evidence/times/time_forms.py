"""How time stamps are written: the forms, and what each of their parts means.

- A form that names its month, begins with a year of four digits or parts its numbers by points can
  be read in one way only and is read in every column; `3/4/26` is read as the column's order says.
- Years of two digits lie between 1969 and 2068, as in POSIX `strptime`.
- Months are known in English, German and Slovene.
"""

import re

from investigator.domain.import_profile import TimeOrder

CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
OFFSET = (
    r"(?:\s?(?:(?P<zulu>Z|z|UTC|GMT)"
    r"|(?:UTC|GMT)?(?P<sign>[+-])(?P<offset_hour>[0-9]{2}):?(?P<offset_minute>[0-9]{2})?))?"
)
LATER = rf"(?:(?:[Tt]|,?\s+){CLOCK}{OFFSET})?"
NAME = r"(?P<name>[^\W\d_]{3,9})"
YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
DAY = r"(?P<day>[0-9]{1,2})"
MONTH = r"(?P<month>[0-9]{1,2})"

YEAR_FIRST = rf"(?P<year>[0-9]{{4}})(?P<gap>[-/.]){MONTH}(?P=gap){DAY}{LATER}"
COMPACT = (
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:[Tt ]?(?P<hour>[0-9]{2})"
    rf"(?P<minute>[0-9]{{2}})(?:(?P<second>[0-9]{{2}})(?:[.,](?P<fraction>[0-9]{{1,9}}))?)?{OFFSET})?"
)
YEAR_AND_NAME = rf"(?P<year>[0-9]{{4}})[-/. ]{NAME}[-/. ]{DAY}{LATER}"
DAY_AND_NAME = rf"{DAY}(?:\.?\s|[-/.]){NAME}\.?(?:,?\s|[-/.])?{YEAR}{LATER}"
NAME_AND_DAY = rf"{NAME}\.?\s{DAY},?\s(?P<year>[0-9]{{4}}){LATER}"
MONTH_OF_YEAR = rf"{NAME}[-/.]{YEAR}"
POINTS = rf"{DAY}\.{MONTH}\.{YEAR}{LATER}"
DAY_FIRST = rf"{DAY}(?P<gap>[-/]){MONTH}(?P=gap){YEAR}{LATER}"
MONTH_FIRST = rf"{MONTH}(?P<gap>[-/.]){DAY}(?P=gap){YEAR}{LATER}"

CERTAIN = (YEAR_FIRST, COMPACT, YEAR_AND_NAME, DAY_AND_NAME, NAME_AND_DAY, MONTH_OF_YEAR)


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\s*{form}\s*") for form in forms)


FORMS = {
    TimeOrder.ISO: _compiled(*CERTAIN, POINTS),
    TimeOrder.DAY_FIRST: _compiled(*CERTAIN, POINTS, DAY_FIRST),
    TimeOrder.MONTH_FIRST: _compiled(*CERTAIN, MONTH_FIRST),
}
"""Forms that are read in a column of each order."""

_NAMES = (
    "jan january januar jän jänner",
    "feb february februar",
    "mar march mär märz mrz marec",
    "apr april",
    "may mai maj",
    "jun june juni junij",
    "jul july juli julij",
    "aug august avg avgust",
    "sep sept september",
    "oct october okt oktober",
    "nov november",
    "dec december dez dezember",
)

MONTHS = {name: n for n, names in enumerate(_NAMES, start=1) for name in names.split()}
"""Month, from 1, by its name in small letters."""

PIVOT = 69
"""Years of two digits below it are of the 21st century."""


def full_year(year: int, digits: int) -> int:
    """The year that was written with two or four digits."""
    if digits == 4:
        return year
    return year + (2000 if year < PIVOT else 1900)


LONGEST = 64
"""Bytes of the longest text that can be a time stamp."""


def match(text: str, order: TimeOrder) -> re.Match[str] | None:
    """The parts of a text in the first form that it has in a column of this order."""
    if len(text) > LONGEST:
        return None
    for form in FORMS[order]:
        if found := form.fullmatch(text):
            return found
    return None
