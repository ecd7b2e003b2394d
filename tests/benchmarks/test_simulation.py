"""A replay of 8 h at 1 s by our simulation and by SciPy, CasADi and JAX, in one table.

Each gets the same inputs, in which feeds, speeds and lots move all the time. Compiling is left out
of every time. Processor time counts all threads; `x ours` compares it with one member of ours. The
error is the largest difference, relative to the largest value of a property, to DOP853 at 1e-11 in
each step over the first two minutes, in which the active surges.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from benchmarks import peers
from benchmarks.timings import Timings, timed
from process.conftest import PACKAGE, steady_inputs
from pytest_benchmark.fixture import BenchmarkFixture
from support.line_equations import course_of

from investigator.process import properties
from investigator.process.ensemble import simulate_members
from investigator.process.line import LineInputs, LineParameters, line_flows, simulate
from investigator.process.transport import convey
from investigator.twin.package import package_parameters

STEPS, CHECKED = 28_800, 120
OURS = "ours, one member, with its tablets"


@pytest.fixture(scope="module")
def table() -> Iterator[Timings]:
    found = Timings(OURS, "x ours")
    yield found
    sys.stdout.write(found.text() + "\n")


@pytest.fixture(scope="module")
def line() -> LineParameters:
    return package_parameters(PACKAGE).line()


def batch(n: int) -> LineInputs:
    """The first n seconds of a moving batch."""
    inputs, t = steady_inputs(n, 1.0), np.arange(n)
    noise = np.random.default_rng(1).standard_normal((STEPS, 8))[:n].T
    feeds = inputs.feed_kg_h * (1.0 + 0.02 * noise[:4])
    feeds[0] *= np.where((t % 3600 >= 30) & (t % 3600 < 70), 1.35, 1.0)
    return replace(
        inputs,
        feed_kg_h=feeds,
        blender_rpm=220.0 * (1.0 + 0.002 * noise[4]),
        paddle_rpm=40.0 * (1.0 + 0.002 * noise[5]),
        turret_rpm=37.04 * (1.0 + 0.002 * noise[6]),
        main_force_kn=10.35 * (1.0 + 0.005 * noise[7]),
        chute_level_pct=60.0 + 2.0 * np.sin(t / 500.0),
        api_potency=np.where(t > 14_000, 0.985, 0.992),
        api_d50_um=np.where(t > 14_000, 31.0, 28.0),
        mcc_lod_pct=np.where(t > 12_000, 4.9, 4.4),
    )


@pytest.fixture(scope="module")
def expected(line: LineParameters) -> np.ndarray:
    return peers.reference(course_of(batch(CHECKED), line), line, 1.0)


def _error(found: np.ndarray, expected: np.ndarray) -> float:
    return float((np.abs(found - expected).max(axis=0) / np.abs(expected).max(axis=0)).max())


def _carried(inputs: LineInputs, line: LineParameters) -> tuple[np.ndarray, np.ndarray]:
    """Our simulation without its tablets: what the peers work out."""
    flows, of = line_flows(inputs, line), properties.carried(inputs)
    return convey(
        properties.streams(inputs, line, flows, of),
        properties.sources(inputs, line, of),
        properties.vessels(inputs, line, flows, of),
        line.route.probe,
    )


def _ours(inputs: LineInputs, line: LineParameters) -> np.ndarray:
    seen, out = _carried(inputs, line)
    return np.vstack([seen[:-1], out]).T


def test_ours_one_member(
    benchmark: BenchmarkFixture, table: Timings, line: LineParameters, expected: np.ndarray
) -> None:
    inputs = batch(STEPS)
    simulate(inputs, line)
    seconds = timed(benchmark, lambda: simulate(inputs, line), 15)
    error = _error(_ours(batch(CHECKED), line), expected)
    table.add(OURS, seconds, error)
    assert error < 1e-6


def test_ours_without_tablets(
    benchmark: BenchmarkFixture, table: Timings, line: LineParameters, expected: np.ndarray
) -> None:
    inputs = batch(STEPS)
    seconds = timed(benchmark, lambda: _carried(inputs, line), 15)
    error = _error(_ours(batch(CHECKED), line), expected)
    table.add("ours, one member, without tablets, as the peers", seconds, error)


def test_ours_an_ensemble(
    benchmark: BenchmarkFixture, table: Timings, line: LineParameters, expected: np.ndarray
) -> None:
    inputs, members = batch(STEPS), 1000
    lines = [
        replace(line, blender=line.blender._replace(holdup_ref_kg=0.8 + 1e-4 * i))
        for i in range(members)
    ]

    def run() -> list[float]:
        return simulate_members(inputs, lines, lambda out: float(out.assay_pct.mean()), workers=2)

    seconds = timed(benchmark, run, 1, members)
    table.add(
        "ours, 1,000 members, 2 threads", seconds, _error(_ours(batch(CHECKED), line), expected)
    )


@pytest.mark.parametrize(("members", "order"), [(1, 4), (16, 4), (64, 4), (64, 3), (256, 3)])
def test_jax(
    benchmark: BenchmarkFixture,
    table: Timings,
    line: LineParameters,
    expected: np.ndarray,
    members: int,
    order: int,
) -> None:
    pytest.importorskip("jax")
    whole = peers.jax_run(course_of(batch(STEPS), line), line, 1.0, members, order)
    whole()
    seconds = timed(benchmark, whole, 2, members)
    short = peers.jax_run(course_of(batch(CHECKED), line), line, 1.0, 1, order)()
    name = f"JAX, RK{order}, vmap of {members}, scan"
    table.add(name, seconds, _error(short, expected))


def test_casadi(
    benchmark: BenchmarkFixture, table: Timings, line: LineParameters, expected: np.ndarray
) -> None:
    pytest.importorskip("casadi")
    whole = peers.casadi_run(course_of(batch(STEPS), line), line, 1.0)
    seconds = timed(benchmark, whole, 2)
    short = peers.casadi_run(course_of(batch(CHECKED), line), line, 1.0)()
    table.add("CasADi, RK4, mapaccum", seconds, _error(short, expected))


@pytest.mark.parametrize("method", ["RK45", "LSODA"])
def test_scipy(
    benchmark: BenchmarkFixture,
    table: Timings,
    line: LineParameters,
    expected: np.ndarray,
    method: str,
) -> None:
    run = peers.scipy_run(course_of(batch(CHECKED), line), line, 1.0, method)
    error = _error(run(), expected)
    seconds = timed(benchmark, run, 1, CHECKED / STEPS)
    table.add(f"SciPy, solve_ivp {method} (2 min, scaled up)", seconds, error)
