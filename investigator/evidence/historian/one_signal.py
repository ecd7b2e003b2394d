"""Pieces of one tag out of several exports, under one signal.

The states of a tag that no list knows are numbered in each file as they appear: the same word may
have another number in the next file. Joined, every word has one number, and where any piece holds
numbers, a word in another says that there was no value.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.trajectory import Quality, Signal, Trajectory


def under_one_signal(pieces: Sequence[Trajectory]) -> tuple[Trajectory, ...]:
    """The pieces with the signal of the first, their states numbered alike.

    Args:
        pieces: of one tag, in order of the files.
    """
    signal = pieces[0].signal
    if all(piece.signal.states == signal.states for piece in pieces):
        return tuple(replace(piece, signal=signal) for piece in pieces)
    numeric = next((p.signal for p in pieces if not p.signal.states and _has_values(p)), None)
    if numeric is not None:
        return tuple(_as_numbers(piece, numeric) for piece in pieces)
    return _renumbered(pieces)


def _has_values(piece: Trajectory) -> bool:
    return bool(np.isfinite(piece.value).any())


def _as_numbers(piece: Trajectory, signal: Signal) -> Trajectory:
    if not piece.signal.states:
        return replace(piece, signal=signal)
    return replace(
        piece,
        signal=signal,
        value=np.full(piece.value.shape, np.nan),
        quality=np.full(piece.quality.shape, np.uint8(Quality.BAD)),
    )


def _renumbered(pieces: Sequence[Trajectory]) -> tuple[Trajectory, ...]:
    numbers: dict[str, tuple[int, str]] = {}
    for piece in pieces:
        for _, name in piece.signal.states:
            numbers.setdefault(name.casefold(), (len(numbers), name))
    named = next(piece.signal for piece in pieces if piece.signal.states)
    signal = replace(named, states=tuple(numbers.values()))
    return tuple(replace(piece, signal=signal, value=_numbered(piece, numbers)) for piece in pieces)


def _numbered(piece: Trajectory, numbers: dict[str, tuple[int, str]]) -> NDArray[np.float64]:
    value = piece.value.copy()
    for code, name in piece.signal.states:
        value[piece.value == code] = numbers[name.casefold()][0]
    return value
