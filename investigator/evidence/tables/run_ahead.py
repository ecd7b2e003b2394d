"""The next item of an iteration made in a thread while the present one is used."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items in the same order, each begun one step early; faults are raised in place."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(_following, items)
        while found := coming.result():
            coming = pool.submit(_following, items)
            yield found[0]


def _following(items: Iterator[T]) -> tuple[T, ...]:
    """The next item alone in a tuple; an empty one at the end."""
    for item in items:
        return (item,)
    return ()
