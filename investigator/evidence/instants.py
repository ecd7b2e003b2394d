"""Time stamps as text into instants.

- ISO 8601 and the German form (`03.04.2026 23:04:00`) are read.
- A time with its own offset needs no zone. A time without is placed in the zone that goes with the
  file; in the hour that an autumn night has twice, or the one that a spring night has not, such a
  time cannot be placed and is refused rather than guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.instant import from_datetime

GERMAN = re.compile(
    r"(\d{2})\.(\d{2})\.(\d{4})[ T](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?)\s*([+-]\d{2}:?\d{2}|Z)?"
)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise UnusableInput(
            name, "is not the name of a time zone", "give an IANA name such as Europe/Berlin"
        ) from unknown


def _moment(text: str) -> datetime:
    german = GERMAN.fullmatch(text)
    if german:
        day, month, year, clock, offset = german.groups()
        text = f"{year}-{month}-{day}T{clock}{offset or ''}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("time cannot be read") from None


def _placed(naive: datetime, zone: ZoneInfo) -> datetime:
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValueError("time does not exist on the night of the clock change")
    raise ValueError("time occurs twice on the night of the clock change and has no offset")


def read_instant(text: str, zone: str) -> int:
    """The instant that `text` names, in ms since the epoch.

    Args:
        text: ISO 8601 or German date and time, with or without offset.
        zone: IANA zone for a text without offset.

    Raises:
        ValueError: the text cannot be read or placed; its words say why.
    """
    moment = _moment(text.strip())
    if moment.tzinfo is None:
        moment = _placed(moment, _zone(zone))
    return from_datetime(moment)


@dataclass(frozen=True, slots=True)
class Instants:
    """Instants of many texts.

    Attributes:
        t_ms: int64 of shape (n,), ms since the epoch; 0 where a text could not be read.
        unread: positions that could not be read, each with the reason.
        without_offset: how many of the texts do not say where they stand to UTC.
        offsets: the offsets that the others state, such as `+02:00`, sorted.
    """

    t_ms: NDArray[np.int64]
    unread: tuple[tuple[int, str], ...]
    without_offset: int
    offsets: tuple[str, ...]

    def zone(self, otherwise: str) -> str:
        """In words, the zone that the times were written in."""
        return ", ".join(f"UTC{offset}" for offset in self.offsets) or otherwise


def _written(offset: tzinfo) -> str:
    text = datetime(2000, 1, 1, tzinfo=offset).strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def read_instants(texts: Sequence[str], zone: str) -> Instants:
    """Instants of many texts; a text without offset is placed in the IANA `zone`."""
    t_ms = np.zeros(len(texts), dtype=np.int64)
    unread: list[tuple[int, str]] = []
    naive, offsets = 0, set[tzinfo]()
    for n, text in enumerate(texts):
        try:
            moment = _moment(text.strip())
            if moment.tzinfo is None:
                naive += 1
                moment = _placed(moment, _zone(zone))
            else:
                offsets.add(moment.tzinfo)
            t_ms[n] = from_datetime(moment)
        except ValueError as why:
            unread.append((n, str(why)))
    words = tuple(sorted({_written(offset) for offset in offsets}))
    return Instants(t_ms, tuple(unread), naive, words)
