"""The press under weight control: what the loop holds, and what it lets drift unseen.

The signs are those of the table of signatures of the domain reference (a textbook line): causes
A11, A12, A13, A22, A23 and A24.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.process import press
from investigator.process.line import LineParameters
from investigator.process.press_loop import PressCourse, PressInputs, run_press, steady_press
from investigator.process.weight_control import (
    WeightControlParameters,
    WeightControlState,
    WeightTrimParameters,
    advance_weight_control,
    trimmed_kn,
)

CONTROL = WeightControlParameters(
    averaging_s=10.0, gain_mm_kn_s=0.004, fill_least_mm=6.0, fill_most_mm=10.0
)
TRIM = WeightTrimParameters(
    target_mg=250.0, dead_band_mg=1.5, force_kn_mg=0.16, delay_s=180.0, interval_s=900.0
)
UNTRIMMED = TRIM._replace(dead_band_mg=np.inf)
SET_POINT = 10.35
GAP = 2.80


def inputs(n: int = 1800) -> PressInputs:
    one = np.ones(n)
    return PressInputs(
        step_s=1.0,
        mcc=0.4884 * one,
        api=0.2016 * one,
        mgst=0.01 * one,
        water_pct=2.4 * one,
        api_d50_um=28.0 * one,
        turret_rpm=37.04 * one,
        paddle_rpm=40.0 * one,
        gap_mm=GAP * one,
        fill_ratio=one,
        yield_ratio=one,
        force_gain=one,
        force_bias_kn=0.0 * one,
        controlled=one > 0.0,
        weighing_mg=0.0 * one,
    )


def run(
    parameters: LineParameters,
    given_: PressInputs,
    *,
    trim: WeightTrimParameters = UNTRIMMED,
    start: WeightControlState | None = None,
) -> PressCourse:
    return run_press(
        parameters.press,
        parameters.blend,
        CONTROL,
        trim,
        given_,
        set_point_kn=SET_POINT,
        start=start or steady_press(parameters.press, parameters.blend, inputs(), SET_POINT),
    )


def changes(parameters: LineParameters, **wrong: float | np.ndarray) -> dict[str, float]:
    """Relative change of everything after half an hour with something wrong."""
    given_ = inputs()
    full = {k: np.broadcast_to(v, given_.gap_mm.shape).copy() for k, v in wrong.items()}
    sound, course = run(parameters, given_), run(parameters, replace(given_, **full))
    pre = [
        press.pre_force_kn(parameters.press, c.weight_mg, given_.turret_rpm, given_.water_pct)
        for c in (sound, course)
    ]
    return {
        "fill": course.fill_depth_mm[-1] / sound.fill_depth_mm[-1] - 1.0,
        "weight": course.weight_mg[-1] / sound.weight_mg[-1] - 1.0,
        "force": course.force_kn[-1] / sound.force_kn[-1] - 1.0,
        "shown": course.shown_kn[-1] / sound.shown_kn[-1] - 1.0,
        "pre": float(pre[1][-1] / pre[0][-1] - 1.0),
    }


@pytest.mark.requirement("TWN-018")
@given(
    force=st.floats(1.0, 25.0),
    gap=st.floats(1.5, 4.5),
    turret=st.floats(10.0, 70.0),
    water=st.floats(1.0, 4.0),
)
def test_force_and_weight_turn_each_other_round(
    parameters: LineParameters, force: float, gap: float, turret: float, water: float
) -> None:
    p = parameters.press
    rpm, wet = np.array([turret]), np.array([water])
    solid = press.loaded_solid_fraction(p, np.array([force]), rpm, wet)
    weight = press.tablet_weight_mg(p, np.array([force]), np.array([gap]), solid, np.array([1.5]))
    yielding = press.yield_pressure_mpa(p, rpm, wet)
    found = press.force_of_weight_kn(p, float(weight[0]), gap, float(yielding[0]), 1.5)
    assert found == pytest.approx(force, rel=1e-9)


@pytest.mark.requirement("TWN-018")
def test_powder_that_does_not_touch_the_rollers_gives_no_force(parameters: LineParameters) -> None:
    assert press.force_of_weight_kn(parameters.press, 50.0, 2.8, 109.0, 1.5) == 0.0


@pytest.mark.requirement("TWN-018")
def test_at_rest_the_loop_stays_at_rest(parameters: LineParameters) -> None:
    course = run(parameters, inputs())
    assert course.force_kn == pytest.approx(SET_POINT, rel=1e-9)
    assert np.ptp(course.weight_mg) < 1e-6
    assert 6.0 < course.fill_depth_mm[0] < 10.0


@pytest.mark.requirement("TWN-018")
@settings(max_examples=20)
@given(ratio=st.floats(0.93, 1.07), paddle=st.floats(30.0, 50.0), water=st.floats(2.0, 2.8))
def test_another_filling_is_compensated(
    parameters: LineParameters, ratio: float, paddle: float, water: float
) -> None:
    given_ = inputs()
    one = np.ones_like(given_.gap_mm)
    known = replace(given_, paddle_rpm=paddle * one, water_pct=water * one)
    sound = run(parameters, known)
    other = run(parameters, replace(known, fill_ratio=ratio * one))
    assert other.force_kn[-1] == pytest.approx(SET_POINT, rel=1e-3)
    assert other.weight_mg[-1] == pytest.approx(sound.weight_mg[-1], rel=1e-3)
    assert other.fill_depth_mm[-1] / sound.fill_depth_mm[-1] == pytest.approx(1 / ratio, rel=2e-3)


@pytest.mark.requirement("TWN-019")
def test_a_drifting_fill_depth_with_the_loop_off(parameters: LineParameters) -> None:
    rest = steady_press(parameters.press, parameters.blend, inputs(), SET_POINT)
    off = replace(inputs(), controlled=np.zeros(1800, dtype=bool))
    deeper = run(parameters, off, start=rest._replace(fill_depth_mm=rest.fill_depth_mm * 1.03))
    assert deeper.weight_mg[-1] / run(parameters, off).weight_mg[-1] == pytest.approx(1.03)
    assert deeper.force_kn[-1] > 1.08 * SET_POINT


@pytest.mark.requirement("TWN-019")
def test_a_wider_roller_gap_makes_heavier_tablets_at_the_same_force(
    parameters: LineParameters,
) -> None:
    found = changes(parameters, gap_mm=GAP + 0.06)
    assert found["force"] == pytest.approx(0.0, abs=1e-4)
    assert found["shown"] == pytest.approx(0.0, abs=1e-4)
    assert found["weight"] > 0.01
    assert found["fill"] > 0.01
    assert found["pre"] > found["weight"]


@pytest.mark.requirement("TWN-019")
def test_a_force_cell_that_reads_too_little_makes_heavier_and_harder_tablets(
    parameters: LineParameters,
) -> None:
    found = changes(parameters, force_gain=0.93)
    assert found["shown"] == pytest.approx(0.0, abs=1e-4)
    assert found["force"] == pytest.approx(1.0 / 0.93 - 1.0, abs=1e-3)
    assert found["weight"] > 0.01
    assert found["fill"] > 0.01
    assert found["pre"] > 0.01


@pytest.mark.requirement("TWN-019")
def test_a_powder_that_yields_less_makes_lighter_tablets(parameters: LineParameters) -> None:
    found = changes(parameters, yield_ratio=1.15)
    assert found["force"] == pytest.approx(0.0, abs=1e-4)
    assert found["weight"] < -0.01
    assert found["fill"] < -0.01
    assert found["pre"] < 0.0


@pytest.mark.requirement("TWN-019")
@pytest.mark.parametrize("ratio", [0.94, 0.957])
def test_a_lighter_blend_is_filled_deeper_at_the_same_weight(
    parameters: LineParameters, ratio: float
) -> None:
    found = changes(parameters, fill_ratio=ratio)
    assert found["fill"] == pytest.approx(1.0 / ratio - 1.0, rel=0.02)
    assert found["weight"] == pytest.approx(0.0, abs=1e-4)


@pytest.mark.requirement("TWN-018")
def test_the_trim_brings_the_weight_back_after_the_sample(parameters: LineParameters) -> None:
    n = 5400
    wrong = replace(inputs(n), gap_mm=np.full(n, GAP + 0.06))
    free, trimmed = run(parameters, wrong), run(parameters, wrong, trim=TRIM)
    moved = np.flatnonzero(np.diff(trimmed.set_point_kn)) + 1
    assert moved[0] == 900 + 180
    assert trimmed.set_point_kn[-1] < SET_POINT
    assert abs(trimmed.weight_mg[-1] - 250.0) <= abs(free.weight_mg[-1] - 250.0)
    assert abs(trimmed.weight_mg[-1] - 250.0) < TRIM.dead_band_mg


@pytest.mark.requirement("TWN-018")
def test_within_the_dead_band_nothing_moves() -> None:
    assert trimmed_kn(TRIM, 10.0, 251.4) == 10.0
    assert trimmed_kn(TRIM, 10.0, 252.0) == pytest.approx(10.0 - 0.16 * 2.0)


@pytest.mark.requirement("TWN-018")
@given(force=st.floats(5.0, 15.0), start=st.floats(5.0, 15.0), step=st.floats(0.1, 30.0))
def test_the_controller_does_not_depend_on_the_step(
    force: float, start: float, step: float
) -> None:
    p = CONTROL._replace(fill_least_mm=-1e9, fill_most_mm=1e9)
    once = advance_weight_control(p, WeightControlState(8.0, start), force, SET_POINT, step)
    s = WeightControlState(8.0, start)
    for _ in range(7):
        s = advance_weight_control(p, s, force, SET_POINT, step / 7.0)
    assert once == pytest.approx(s, rel=1e-9)


@pytest.mark.requirement("TWN-018")
def test_the_fill_cam_has_its_limits(parameters: LineParameters) -> None:
    starved = run(parameters, replace(inputs(), fill_ratio=np.full(1800, 0.5)))
    assert starved.fill_depth_mm[-1] == CONTROL.fill_most_mm
    assert starved.force_kn[-1] < SET_POINT


@pytest.mark.requirement("TWN-018")
def test_a_standing_press_waits(parameters: LineParameters) -> None:
    still = np.where(np.arange(1800) < 900, 37.04, 0.0)
    lighter = np.where(np.arange(1800) < 900, 1.0, 0.9)
    course = run(parameters, replace(inputs(), turret_rpm=still, fill_ratio=lighter))
    assert np.ptp(course.fill_depth_mm[900:]) == 0.0


@pytest.mark.requirement("TWN-017")
@pytest.mark.parametrize("name", ["gap_mm", "water_pct", "force_gain"])
def test_what_is_no_number_is_refused_by_name(name: str) -> None:
    course = np.ones(10)
    course[3] = np.inf
    with pytest.raises(ValueError, match=f"{name} holds values that are no numbers"):
        replace(inputs(10), **{name: course})
