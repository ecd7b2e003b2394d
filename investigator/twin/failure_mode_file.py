"""`failure_modes.toml` of a package, read strictly: every fault names its mode and its entry.

A mode that could be fitted and would explain nothing - over a quantity that the twin does not know,
or changed in a way in which it takes no change - is refused like one that cannot be fitted at all:
an empty prior, a spread of none, a least size out of reach.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario_rules import SHORTEST_PERIOD_S
from investigator.twin.channels import BY_ID
from investigator.twin.failure_mode import (
    MOST_SD,
    REPEATED,
    TIED,
    TIMED,
    Anchor,
    Effect,
    FailureMode,
    Kind,
    Magnitude,
    Shape,
    TimeShape,
)
from investigator.twin.quantities import FACTORS, OFFSETS, RECORDED, UNITS_OF_SIZE
from investigator.twin.strict_fields import (
    above_zero,
    finite,
    listed,
    no_other_keys,
    none_twice,
    number,
    one_of,
    pair,
    rows,
    texts_among,
    words,
    yes_or_no,
)

_KEYS = frozenset(
    {"id", "time_shape", "magnitude"}
    | {f.name for f in fields(FailureMode)} - {"cause", "shapes", "magnitudes", "taken"}
)


def read_failure_modes(path: Path) -> tuple[FailureMode, ...]:
    """The failure modes of a package, in the order of the file.

    Raises:
        UnusableInput: the file is no TOML, an entry is missing, means nothing or cannot be (an
            empty prior, a spread of none, an unknown quantity, channel, unit or word), or an id
            repeats. The sentence names the mode and its entry.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        no_other_keys(document, {"failure_mode"}, "the file")
        found = rows(document, "failure_mode", "the file", "mode")
        modes = tuple(_failure_mode(row, place) for row, place in found)
        if not modes:
            raise ValueError("the file names none")
        none_twice((mode.cause for mode in modes), "failure mode")
    except KeyError as fault:
        raise _unusable(path, f"{fault.args[0]} is missing") from fault
    except (OSError, TypeError, ValueError, RecursionError) as fault:
        raise _unusable(path, str(fault)) from fault
    return modes


def _unusable(path: Path, fault: str) -> UnusableInput:
    return UnusableInput(path.name, f"a failure mode cannot be read ({fault})", "correct the entry")


def _failure_mode(row: Mapping[str, Any], place: str) -> FailureMode:
    where = words(row, "id", place)
    earlier = sorted({"shape", "tau_s"} & set(row))
    if earlier:
        raise ValueError(
            f"{where}: {' and '.join(earlier)} belong under [[failure_mode.time_shape]], with the "
            "reason (why); docs/twin-packages.md shows how"
        )
    no_other_keys(row, _KEYS, where)
    magnitudes = rows(row, "magnitude", where, f"{where}, magnitude")
    mode = FailureMode(
        cause=where,
        title=words(row, "title", where),
        category=CauseCategory(one_of(row, "category", where, CauseCategory)),
        description=words(row, "description", where),
        unit=words(row, "unit", where),
        prior=above_zero(row, "prior", where),
        shapes=_shapes(row, where),
        anchor=Anchor(one_of({"anchor": "any", **row}, "anchor", where, Anchor)),
        recorded_sense=_sign(row, "recorded_sense", where),
        length_min=_length(row, where),
        magnitudes=tuple(_magnitude(m, place) for m, place in magnitudes),
        screened_by=texts_among(row, "screened_by", where, BY_ID, "channel"),
        confirm_by=words(row, "confirm_by", where),
        why_prior=words(row, "why_prior", where),
        why_window=words(row, "why_window", where),
        product_affected=yes_or_no({"product_affected": True, **row}, "product_affected", where),
        usual_score=number({"usual_score": 0.0, **row}, "usual_score", where),
    )
    if not mode.magnitudes:
        raise ValueError(f"{where}: magnitude is empty")
    _check_repeated(mode)
    whole = any(each.shape is Shape.WHOLE_BATCH for each in mode.shapes)
    if whole and mode.anchor is not Anchor.ANY:
        raise ValueError(
            f"{where}: the shape whole batch begins with the run, anchor {mode.anchor} elsewhere"
        )
    swings = any(each.shape is Shape.PERIODIC for each in mode.shapes)
    if swings and any(magnitude.sign for magnitude in mode.magnitudes):
        raise ValueError(
            f"{where}: the shape periodic swings to both sides, a sign allows one only"
        )
    return mode


