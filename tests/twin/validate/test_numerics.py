"""Mass, solver and convergence as checks with figures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from investigator.process.line import line_flows, simulate
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.numerics import (
    CONVERGENCE,
    MASS,
    METHODS,
    SOLVER,
    NormalRun,
    container_means,
    halved,
    largest,
    leaving_kg,
    numeric_checks,
    powder_lost,
    stepped,
)
from investigator.twin.validate.operating_point import course, nominal_point


@pytest.fixture(scope="module")
def package(checkout: Path) -> TwinPackage:
    return load_package(checkout / "models" / "cdc_line_3")


@pytest.mark.requirement("TWN-087")
def test_powder_made_of_nothing_is_counted(package: TwinPackage) -> None:
    one = line_flows(course(nominal_point(package), 2, 10.0), package.parameters.line())
    entered = np.array([[1.0, 0.0], [1.0, 0.0]])
    holdup = np.array([[5.0, 5.0], [5.0, 5.0], [5.0, 6.5]])
    flows = replace(one, entered_kg=entered, holdup_kg=holdup)
    assert leaving_kg(flows).tolist() == [[1.0, 1.0], [1.0, -0.5]]
    assert powder_lost(flows) == pytest.approx(0.25)


@pytest.mark.requirement("TWN-087")
@pytest.mark.requirement("TWN-089")
def test_every_criterion_of_the_numerics_has_a_figure(package: TwinPackage) -> None:
    point = nominal_point(package)
    run = NormalRun(stepped(point, 10.0, blend=True), ((300.0, 1500.0), (1500.0, 2400.0)))
    checks = numeric_checks(package, run)
    limits = {c.criterion_id: c.limit for c in package.manifest.acceptance}
    for criterion in (MASS, SOLVER, CONVERGENCE):
        assert largest(checks, criterion) is not None
    for one in checks:
        assert one.check.passed == (one.figure <= limits[one.criterion_id])
        assert one.check.check_id.startswith(one.criterion_id)
    assert largest(checks, MASS) < 1e-9
    assert largest(checks, "edges.behaviour") is None


@pytest.mark.requirement("TWN-089")
def test_halving_the_step_changes_the_grid_and_not_the_course(package: TwinPackage) -> None:
    inputs = stepped(nominal_point(package), 10.0, blend=True)
    fine = halved(inputs)
    assert fine.step_s == 5.0
    assert np.array_equal(fine.feed_kg_h[:, ::2], inputs.feed_kg_h)
    assert np.array_equal(fine.turret_rpm[1::2], inputs.turret_rpm)


def test_a_container_has_the_mean_of_the_tablets_made_for_it(package: TwinPackage) -> None:
    point, p = nominal_point(package), package.parameters.line()
    inputs = stepped(point, 10.0, blend=True)
    out = simulate(inputs, p)
    means = container_means(inputs, p, ((0.0, 600.0), (2400.0, 2800.0)))
    assert set(means) == set(METHODS)
    assert means["weight_mg"][0] == pytest.approx(out.weight_mg[:60].mean())
    assert means["assay_pct"][1] == pytest.approx(out.assay_pct[270:280].mean())


def test_a_steady_run_has_converged(package: TwinPackage) -> None:
    point = nominal_point(package)
    run = NormalRun(course(point, 180, 10.0), ((0.0, 900.0), (900.0, 1800.0)))
    checks = numeric_checks(package, run)
    assert largest(checks, CONVERGENCE) < 0.05
