"""When memory is tidied: while the person pauses, never under the hand.

Python looks through all objects for cycles that nothing needs any more; with the libraries of the
window that takes a sixth of a second, during which nothing answers. Young objects are looked
through as usual, which takes milliseconds; all of them only when nobody is waiting.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG, _MIDDLE, _ALL = 2000, 10, 1000


def tidy_in_pauses_only() -> None:
    """From now on all objects are looked through only by `tidy`."""
    gc.set_threshold(_YOUNG, _MIDDLE, _ALL)


def tidy() -> None:
    """Look through all objects; call this when the person pauses."""
    gc.collect()


@contextmanager
def tidied_in_pauses_only() -> Iterator[None]:
    """As `tidy_in_pauses_only`, for as long as this lasts."""
    before = gc.get_threshold()
    tidy_in_pauses_only()
    try:
        yield
    finally:
        gc.set_threshold(*before)
