"""Conservation of powder, and that a breach of it is counted."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from investigator.process.line import line_flows, simulate
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.mass import (
    composition_drift,
    leaving_kg,
    powder_lost,
    recovery_error,
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
def test_powder_is_conserved_over_stops_and_steps(package: TwinPackage) -> None:
    point, p = nominal_point(package), package.parameters.line()
    inputs = stepped(point, 10.0, blend=False)
    assert powder_lost(line_flows(inputs, p)) < 1e-9
    assert composition_drift(inputs, p) < 1e-9
    assert recovery_error(point, p) < 1e-9


@pytest.mark.requirement("TWN-087")
def test_powder_that_changes_on_its_way_is_found(
    package: TwinPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    point, p = nominal_point(package), package.parameters.line()
    inputs = stepped(point, 10.0, blend=False)
    out = simulate(inputs, p)
    leaky = replace(
        out, api_fraction=out.api_fraction * np.linspace(1.0, 0.999, inputs.room_rh_pct.size)
    )
    monkeypatch.setattr("investigator.twin.validate.mass.simulate", lambda *_: leaky)
    assert composition_drift(inputs, p) == pytest.approx(1e-3, rel=0.01)
