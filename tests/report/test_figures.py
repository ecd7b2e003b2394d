"""Scales, ticks and what the figures hold."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from reportlab.graphics.shapes import Group, Polygon, PolyLine, String

from investigator.domain.dossier import Dossier
from investigator.domain.drum_map import affected_share
from investigator.domain.instant import Span
from investigator.report.figures.axes import Scale, clock_ticks, time_title
from investigator.report.figures.bars import probability_bars
from investigator.report.figures.drums import drum_map
from investigator.report.figures.flow import process_flow
from investigator.report.figures.marks import hatch
from investigator.report.figures.replay import Instants, replay_panel, value_range
from investigator.report.figures.residence import residence_time
from investigator.report.figures.share import affected_share_figure

MINUTE = 60_000


def shapes(group: Any) -> Iterator[Any]:
    for shape in group.contents:
        if isinstance(shape, Group):
            yield from shapes(shape)
        else:
            yield shape


def words(group: Any) -> list[str]:
    return [s.text for s in shapes(group) if isinstance(s, String)]


def test_a_scale_without_extent_has_a_middle() -> None:
    assert Scale(5.0, 5.0, 0.0, 10.0).at(5.0) == 5.0


def test_values_outside_are_put_on_the_edge() -> None:
    scale = Scale(0.0, 10.0, 100.0, 200.0)
    assert [scale.at(v) for v in (-5.0, 0.0, 5.0, 99.0)] == [100.0, 100.0, 150.0, 200.0]
    assert scale.places(np.array([-5.0, 5.0, 99.0])) == [100.0, 150.0, 200.0]


def test_clock_ticks_are_whole_local_hours() -> None:
    start = 1_770_327_240_000  # 22:34 in Berlin
    labels = [text for _, text in clock_ticks(start, start + 518 * MINUTE, "Europe/Berlin")]
    assert labels == [
        "23:00",
        "00:00",
        "01:00",
        "02:00",
        "03:00",
        "04:00",
        "05:00",
        "06:00",
        "07:00",
    ]
    kolkata = [text for _, text in clock_ticks(start, start + 518 * MINUTE, "Asia/Kolkata")]
    assert kolkata[0] == "04:00"


@pytest.mark.parametrize("minutes", [0, 1, 20, 500, 5000, 100_000])
def test_clock_ticks_for_any_length(minutes: int) -> None:
    assert len(clock_ticks(0, minutes * MINUTE, "UTC")) <= 10


def test_time_title_names_dates_zone_and_offset() -> None:
    start = 1_770_327_240_000
    title = time_title(start, start + 518 * MINUTE, "Europe/Berlin")
    assert title == "2026-02-05 to 2026-02-06, Europe/Berlin (UTC+01:00)"


def test_hatching_stays_inside() -> None:
    for line in shapes(hatch(10, 20, 30, 8, 3, None)):  # type: ignore[arg-type]
        assert 10 <= min(line.x1, line.x2) <= max(line.x1, line.x2) <= 40
        assert 20 <= min(line.y1, line.y2) <= max(line.y1, line.y2) <= 28


def test_one_wild_sample_does_not_squash_the_panel(dossier: Dossier) -> None:
    panel = dossier.panels[0]
    value = panel.measured.value.copy()
    value[10] = 1e9
    wild = replace(panel, measured=replace(panel.measured, value=value))
    assert value_range(wild)[1] < 10
    drawing = replay_panel(wild, Instants(dossier.batch.span, "UTC"))
    assert "1 sample beyond the scale (triangles)" in words(drawing)
    triangles = [s for s in shapes(drawing) if isinstance(s, Polygon) and len(s.points) == 6]
    assert len(triangles) == 1


def test_an_excursion_is_shown_in_full(dossier: Dossier) -> None:
    panel = dossier.panels[0]
    low, _ = value_range(panel)
    assert low < np.nanmin(panel.measured.value)


def test_a_gap_breaks_the_line(dossier: Dossier) -> None:
    panel = replace(dossier.panels[0], fitted=None, limits=())
    drawing = replay_panel(panel, Instants(dossier.batch.span, "UTC"))
    # measured in two pieces, predicted in one
    assert sum(isinstance(s, PolyLine) for s in shapes(drawing)) == 3


def test_the_onset_and_its_interval_are_marked(dossier: Dossier) -> None:
    span = dossier.batch.span
    panel = dossier.panels[0]
    plain = list(shapes(replay_panel(panel, Instants(span, "UTC"))))
    middle = (span.start_ms + span.end_ms) // 2
    marks = Instants(span, "UTC", middle, Span(middle - MINUTE, middle + MINUTE))
    assert len(list(shapes(replay_panel(panel, marks)))) == len(plain) + 2


def test_bars_show_the_rows_that_are_no_failure_modes() -> None:
    drawing = probability_bars((("bridging", 0.9), ("none of these", 0.1)), plain=1)
    assert {"bridging", "none of these", "90 %", "10 %"} <= set(words(drawing))


def test_the_drum_map_tells_without_colour(dossier: Dossier) -> None:
    containers = dossier.impact.containers
    drawing = drum_map(containers)
    told = words(drawing)
    assert told.count("R") == sum(c.proposal.value == "release" for c in containers)
    assert told.count("T") == 2
    assert told.count("X") == 1
    assert {"D01", "D13"} <= set(told)


def test_affected_share_without_mass_is_unknown(dossier: Dossier) -> None:
    assert math.isnan(affected_share(replace(dossier.impact.containers[0], net_kg=0.0)))


def test_the_share_figure_names_every_drum(dossier: Dossier) -> None:
    drawing = affected_share_figure(
        dossier.affected_share,
        dossier.impact,
        dossier.disturbance_window,
        dossier.batch.span,
        "UTC",
    )
    assert {f"D{n:02d}" for n in range(1, 14)} <= set(words(drawing))
    assert "disturbance at its unit" in words(drawing)


def test_residence_times_are_told_apart_without_colour(dossier: Dossier) -> None:
    drawing = residence_time(dossier.residence_time)
    lines = [s for s in shapes(drawing) if isinstance(s, PolyLine)]
    assert len({str(line.strokeDashArray) for line in lines}) == 3


def test_every_unit_stands_in_the_flow(dossier: Dossier) -> None:
    drawing = process_flow(dossier.process_flow)
    assert set(words(drawing)) == {name for stage in dossier.process_flow for name in stage}
