"""Drums as they were filled: the ribbon under a time axis, and the drum map.

- Drum map: one tile for each container in order of filling, width by net mass, shade and hatch by
  affected share (conservative), a letter for the proposal, the lowest chance to conform beneath.
- Nothing is told by colour alone.
"""

import math

from reportlab.graphics.shapes import Drawing, Group
from reportlab.lib.colors import Color, HexColor, white

from investigator.domain.impact import ContainerImpact, Proposal, short_ids
from investigator.domain.quantities import UNKNOWN
from investigator.report.figures.axes import Scale
from investigator.report.figures.marks import box, hatch, label, sheet
from investigator.report.fonts import fitted, width_of
from investigator.report.paper import INK, QUIET, SKY, TEXT_WIDTH

LETTERS = {
    Proposal.RELEASE: "R",
    Proposal.ADDITIONAL_TESTING: "T",
    Proposal.SORT: "S",
    Proposal.REJECT: "X",
    Proposal.REPROCESS: "P",
}
# One hue from light to dark: read in order in grey print and by every kind of colour vision.
SHARE_CLASSES: tuple[tuple[float, str, Color, float], ...] = (
    (0.0, "not affected", white, 0.0),
    (0.05, "up to 5 %", HexColor("#DCEAF4"), 7.0),
    (0.50, "5 to 50 %", HexColor("#8FBFE0"), 4.5),
    (math.inf, "above 50 %", HexColor("#2F7FB8"), 3.0),
)
_PER_ROW, _TILE, _ROW = 20, 30.0, 58.0


def affected_share(container: ContainerImpact) -> float:
    """Affected part of the net mass, conservative, 0 to 1; NaN where the mass is not known."""
    if not container.net_kg > 0:
        return math.nan
    return container.affected_kg_hi95 / container.net_kg


def drum_map(containers: tuple[ContainerImpact, ...]) -> Drawing:
    """The drum map, at most twenty tiles in a row."""
    rows = [containers[k : k + _PER_ROW] for k in range(0, len(containers), _PER_ROW)]
    drawing = sheet(TEXT_WIDTH, _ROW * len(rows) + 16)
    _, names = short_ids(tuple(c.container_id for c in containers))
    heaviest = max(sum(_mass(c) for c in row) for row in rows)
    for n, row in enumerate(rows):
        left, base = 0.0, drawing.height - _ROW * (n + 1) + 16
        for container in row:
            width = TEXT_WIDTH * _mass(container) / heaviest
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


def _class_of(container: ContainerImpact) -> tuple[float, str, Color, float]:
    share = affected_share(container) if container.affected else 0.0
    return next((c for c in SHARE_CLASSES if share <= c[0]), SHARE_CLASSES[-1])


def _tile(container: ContainerImpact, name: str, left: float, base: float, width: float) -> Group:
    _, _, fill, spacing = _class_of(container)
    group = Group(box(left + 0.6, base, width - 1.2, _TILE, fill=fill, edge=INK))
    if spacing:
        group.add(hatch(left + 0.6, base, width - 1.2, _TILE, spacing, INK))
    middle = left + width / 2
    group.add(box(middle - 4.5, base + _TILE / 2 - 5, 9, 10, fill=white))
    letter = LETTERS[container.proposal]
    group.add(label(middle, base + _TILE / 2 - 3, letter, anchor="middle", size=8.5, bold=True))
    group.add(_fitting(name, middle, base + _TILE, width, colour=INK))
    worst = container.worst
    lowest = worst[1].p_conform if worst else None
    chance = UNKNOWN if lowest is None else f"{math.floor(100 * lowest)}"
    group.add(label(middle, base - 8, chance, anchor="middle", colour=QUIET))
    return group


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
    group, place = Group(), 0.0
    for _, text, fill, spacing in SHARE_CLASSES:
        group.add(box(place, 1, 12, 8, fill=fill, edge=INK))
        if spacing:
            group.add(hatch(place, 1, 12, 8, spacing, INK))
        group.add(label(place + 15, 2.8, text))
        place += 15 + width_of(text, 6.5) + 12
    words = " · ".join(f"{LETTERS[p]} {p.value.replace('_', ' ')}" for p in Proposal)
    group.add(label(TEXT_WIDTH, 2.8, words, anchor="end"))
    return group
