"""How parameters are named: `unit.field`, the field of a unit's parameter tuple."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

T = TypeVar("T")


def named_tuple_of(kind: type[T], unit: str, values: Mapping[str, float]) -> T:
    """A unit's parameters from a mapping by `unit.field`; fields typed int are rounded.

    A missing name raises KeyError.
    """
    fields = cast(Any, kind)._fields
    integers = {name for name, hint in kind.__annotations__.items() if hint is int}
    picked: dict[str, float | int] = {}
    for field in fields:
        value = values[f"{unit}.{field}"]
        picked[field] = round(value) if field in integers else float(value)
    return kind(**picked)
