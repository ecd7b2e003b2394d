"""The equations written out once more, against what can be computed without any solver."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from investigator.process.line import simulate
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.equations import solve
from investigator.twin.validate.mass import stepped
from investigator.twin.validate.numerics import solver_difference
from investigator.twin.validate.operating_point import course, nominal_point


@pytest.fixture(scope="module")
def package(checkout: Path) -> TwinPackage:
    return load_package(checkout / "models" / "cdc_line_3")


def test_a_step_arrives_on_average_after_content_over_flow(package: TwinPackage) -> None:
    point, p = nominal_point(package), package.parameters.line()
    steady = course(point, 401, 10.0)
    potency = np.where(np.arange(401) >= 1, 1.02, 1.0) * steady.api_potency
    found = solve(replace(steady, api_potency=potency), p).api_fraction
    risen = (found - found[0]) / (found[-1] - found[0])
    mean_s = 10.0 * float(np.sum(1.0 - risen[1:]) - 0.5)
    active = p.blender.active_share * p.blender.holdup_ref_kg
    before, flow = p.blender.port_position, point.throughput_kg_h / 3600.0
    chute = p.chute.full_kg * point.chute_level_pct / 100.0
    after = ((1.0 - before) * active + chute + p.feed_frame.content_kg) / flow
    expected = before * active / (flow * (1.0 - point.mgst_pct / 100.0)) + after
    assert mean_s == pytest.approx(expected, rel=1e-3)


def test_while_nothing_flows_only_age_and_paddle_work_go_on(package: TwinPackage) -> None:
    point, p = nominal_point(package), package.parameters.line()
    steady = course(point, 61, 10.0)
    stop = np.arange(61) >= 30
    found = solve(
        replace(
            steady,
            feed_kg_h=np.where(stop, 0.0, steady.feed_kg_h),
            turret_rpm=np.where(stop, 0.0, steady.turret_rpm),
            blender_rpm=np.where(stop, 0.0, steady.blender_rpm),
        ),
        p,
    )
    assert np.ptp(found.api_fraction[30:]) < 1e-12
    assert np.ptp(found.blender_holdup_kg[30:]) < 1e-12
    assert found.transit_s[60] - found.transit_s[30] == pytest.approx(300.0, abs=1e-6)
    rate = p.feed_frame.flow_ref_kg_h / 3600.0 / p.feed_frame.content_kg
    worked = point.paddle_rpm / p.feed_frame.paddle_ref_rpm * rate * 300.0
    assert found.exposure[60] - found.exposure[30] == pytest.approx(worked, rel=1e-9)


@pytest.mark.requirement("TWN-088")
def test_simulation_and_solver_agree_closer_the_finer_the_step(package: TwinPackage) -> None:
    point, p = nominal_point(package), package.parameters.line()
    coarse, fine = (
        solver_difference(stepped(point, step_s, blend=True), p)[1] for step_s in (10.0, 2.0)
    )
    assert coarse < 1e-3
    assert fine < 0.4 * coarse or fine < 1e-6


@pytest.mark.requirement("TWN-088")
def test_a_line_that_runs_down_without_feed_agrees(package: TwinPackage) -> None:
    # What left the line in the step before must not come in again where nothing is fed.
    point, p = nominal_point(package), package.parameters.line()
    steady = course(point, 120, 1.0)
    fed = np.arange(120) < 40
    inputs = replace(steady, feed_kg_h=np.where(fed, steady.feed_kg_h, 0.0))
    assert solver_difference(inputs, p)[1] < 1e-6


def test_a_course_that_no_content_can_follow_is_refused(package: TwinPackage) -> None:
    point, p = nominal_point(package), package.parameters.line()
    steady = course(point, 120, 10.0)
    fed = np.arange(120) < 10
    with pytest.raises(ValueError, match="the adaptive solver gave up at"):
        solve(replace(steady, feed_kg_h=np.where(fed, steady.feed_kg_h, 0.0)), p)


@pytest.mark.requirement("TWN-088")
def test_an_error_of_the_simulation_is_found(
    package: TwinPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    point, p = nominal_point(package), package.parameters.line()
    inputs = course(point, 30, 10.0)
    out = simulate(inputs, p)
    wrong = replace(out, mgst_fraction=1.001 * out.mgst_fraction)
    monkeypatch.setattr("investigator.twin.validate.numerics.simulate", lambda *_: wrong)
    name, difference = solver_difference(inputs, p)
    assert name == "mgst_fraction"
    assert difference == pytest.approx(1e-3, rel=1e-6)
