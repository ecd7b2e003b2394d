"""How dear a guess at a password is made: Argon2id with the costs of RFC 9106.

The second recommended choice of RFC 9106 section 4 is taken: 64 MiB of memory, three passes, four
lanes. Costs are stored beside what they were used for, so that they may rise later.
"""

import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: passes over the memory, memory in KiB, parallel lanes."""

    passes: int
    memory_kib: int
    lanes: int


RFC_9106 = Cost(passes=3, memory_kib=65_536, lanes=4)
RANDOM_SECRET = Cost(passes=1, memory_kib=64, lanes=1)
"""For a secret of 256 random bits, which nobody guesses at any cost."""
DEAREST = Cost(passes=64, memory_kib=4_194_304, lanes=64)
"""Stored costs beyond these are refused: a forged file must not exhaust the machine."""


def normalised(password: str) -> bytes:
    """The bytes of a password: Unicode NFKC, so that every keyboard gives the same ones."""
    return unicodedata.normalize("NFKC", password).encode("utf-8")


def derived_key(password: str, *, salt: bytes, cost: Cost) -> bytes:
    """A 256-bit key from a password (Argon2id, version 1.3)."""
    return hash_secret_raw(
        normalised(password),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
