"""Courses of signals and attributes replayed from the recorded inputs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, drums, noisy_record, package

from investigator.analysis.replaying import replay_recorded
from investigator.domain.replayed import ReplayedCourse
from investigator.twin.ensemble import SIGNAL_COURSES
from investigator.twin.record import LineRecord


def courses_of(run: LineRecord) -> tuple[ReplayedCourse, ...]:
    with ThreadPoolExecutor(1) as executor:
        return replay_recorded(run, package(), executor=executor, seed=3, members=4).courses


@cache
def courses() -> tuple[ReplayedCourse, ...]:
    return courses_of(noisy_record(0))


def course(title: str) -> ReplayedCourse:
    return next(c for c in courses() if c.title == title)


@pytest.mark.requirement("TWN-064")
def test_attributes_stand_first_with_their_limits() -> None:
    names = [c.attribute for c in courses()]
    assert names[:5] == ["assay", "hardness", "q30", "water", "weight"]
    assert names[5:] == [""] * len(SIGNAL_COURSES)
    assert course("Hardness").limits == (85.0, 135.0)
    assert course("Dissolution Q30").limits == (80.0,)


@pytest.mark.requirement("TWN-064")
def test_bands_lie_around_the_course_and_in_each_other() -> None:
    for found in courses():
        known = np.isfinite(found.middle)
        assert known.any()
        edges = (found.low95, found.low50, found.middle, found.high50, found.high95)
        rows = np.vstack(edges)[:, known]
        assert (np.diff(rows, axis=0) > 0.0).all(), found.title
        assert all(edge.shape == found.t_ms.shape for edge in edges)


@pytest.mark.requirement("TWN-064")
def test_nothing_is_said_while_the_press_stands() -> None:
    hardness = course("Hardness")
    assert np.isnan(hardness.middle[hardness.t_ms < at_min(3)]).all()
    assert np.isfinite(hardness.middle[hardness.t_ms > at_min(5)][:100]).all()


@pytest.mark.requirement("TWN-064")
def test_laboratory_means_stand_at_their_containers_and_samples_beside_them() -> None:
    found = course("Weight")
    assert found.measured is not None
    assert found.in_process is not None
    middles = [(d.filled.start_ms + d.filled.end_ms) // 2 for d in drums()]
    assert found.measured.t_ms.tolist() == middles
    assert found.measured.value == pytest.approx(np.full(len(middles), 250.0))
    assert found.in_process.value.mean() == pytest.approx(250.0, abs=1.0)
    assert course("Assay").in_process is None


@pytest.mark.requirement("TWN-064")
def test_the_signal_farthest_outside_its_band_stands_first_of_the_signals() -> None:
    run = noisy_record(0)
    late = run.grid_ms > at_min(60)
    wrong = np.where(late, run.roles["blender.holdup"] + 5.0, run.roles["blender.holdup"])
    found = courses_of(replace(run, roles={**run.roles, "blender.holdup": wrong}))
    first = next(c for c in found if not c.attribute)
    assert first.title == "Blender hold-up"
    assert first.unit == "kg"
