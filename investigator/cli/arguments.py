"""What is typed for an argument, as the value that it means.

The words of the field are typed as they are printed, with hyphens for the spaces.
"""

import argparse
import os
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

SEED_LIMIT = 2**63

Word = TypeVar("Word", bound=StrEnum)


def typed(word: str) -> str:
    """A word of the field as it is typed: without capitals, with hyphens for the spaces."""
    return re.sub(r"[\s_-]+", "-", word.strip()).casefold()


def one_of(words: type[Word]) -> Callable[[str], Word]:
    """Reads one word of an enumeration."""
    by_typed = {typed(word): word for word in words}

    def read(text: str) -> Word:
        if typed(text) not in by_typed:
            known = ", ".join(by_typed)
            raise argparse.ArgumentTypeError(f"{text!r} is none of: {known}")
        return by_typed[typed(text)]

    return read


def some_of(words: type[Word]) -> Callable[[str], tuple[Word, ...]]:
    """Reads several words of an enumeration, with commas between them."""
    read = one_of(words)
    return lambda text: tuple(dict.fromkeys(read(part) for part in ids(text)))


def choices(words: type[StrEnum]) -> str:
    """The words of an enumeration for the help of a command."""
    return ", ".join(typed(word) for word in words)


def per_mille(text: str) -> int:
    """A probability between 0 and 1 with at most three decimals, in thousandths."""
    try:
        thousandths = Decimal(text) * 1000
        usable = 0 < thousandths < 1000 and thousandths == int(thousandths)
    except ArithmeticError:
        usable = False
    if not usable:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no probability between 0 and 1 with at most three decimals, such as 0.95"
        )
    return int(thousandths)


def day(text: str) -> date:
    """A date, ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date; give it as year-month-day, such as 2026-03-31"
        ) from None


def instant(text: str) -> datetime:
    """A time, ISO 8601; without an offset it is meant in the zone of the case."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time; give it such as 2026-03-31T14:05:00 or with an offset"
        ) from None


def text(words: str) -> str:
    """A text that says something."""
    if not words.strip():
        raise argparse.ArgumentTypeError("the text is empty; write what is meant")
    return words.strip()


def ids(text: str) -> tuple[str, ...]:
    """Ids with commas between them."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if not found:
        raise argparse.ArgumentTypeError("name at least one")
    return found


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def workers(text: str) -> int:
    """A number of threads."""
    count = whole(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least one worker is needed")
    return count


def seed(text: str) -> int:
    """A seed of random draws."""
    found = whole(text)
    if not 0 <= found < SEED_LIMIT:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 2**63 - 1")
    return found


def all_cores() -> int:
    """How many threads this machine runs at once."""
    return os.cpu_count() or 1
