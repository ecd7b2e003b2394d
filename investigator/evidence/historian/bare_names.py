"""Columns of values named with a unit, `TI1 [°C]` or `TI1 (°C)`, as the tag `TI1` of the tag list.

- Only the bare name is in the list, and what the brackets hold is a unit that becomes the listed
  one: of `TI1 (min)` beside a temperature nobody knows whether it is a lowest value.
- Where two columns have one bare name, both keep their names.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from investigator.domain.import_profile import ColumnUse
from investigator.evidence.historian.column_blocks import ColumnBlock
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.units import canonical, conversion
from investigator.evidence.tables.columns import name_without_unit, unit_in

LISTED = 5
"""So many columns are named in the sentence that is said of them."""


def by_bare_names(
    blocks: Sequence[ColumnBlock], tags: Mapping[str, TagFacts]
) -> tuple[list[ColumnBlock], tuple[str, ...]]:
    """The blocks with signals named as the tag list has them, and a sentence on those renamed."""
    uses = [use for block in blocks for use in block.signals]
    count = Counter(name_without_unit(use.name) for use in uses)
    chosen = {
        use.name: replace(use, name=name, unit=use.unit or unit_in(use.name))
        for use in uses
        if count[name := name_without_unit(use.name)] == 1 and _is_listed(use, name, tags)
    }
    if not chosen:
        return list(blocks), ()
    named = [
        replace(block, signals=tuple(chosen.get(use.name, use) for use in block.signals))
        for block in blocks
    ]
    return named, (_said({old: use.name for old, use in chosen.items()}),)


def _is_listed(use: ColumnUse, name: str, tags: Mapping[str, TagFacts]) -> bool:
    """Whether the list knows the bare name alone, in a unit that the column's becomes."""
    unit = unit_in(use.name)
    if not unit or use.name in tags or name not in tags:
        return False
    listed = tags[name].signal.unit
    if not listed:
        return canonical(unit) is not None
    return unit == listed or not isinstance(conversion(unit, listed), str)


def _said(renamed: Mapping[str, str]) -> str:
    listed = [f"{old} as {new}" for old, new in renamed.items()]
    shown = ", ".join(listed[:LISTED]) + (", …" if len(listed) > LISTED else "")
    return f"columns named with a unit ({len(listed)}) are read as tags of the tag list ({shown})"
