"""A part of a scenario does what it says: its course in time, its laboratory runs, its mode."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, mode_of, package, quiet
from support.supposed import part

from investigator.domain.scenario import Course, ScenarioPart, TargetKind
from investigator.domain.scenario_rules import refusal_of_part, targets_by_name
from investigator.twin.scenario import Window, perturbation, shape_course
from investigator.twin.scenario_parts import PreparedPart, course_of, prepared
from investigator.twin.scenario_targets import scenario_targets

TARGETS = targets_by_name(scenario_targets(package().parameters, package().failure_modes))


def ready(stated: ScenarioPart) -> PreparedPart:
    c = quiet()
    target = TARGETS[(stated.kind, stated.target)]
    return prepared(stated, target, package().failure_modes, c.record, c.measured)


def course(form: Course, tau_s: float = 0.0) -> np.ndarray:
    return course_of(part("feed.api", 5.0, course=form, tau_s=tau_s), quiet().record.grid_ms)


def at(values: np.ndarray, minute: float) -> float:
    return float(values[quiet().record.index(at_min(minute))])


@pytest.mark.requirement("DIA-037")
def test_courses_rise_hold_and_end_as_they_are_named() -> None:
    step, ramp = course(Course.STEP), course(Course.RAMP, 600.0)
    drift, whole = course(Course.DRIFT), course(Course.WHOLE_BATCH)
    assert [at(step, m) for m in (59, 61, 99, 101)] == [0.0, 1.0, 1.0, 0.0]
    assert at(ramp, 65) == pytest.approx(0.5)
    assert [at(ramp, m) for m in (75, 101)] == [1.0, 0.0]
    assert [at(drift, m) for m in (70, 90)] == pytest.approx([0.25, 0.75])
    assert (whole == 1.0).all()


@pytest.mark.requirement("DIA-037")
def test_pulses_are_on_for_half_of_their_period_and_a_sine_has_no_mean() -> None:
    pulses, sine = course(Course.PULSES, 600.0), course(Course.PERIODIC, 600.0)
    assert [at(pulses, m) for m in (61, 64, 66, 69, 71)] == [1.0, 1.0, 0.0, 0.0, 1.0]
    inside = sine[quiet().record.index(at_min(60)) : quiet().record.index(at_min(100))]
    assert abs(inside.mean()) < 1e-9
    assert inside.max() == pytest.approx(1.0, abs=0.01)


@pytest.mark.requirement("DIA-038")
def test_a_failure_mode_does_what_it_does_in_the_ranking() -> None:
    stated = part(
        "nir_fouling", 5.0, 1.0, kind=TargetKind.FAILURE_MODE, course=Course.RAMP, tau_s=600.0
    )
    c = quiet()
    own = ready(stated).perturbation((5.0, 1.0), c.departures)
    window = Window(stated.onset_ms, stated.end_ms, 600.0)
    same = perturbation(mode_of("nir_fouling"), window, (5.0, 1.0), c.record, c.departures)
    assert set(own.factors) == set(same.factors)
    for quantity, values in same.factors.items():
        assert np.array_equal(own.factors[quantity], values)
    for quantity, values in same.offsets.items():
        assert np.array_equal(own.offsets[quantity], values)


@pytest.mark.requirement("TWN-174")
@pytest.mark.parametrize(
    ("cause", "at"), [(m.cause, k) for m in package().failure_modes for k in range(len(m.shapes))]
)
def test_a_failure_mode_does_in_each_course_what_it_does_in_that_shape(cause: str, at: int) -> None:
    mode = mode_of(cause).in_each_shape()[at]
    target = TARGETS[(TargetKind.FAILURE_MODE, cause)]
    form = target.courses[at]
    sizes = tuple(limits.usual for limits in target.ranges())
    stated = part(cause, *sizes, kind=TargetKind.FAILURE_MODE, course=form, tau_s=mode.tau_s[0])
    assert refusal_of_part(stated, TARGETS, quiet().record.span) is None
    made = ready(stated)
    window = Window(stated.onset_ms, stated.end_ms, mode.tau_s[0])
    assert (made.mode.cause, made.mode.shape) == (cause, mode.shape)
    assert np.array_equal(made.course, shape_course(mode, window, quiet().record))


@pytest.mark.requirement("DIA-037")
def test_an_error_of_the_laboratory_is_in_the_runs_of_its_samples() -> None:
    assay = part("reading.lab_assay", 5.0, kind=TargetKind.SENSOR)
    assert ready(assay).lab_runs == (("lab_assay", "HP1"),)
    early = part("reading.lab_assay", 5.0, kind=TargetKind.SENSOR, begin=0, end=1)
    assert ready(early).lab_runs == ()
    whole = replace(early, target="reading.lab_q30", course=Course.WHOLE_BATCH)
    assert ready(whole).lab_runs == (("lab_q30", "DI1"),)
    slip = part("lab_analytical_error", 5.0, kind=TargetKind.FAILURE_MODE, begin=0, end=180)
    assert len(ready(slip).lab_runs) == 1
