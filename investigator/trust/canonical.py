"""One value, one sequence of bytes: the form in which records are digested and signed.

- The form is JSON as RFC 8785 writes it: no white space, keys in the order of their UTF-16 code
  units, strings in UTF-8 with the fewest escapes.
- There are no floats in it, because two programs may print one float differently. A decimal number
  is written as a string, with the digits it was given with.
- Whole numbers lie within +-(2**53 - 1), so that every JSON reader sees the same number.
- Reading demands the form back: bytes that say the same thing otherwise are refused.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from investigator.domain.errors import AlteredRecord

Canonical = None | bool | int | str | Decimal | Sequence["Canonical"] | Mapping[str, "Canonical"]
"""What a record may hold. A `Decimal` is read back as the string it was written as."""

GREATEST_INTEGER = 2**53 - 1
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def canonical_bytes(value: Canonical) -> bytes:
    """The one byte sequence of a value.

    Raises:
        TypeError: the value holds a float, bytes, a key that is no string, or another foreign type.
        ValueError: a whole number is too large, a decimal is not finite, or a text is no Unicode.
    """
    text = _written(value, "$")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("a text in the record holds half of a surrogate pair") from None


def from_canonical(data: bytes) -> Canonical:
    """The value that canonical bytes stand for.

    Raises:
        AlteredRecord: the bytes are no JSON, or JSON in another than the canonical form.
    """
    try:
        value: Canonical = json.loads(
            data.decode("utf-8"),
            parse_int=_read_integer,
            parse_float=_refused,
            parse_constant=_refused,
        )
        again = _rewritten(value, data)
    except (ValueError, TypeError, RecursionError) as fault:
        raise AlteredRecord(f"The record cannot be read: {fault}.") from None
    if again != data:
        raise AlteredRecord("The record is not in its canonical form; it was written elsewhere.")
    return value


def _rewritten(value: Canonical, data: bytes) -> bytes:
    # Below U+E000 the order of code points is that of UTF-16 code units, and the quick writer of
    # the standard library sorts as RFC 8785 does; above it (first byte 0xEE and up) it may not.
    if max(data) >= 0xEE:
        return canonical_bytes(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _read_integer(digits: str) -> int:
    return int(_integer(int(digits), "a number in it"))


def _refused(text: str) -> None:
    raise ValueError(f"it holds {text}, and a record holds no such number")


def _written(value: Canonical, place: str) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _quoted(str(value))
    if isinstance(value, int):
        return _integer(int(value), place)
    if isinstance(value, Decimal):
        return _decimal(value, place)
    if isinstance(value, Mapping):
        return _object(value, place)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return "[" + ",".join(_written(x, f"{place}[{i}]") for i, x in enumerate(value)) + "]"
    kind = type(value).__name__
    raise TypeError(f"{place} is of type {kind}; a record holds decimals as strings and no {kind}")


def _integer(value: int, place: str) -> str:
    if abs(value) > GREATEST_INTEGER:
        raise ValueError(f"{place} is {value}, beyond 2**53 - 1; write it as a string")
    return str(value)


def _decimal(value: Decimal, place: str) -> str:
    if not value.is_finite():
        raise ValueError(f"{place} is {value}; a record holds finite numbers only")
    return f'"{value:f}"'


def _object(value: Mapping[str, Canonical], place: str) -> str:
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"{place} has a key of type {type(key).__name__}; keys are strings")
    ordered = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    members = (f"{_quoted(str(key))}:{_written(value[key], f'{place}.{key}')}" for key in ordered)
    return "{" + ",".join(members) + "}"
