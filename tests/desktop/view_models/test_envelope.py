"""The golden envelope as it is told: positions, the order of signals, what is not known."""

from dataclasses import replace

import numpy as np
import pytest
from support.compared import compared, compared_scene
from support.toolboxes import EJECTION, NIR, a_comparison, a_course

from investigator.desktop.view_models.envelope import (
    about_course,
    comparison_on,
    course_rows,
    farthest_of,
    place_at,
    said_at,
)
from investigator.domain.toolbox import Axis

pytestmark = pytest.mark.requirement("WIN-198")


@pytest.mark.parametrize(("place", "position"), [(0.0, 0), (9.9, 0), (36.0, 3), (70.0, 6)])
def test_a_place_lies_in_its_position(place: float, position: int) -> None:
    assert place_at(a_course("c", NIR, leaves=False), place) == position


def test_outside_the_axis_there_is_none() -> None:
    course = a_course("c", NIR, leaves=False)
    assert place_at(course, -0.1) is None
    assert place_at(course, 70.1) is None


def test_a_signal_of_which_nothing_is_known_is_left_out() -> None:
    shown = a_comparison(Axis.PRESS_TIME)
    unknown = replace(shown.courses[0], title="Not in the export", value=np.full(7, np.nan))
    rows = course_rows(replace(shown, courses=(unknown, *shown.courses)), "UTC")
    assert [row.course.title for row in rows] == [NIR, EJECTION]


def test_the_exit_beyond_its_own_limit_the_most_counts() -> None:
    course = a_course("c", NIR, leaves=True)
    (one,) = course.exits
    high = replace(one, score=8.0, limit=8.0)
    assert farthest_of(replace(course, exits=(high, one))) == one
    assert farthest_of(replace(course, exits=())) is None


def test_a_place_that_the_batch_never_reached_has_no_clock() -> None:
    course = a_course("c", NIR, leaves=False)
    assert said_at(course, 6, Axis.PRODUCED_MASS, "UTC").startswith("65.0 kg, never reached: –;")


def test_places_that_too_few_batches_reached_are_counted() -> None:
    shown = comparison_on(compared(), Axis.PRESS_TIME)
    assert shown is not None
    row = course_rows(shown, "UTC")[0]
    told = about_course(compared_scene(), compared(), shown, row, lambda _to: None)
    said = [remark.text for remark in told.findings]
    assert any(text.startswith("1 position of this batch: too few normal batches") for text in said)
    assert comparison_on(None, Axis.PRESS_TIME) is None
