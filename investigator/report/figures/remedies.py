"""Remedies beside doing nothing: what is kept and what is lost, and the chance that it conforms.

- One bar for each remedy, of the mass that there is: kept and good, kept and affected (hatched),
  taken out and affected, taken out though good.
- At the right the chance that everything kept conforms; the one that is asked for in the head.
"""

from reportlab.graphics.shapes import Drawing, Group
from reportlab.lib.colors import HexColor, white

from investigator.domain.quantities import probability
from investigator.domain.remedy import RemedyOutcome, RemedyResult
from investigator.report.figures.marks import box, hatch, label, sheet
from investigator.report.fonts import fitted, width_of
from investigator.report.paper import INK, MID, QUIET, TEXT_WIDTH

_ROW, _NAMES, _CHANCE = 15.0, 194.0, 104.0
_KEPT, _OUT = HexColor("#DCEAF4"), HexColor("#C9CDD2")


def remedy_bars(result: RemedyResult) -> Drawing:
    """All outcomes in their order; the cheapest that meets what is asked is marked with a point."""
    height = _ROW * len(result.outcomes) + 28
    drawing = sheet(TEXT_WIDTH, height)
    whole = max((o.kept_kg + o.removed_kg for o in result.outcomes), default=0.0) or 1.0
    head = f"chance to conform (asked: {probability(result.asked)})"
    drawing.add(label(TEXT_WIDTH, height - 8, head, anchor="end", colour=QUIET))
    for n, outcome in enumerate(result.outcomes):
        base = height - 14 - _ROW * (n + 1)
        drawing.add(_row(outcome, base, whole, best=outcome.remedy_id == result.best))
    drawing.add(_key())
    return drawing


def _row(outcome: RemedyOutcome, base: float, whole: float, *, best: bool) -> Group:
    group = Group()
    title = f"• {outcome.title}" if best else outcome.title
    group.add(label(0, base + 4, fitted(title, 7.0, _NAMES - 6, bold=best), size=7.0, bold=best))
    left, full = _NAMES, TEXT_WIDTH - _NAMES - _CHANCE
    affected = min(outcome.kept_kg, sum(c.affected_kg_after for c in outcome.containers))
    good = min(outcome.removed_kg, outcome.good_lost_kg)
    parts = (
        (outcome.kept_kg - affected, _KEPT, 0.0),
        (affected, white, 2.5),
        (outcome.removed_kg - good, MID, 0.0),
        (good, _OUT, 0.0),
    )
    for kilograms, fill, spacing in parts:
        width = full * max(0.0, kilograms) / whole
        if width > 0.05:
            group.add(box(left, base + 2, width, 9, fill=fill, edge=INK, edge_width=0.3))
        if spacing and width > 0.05:
            group.add(hatch(left, base + 2, width, 9, spacing, INK))
        left += width
    chance = f"{probability(outcome.p_conform)} ± {100 * outcome.standard_error:.1f}"
    text = chance if outcome.registered else f"{chance}, not registered"
    group.add(label(TEXT_WIDTH, base + 4, fitted(text, 6.5, _CHANCE - 4), anchor="end"))
    return group


def _key() -> Group:
    group, place = Group(), _NAMES
    entries = (
        ("kept", _KEPT, 0.0),
        ("kept, affected", white, 2.5),
        ("out, affected", MID, 0.0),
        ("out, good", _OUT, 0.0),
    )
    for text, fill, spacing in entries:
        group.add(box(place, 1, 12, 7, fill=fill, edge=INK, edge_width=0.3))
        if spacing:
            group.add(hatch(place, 1, 12, 7, spacing, INK))
        group.add(label(place + 15, 2.3, text))
        place += 15 + width_of(text, 6.5) + 12
    return group
