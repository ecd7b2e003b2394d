"""Container means, and how they move with the step."""

from pathlib import Path

import numpy as np
import pytest

from investigator.process.line import simulate
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.convergence import METHODS, container_means, halved
from investigator.twin.validate.mass import stepped
from investigator.twin.validate.operating_point import nominal_point


@pytest.fixture(scope="module")
def package(checkout: Path) -> TwinPackage:
    return load_package(checkout / "models" / "cdc_line_3")


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
    means = container_means(inputs, p, ((0.0, 600.0), (2450.0, 2600.0), (2400.0, 2800.0)))
    assert set(means) == set(METHODS)
    assert means["weight_mg"].shape == (2,)
    assert means["weight_mg"][0] == pytest.approx(out.weight_mg[:60].mean())
    assert means["assay_pct"][1] == pytest.approx(out.assay_pct[270:280].mean())
