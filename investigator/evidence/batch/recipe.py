"""The recipe of the record: its set-points, its equipment, and its elements as they were executed.

- Since V0600 the recipe stands in `ControlRecipes`; before, in `ExecutedControlRecipes`, where each
  element carries who completed it and when.
- An element is part of the one that it stands in.
"""

from collections.abc import Iterator

from investigator.domain.batch import OtherInformation, RecipeElement, RecipeParameter
from investigator.evidence.batch.entries import Entries
from investigator.evidence.batch.record_xml import (
    Element,
    at,
    children,
    prose_at,
    text_at,
    value_at,
)

ELEMENTS = ("RuntimeRecipeElement", "RecipeElement")


def recipes(root: Element) -> tuple[Element, ...]:
    """The control recipes of a record, in either form, and recipe elements recorded alone."""
    held = [
        recipe
        for group in children(root, "ControlRecipes")
        for record in children(group, "ControlRecipeRecord")
        for recipe in children(record, "ControlRecipe")
    ]
    executed = [
        recipe
        for group in children(root, "ExecutedControlRecipes")
        for recipe in children(group, "ExecutedControlRecipe")
    ]
    alone = [
        record
        for group in children(root, "RecipeElements")
        for record in children(group, "RecipeElementRecord")
    ]
    return (*held, *executed, *alone)


def equipment(recipe: Element) -> tuple[str, ...]:
    """The units that the recipe was bound to."""
    return tuple(text_at(e, "ID") for e in children(recipe, "EquipmentRequirement"))


def parameters(recipe: Element, entries: Entries) -> tuple[RecipeParameter, ...]:
    """Set-points and formula values, those of the recipe before those of its elements."""
    formula = at(recipe, "Formula")
    holders = [*([] if formula is None else [formula]), *(e for e, _ in _nested(recipe, ""))]
    return entries.each((p for h in holders for p in children(h, "Parameter")), _parameter)


def _parameter(element: Element) -> RecipeParameter:
    value, unit = value_at(element, "Value")
    return RecipeParameter(text_at(element, "ID"), prose_at(element, "Description"), value, unit)


def elements(recipe: Element, entries: Entries) -> tuple[RecipeElement, ...]:
    """The recipe elements, an element before its parts."""
    found = dict(_nested(recipe, ""))
    return entries.each(found, lambda element: _element(element, found[element], entries))


def _nested(parent: Element, parent_id: str) -> Iterator[tuple[Element, str]]:
    for name in ELEMENTS:
        for element in children(parent, name):
            yield element, parent_id
            yield from _nested(element, text_at(element, "ID"))


def _element(element: Element, parent_id: str, entries: Entries) -> RecipeElement:
    if not text_at(element, "ID"):
        raise ValueError("recipe element without ID")
    return RecipeElement(
        element_id=text_at(element, "ID"),
        kind=text_at(element, "RecipeElementType"),
        parent_id=parent_id,
        started_ms=entries.instant_or_none(element, "StartTime"),
        completed_ms=entries.instant_or_none(element, "CompletionTime"),
        performer=text_at(element, "Performer"),
        instance=int(text_at(element, "InstanceCount") or 1),
        information=entries.each(children(element, "OtherInformation"), _information),
    )


def _information(element: Element) -> OtherInformation:
    value, unit = prose_at(element, "Value", "ValueString"), value_at(element, "Value")[1]
    return OtherInformation(text_at(element, "ID"), prose_at(element, "Description"), value, unit)
