"""Times that are written as a number: seconds or milliseconds since 1970, days of a spreadsheet.

- A spreadsheet's day 1 is 1900-01-01 and it believes in 29 February 1900; from day 61 on, days
  count from 1899-12-30. Earlier days are not read.
- WinCC writes such a day times a million (`Time_ms`): no day is that large.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import TimeOrder
from investigator.evidence.tables.numbers import read_numbers

FIRST_DAY, LAST_DAY = 61, 2_958_466
"""Days of a spreadsheet that are read: 1900-03-01 up to the end of 9999."""

MILLIONTHS = 1_000_000
"""WinCC's `Time_ms` is a day times this."""

SPREADSHEET_ZERO_MS = -25_569 * 86_400_000
"""1899-12-30 in ms since 1970."""

LARGEST_MS = 253_402_300_800_000
"""The end of the year 9999."""


def epoch_ms(texts: Any, order: TimeOrder) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Milliseconds since 1970 UTC of n texts, rounded, and which could be read."""
    value, good = read_numbers(texts, decimal_comma=True)
    ms = value * (1000 if order is TimeOrder.EPOCH_S else 1)
    good &= np.abs(ms) < LARGEST_MS
    return np.rint(np.where(good, ms, 0)).astype(np.int64), good


def days_ms(texts: Any) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Wall times, in ms since 1970-01-01 00:00, of n days of a spreadsheet, and which were read."""
    value, good = read_numbers(texts, decimal_comma=True)
    days = np.where(value >= FIRST_DAY * MILLIONTHS, value / MILLIONTHS, value)
    good &= (days >= FIRST_DAY) & (days < LAST_DAY)
    ms = np.rint(np.where(good, days, 0) * 86_400_000).astype(np.int64) + SPREADSHEET_ZERO_MS
    return np.where(good, ms, 0), good
