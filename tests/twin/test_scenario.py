"""Courses of failure modes and what they do to the line, against arrays worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, mode_of, record

from investigator.twin.failure_mode import Effect, FailureMode, Kind, Magnitude, Shape, TimeShape
from investigator.twin.record import STEP_S
from investigator.twin.scenario import (
    UNPERTURBED,
    Perturbation,
    Window,
    perturbation,
    shape_course,
)

MINUTE = np.arange(record().grid_ms.size) * STEP_S / 60.0


def shaped(shape: Shape, window: Window, cause: str = "api_refill_surge") -> np.ndarray:
    return shape_course(in_shape(mode_of(cause), shape), window, record())


def in_shape(mode: FailureMode, shape: Shape) -> FailureMode:
    return replace(mode, shapes=(TimeShape(shape, (0.0,), "So."),))


def single(*effects: Effect, shape: Shape = Shape.STEP):
    magnitude = Magnitude("size", "%", 10.0, 0.0, 0, effects)
    return replace(in_shape(mode_of("paddle_overspeed"), shape), magnitudes=(magnitude,))


def test_a_step_is_one_from_onset_up_to_but_not_at_the_end():
    found = shaped(Shape.STEP, Window(at_min(60), at_min(90)))
    assert np.array_equal(found, ((MINUTE >= 60) & (MINUTE < 90)).astype(float))


@pytest.mark.parametrize("shape", [Shape.RECORDED, Shape.STOP])
def test_recorded_courses_and_stops_are_taken_over_their_window(shape):
    found = shaped(shape, Window(at_min(60), at_min(90)))
    assert np.array_equal(found, shaped(Shape.STEP, Window(at_min(60), at_min(90))))


def test_a_ramp_rises_in_its_time_and_holds_to_the_end():
    found = shaped(Shape.RAMP, Window(at_min(60), at_min(90), 600.0))
    expected = np.clip((MINUTE - 60) / 10.0, 0.0, 1.0)
    expected[MINUTE >= 90] = 0.0
    assert found == pytest.approx(expected)


def test_a_drift_rises_from_onset_to_end():
    found = shaped(Shape.DRIFT, Window(at_min(60), at_min(90)))
    expected = np.where((MINUTE >= 60) & (MINUTE < 90), (MINUTE - 60) / 30.0, 0.0)
    assert found == pytest.approx(expected)


def test_pulses_are_on_for_the_first_half_of_every_period():
    found = shaped(Shape.PULSES, Window(at_min(60), at_min(85), 600.0))
    on = (MINUTE >= 60) & (MINUTE < 85) & (np.mod(MINUTE - 60, 10) < 5)
    assert np.array_equal(found, on.astype(float))


def test_a_sine_swings_to_both_sides_from_its_onset():
    found = shaped(Shape.PERIODIC, Window(at_min(60), at_min(80), 1200.0))
    inside = (MINUTE >= 60) & (MINUTE < 80)
    assert found == pytest.approx(np.where(inside, np.sin(2 * np.pi * (MINUTE - 60) / 20), 0.0))


def test_the_whole_batch_is_so_whatever_the_window():
    assert np.all(shaped(Shape.WHOLE_BATCH, Window(at_min(60), at_min(90))) == 1.0)


def test_a_lot_arrives_as_the_hopper_mixes():
    found = shaped(Shape.LOT, Window(at_min(60), at_min(180), 1200.0))
    assert np.all(found[MINUTE < 60] == 0.0)
    assert found[MINUTE == 80] == pytest.approx(1.0 - np.exp(-1.0))


def test_a_lot_of_long_ago_has_arrived():
    found = shaped(Shape.LOT, Window(at_min(-10_000), at_min(100), 1200.0))
    assert found[MINUTE < 100] == pytest.approx(1.0)
    assert np.all(found[MINUTE >= 100] == 0.0)


def test_pulses_follow_the_refills_of_the_window_only():
    found = shaped(Shape.REFILL, Window(at_min(50), at_min(76), 60.0))
    assert np.all(found[MINUTE < 50] == 0.0)
    for refill in (50, 75):
        begin = refill * 6 + 1
        assert found[begin] == pytest.approx(1.0)
        assert found[begin + 6] == pytest.approx(np.exp(-1.0))
    assert found[100 * 6 + 1] < 1e-9


def test_a_scale_multiplies_by_one_plus():
    p = perturbation(
        single(Effect("paddle.speed", Kind.SCALE, 0.01)),
        Window(at_min(60), at_min(90)), (50.0,), record(), {},
    )  # fmt: skip
    assert p.factor("paddle.speed")[[0, 400]] == pytest.approx([1.0, 1.5])
    assert p.factor("turret.speed") == 1.0
    assert p.offset("paddle.speed") == 0.0


def test_a_divide_is_the_inverse_of_a_scale():
    window = Window(at_min(60), at_min(90))
    p = perturbation(
        single(Effect("a", Kind.SCALE, 0.01), Effect("b", Kind.DIVIDE, 0.01)),
        window, (25.0,), record(), {},
    )  # fmt: skip
    assert p.factor("a") * p.factor("b") == pytest.approx(1.0)
    assert p.factor("b")[400] == pytest.approx(0.8)


def test_a_scale_never_turns_a_quantity_around():
    p = perturbation(
        single(Effect("feed.mgst", Kind.SCALE, -0.01)),
        Window(at_min(60), at_min(90)), (300.0,), record(), {},
    )  # fmt: skip
    assert p.factor("feed.mgst").min() > 0.0


def test_add_keeps_the_sign_and_add_abs_does_not():
    effects = (Effect("a", Kind.ADD, 2.0), Effect("b", Kind.ADD_ABS, 2.0))
    window = Window(at_min(60), at_min(90))
    p = perturbation(single(*effects), window, (-3.0,), record(), {})
    assert p.offset("a")[400] == pytest.approx(-6.0)
    assert p.offset("b")[400] == pytest.approx(6.0)
    assert p.offset("a")[0] == 0.0


def test_a_recorded_effect_takes_over_the_departure_in_its_window():
    departure = np.linspace(-0.5, 0.5, record().grid_ms.size)
    p = perturbation(
        single(Effect("feed.api", Kind.RECORDED, 1.0), shape=Shape.RECORDED),
        Window(at_min(60), at_min(90)), (0.5,), record(), {"feed.api": departure},
    )  # fmt: skip
    inside = (MINUTE >= 60) & (MINUTE < 90)
    assert p.factor("feed.api")[inside] == pytest.approx(1.0 + 0.5 * departure[inside])
    assert p.factor("feed.api")[~inside] == pytest.approx(1.0)


def test_a_laboratory_run_is_wrong_by_its_own_factor():
    run = ("lab_assay", "HP1")
    p = perturbation(
        mode_of("lab_analytical_error"),
        Window(at_min(8), at_min(170), 0.0, run), (5.0,), record(), {},
    )  # fmt: skip
    assert p.lab_runs == {run: pytest.approx(1.05)}
    assert not p.factors
    assert not p.offsets


def test_two_at_work_multiply_factors_and_add_offsets():
    a = Perturbation(
        {"x": np.full(3, 2.0), "y": np.full(3, 3.0)}, {"o": np.ones(3)}, {("c", "r"): 1.1}
    )
    b = Perturbation({"x": np.full(3, 0.5)}, {"o": np.ones(3), "q": np.ones(3)}, {("c", "r"): 2.0})
    both = a + b
    assert both.factor("x") == pytest.approx([1.0, 1.0, 1.0])
    assert both.factor("y") == pytest.approx([3.0, 3.0, 3.0])
    assert both.offset("o") == pytest.approx([2.0, 2.0, 2.0])
    assert both.offset("q") == pytest.approx([1.0, 1.0, 1.0])
    assert both.lab_runs[("c", "r")] == pytest.approx(2.2)
    assert np.array_equal(a.factors["x"], np.full(3, 2.0))


def test_nothing_added_is_nothing_changed():
    a = Perturbation({"x": np.full(3, 2.0)})
    assert (a + UNPERTURBED).factors["x"] is a.factors["x"]
    assert (UNPERTURBED + a).factors["x"] is a.factors["x"]


def test_a_size_for_every_magnitude_is_asked_for():
    with pytest.raises(ValueError, match="shorter"):
        perturbation(
            mode_of("nir_fouling"), Window(at_min(60), at_min(90), 600.0), (3.0,), record(), {}
        )
