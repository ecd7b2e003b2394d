"""The section on the replay: who left first, the domain, signals, containers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from reportlab.graphics.shapes import Group, Polygon, String
from reportlab.platypus import Flowable, Paragraph
from support.dossiers import DRUMS
from support.replays import a_course, a_replayed
from support.report_text import text_of

from investigator.domain.departures import departures
from investigator.domain.dossier import Dossier
from investigator.domain.instant import Span
from investigator.domain.replayed import Replayed
from investigator.report.figures.replayed import replayed_panel
from investigator.report.figures.residual_map import class_of, farthest, residual_map
from investigator.report.sections.basis import drawn_window
from investigator.report.sections.replayed import from_recorded_inputs, who_left_first

ZONE = "Europe/Berlin"


def sentences(story: Sequence[Flowable]) -> list[str]:
    """The paragraphs of a section that stand in no table."""
    return [flowable.text for flowable in story if isinstance(flowable, Paragraph)]


def part_of(told: Dossier, found: Replayed) -> list[str]:
    return sentences(from_recorded_inputs(replace(told, replayed=found), drawn_window(told)))


def shapes(group: Any) -> list[Any]:
    found = []
    for shape in group.contents:
        found += shapes(shape) if isinstance(shape, Group) else [shape]
    return found


@pytest.fixture(scope="module")
def told(dossier: Dossier) -> Dossier:
    return replace(dossier, departures=departures(dossier.panels), replayed=a_replayed())


@pytest.fixture(scope="module")
def text(told: Dossier) -> str:
    return text_of(told)


@pytest.mark.requirement("RPT-028")
def test_the_signals_that_left_stand_in_order_of_time(told: Dossier, text: str) -> None:
    left = [d for d in told.departures if d.left_ms is not None]
    assert left
    part = text[text.rindex("Left the band Signal") :]
    places = [part.find(d.panel.title) for d in left]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.requirement("RPT-028")
def test_where_nothing_left_the_band_it_is_said(told: Dossier) -> None:
    calm = tuple(replace(d, left_ms=None) for d in told.departures)
    story = who_left_first(replace(told, departures=calm), drawn_window(told))
    assert "No signal left the band of the twin for long." in sentences(story)
    assert who_left_first(replace(told, departures=()), drawn_window(told)) == []


@pytest.mark.requirement("RPT-029")
def test_an_excursion_has_time_quantity_distance_and_the_word(text: str) -> None:
    assert "the twin is extrapolating" in text
    assert "Room humidity" in text
    assert "77.5 %RH" in text
    assert "0.30 × 25.0 %RH" in text
    assert "moisture_sorption.csv" in text


@pytest.mark.requirement("RPT-029")
def test_a_run_inside_the_domain_is_told_to_be(told: Dossier) -> None:
    inside = part_of(told, a_replayed(left=False))
    assert "The run kept to all 2 limits of the domain of the twin." in inside
    none = part_of(told, replace(a_replayed(left=False), limits=()))
    assert "The twin states no applicability domain." in none


@pytest.mark.requirement("RPT-030")
def test_signals_that_were_missing_are_listed(told: Dossier, text: str) -> None:
    assert "NF.PADDLE" in text
    assert "not recorded, bridged" in text
    whole = part_of(told, replace(a_replayed(), quality=()))
    assert "While the press turned no mapped signal was missing or in doubt." in whole


@pytest.mark.requirement("RPT-031")
def test_every_container_stands_beside_its_laboratory_result(text: str) -> None:
    assert f"{DRUMS[0]} (extrapolating) 110.0 (106.0 to 114.0) / 111.0" in text
    assert f"{DRUMS[1]} 110.0 (106.0 to 114.0) / 120.0 outside" in text
    assert "Quality over time" in text


def test_an_older_result_has_no_such_part(dossier: Dossier) -> None:
    assert from_recorded_inputs(dossier, drawn_window(dossier)) == []


def test_a_residual_has_the_class_of_its_size_and_side() -> None:
    assert [class_of(v) for v in (0.0, 1.9, -1.9, 2.0, -3.5, 7.0)] == [0, 0, 0, 1, -2, 3]


def test_a_column_shows_the_value_farthest_from_zero() -> None:
    t_ms = np.arange(6, dtype=np.int64) * 10
    sigma = np.array([1.0, -4.0, 2.0, np.nan, np.nan, 0.5])
    found = farthest(t_ms, sigma, np.array([0.0, 30.0, 50.0, 60.0]))
    np.testing.assert_array_equal(found, [-4.0, np.nan, 0.5])


def test_every_signal_has_a_row_and_those_that_left_a_mark(told: Dossier) -> None:
    window = Span(int(told.panels[0].measured.t_ms[0]), int(told.panels[0].measured.t_ms[-1]))
    drawn = shapes(residual_map(told.departures, window, ZONE))
    words = [s.text for s in drawn if isinstance(s, String)]
    assert all(any(d.panel.title.startswith(w.rstrip("…")) for w in words) for d in told.departures)
    marks = [s for s in drawn if isinstance(s, Polygon) and len(s.points) == 6]
    left = sum(d.left_ms is not None for d in told.departures)
    assert len(marks) == left + 1


def test_a_course_far_from_its_limits_is_drawn_to_its_own_scale() -> None:
    course = a_course("hardness", "Hardness", "N", 110.0)
    window = Span(int(course.t_ms[0]), int(course.t_ms[-1]))
    drawn = shapes(replayed_panel(course, window, ZONE, outside=(window,), weak=()))
    numbers = [s.text for s in drawn if isinstance(s, String)]
    assert "Hardness (N)" in numbers
    assert "95" not in numbers
