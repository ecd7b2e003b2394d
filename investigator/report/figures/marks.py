"""The strokes that every figure is made of: lines, labels, curves with gaps, hatching.

Lengths are points of 1/72 inch with the origin at the lower left of the figure. Every label is set
in the report's own typeface.
"""

from collections.abc import Sequence
from typing import Any, Literal

from reportlab.graphics.shapes import Drawing, Group, Line, Polygon, PolyLine, String
from reportlab.lib.colors import Color

from investigator.report.fonts import BOLD, REGULAR, printable, register_fonts
from investigator.report.paper import INK

LABEL = 6.5
Dash = tuple[float, ...]
Anchor = Literal["start", "middle", "end"]


class Sheet(Drawing):
    """A figure that takes its place, but is not drawn, in a pass that only counts pages."""

    def draw(self, *args: Any, **more: Any) -> None:
        """Draw, unless the canvas is only for layout."""
        if not getattr(self.canv, "layout_only", False):
            super().draw(*args, **more)


def sheet(width: float, height: float) -> Drawing:
    """An empty figure."""
    register_fonts()
    return Sheet(width, height, initialFontName=REGULAR, initialFontSize=LABEL)


def label(
    x: float,
    y: float,
    text: str,
    *,
    anchor: Anchor = "start",
    size: float = LABEL,
    bold: bool = False,
    colour: Color = INK,
) -> String:
    """One line of text; `anchor` is start, middle or end."""
    return String(
        x,
        y,
        printable(text),
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        fillColor=colour,
        textAnchor=anchor,
    )


def stroke(
    x1: float, y1: float, x2: float, y2: float, colour: Color, width: float = 0.5, dash: Dash = ()
) -> Line:
    """A straight line."""
    return Line(x1, y1, x2, y2, strokeColor=colour, strokeWidth=width, strokeDashArray=dash)


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: Color | None = None,
    edge: Color | None = None,
    edge_width: float = 0.5,
) -> Polygon:
    """A rectangle."""
    corners = [x, y, x + width, y, x + width, y + height, x, y + height]
    return Polygon(corners, fillColor=fill, strokeColor=edge, strokeWidth=edge_width)


def course(
    x: Sequence[float], y: Sequence[float], colour: Color, width: float = 0.8, dash: Dash = ()
) -> PolyLine | Group:
    """A line through the points; a single point becomes a small dash so that it is seen."""
    if len(x) == 1:
        return Group(stroke(x[0] - 0.8, y[0], x[0] + 0.8, y[0], colour, 1.6))
    points = [c for pair in zip(x, y, strict=True) for c in pair]
    return PolyLine(
        points, strokeColor=colour, strokeWidth=width, strokeDashArray=dash, strokeLineJoin=1
    )


def area(
    x: Sequence[float], lower: Sequence[float], upper: Sequence[float], fill: Color
) -> Polygon:
    """The area between two edges."""
    there = [c for pair in zip(x, upper, strict=True) for c in pair]
    back = [c for pair in zip(reversed(x), reversed(lower), strict=True) for c in pair]
    return Polygon(there + back, fillColor=fill, strokeColor=None)


def hatch(x: float, y: float, width: float, height: float, spacing: float, colour: Color) -> Group:
    """Lines rising to the right across a rectangle, `spacing` points apart."""
    group = Group()
    offset = spacing
    while offset < width + height:
        x1, y1 = max(0.0, offset - height), min(height, offset)
        x2, y2 = min(width, offset), max(0.0, offset - width)
        group.add(stroke(x + x1, y + y1, x + x2, y + y2, colour, 0.4))
        offset += spacing
    return group
