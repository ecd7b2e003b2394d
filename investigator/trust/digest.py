"""The name of a thing by its content: SHA-256 in hexadecimal.

- Bytes and files are digested as they are.
- A value is digested in its canonical form.
- An array is digested as its element type and shape, a line break, and its elements in C order with
  the least significant byte first: the same numbers give the same digest on every machine.
"""

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from investigator.trust.canonical import Canonical, canonical_bytes

DIGITS = 64
"""Length of a digest in hexadecimal digits."""


def digest_of_bytes(data: bytes) -> str:
    """SHA-256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, read in blocks; raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of_value(value: Canonical) -> str:
    """SHA-256 of a value in its canonical form."""
    return digest_of_bytes(canonical_bytes(value))


def digest_of_array(array: NDArray[np.generic]) -> str:
    """SHA-256 of an array of numbers or booleans with its type and shape.

    Raises:
        TypeError: the elements are not plain numbers (objects, texts, structures).
    """
    if array.dtype.kind not in "biufc":
        raise TypeError(f"an array of {array.dtype} has no digest; give numbers or booleans")
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    head: Canonical = {"dtype": little.dtype.str.replace("=", "<"), "shape": list(array.shape)}
    return digest_of_bytes(canonical_bytes(head) + b"\n" + little.tobytes(order="C"))


def is_digest(text: str) -> bool:
    """Whether a text has the form of a digest: 64 hexadecimal digits in lower case."""
    return len(text) == DIGITS and set(text) <= set("0123456789abcdef")
