"""The tooling of the press, where the record names it: sets of punches and dies.

- A record may list it as equipment that was used (`EquipmentActual` whose use or class says punch,
  die or tool), or name it in the words of a unit: `die set DS-B-07`.
- What is read out of words is told as an assumption; a set without an id is no set.
"""

import re
from collections.abc import Iterator, Sequence

from investigator.evidence.batch.record_xml import Element, children, prose_at, text_at

_TOOL = re.compile(r"\b(?:tool|punch|dies?\b|die[ _-]?set|stempel|matrize)", re.IGNORECASE)
_SET = re.compile(
    r"\b(?:tool(?:ing)?|punch|die|stempel|matrizen)[ -]?(?:set|satz)\s+"
    r"((?=[\w./-]*\d)[A-Z0-9][\w./-]*\w)",
    re.IGNORECASE,
)


def tooling(
    recipes: Sequence[Element], segments: Sequence[Element], file: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the sets, each once and in order of mention; a sentence for each read out of words."""
    listed = list(_listed(segments))
    told = {
        set_id: unit for recipe in recipes for unit, set_id in _told(recipe) if set_id not in listed
    }
    assumed = tuple(
        f"{file}: tooling {set_id} is read out of the description of {unit}"
        for set_id, unit in told.items()
    )
    return tuple(dict.fromkeys((*listed, *told))), assumed


def _listed(segments: Sequence[Element]) -> Iterator[str]:
    for segment in segments:
        for used in children(segment, "EquipmentActual"):
            said = (text_at(used, name) for name in ("EquipmentUse", "EquipmentClassID"))
            if any(_TOOL.search(words) for words in said):
                yield from filter(None, (text_at(used, "EquipmentID"),))


def _told(recipe: Element) -> Iterator[tuple[str, str]]:
    for unit in children(recipe, "EquipmentRequirement"):
        for set_id in _SET.findall(prose_at(unit, "Description")):
            yield text_at(unit, "ID"), set_id
