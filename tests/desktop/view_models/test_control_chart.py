"""The control chart as it is told: windows, heights, contributions, links."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.compared import compared_scene
from support.toolboxes import NIR, at, the_chart

from investigator.desktop.view_models.control_chart import (
    about_stretch,
    out_ribbons,
    out_rows,
    statistic_plots,
    window_at,
)
from investigator.domain.instant import Span
from investigator.domain.multivariate import Statistic


@pytest.mark.requirement("WIN-194")
def test_a_value_is_the_logarithm_of_its_multiple_and_nothing_falls_below_a_hundredth() -> None:
    chart = the_chart()
    tiny = replace(chart.charts[1], value=np.where(np.isnan(chart.charts[1].value), np.nan, 1e-9))
    t2, spe = statistic_plots(replace(chart, charts=(chart.charts[0], tiny)))
    assert t2.curves[0].value[0] == pytest.approx(np.log10(0.2))
    assert np.nanmin(spe.curves[0].value) == pytest.approx(-2.0)
    assert np.isnan(spe.curves[0].value[-1])


@pytest.mark.requirement("WIN-194")
def test_stretches_come_worst_first_each_on_the_ribbon_of_its_statistic() -> None:
    chart = the_chart()
    far = replace(chart.spans[0], statistic=Statistic.T2, peak=44.4)
    rows = out_rows(replace(chart, spans=(*chart.spans, far)), "UTC")
    assert [row.peak for row in rows] == ["44.4", "30.0"]
    t2, spe = out_ribbons(rows)
    assert [s.key for s in t2.spans] == [rows[0].key]
    assert [s.key for s in spe.spans] == [rows[1].key]
    assert rows[1].most == f"{NIR}, 80 %"


@pytest.mark.requirement("WIN-195")
@pytest.mark.parametrize(
    ("minute", "window"),
    [(-1, None), (0, (0, 2)), (3.9, (2, 4)), (19.9, (18, 20)), (20, None)],
)
def test_an_instant_lies_in_one_window(minute: float, window: tuple[float, float] | None) -> None:
    found = window_at(the_chart(), at(minute))
    assert found == (Span(at(window[0]), at(window[1])) if window else None)


@pytest.mark.requirement("WIN-195")
@given(st.integers(-600_000, 3_000_000))
def test_the_window_of_an_instant_holds_it(after_ms: int) -> None:
    found, t_ms = window_at(the_chart(), at(0) + after_ms), at(0) + after_ms
    assert (found is None) == (not at(0) <= t_ms < at(20))
    assert found is None or found.start_ms <= t_ms < found.end_ms


@pytest.mark.requirement("WIN-195", "WIN-199")
def test_a_tag_of_two_channels_is_one_link() -> None:
    chart = the_chart()
    both = tuple(replace(c, tags=("LINE.NIR.PV",)) for c in chart.channels)
    chart = replace(chart, channels=both)
    told = about_stretch(
        compared_scene(), chart, Statistic.SPE, chart.spans[0].span, lambda _to: None
    )
    assert [t.title for t in told.rests_on] == ["LINE.NIR.PV, 10:06–10:14", "Replay"]
