"""Figures of a validation: marks that can be told apart, bars that mean what they measure."""

import pytest
from reportlab.graphics.shapes import Circle, Group, Polygon, Shape, String

from investigator.domain.validation import Figure, PredictedContainer, SensitivityIndex
from investigator.report.figures.agreement import agreement, batch_key, batch_mark
from investigator.report.figures.indices import index_bars
from investigator.report.paper import BLUE, TEXT_WIDTH

BATCHES = tuple(f"B{n:02d}" for n in range(24))


def shapes(group: Group) -> list[Shape]:
    found: list[Shape] = []
    for part in group.contents:
        found += shapes(part) if isinstance(part, Group) else [part]
    return found


def texts(drawing: Group) -> list[str]:
    return [s.text for s in shapes(drawing) if isinstance(s, String)]


def outline(mark: Shape) -> tuple[str, object]:
    if isinstance(mark, Circle):
        return "circle", mark.fillColor
    assert isinstance(mark, Polygon)
    ups = [y for y in mark.points[1::2] if y > 0]
    return f"{len(mark.points)} points, {len(ups)} above", mark.fillColor


def container(batch: str, measured: float, predicted: float) -> PredictedContainer:
    return PredictedContainer(
        batch, "D1", "hardness", measured, predicted, predicted - 2, predicted + 2
    )


def test_24_batches_have_24_marks() -> None:
    seen = {
        (kind, str(colour))
        for kind, colour in (outline(batch_mark(n, 0.0, 0.0)) for n in range(24))
    }
    assert len(seen) == 24


def test_the_key_names_every_batch_once() -> None:
    told = texts(batch_key(BATCHES))
    assert sorted(told) == sorted(f"{n + 1} {b}" for n, b in enumerate(BATCHES))


def test_equal_values_lie_on_the_line_and_leave_no_residual() -> None:
    drawing = agreement(
        (container("B00", 100.0, 100.0), container("B01", 110.0, 110.0)), BATCHES, "N",
        repeatability_sd=1.5,
    )  # fmt: skip
    marks = [s for s in shapes(drawing) if isinstance(s, Circle)]
    pairs, residuals = marks[:2], marks[2:]
    slope = (pairs[1].cy - pairs[0].cy) / (pairs[1].cx - pairs[0].cx)
    assert slope == pytest.approx(1.0, abs=0.01)
    assert residuals[0].cy == pytest.approx(residuals[1].cy, abs=0.01)
    assert {"measured (N)", "predicted (N)", "predicted − measured (N)"} <= set(texts(drawing))


def test_one_container_alone_can_be_drawn() -> None:
    drawing = agreement((container("B00", 100.0, 101.0),), ("B00",), "N", repeatability_sd=0.0)
    assert len([s for s in shapes(drawing) if isinstance(s, Circle)]) == 2


def test_a_bar_is_as_long_as_its_index_and_never_longer_than_the_scale() -> None:
    def index(value: float) -> SensitivityIndex:
        return SensitivityIndex(
            "assay", f"factor {value}", "input", Figure(value, value - 0.1, value + 0.1),
            Figure(value, value - 0.1, value + 0.1),
        )  # fmt: skip

    drawing = index_bars((index(0.5), index(1.0), index(1.2), index(-0.05)))
    bars = [s for s in shapes(drawing) if isinstance(s, Polygon) and s.fillColor == BLUE]
    lengths = [max(b.points[::2]) - min(b.points[::2]) for b in bars]
    assert lengths[0] == pytest.approx(0.5 * lengths[1])
    assert lengths[2] == lengths[1]
    assert lengths[3] == 0.0
    assert max(max(b.points[::2]) for b in bars) < TEXT_WIDTH
    assert "1.20 / 1.20" in texts(drawing)
