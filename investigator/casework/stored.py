"""Values as stored bytes and back: JSON, arrays as base64 with their type and shape.

Stored bytes are named by their digest; what is signed is that digest, so the JSON may hold floats,
which are written with the fewest digits that give back the same number. JSON has no word for a
number that is not finite: outside an array none is stored.
"""

import base64
import math
from typing import Any, TypeVar, get_origin

import msgspec
import numpy as np

from investigator.domain.errors import AlteredRecord

Value = TypeVar("Value")


def encoded(value: object) -> bytes:
    """The bytes of a value: the same value gives the same bytes.

    Raises:
        ValueError: it holds a number that is not finite, which would be lost.
    """
    _refuse_lost(msgspec.to_builtins(value, enc_hook=_written))
    return msgspec.json.encode(value, enc_hook=_written, order="deterministic")


def decoded(data: bytes, kind: type[Value]) -> Value:
    """The value of a kind that bytes hold.

    Raises:
        AlteredRecord: they hold none, or one of another version of the program.
    """
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=_read)
    except (msgspec.DecodeError, ValueError, KeyError, TypeError) as fault:
        raise AlteredRecord(f"The stored {kind.__name__} cannot be read ({fault}).") from None


def _refuse_lost(plain: object) -> None:
    if isinstance(plain, float) and not math.isfinite(plain):
        raise ValueError(f"the number {plain} cannot be stored")
    if isinstance(plain, dict | list | tuple):
        for part in plain.values() if isinstance(plain, dict) else plain:
            _refuse_lost(part)


def _written(value: object) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        little = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
        return {
            "dtype": little.dtype.str,
            "shape": list(little.shape),
            "base64": base64.b64encode(little.tobytes()).decode("ascii"),
        }
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a {type(value).__name__} cannot be stored")


def _read(kind: type, value: Any) -> Any:
    if (get_origin(kind) or kind) is not np.ndarray:
        raise TypeError(f"a {kind} cannot be read")
    data = base64.b64decode(value["base64"], validate=True)
    return np.frombuffer(data, dtype=np.dtype(str(value["dtype"]))).reshape(tuple(value["shape"]))
