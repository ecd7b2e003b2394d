"""Find what a person means by a few letters: they must come in this order, not side by side.

Words that begin as was typed weigh more than anything scattered; letters at the start of a word and
letters side by side weigh more than others. Of texts that fit equally well, the short one comes
first. No Qt in here.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Match(NamedTuple):
    """How well a text fits, higher is better, and which of its characters were meant.

    `length`: decides between texts of the same score; lower is better.
    """

    score: float
    places: tuple[int, ...]
    length: float


def match(query: str, text: str) -> Match | None:
    """How a text fits a query; None where it does not. Case and blanks of the query are ignored."""
    words, lowered = _folded(query).split(), _folded(text)
    wanted, letters = " ".join(words), "".join(words)
    if begun := _beginnings(words, lowered):
        return _scored(begun, lowered, begins=True)
    whole = lowered.find(wanted)
    if whole >= 0:
        return _scored(tuple(range(whole, whole + len(wanted))), lowered)
    places = _places(letters, lowered, _at_word) or _places(letters, lowered, str.find)
    return _scored(places, lowered) if places else None


def best(
    query: str,
    items: Iterable[T],
    *,
    text: Callable[[T], str],
    limit: int,
    after: Callable[[T], bool] = lambda _item: False,
) -> list[tuple[T, Match]]:
    """The items that fit best, best first; equal ones stay in their order.

    `after`: which items stand below the others of the same score.
    """
    found = [(item, fit) for item in items if (fit := match(query, text(item))) is not None]
    found.sort(key=lambda pair: (-pair[1].score, after(pair[0]), pair[1].length))
    return found[:limit]


def _folded(text: str) -> str:
    """In small letters, with as many characters as before."""
    return "".join(small if len(small := c.lower()) == 1 else c for c in text)


def _beginnings(words: Sequence[str], text: str) -> tuple[int, ...]:
    """Where words of the text begin as was typed, one after the other; nothing where one lacks."""
    places: list[int] = []
    for word in words:
        place = text.find(word, places[-1] + 1 if places else 0)
        while place >= 0 and not _starts_word(text, place):
            place = text.find(word, place + 1)
        if place < 0:
            return ()
        places += range(place, place + len(word))
    return tuple(places)


def _places(
    letters: str, text: str, find: Callable[[str, str, int], int]
) -> tuple[int, ...] | None:
    places: list[int] = []
    for letter in letters:
        place = find(text, letter, places[-1] + 1 if places else 0)
        if place < 0:
            return None
        places.append(place)
    return tuple(places)


def _at_word(text: str, letter: str, start: int) -> int:
    """The letter right at `start`, else at the start of a word, else anywhere after."""
    first = place = text.find(letter, start)
    while place > start and not _starts_word(text, place):
        place = text.find(letter, place + 1)
    return first if place < 0 else place


def _starts_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


def _scored(places: tuple[int, ...], text: str, *, begins: bool = False) -> Match:
    """Beginnings count by letter, so that they outweigh as many scattered starts of words."""
    if not places:
        return Match(0.0, (), 0.0)
    starts = sum(_starts_word(text, place) for place in places)
    together = sum(b - a == 1 for a, b in pairwise(places))
    score = 3.0 * starts + 2.0 * together + (len(places) if begins else 0)
    return Match(score, places, len(text) + 2.0 * places[0])
