"""Containers stand at their values; those of a batch stand side by side in its slot."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.desktop.view_models.twin_points import agreement, offsets
from investigator.domain.validation import PredictedContainer

ONE = PredictedContainer("B1", "D1", "hardness", 110.0, 110.0, 106.0, 116.0)
TWO = replace(ONE, container_id="D2", measured=114.0, predicted=112.0)
OTHER = replace(ONE, batch_id="B2", measured=104.0)
values = st.floats(-1e6, 1e6)


@pytest.mark.requirement("WIN-132")
@given(st.lists(st.tuples(values, values), max_size=12))
def test_equal_values_stand_on_the_line(pairs: list[tuple[float, float]]) -> None:
    points = agreement(
        [replace(ONE, measured=m, predicted=p, low95=p - 1, high95=p + 1) for m, p in pairs]
    )
    low, high = points.limits
    assert points.line == points.limits
    upright = (points.value - low) / (high - low)
    for (measured, predicted), x, y in zip(pairs, points.across, upright, strict=True):
        assert 0.0 <= x <= 1.0
        assert 0.0 <= y <= 1.0
        assert (x - y) * (high - low) == pytest.approx(measured - predicted, abs=1e-6)


@pytest.mark.requirement("WIN-132")
def test_what_is_off_stands_in_the_slot_of_its_batch() -> None:
    points = offsets((ONE, TWO, OTHER))
    assert points.value.tolist() == [0.0, -2.0, 6.0]
    assert points.limits[1] == -points.limits[0] > 6.0
    first, second, other = points.across
    assert 0.0 < first < second < 0.5 < other < 1.0
    assert points.dividers == (0.5,)
    assert points.labels == ((0.25, "1"), (0.75, "2"))
    assert points.low is None


def test_without_containers_there_is_nothing_to_draw() -> None:
    for points in (agreement(()), offsets(())):
        assert points.across.size == 0
        assert points.limits[0] < points.limits[1]
        assert np.isfinite(points.limits).all()
