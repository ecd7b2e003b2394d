"""Probabilities as bars: the hypotheses that count, "none of these", "no assignable cause"."""

import math

from reportlab.graphics.shapes import Drawing

from investigator.domain.quantities import probability
from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import BLUE, QUIET, RULE, SHADE, TEXT_WIDTH

_ROW, _NAMES, _VALUE = 13.0, 165.0, 46.0


def probability_bars(rows: tuple[tuple[str, float], ...], *, plain: int) -> Drawing:
    """One bar for each row from 0 to 100 %; the last `plain` rows are outlined, not filled."""
    height = _ROW * len(rows) + 16
    drawing = sheet(TEXT_WIDTH, height)
    full = TEXT_WIDTH - _NAMES - _VALUE
    for tick in (0, 25, 50, 75, 100):
        x = _NAMES + full * tick / 100
        drawing.add(stroke(x, 14, x, height, RULE, 0.3))
        drawing.add(label(x, 5, f"{tick} %", anchor="middle", colour=QUIET))
    for n, (name, share) in enumerate(rows):
        y = height - _ROW * (n + 1) + 3
        length = full * min(1.0, max(0.0, share)) if math.isfinite(share) else 0.0
        outlined = n >= len(rows) - plain
        fill, edge = (SHADE, QUIET) if outlined else (BLUE, None)
        drawing.add(box(_NAMES, y, length, 7.5, fill=fill, edge=edge))
        text = fitted(name, 7.2, _NAMES - 8)
        drawing.add(label(_NAMES - 4, y + 1.2, text, anchor="end", size=7.2))
        drawing.add(label(TEXT_WIDTH, y + 1.2, probability(share), anchor="end", size=7.2))
    return drawing
