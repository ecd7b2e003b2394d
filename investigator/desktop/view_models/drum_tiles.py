"""The drum map as values: one tile for each container, with all of it in words.

- Width by net mass, colour by the lowest chance to conform, hatch by the affected share, a letter
  for the proposal; what lies behind the quarantine line is marked.
- What a result that was stored before does not tell is left out, never made up.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from investigator.desktop.view_models.disposition import ContainerRow
from investigator.domain.drum_map import PROPOSAL_LETTERS, lowest_chance
from investigator.domain.impact import PROPOSALS, ContainerImpact, attribute_name
from investigator.domain.quantities import estimate, fixed, probability


class Bound(StrEnum):
    """Which of the two masses is shown."""

    CENTRAL = "central estimate"
    CONSERVATIVE = "95 % bound"


@dataclass(frozen=True, slots=True)
class Tile:
    """One container of the map.

    `name`: short. `weight`: its net mass in kg, the width; small where it is not known. `share`:
    affected part of it, 0 to 1; NaN where not known. `conforms`: lowest chance of an attribute to
    conform; NaN where there is none. `tip`: all of it in words. `letter`: of what is proposed.
    `held`: whether it lies behind the quarantine line.
    """

    container_id: str
    name: str
    weight: float
    share: float
    conforms: float
    conforms_said: str
    tip: str
    letter: str = ""
    held: bool = False


def tiles(
    rows: Sequence[ContainerRow], bound: Bound, held: frozenset[str] = frozenset()
) -> tuple[Tile, ...]:
    """The drum map; `held`: ids of what lies behind the quarantine line."""
    return tuple(_tile(row, bound, held=row.container_id in held) for row in rows)


def affected_kg(container: ContainerImpact, bound: Bound) -> float:
    """The affected mass of a container, in kg."""
    central = bound is Bound.CENTRAL
    return container.affected_kg if central else container.affected_kg_hi95


def _tile(row: ContainerRow, bound: Bound, *, held: bool) -> Tile:
    container = row.container
    net = container.net_kg
    chance = lowest_chance(container)
    return Tile(
        container_id=row.container_id,
        name=row.name,
        weight=net if net > 0 else 1.0,
        share=affected_kg(container, bound) / net if net > 0 else math.nan,
        conforms=math.nan if chance is None else chance,
        conforms_said="" if chance is None else probability(chance),
        tip="\n".join(_told(row, held=held)),
        letter=PROPOSAL_LETTERS[container.proposal],
        held=held,
    )


def _told(row: ContainerRow, *, held: bool) -> list[str]:
    """All of a container in a few lines, as far as it is known."""
    container = row.container
    rule = f" ({container.rule})" if container.rule else ""
    return [
        f"{row.container_id}, net {row.net} kg{', held' if held else ''}",
        _affected_said(container),
        *([_worst_said(row)] if container.worst else []),
        *_acceptance_said(container),
        f"proposed: {PROPOSALS[container.proposal]}{rule}",
        *(f"out of specification: {said}" for said in container.out_of_specification),
    ]


def _affected_said(container: ContainerImpact) -> str:
    """Without lower bound and tablets in results that were stored before there were such."""
    kg, most = (fixed(v, 2) for v in (container.affected_kg, container.affected_kg_hi95))
    if not container.affected_tablets_hi95 and container.affected_kg_hi95 > 0:
        return f"affected {kg} kg, at most {most} kg at 95 %"
    tablets = container.affected_tablets, container.affected_tablets_hi95
    number, at_most = (f"{n:,}".replace(",", "\u202f") for n in tablets)
    least = fixed(container.affected_kg_lo95, 2)
    return f"affected {kg} kg (95 %: {least} to {most}), {number} tablets, at most {at_most}"


def _worst_said(row: ContainerRow) -> str:
    name = row.container.worst[0] if row.container.worst else ""
    zones = (c.zone.value for c in row.container.conformance if c.attribute == name)
    zone = "".join(f", zone: {zone}" for zone in zones)
    return f"{row.worst} ({row.interval}), conforms {row.conforms} %{zone}"


def _acceptance_said(container: ContainerImpact) -> list[str]:
    found = container.content_uniformity
    if found is None:
        return []
    words = estimate(found.mean, found.lo95, found.hi95)
    reported = "" if found.reported is None else f", reported {fixed(found.reported, 1)}"
    return [f"{attribute_name('av')} {words}, passes {probability(found.p_pass)}{reported}"]
