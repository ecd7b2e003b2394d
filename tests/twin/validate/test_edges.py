"""Checks at the edges: each can fail, and the shipped twin passes them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from investigator.domain.applicability import DomainLimit
from investigator.domain.errors import UnusableInput
from investigator.domain.validation import Check
from investigator.process.line import simulate
from investigator.twin.domain import ApplicabilityDomain
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.corners import RUNS, corner_checks, sampled
from investigator.twin.validate.edge_check import at_most, refused, rises
from investigator.twin.validate.edges import edge_checks
from investigator.twin.validate.operating_point import nominal_point

LIMITS = (
    DomainLimit("throughput", "Throughput", "kg/h", 15.0, 25.0, 5.0, "trials"),
    DomainLimit("blender_speed", "Blender speed", "rpm", 110.0, 330.0, 110.0, "trials"),
    DomainLimit("turret_speed", "Turret speed", "rpm", 20.0, 55.0, 17.5, "trials"),
    DomainLimit("main_force", "Main force", "kN", 5.0, 15.0, 5.0, "trials"),
    DomainLimit("api_fraction", "Active API", "% w/w", 16.0, 24.0, 4.0, "trials"),
    DomainLimit("mgst_fraction", "Lubricant", "% w/w", 0.4, 2.0, 0.8, "trials"),
    DomainLimit("water", "Water", "%", 1.7, 3.8, 1.0, "trials"),
)
DOMAIN = ApplicabilityDomain(LIMITS)


@pytest.fixture(scope="module")
def package(checkout: Path) -> TwinPackage:
    return load_package(checkout / "models" / "cdc_line_3")


@pytest.fixture(scope="module")
def checks(package: TwinPackage) -> tuple[Check, ...]:
    return edge_checks(package, DOMAIN, seed=7)


@pytest.mark.requirement("TWN-090")
def test_the_shipped_twin_passes_every_check(checks: tuple[Check, ...]) -> None:
    assert [c for c in checks if not c.passed] == []
    assert len({c.check_id for c in checks}) == len(checks)
    asked = {c.check_id.split(".")[0] for c in checks}
    assert asked >= {"zero_flow", "press_stands", "no_api", "no_feed", "force_0", "mgst_0_3"}
    assert asked >= {"dry_wet", "blender_50_350", "nan", "one_step", "effect", "domain", "bounds"}


@pytest.mark.requirement("TWN-090")
def test_the_same_seed_gives_the_same_checks(
    package: TwinPackage, checks: tuple[Check, ...]
) -> None:
    assert edge_checks(package, DOMAIN, seed=7) == checks


@pytest.mark.requirement("TWN-090")
def test_a_model_that_goes_wrong_quietly_is_found(
    package: TwinPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(inputs, parameters):  # type: ignore[no-untyped-def]
        out = simulate(inputs, parameters)
        return replace(out, solid_fraction=1.5 * out.solid_fraction, q30_pct=-out.q30_pct)

    monkeypatch.setattr("investigator.twin.validate.corners.simulate", wrong)
    point, p = nominal_point(package), package.parameters.line()
    failed = {c.check_id for c in corner_checks(point, p, DOMAIN, seed=1) if not c.passed}
    assert failed == {"domain.solid", "domain.positive"}


@pytest.mark.requirement("TWN-091")
def test_a_domain_that_keeps_silent_is_found(
    package: TwinPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("investigator.twin.validate.corners.excursions", lambda *_: ())
    point, p = nominal_point(package), package.parameters.line()
    told = {c.check_id: c for c in corner_checks(point, p, DOMAIN, seed=1)}["domain.reported"]
    assert not told.passed
    assert told.found.startswith("0 of 12 reported, not throughput 14.5, throughput 25.5")


@pytest.mark.requirement("TWN-091")
def test_leaving_the_domain_is_reported(checks: tuple[Check, ...]) -> None:
    assert {c.check_id: c.found for c in checks}["domain.reported"] == "12 of 12 reported"


def test_the_hypercube_fills_the_domain(package: TwinPackage) -> None:
    points = sampled(nominal_point(package), LIMITS, seed=3)
    assert len(points) == RUNS
    throughput = np.sort([one.throughput_kg_h for one in points])
    edges = np.linspace(15.0, 25.0, RUNS + 1)
    assert np.all((throughput >= edges[:-1]) & (throughput <= edges[1:]))
    active = [one.api_pct * one.potency_pct / 100.0 for one in points]
    assert min(active) >= 16.0
    assert max(active) <= 24.0
    assert sampled(nominal_point(package), (), seed=3) == [nominal_point(package)]


def test_a_value_that_is_no_number_does_not_pass() -> None:
    assert not at_most("a", "A", float("nan"), 1.0).passed
    assert at_most("a", "A", 1.0, 1.0, "kg") == Check("a", "A", "at most 1 kg", "1.00 kg", True)


@pytest.mark.parametrize(
    ("values", "falls", "passed"),
    [
        ((1.0, 2.0, 3.0), False, True),
        ((1.0, 2.0, 2.0), False, False),
        ((3.0, 2.0, 1.0), True, True),
        ((3.0, 2.0, 2.5), True, False),
        ((1.0, float("nan"), 3.0), False, False),
    ],
)
def test_a_course_rises_or_falls_throughout(
    values: tuple[float, ...], falls: bool, passed: bool
) -> None:
    assert rises("a", "A", np.array(values), "N", falls=falls).passed is passed


def test_what_is_refused_is_refused_in_a_sentence() -> None:
    def refusal() -> None:
        raise UnusableInput("file", "is broken", "mend it")

    assert refused("a", "A", refusal).found == "refused: file: is broken; mend it."
    assert not refused("a", "A", lambda: None).passed
