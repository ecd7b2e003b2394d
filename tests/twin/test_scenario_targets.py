"""What a scenario can change: all that the twin knows, each within bounds and with a usual size."""

import numpy as np
import pytest
from support.line_run import package, quiet

from investigator.domain.scenario import Course, Target, TargetKind
from investigator.domain.scenario_rules import SHORTEST_PERIOD_S, needs_time_constant
from investigator.twin.channels import GRID_S
from investigator.twin.failure_mode import MOST_SD, TIMED
from investigator.twin.predicted import LINE_QUANTITIES, changes_the_line
from investigator.twin.quantities import LABORATORY_RUN
from investigator.twin.scenario import at_work
from investigator.twin.scenario_quantities import quantities
from investigator.twin.scenario_targets import scenario_targets, simulated_with
from investigator.twin.shape_courses import course_of_shape

TARGETS = scenario_targets(package().parameters, package().failure_modes)


def of_kind(kind: TargetKind) -> dict[str, Target]:
    return {t.target: t for t in TARGETS if t.kind is kind}


@pytest.mark.requirement("DIA-036")
def test_every_failure_mode_can_be_run_with_all_its_sizes() -> None:
    offered = of_kind(TargetKind.FAILURE_MODE)
    assert set(offered) == {mode.cause for mode in package().failure_modes}
    for mode in package().failure_modes:
        target = offered[mode.cause]
        assert [r.name for r in target.ranges()] == [m.name for m in mode.magnitudes]
        assert [r.unit for r in target.ranges()] == [m.unit for m in mode.magnitudes]
        assert target.courses == tuple(course_of_shape(each.shape) for each in mode.shapes)
        for course, each in zip(target.courses, mode.shapes, strict=True):
            assert target.usual_time_s(course) == each.tau_s[0]
            assert needs_time_constant(course, target) is (each.shape in TIMED)
        for allowed, m in zip(target.ranges(), mode.magnitudes, strict=True):
            sides = {0: (-MOST_SD, MOST_SD), 1: (0.0, MOST_SD), -1: (-MOST_SD, 0.0)}[m.sign]
            assert (allowed.low, allowed.high) == tuple(side * m.prior_sd for side in sides)


@pytest.mark.requirement("DIA-036")
def test_all_that_failure_modes_perturb_and_more_can_be_changed_alone() -> None:
    known = {q.effect.quantity for q in quantities()}
    perturbed = {
        effect.quantity
        for mode in package().failure_modes
        for magnitude in mode.magnitudes
        for effect in magnitude.effects
    }
    assert perturbed <= known
    assert set(LINE_QUANTITIES) <= known


@pytest.mark.requirement("DIA-036")
def test_every_parameter_that_the_line_is_simulated_with_can_be_changed() -> None:
    offered = of_kind(TargetKind.PARAMETER)
    assert set(offered) == set(simulated_with()) & set(package().parameters)
    assert {"blender.holdup_ref_kg", "press.stiffness_kn_mm", "tablet.strength_mpa"} <= set(offered)
    assert not any(name.startswith(("feeder_", "method.")) for name in offered)
    assert all(t.courses == (Course.WHOLE_BATCH,) for t in offered.values())
    whole = [t for t in offered.values() if t.whole]
    assert "chute.tanks" in {t.target for t in whole}
    assert all(t.usual == round(t.usual) != 0 for t in whole)


@pytest.mark.requirement("DIA-036")
@pytest.mark.parametrize("target", TARGETS, ids=lambda t: f"{t.kind} {t.target}")
def test_a_usual_size_lies_within_its_bounds_and_has_a_unit(target: Target) -> None:
    assert target.title.strip() == target.title != ""
    assert target.sizes == len(target.ranges())
    for allowed in target.ranges():
        assert allowed.low <= allowed.usual <= allowed.high
        assert allowed.usual != 0.0
        assert allowed.unit
    if target.value is not None:
        known = package().parameters[target.target]
        rounding = 1e-12 * (1.0 + abs(target.value))
        assert known.lower <= target.value + target.low + rounding
        assert target.value + target.high <= known.upper + rounding


def test_what_is_never_below_nought_is_offered_no_sine() -> None:
    offered = [t for t in TARGETS if Course.PERIODIC in t.courses]
    assert all(r.low < 0.0 < r.high for t in offered for r in t.ranges())
    assert {t.target for t in offered} >= {"feed.api", "room.rh", "reading.nir_q"}
    assert all(-t.usual >= t.low for t in offered if t.target != "reading.nir_q")


def test_a_period_that_is_taken_has_four_steps_of_the_comparison() -> None:
    assert SHORTEST_PERIOD_S >= 4 * GRID_S


def test_no_two_targets_have_one_name() -> None:
    assert len({(t.kind, t.target) for t in TARGETS}) == len(TARGETS)


@pytest.mark.parametrize("quantity", quantities(), ids=lambda q: q.target.target)
def test_an_input_changes_the_line_and_a_sensor_only_what_is_read(quantity) -> None:
    ones = np.ones(quiet().record.grid_ms.shape)
    runs = (("lab_assay", "HP1"),)
    p = at_work((quantity.magnitude,), (quantity.target.usual,), ones, {}, runs)
    told = {*p.factors, *p.offsets} or {LABORATORY_RUN for _ in p.lab_runs}
    assert told == {quantity.effect.quantity}
    if quantity.target.kind is TargetKind.SENSOR:
        assert quantity.effect.quantity.startswith("reading.")
        assert not changes_the_line(p)
    else:
        assert not quantity.effect.quantity.startswith("reading.")
