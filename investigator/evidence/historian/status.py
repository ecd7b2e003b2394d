"""The status that a historian writes beside a value, and what it does to the value.

- Words (PI, Proficy, AVEVA, DeltaV, OPC UA, German), flags (`A`, `S`, `Q`, `O`), numbers (OPC DA,
  OPC UA, validity 1 and 0, per cent) are read. Which numbers they are is told by all that a file
  holds: 0 alone may say good (OPC UA) or bad (OPC DA) and is not read.
- Bad takes the value away. So does substituted: someone's entry is no measurement.
- Uncertain leaves the value and widens it: its variance counts ninefold, or fourfold where the
  sensor only passed its limits (a trust of one third and one half).
- A status that is not known is not guessed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from investigator.domain.trajectory import Quality
from investigator.evidence.historian.system_states import is_system_state

UNCERTAIN_SD = 3.0
"""The standard deviation of an uncertain value counts so many times."""

NOT_ACCURATE_SD = 2.0
"""That of a value whose sensor stood at a limit or passed its range."""


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """What a status says: quality, factor on the standard deviation, whether to remark on it."""

    quality: Quality
    sd_factor: float = 1.0
    remarkable: bool = True


GOOD = StatusMeaning(Quality.GOOD, remarkable=False)
UNSTATED = StatusMeaning(Quality.GOOD)
UNCERTAIN = StatusMeaning(Quality.UNCERTAIN, UNCERTAIN_SD)
NOT_ACCURATE = StatusMeaning(Quality.UNCERTAIN, NOT_ACCURATE_SD)
BAD = StatusMeaning(Quality.BAD)

_WORDS = {
    "annotated": GOOD,
    "valid": GOOD,
    "ok": GOOD,
    "true": GOOD,
    "yes": GOOD,
    "gut": GOOD,
    "gültig": GOOD,
    "ja": GOOD,
    "wahr": GOOD,
    "normal": GOOD,
    "questionable": UNCERTAIN,
    "suspect": UNCERTAIN,
    "doubtful": UNCERTAIN,
    "fraglich": UNCERTAIN,
    "unsicher": UNCERTAIN,
    "uncertainsensornotaccurate": NOT_ACCURATE,
    "uncertainsensorcal": NOT_ACCURATE,
    "uncertainengineeringunitsexceeded": NOT_ACCURATE,
    "uncertaineuexceeded": NOT_ACCURATE,
    "uncertaineuunitsexceeded": NOT_ACCURATE,
    "uncertainsubstitutevalue": BAD,
    "uncertainsubstitute": BAD,
    "goodlocaloverride": BAD,
    "substituted": BAD,
    "manual": BAD,
    "ersetzt": BAD,
    "ersatzwert": BAD,
    "invalid": BAD,
    "notgood": BAD,
    "false": BAD,
    "no": BAD,
    "nein": BAD,
    "falsch": BAD,
    "schlecht": BAD,
    "ungültig": BAD,
}
"""Meaning by the word in small letters, without blanks and marks."""

_FAMILIES = (("good", GOOD), ("uncertain", UNCERTAIN), ("bad", BAD))
"""Meaning of whatever else begins so, as `GoodQuality`, `Bad_SensorFailure`."""

_FLAGS = {"a": GOOD, "o": GOOD, "g": GOOD, "q": UNCERTAIN, "u": UNCERTAIN, "s": BAD, "b": BAD}

_DA = {0x50: NOT_ACCURATE, 0x54: NOT_ACCURATE, 0xD8: BAD}
"""OPC DA: sensor not accurate, range exceeded, local override, by quality and substatus."""

_DA_FAMILIES = {0x00: BAD, 0x40: UNCERTAIN, 0xC0: GOOD}

_UA = {0x4091: BAD, 0x4093: NOT_ACCURATE, 0x4094: NOT_ACCURATE, 0x0096: BAD}
"""OPC UA: substitute value, sensor not accurate, range exceeded, local override."""

_UA_FAMILIES = {0: GOOD, 1: UNCERTAIN, 2: BAD}

_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10}")


class Scale(Enum):
    """What numbers in the place of a status are."""

    DA = auto()
    UA = auto()
    VALIDITY = auto()
    PER_CENT = auto()
    UNKNOWN = auto()


def meanings(words: Sequence[str]) -> tuple[StatusMeaning | None, ...]:
    """What each of the different statuses of a file means; None where it is not known."""
    bare = [" ".join(word.split()).casefold() for word in words]
    scale = scale_of(int(word, 0) for word in bare if _is_number(word))
    suspects = any(word == "g" for word in bare)
    flags_only = all(set(word) <= set("asqo,; |") for word in bare)
    return tuple(_meaning(word, scale, suspects=suspects, flags_only=flags_only) for word in bare)


def scale_of(numbers: Iterable[int]) -> Scale:
    """What the different numbers of one file are."""
    found = set(numbers)
    if not found or found == {0}:
        return Scale.UNKNOWN
    if max(found) > 0xFFFF:
        return Scale.UA
    if found <= {0, 1, 2} and 1 in found:
        return Scale.VALIDITY
    if 100 in found and max(found) <= 100:
        return Scale.PER_CENT
    return Scale.DA


def _is_number(word: str) -> bool:
    """Whether it is one, with no ambiguous leading zero."""
    return _NUMBER.fullmatch(word) is not None and (word[:2] == "0x" or word == str(int(word)))


def _meaning(word: str, scale: Scale, *, suspects: bool, flags_only: bool) -> StatusMeaning | None:
    if not word:
        return GOOD if flags_only else UNSTATED
    if _is_number(word):
        return _of_number(int(word, 0), scale)
    if suspects and word == "s":
        return UNCERTAIN
    return _of_word(word) or _of_parts(word)


def _of_word(word: str) -> StatusMeaning | None:
    key = "".join(mark for mark in word if mark.isalnum())
    if key in _WORDS:
        return _WORDS[key]
    if is_system_state(word):
        return BAD
    return next((meaning for family, meaning in _FAMILIES if key.startswith(family)), None)


def _of_parts(word: str) -> StatusMeaning | None:
    """The worst of several flags or words, as `Q, A`; None where one is not known."""
    parts = [part for part in re.split(r"[,;| ]+", word) if part]
    found = [_FLAGS.get(part, _WORDS.get(part)) for part in parts]
    known = [meaning for meaning in found if meaning is not None]
    if len(known) < len(found) or not known:
        return None
    return min(known, key=lambda meaning: (meaning.quality, -meaning.sd_factor))


def _of_number(number: int, scale: Scale) -> StatusMeaning | None:
    match scale:
        case Scale.VALIDITY:
            return GOOD if number == 1 else BAD
        case Scale.PER_CENT:
            return {0: BAD, 100: GOOD}.get(number, UNCERTAIN)
        case Scale.DA:
            return _DA.get(number & 0xFC, _DA_FAMILIES.get(number & 0xC0))
        case Scale.UA:
            return _UA.get(number >> 16, _UA_FAMILIES.get(number >> 30))
    return None
