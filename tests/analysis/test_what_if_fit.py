"""Sizes and onsets of a scenario are fitted back to what was put in."""

import numpy as np
import pytest
from support.line_run import at_min, mode_of, noisy, perturbed, planted, quiet
from support.supposed import bench, from_min, mode_part, part, scenario

from investigator.analysis.what_if_fit import _moved
from investigator.domain.errors import UnusableRequest
from investigator.domain.scenario import Course, TargetKind
from investigator.twin.scenario import Perturbation, Window, shape_course

WINDOW = Window(at_min(60), at_min(100))


@pytest.mark.requirement("DIA-040")
def test_the_size_of_an_own_change_is_fitted_with_its_uncertainty() -> None:
    course = shape_course(mode_of("paddle_overspeed"), WINDOW, quiet().record)
    c = perturbed(noisy(2), Perturbation(offsets={"room.rh": 15.0 * course}))
    told = bench(c).fit(scenario(part("room.rh", 5.0)))
    assert told.fitted is not None
    ((size,),) = [p.sizes for p in told.fitted.parts]
    ((sd,),) = told.sizes_sd
    assert abs(size - 15.0) < max(4.0 * sd, 0.05 * 15.0)
    assert told.scenario.parts[0].sizes == (5.0,)
    assert size == float(f"{size:.6g}")


@pytest.mark.requirement("DIA-040")
def test_two_parts_are_fitted_together() -> None:
    c = planted(quiet(), "paddle_overspeed", WINDOW, (60.0,)).comparison
    c = planted(c, "turret_speed_high", WINDOW, (15.0,)).comparison
    both = scenario(part("paddle.speed", 20.0), part("turret.speed", 5.0))
    told = bench(c).fit(both)
    assert told.fitted is not None
    sizes = [p.sizes[0] for p in told.fitted.parts]
    assert sizes == pytest.approx([60.0, 15.0], rel=0.03)


@pytest.mark.requirement("DIA-040")
def test_an_onset_is_found_from_minutes_away_and_the_end_stays() -> None:
    c = planted(noisy(5), "paddle_overspeed", WINDOW, (60.0,)).comparison
    guessed = scenario(from_min(part("paddle.speed", 30.0), 72))
    told = bench(c).fit(guessed, onset=True)
    assert told.fitted is not None
    (found,) = told.fitted.parts
    assert abs(found.onset_ms - at_min(60)) <= 60_000
    assert found.end_ms == at_min(100)
    assert told.log_evidence > bench(c).fit(guessed).log_evidence


@pytest.mark.requirement("DIA-040")
def test_fitted_sizes_stay_within_their_bounds() -> None:
    c = planted(quiet(), "paddle_overspeed", WINDOW, (60.0,)).comparison
    mode = mode_part("paddle_overspeed", WINDOW, 100.0)
    assert bench(c).fit(scenario(mode)).fitted is not None
    opposite = part("press.punch_loss", 0.2)
    told = bench(c).fit(scenario(opposite))
    assert told.fitted is not None
    assert 0.0 <= told.fitted.parts[0].sizes[0] <= 1.0


@pytest.mark.requirement("DIA-040")
def test_a_fitted_sine_keeps_both_its_sides_within_the_bounds() -> None:
    """Humid by 40 %RH on one side is more than a room can be dry on the other."""
    quarter_s = 160 * 60.0
    t_s = (quiet().record.grid_ms - at_min(10)) / 1000.0
    inside = (t_s >= 0.0) & (t_s < quarter_s)
    swung = np.where(inside, 45.0 * np.sin(0.5 * np.pi * t_s / quarter_s), 0.0)
    c = perturbed(noisy(2), Perturbation(offsets={"room.rh": swung}))
    sine = part("room.rh", 5.0, course=Course.PERIODIC, tau_s=4 * quarter_s, begin=10, end=170)
    told = bench(c).fit(scenario(sine))
    assert told.fitted is not None
    assert told.fitted.parts[0].sizes == (35.0,)


@pytest.mark.requirement("DIA-040")
def test_a_failure_mode_is_fitted_no_smaller_than_is_worth_naming() -> None:
    told = bench(quiet()).fit(scenario(mode_part("paddle_overspeed", WINDOW, 60.0)))
    assert told.fitted is not None
    assert told.fitted.parts[0].sizes == (mode_of("paddle_overspeed").magnitudes[0].least,)


def test_an_onset_moves_within_the_run_and_leaves_a_minute_before_the_end() -> None:
    run = quiet().record.span
    stated = scenario(part("paddle.speed", 30.0))
    (moved,) = _moved(stated, 0, 39 * 60_000, run).parts
    assert moved.onset_ms == at_min(99)
    assert moved.end_ms == at_min(100)
    assert _moved(stated, 0, 39 * 60_000 + 1, run) is None
    assert _moved(stated, 0, run.start_ms - at_min(60), run) is not None
    assert _moved(stated, 0, run.start_ms - at_min(60) - 1, run) is None
    assert _moved(stated, 1, 1, run) is None


def test_parts_of_one_onset_move_together_and_those_of_another_stay() -> None:
    parts = (part(t, 5.0, begin=b) for t, b in (("paddle.speed", 60), ("room.rh", 60)))
    later = part("turret.speed", 5.0, begin=70)
    always = part("mcc.lod", 1.0, course=Course.WHOLE_BATCH)
    stated, run = scenario(*parts, later, always), quiet().record.span
    minutes = [
        [(p.onset_ms - at_min(60)) // 60_000 for p in moved.parts]
        for moved in (_moved(stated, place, 300_000, run) for place in (0, 1))
        if moved is not None
    ]
    assert minutes == [[5, 5, 10, 0], [0, 0, 15, 0]]


@pytest.mark.requirement("DIA-040")
def test_a_whole_number_is_not_fitted() -> None:
    tanks = part("chute.tanks", 1.0, kind=TargetKind.PARAMETER, course=Course.WHOLE_BATCH)
    with pytest.raises(UnusableRequest, match="is a whole number and is not fitted"):
        bench(quiet()).fit(scenario(tanks))