def _check_repeated(mode: FailureMode) -> None:
    """Refuse what repeats where no period of it could be found."""
    longest_min = mode.length_min[1]
    for each in (each for each in mode.shapes if each.shape in REPEATED):
        if mode.anchor is not Anchor.ANY:
            raise ValueError(
                f"{mode.cause}: the shape {each.shape} is looked for at any time, anchor "
                f"{mode.anchor} elsewhere"
            )
        if min(each.tau_s) > 60.0 * longest_min:
            raise ValueError(
                f"{mode.cause}: a period of {min(each.tau_s):g} s never comes within the longest "
                f"length_min of {longest_min:g} min"
            )


def _shapes(row: Mapping[str, Any], where: str) -> tuple[TimeShape, ...]:
    listed_ones = rows(row, "time_shape", where, f"{where}, time shape")
    found = tuple(_time_shape(each, place) for each, place in listed_ones)
    if not found:
        raise ValueError(f"{where}: time_shape is empty")
    none_twice((each.shape for each in found), f"{where}: time shape")
    tied = [each.shape for each in found if each.shape in TIED]
    if tied and len(found) > 1:
        raise ValueError(f"{where}: the shape {tied[0]} follows from the record; name no other")
    return found


def _time_shape(row: Mapping[str, Any], where: str) -> TimeShape:
    no_other_keys(row, {"shape", "tau_s", "why"}, where)
    shape = Shape(one_of(row, "shape", where, Shape))
    taus = _time_constants({"tau_s": [0.0], **row}, shape, where)
    return TimeShape(shape, taus, words(row, "why", where))


def _magnitude(row: Mapping[str, Any], where: str) -> Magnitude:
    no_other_keys(row, {"name", "unit", "prior_sd", "least", "sign", "effects", "why"}, where)
    sd, least = above_zero(row, "prior_sd", where), number(row, "least", where)
    if least > MOST_SD * sd:
        raise ValueError(f"{where}: least {least:g} lies beyond {MOST_SD:g} prior_sd of {sd:g}")
    unit = words(row, "unit", where)
    if unit not in UNITS_OF_SIZE:
        raise ValueError(f"{where}: unit {unit} is none of {', '.join(sorted(UNITS_OF_SIZE))}")
    found = rows(row, "effects", where, f"{where}, effect")
    effects = tuple(_effect(effect, place) for effect, place in found)
    if not effects:
        raise ValueError(f"{where}: effects is empty")
    name = words(row, "name", where)
    why = words(row, "why", where)
    return Magnitude(name, unit, sd, least, _sign(row, "sign", where), effects, why)


def _effect(row: Mapping[str, Any], where: str) -> Effect:
    no_other_keys(row, {"quantity", "kind", "coefficient"}, where)
    quantity = words(row, "quantity", where)
    kind = Kind(one_of(row, "kind", where, Kind))
    if quantity not in FACTORS and quantity not in OFFSETS:
        raise ValueError(f"{where}: the twin knows no quantity {quantity}")
    if (quantity in OFFSETS) is not (kind in (Kind.ADD, Kind.ADD_ABS)):
        taken = "added to" if quantity in OFFSETS else "multiplied"
        raise ValueError(f"{where}: quantity {quantity} is {taken}, kind {kind} does otherwise")
    if kind is Kind.RECORDED and quantity not in RECORDED:
        raise ValueError(f"{where}: no departure of quantity {quantity} is recorded")
    coefficient = finite(row, "coefficient", where)
    if coefficient == 0.0:
        raise ValueError(f"{where}: coefficient must not be 0")
    return Effect(quantity, kind, coefficient)


def _sign(row: Mapping[str, Any], key: str, where: str) -> int:
    sign = row.get(key, 0)
    if isinstance(sign, bool) or sign not in (-1, 0, 1):
        raise ValueError(f"{where}: {key} must be -1, 0 or 1, not {sign!r}")
    return int(sign)


def _length(row: Mapping[str, Any], where: str) -> tuple[float, float]:
    shortest, longest = pair(row, "length_min", where)
    if shortest == 0.0:
        raise ValueError(f"{where}: length_min must be above 0")
    return shortest, longest


def _time_constants(row: Mapping[str, Any], shape: Shape, where: str) -> tuple[float, ...]:
    found = tuple(number({"tau_s": v}, "tau_s", where) for v in listed(row, "tau_s", where))
    if not found:
        raise ValueError(f"{where}: tau_s is empty")
    if shape in TIMED and min(found) == 0.0:
        raise ValueError(f"{where}: tau_s must be above 0 for the shape {shape}")
    if shape in REPEATED and min(found) < SHORTEST_PERIOD_S:
        raise ValueError(
            f"{where}: a period of {min(found):g} s is too short to be seen, the shortest is "
            f"{SHORTEST_PERIOD_S:g} s"
        )
    if shape not in TIMED and found != (0.0,):
        raise ValueError(f"{where}: the shape {shape} has no tau_s; leave it out")
    return found
