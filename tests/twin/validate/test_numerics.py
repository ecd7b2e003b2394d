"""Mass, solver and convergence as checks with figures."""

from pathlib import Path

import pytest

from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.convergence import NormalRun
from investigator.twin.validate.mass import stepped
from investigator.twin.validate.numerics import (
    CONVERGENCE,
    MASS,
    ORDER,
    SOLVER,
    figures,
    numeric_checks,
)
from investigator.twin.validate.operating_point import course, nominal_point


@pytest.fixture(scope="module")
def package(checkout: Path) -> TwinPackage:
    return load_package(checkout / "models" / "cdc_line_3")


@pytest.mark.requirement("TWN-087")
@pytest.mark.requirement("TWN-089")
def test_every_criterion_of_the_numerics_has_a_figure(package: TwinPackage) -> None:
    point = nominal_point(package)
    run = NormalRun(stepped(point, 10.0, blend=True), ((300.0, 1500.0), (1500.0, 2400.0)))
    checks = numeric_checks(package, run)
    limits = {c.criterion_id: c.limit for c in package.manifest.acceptance}
    found = figures(checks)
    assert {MASS, SOLVER, CONVERGENCE} <= set(found)
    assert len({one.check.check_id for one in checks}) == len(checks)
    for one in checks:
        assert one.check.check_id.startswith(one.criterion_id)
        assert one.figure <= found[one.criterion_id]
        if one.criterion_id != ORDER:
            assert one.check.passed == (one.figure <= limits[one.criterion_id])
    assert found[MASS] < 1e-9


def test_a_steady_run_has_converged(package: TwinPackage) -> None:
    point = nominal_point(package)
    run = NormalRun(course(point, 180, 10.0), ((0.0, 900.0), (900.0, 1800.0)))
    checks = numeric_checks(package, run)
    assert figures(checks)[CONVERGENCE] < 0.05
