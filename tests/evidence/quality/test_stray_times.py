"""Samples with a wrong digit in their year."""

import numpy as np
import pytest

from investigator.domain.evidence import Treatment
from investigator.domain.trajectory import Quality, Signal, Trajectory
from investigator.evidence.quality.review import review
from investigator.evidence.quality.stray_times import DAY_MS, stray_times

NOW = 20_000 * DAY_MS


def course(tag: str, *t_ms: int) -> Trajectory:
    times = np.array(sorted(t_ms), np.int64)
    return Trajectory(
        Signal(tag), times, np.sin(times / 7e4), np.full(times.size, Quality.GOOD, np.uint8)
    )


def dense(start: int) -> tuple[int, ...]:
    return tuple(range(start, start + 3_600_000, 10_000))


@pytest.mark.requirement("EVD-156")
def test_a_sample_of_another_century_is_left_out_and_named() -> None:
    trajectories = {"A": course("A", *dense(NOW), NOW + 36_525 * DAY_MS), "B": course("B", NOW)}
    near, (found,) = stray_times(trajectories)
    assert near["A"].t_ms.tolist() == list(dense(NOW))
    assert (found.subject, found.kind, found.treatment) == ("A", "stray_time", Treatment.DROP)
    assert found.span is not None
    assert found.span.contains(NOW + 36_525 * DAY_MS)
    reviewed = review(trajectories, {}, gridded=False)
    assert found in reviewed.findings
    assert np.isnan(reviewed.trajectories["A"].value[-1])


@pytest.mark.requirement("EVD-156")
def test_a_tag_that_is_astray_as_a_whole_is_left_out() -> None:
    near, found = stray_times({"A": course("A", *dense(NOW)), "B": course("B", 0, 1000)})
    assert set(near) == {"A"}
    assert [f.subject for f in found] == ["B"]


@pytest.mark.parametrize(
    "times",
    [
        dense(NOW),
        tuple(NOW + month * 30 * DAY_MS for month in range(100)),
        (*dense(NOW), *dense(NOW + 400 * DAY_MS)),
    ],
)
def test_an_export_of_months_or_of_two_campaigns_is_left_whole(times: tuple[int, ...]) -> None:
    whole = {"A": course("A", *times)}
    near, found = stray_times(whole)
    assert not found
    assert near["A"].t_ms.tolist() == whole["A"].t_ms.tolist()
