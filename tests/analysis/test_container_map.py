"""What filled which container: exact where the record is, generous where it is not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import at_min, drums, quiet, record

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_map import (
    Portion,
    accepted_time,
    portions,
    press_unseen,
    transit_ms,
)
from investigator.domain.batch import Container
from investigator.domain.instant import Span


def run_of(*containers: Container, clock_sd_s: float = 0.0) -> Comparison:
    changed = replace(record(), containers=containers, clock_sd_s=clock_sd_s)
    return replace(quiet(), record=changed)


def moved(container: Container, *, start_s: float = 0.0, end_s: float = 0.0) -> Container:
    filled = container.filled
    return replace(
        container,
        filled=Span(filled.start_ms + int(1000 * start_s), filled.end_ms + int(1000 * end_s)),
    )


def steps(portion: Portion) -> float:
    return float(portion.possibly.sum())


@pytest.mark.requirement("IMP-015")
def test_all_that_was_accepted_is_in_a_container_and_in_one_only():
    found = portions(run_of(*drums()))
    by_record = np.sum([p.inside for p in found], axis=0)
    assert np.array_equal(by_record == 1, accepted_time(quiet()))
    assert by_record.max() == 1
    possibly = np.sum([p.possibly for p in found], axis=0)
    assert (possibly >= by_record - 1e-9).all()


@pytest.mark.requirement("IMP-015")
def test_a_boundary_lies_a_transit_before_the_change_of_drums():
    found = portions(run_of(*drums()))
    assert transit_ms(record()) == 25_000
    change_ms = drums()[0].filled.end_ms - 25_000
    last = np.flatnonzero(found[0].inside)[-1]
    assert record().grid_ms[last] < change_ms <= record().grid_ms[last] + 10_000
    assert steps(found[0]) == pytest.approx(found[0].inside.sum() - 0.5)


@pytest.mark.requirement("IMP-016")
@given(clock_sd_s=st.floats(0.0, 300.0))
def test_an_uncertain_clock_only_adds(clock_sd_s):
    sure = portions(run_of(*drums()))
    found = portions(run_of(*drums(), clock_sd_s=clock_sd_s))
    for before, after in zip(sure, found, strict=True):
        assert (after.possibly >= before.possibly - 1e-12).all()
        assert np.array_equal(after.inside, before.inside)
    middle = 2.0 * int(1000 * 1.959964 * clock_sd_s) / 10_000.0
    assert steps(found[2]) == pytest.approx(steps(sure[2]) + middle, abs=1e-6)


@pytest.mark.requirement("IMP-016")
def test_what_overlapping_times_share_counts_in_both():
    first, second, *rest = drums()
    found = portions(run_of(first, moved(second, start_s=-300.0), *rest))
    plain = portions(run_of(*drums()))
    assert steps(found[1]) == pytest.approx(steps(plain[1]) + 30.0)
    assert steps(found[0]) == pytest.approx(steps(plain[0]))


@pytest.mark.requirement("IMP-016")
def test_what_lies_in_a_gap_counts_in_both_neighbours():
    first, second, third, *rest = drums()
    found = portions(run_of(first, third, *rest))
    plain = portions(run_of(*drums()))
    missing = steps(plain[1])
    assert steps(found[0]) == pytest.approx(steps(plain[0]) + missing)
    assert steps(found[1]) == pytest.approx(steps(plain[2]) + missing)
    assert second.container_id not in {p.container.container_id for p in found}


@pytest.mark.requirement("IMP-016")
def test_a_container_longer_than_the_run_may_hold_all_of_it():
    first, *rest = drums()
    endless = replace(first, filled=Span(at_min(-500), at_min(900)))
    found = portions(run_of(endless, *rest))
    assert steps(found[0]) == pytest.approx(float(accepted_time(quiet()).sum()))
    for plain, other in zip(portions(run_of(*drums()))[1:], found[1:], strict=True):
        assert (other.possibly >= plain.possibly - 1e-12).all()


@pytest.mark.requirement("IMP-017")
def test_a_press_that_was_not_recorded_may_have_turned():
    speed = record().roles["turret.speed"].copy()
    speed[500:560] = np.nan
    running = record().running & np.isfinite(speed)
    changed = replace(record(), roles={**record().roles, "turret.speed": speed}, running=running)
    assert press_unseen(changed)[500:560].all()
    assert press_unseen(changed).sum() == 60
    found = portions(replace(quiet(), record=changed))
    assert np.sum([p.possibly for p in found], axis=0)[500:560].min() >= 1.0 - 1e-9


@pytest.mark.requirement("IMP-017")
def test_before_its_first_and_after_its_last_turn_a_press_that_was_not_recorded_stood():
    speed = record().roles["turret.speed"].copy()
    turning = np.flatnonzero(record().running)
    speed[: turning[0]] = speed[turning[-1] + 1 :] = np.nan
    untold = np.full(speed.shape, np.nan)
    changed = replace(
        record(), roles={**record().roles, "turret.speed": speed, "line.state": untold}
    )
    assert not press_unseen(changed).any()


def test_a_run_without_containers_has_no_portions():
    assert portions(run_of()) == ()
