"""The control chart on paper: what is drawn of both statistics and of a span out of control."""

from collections.abc import Iterator
from typing import Any

import pytest
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Group, Polygon, PolyLine, String
from support.charts import SPAN, START_MS, WINDOW_MS, a_chart

from investigator.domain.instant import Span
from investigator.report.figures.control_chart import contribution_bars, control_chart_figure
from investigator.report.paper import BLUE, BLUSH, VERMILLION

WHOLE = Span(START_MS, START_MS + 10 * WINDOW_MS)


def shapes(group: Any) -> Iterator[Any]:
    for shape in group.contents:
        if isinstance(shape, Group):
            yield from shapes(shape)
        else:
            yield shape


@pytest.mark.requirement("RPT-055")
def test_both_statistics_stand_in_multiples_of_their_limits() -> None:
    found = list(shapes(control_chart_figure(a_chart(), WHOLE, "UTC")))
    words = [s.text for s in found if isinstance(s, String)]
    assert any(w.startswith("SPE in multiples of its limit") for w in words)
    assert any(w.startswith("T2 in multiples of its limit") for w in words)
    assert "100" in words
    limits = [s for s in found if getattr(s, "strokeColor", None) == VERMILLION]
    assert len(limits) == 2
    lines = [s for s in found if isinstance(s, PolyLine) and s.strokeColor == BLUE]
    spe = max(lines, key=lambda s: max(s.points[1::2]) - min(s.points[1::2]))
    assert len(spe.points) == 2 * 9


@pytest.mark.requirement("RPT-055")
def test_a_span_out_of_control_is_shaded_from_its_start_to_its_end() -> None:
    found = list(shapes(control_chart_figure(a_chart(), WHOLE, "UTC")))
    (shade,) = [s for s in found if isinstance(s, Polygon) and s.fillColor == BLUSH]
    left, right = shade.points[0], shade.points[2]
    frame = max(s.points[2] for s in found if isinstance(s, Polygon)) - 40.0
    assert (right - left) / frame == pytest.approx(SPAN.seconds / WHOLE.seconds, abs=0.01)


@pytest.mark.requirement("RPT-055")
def test_bars_are_as_long_as_the_shares() -> None:
    (out,) = a_chart().spans
    drawing = contribution_bars(out)
    bars = [s for s in shapes(drawing) if isinstance(s, Polygon)]
    lengths = [s.points[2] - s.points[0] for s in bars]
    assert lengths[0] / lengths[1] == pytest.approx(4.0)
    words = [s.text for s in shapes(drawing) if isinstance(s, String)]
    assert words == ["NIR API content", "80 %, 6.0 sd", "Ejection force (log)", "20 %, −1.5 sd"]
    assert renderPDF.drawToString(drawing).startswith(b"%PDF")
