"""Parameter tuples of a unit with some values given and all others neutral.

An experiment determines a part of a unit's parameters; the equations of the unit still want all.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

T = TypeVar("T")


def unit_with(kind: type[T], unit: str, *values: Mapping[str, float]) -> T:
    """The unit's parameters from `unit.field` names in `values` (later ones win), else 0."""
    given: dict[str, float] = {}
    for mapping in values:
        given.update(mapping)
    fields = cast(Any, kind)._fields
    return kind(**{field: given.get(f"{unit}.{field}", 0.0) for field in fields})
