"""Drums as they were filled: the ribbon under a time axis, and the drum map.

- Drum map: one tile for each container in order of filling, width by net mass, shade by the lowest
  chance to conform, hatched from below as high as the affected share (conservative), a letter for
  the proposal, the chance in figures beneath.
- Nothing is told by colour alone.
"""

import math

from reportlab.graphics.shapes import Drawing, Group
from reportlab.lib.colors import Color, HexColor, white

from investigator.domain.drum_map import (
    CHANCE_CLASSES,
    PROPOSAL_LETTERS,
    affected_share,
    chance_class,
    lowest_chance,
)
from investigator.domain.impact import PROPOSALS, ContainerImpact, Proposal, short_ids
from investigator.domain.quantities import UNKNOWN
from investigator.report.figures.axes import Scale
from investigator.report.figures.marks import box, hatch, label, sheet, stroke
from investigator.report.fonts import fitted, width_of
from investigator.report.paper import INK, QUIET, SKY, TEXT_WIDTH

# One hue from light to dark: read in order in grey print and by every kind of colour vision.
FILLS: tuple[Color, ...] = (white, HexColor("#DCEAF4"), HexColor("#8FBFE0"), HexColor("#2F7FB8"))
_HATCH, _LEAST_HATCH = 3.0, 3.0
_LEAST_TILE = 12.0
_PER_ROW, _TILE, _ROW, _KEY = 20, 30.0, 56.0, 26.0


def drum_map(containers: tuple[ContainerImpact, ...]) -> Drawing:
    """The drum map, at most twenty tiles in a row."""
    rows = [containers[k : k + _PER_ROW] for k in range(0, len(containers), _PER_ROW)]
    drawing = sheet(TEXT_WIDTH, _ROW * len(rows) + _KEY)
    _, names = short_ids(tuple(c.container_id for c in containers))
    heaviest = max(sum(_mass(c) for c in row) for row in rows)
    least = heaviest * _LEAST_TILE / TEXT_WIDTH
    heaviest = max(sum(max(least, _mass(c)) for c in row) for row in rows)
    for n, row in enumerate(rows):
        left, base = 0.0, drawing.height - _ROW * (n + 1) + 16
        for container in row:
            width = TEXT_WIDTH * max(least, _mass(container)) / heaviest
            drawing.add(_tile(container, names[container.container_id], left, base, width))
            left += width
    drawing.add(_key())
    return drawing


def ribbon(
    containers: tuple[ContainerImpact, ...], x: Scale, bottom: float, height: float
) -> Group:
    """The containers under a time axis; affected ones are shaded and hatched."""
    group = Group()
    _, names = short_ids(tuple(c.container_id for c in containers))
    for container in containers:
        left, right = x.at(container.filled.start_ms), x.at(container.filled.end_ms)
        fill = SKY if container.affected else white
        group.add(box(left, bottom, right - left, height, fill=fill, edge=QUIET, edge_width=0.4))
        if container.affected:
            group.add(hatch(left, bottom, right - left, height, 4.0, QUIET))
        group.add(_plate(names[container.container_id], left, bottom, right - left, height))
    return group


def _mass(container: ContainerImpact) -> float:
    return container.net_kg if container.net_kg > 0 else 1.0


def _shade(container: ContainerImpact) -> Color:
    chance = lowest_chance(container)
    if chance is None:
        return white
    return FILLS[chance_class(chance)]


def _tile(container: ContainerImpact, name: str, left: float, base: float, width: float) -> Group:
    group = Group(
        box(left + 0.6, base, width - 1.2, _TILE, fill=_shade(container), edge=INK),
        _affected(container, left + 0.6, base, width - 1.2),
    )
    middle = left + width / 2
    group.add(box(middle - 4.5, base + _TILE / 2 - 5, 9, 10, fill=white))
    letter = PROPOSAL_LETTERS[container.proposal]
    group.add(label(middle, base + _TILE / 2 - 3, letter, anchor="middle", size=8.5, bold=True))
    group.add(_fitting(name, middle, base + _TILE, width, colour=INK))
    lowest = lowest_chance(container)
    chance = UNKNOWN if lowest is None else f"{math.floor(100 * lowest)}"
    group.add(label(middle, base - 8, chance, anchor="middle", colour=QUIET))
    return group


def _affected(container: ContainerImpact, left: float, base: float, width: float) -> Group:
    """Hatching from below, as high as the affected share, never so low that it is not seen."""
    share = affected_share(container) if container.affected else 0.0
    if math.isnan(share):
        share = 1.0
    if share <= 0.0:
        return Group()
    height = min(_TILE, max(_LEAST_HATCH, _TILE * share))
    edge = stroke(left, base + height, left + width, base + height, INK, 0.6)
    return Group(hatch(left, base, width, height, _HATCH, INK), edge)


def _fitting(name: str, middle: float, bottom: float, width: float, colour: Color = INK) -> Group:
    size = next((s for s in (6.5, 5.5, 4.8) if width_of(name, s) <= width - 1), 4.8)
    if width < 6:
        return Group()
    text = fitted(name, size, width - 1)
    return Group(label(middle, bottom + 2.6, text, anchor="middle", size=size, colour=colour))


def _plate(name: str, left: float, bottom: float, width: float, height: float) -> Group:
    """The name on a white ground, so that hatching does not run through it."""
    ground = min(width - 1.5, width_of(name, 6.5) + 3)
    group = Group()
    if ground >= 4.5:
        middle = left + width / 2
        group.add(box(middle - ground / 2, bottom + 2, ground, height - 4, fill=white))
        group.add(_fitting(name, middle, bottom + 1.4, width))
    return group


def _key() -> Group:
    group, place = Group(label(0, 2.8, "chance to conform", colour=QUIET)), 0.0
    place += width_of("chance to conform", 6.5) + 7
    for (_, text), fill in zip(CHANCE_CLASSES, FILLS, strict=True):
        group.add(box(place, 1, 12, 8, fill=fill, edge=INK))
        group.add(label(place + 15, 2.8, text))
        place += 15 + width_of(text, 6.5) + 8
    group.add(box(place, 1, 12, 8, edge=INK))
    group.add(hatch(place, 1, 12, 5, _HATCH, INK))
    group.add(label(place + 15, 2.8, "affected share"))
    words = " · ".join(f"{PROPOSAL_LETTERS[p]} {PROPOSALS[p]}" for p in Proposal)
    group.add(label(0, 13.8, words))
    return group
