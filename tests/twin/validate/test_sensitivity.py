"""Sobol indices of the line, where their values are known beforehand."""

from pathlib import Path

import numpy as np
import pytest

from investigator.domain.validation import SensitivityIndex
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.validate.factors import INPUT, TOGETHER, factors
from investigator.twin.validate.operating_point import INPUTS, nominal_point
from investigator.twin.validate.ranges import read_ranges
from investigator.twin.validate.sensitivity import OUTPUTS, moves, outputs_of, sobol_indices

SEED, SAMPLES = 11, 32


@pytest.fixture(scope="module")
def package(checkout: Path) -> TwinPackage:
    return load_package(checkout / "models" / "cdc_line_3")


@pytest.fixture(scope="module")
def found(package: TwinPackage) -> tuple[SensitivityIndex, ...]:
    return sobol_indices(package, seed=SEED, samples=SAMPLES)


def index(found: tuple[SensitivityIndex, ...], output: str, start: str) -> SensitivityIndex:
    return next(i for i in found if i.output == output and i.factor.startswith(start))


@pytest.mark.requirement("TWN-086")
def test_every_output_has_an_index_to_every_factor(
    package: TwinPackage, found: tuple[SensitivityIndex, ...]
) -> None:
    chosen = factors(package.parameters, read_ranges(package.folder))
    assert len({f.title for f in chosen}) == len(chosen)
    pairs = [(output, f.title) for output in OUTPUTS for f in chosen]
    assert [(i.output, i.factor) for i in found] == pairs
    assert sum(f.kind == INPUT for f in chosen) == len(INPUTS)
    for one in found:
        assert one.first.low <= one.first.value <= one.first.high
        assert one.total.low <= one.total.value <= one.total.high
        assert one.total.value >= 0.0


@pytest.mark.requirement("TWN-086")
def test_the_api_content_shares_its_variance_as_algebra_says(
    package: TwinPackage, found: tuple[SensitivityIndex, ...]
) -> None:
    # API content is feed times potency: relative variances of even distributions add up.
    ranges = {r.quantity: r for r in read_ranges(package.folder)}
    spread = {
        name: ((r.high - r.low) / (r.high + r.low)) ** 2
        for name, r in ranges.items()
        if name in {"api_feed", "api_potency"}
    }
    expected = spread["api_potency"] / sum(spread.values())
    total = index(found, "api_fraction", "Potency").total.value
    assert total == pytest.approx(expected, abs=0.06)
    assert index(found, "api_fraction", "API in the feed").total.value > 0.6
    assert index(found, "api_fraction", "Relative humidity").total.value < 1e-6


@pytest.mark.requirement("TWN-086")
def test_the_same_seed_gives_the_same_indices(
    package: TwinPackage, found: tuple[SensitivityIndex, ...]
) -> None:
    assert sobol_indices(package, seed=SEED, samples=SAMPLES) == found


def test_a_factor_that_moves_nothing_has_index_0(
    package: TwinPackage, found: tuple[SensitivityIndex, ...]
) -> None:
    every = factors(package.parameters, read_ranges(package.folder))
    still = [f for f in every if not moves(f, every, nominal_point(package), package.parameters)]
    assert "press.ejection_n and 8 estimated with it" in {f.title for f in still}
    assert not any(f.kind == INPUT for f in still)
    for one in found:
        if one.factor in {f.title for f in still}:
            assert one.total.value == 0.0


def test_parameters_estimated_together_are_drawn_with_their_covariance(
    package: TwinPackage,
) -> None:
    chosen = factors(package.parameters, read_ranges(package.folder))
    group = next(f for f in chosen if f.kind == TOGETHER and "blender.holdup_ref_kg" in f.names)
    block = next(b for b in package.parameters.covariance if b.names == group.names)
    generator = np.random.default_rng(3)
    drawn = [
        group.values(generator.standard_normal(group.width), package.parameters)
        for _ in range(4000)
    ]
    rows = np.array([[member[name] for name in group.names] for member in drawn])
    assert np.cov(rows.T) == pytest.approx(np.array(block.matrix), rel=0.15, abs=5e-6)


def test_a_surge_shows_in_the_peak(package: TwinPackage) -> None:
    values = dict(
        zip(OUTPUTS, outputs_of(nominal_point(package), package.parameters.line()), strict=True)
    )
    assert values["assay"] == pytest.approx(100.0, abs=0.01)
    assert 0.5 < values["api_peak_after_refill"] < 5.0
