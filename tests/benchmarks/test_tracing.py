"""An 8 h batch at 1 s traced by ours, by a fixed residence time and by other ways, in one table.

The signal is the same for all: a share that is marked, other in every second. Wall and processor
time are the least of several runs, processor time that of all threads; `x fft` compares it with
SciPy's `fftconvolve` and a fixed residence time of half an hour. The error is the largest
difference to ours with each step cut in four, over the largest value after the start.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from benchmarks.test_simulation import STEPS, batch
from benchmarks.timings import Timings, timed
from process.conftest import PACKAGE
from pytest_benchmark.fixture import BenchmarkFixture
from scipy.signal import fftconvolve

from investigator.process.chain import chain_of, cut_into
from investigator.process.contents import LineFlows, line_flows
from investigator.process.long_signal import prepared
from investigator.process.residence import ResidenceTime, residence_time
from investigator.process.trace import Entry
from investigator.process.tracing import came_from, passed
from investigator.process.tracing_members import by_fours
from investigator.twin.package import package_parameters

AGES, DRAWS = 1800, 1000
SETTLED = 3600
FFT = "SciPy fftconvolve, fixed residence time of 1,800 s"
MARKED = np.random.default_rng(0).random((STEPS, 1))


@pytest.fixture(scope="module")
def table() -> Iterator[Timings]:
    found = Timings(FFT, "x fft")
    yield found
    sys.stdout.write(found.text() + "\n")


@pytest.fixture(scope="module")
def flows() -> LineFlows:
    return line_flows(batch(STEPS), package_parameters(PACKAGE).line())


@pytest.fixture(scope="module")
def expected(flows: LineFlows) -> np.ndarray:
    chain = chain_of([flows], Entry.BLENDER)
    fine = cut_into(chain, np.full(STEPS, 4))
    return passed(fine, MARKED, outlet_only=True).share[0, 0, 0]


@pytest.fixture(scope="module")
def expected_of_all(flows: LineFlows) -> np.ndarray:
    """Of all that leaves, lubricant included."""
    fine = cut_into(chain_of([flows], Entry.BLENDER), np.full(STEPS, 4))
    return passed(fine, MARKED, outlet_only=True, of_everything=True).share[0, 0, 0]


@pytest.fixture(scope="module")
def fixed() -> ResidenceTime:
    line = package_parameters(PACKAGE).line()
    return residence_time(line, Entry.BLENDER, horizon_s=AGES)


def _add(
    table: Timings,
    benchmark: BenchmarkFixture,
    name: str,
    run: Callable[[], np.ndarray],
    expected: np.ndarray | None,
    rounds: int = 15,
) -> np.ndarray:
    found = run()
    seconds = timed(benchmark, run, rounds)
    error = np.nan
    if expected is not None:
        off = np.abs(found[SETTLED:] - expected[SETTLED:]).max()
        error = float(off / np.abs(expected[SETTLED:]).max())
    table.add(name, seconds, error)
    return found


def _density(fixed: ResidenceTime) -> np.ndarray:
    return np.diff(fixed.cumulative, prepend=0.0)[:AGES]


def test_fixed_by_fft(
    benchmark: BenchmarkFixture, table: Timings, fixed: ResidenceTime, expected: np.ndarray
) -> None:
    density, signal = _density(fixed), MARKED[:, 0]
    _add(table, benchmark, FFT, lambda: fftconvolve(signal, density)[:STEPS], expected)


def test_fixed_by_numpy(
    benchmark: BenchmarkFixture, table: Timings, fixed: ResidenceTime, expected: np.ndarray
) -> None:
    density, signal = _density(fixed), MARKED[:, 0]
    name = "NumPy convolve, fixed residence time of 1,800 s"
    _add(table, benchmark, name, lambda: np.convolve(signal, density)[:STEPS], expected, 5)


def test_in_mass(
    benchmark: BenchmarkFixture,
    table: Timings,
    fixed: ResidenceTime,
    flows: LineFlows,
    expected: np.ndarray,
) -> None:
    """Residence time fixed in the mass that entered: the signal warped there and back."""
    density, kg = _density(fixed), flows.entered_kg.sum(axis=1)

    def run() -> np.ndarray:
        at = np.concatenate([[0.0], np.cumsum(kg)]) / (20.0 / 3600.0)
        marked = np.concatenate([[0.0], np.cumsum(MARKED[:, 0] * np.diff(at))])
        even = np.arange(int(at[-1]) + 1.0)
        signal = np.diff(np.interp(even, at, marked))
        return np.interp(at[1:] - 0.5, even[1:], fftconvolve(signal, density)[: signal.size])

    _add(table, benchmark, "warped to mass, fftconvolve, and back", run, expected)


def test_kernel_that_varies(
    benchmark: BenchmarkFixture,
    table: Timings,
    fixed: ResidenceTime,
    flows: LineFlows,
    expected: np.ndarray,
) -> None:
    """For every second its own density over the last half hour, from F in the mass that passed."""
    kg = flows.entered_kg.sum(axis=1)
    at = np.concatenate([np.zeros(1), np.cumsum(kg)]) / (20.0 / 3600.0)
    padded = np.concatenate([np.zeros(AGES), MARKED[:, 0]])

    def run() -> np.ndarray:
        found = np.empty(STEPS)
        for i in range(STEPS):
            first = max(i - AGES, 0)
            left = np.interp(at[i] + 0.5 - at[first : i + 2], fixed.age_s, fixed.cumulative)
            found[i] = -np.diff(left) @ padded[AGES + first : AGES + i + 1]
        return found

    _add(table, benchmark, "a density of its own for every second", run, expected, 1)


def test_ours(
    benchmark: BenchmarkFixture, table: Timings, flows: LineFlows, expected: np.ndarray
) -> None:
    chain = chain_of([flows], Entry.BLENDER)

    def run() -> np.ndarray:
        return passed(chain, MARKED, outlet_only=True).share[0, 0, 0]

    _add(table, benchmark, "ours, one member, contents known", run, expected)


@pytest.mark.parametrize("joined", [1, 4])
def test_ours_prepared(
    benchmark: BenchmarkFixture,
    table: Timings,
    flows: LineFlows,
    expected_of_all: np.ndarray,
    joined: int,
) -> None:
    run = prepared(chain_of([flows], Entry.BLENDER), joined)
    assert run is not None
    name = f"ours, run prepared, {joined} step{'s' if joined > 1 else ''} at once"
    _add(table, benchmark, name, lambda: run.share(MARKED[:, 0]), expected_of_all)


def test_ours_of_the_stream(benchmark: BenchmarkFixture, table: Timings, flows: LineFlows) -> None:
    def run() -> np.ndarray:
        return passed(chain_of([flows], Entry.BLENDER), MARKED).share[-1, 0, 0]

    _add(table, benchmark, "ours, one member, share of the stream behind every unit", run, None)


def test_ours_with_contents(
    benchmark: BenchmarkFixture, table: Timings, expected: np.ndarray
) -> None:
    inputs, line = batch(STEPS), package_parameters(PACKAGE).line()

    def run() -> np.ndarray:
        chain = chain_of([line_flows(inputs, line)], Entry.BLENDER)
        return passed(chain, MARKED, outlet_only=True).share[0, 0, 0]

    _add(table, benchmark, "ours, one member, with contents from flows and speeds", run, expected)


def test_ours_backward(benchmark: BenchmarkFixture, table: Timings, flows: LineFlows) -> None:
    taken = np.repeat(np.eye(12), STEPS // 12, axis=0)

    def run() -> np.ndarray:
        return came_from(chain_of([flows] * 4, Entry.BLENDER), taken).fed_kg

    _add(table, benchmark, "ours, twelve containers traced back, four members", run, None, 5)


@pytest.mark.parametrize("workers", [1, 2])
def test_ours_many_draws(benchmark: BenchmarkFixture, table: Timings, workers: int) -> None:
    """The whole: contents by member, one mark, the mean of every minute at the press kept."""
    inputs, package = batch(STEPS), package_parameters(PACKAGE)
    lines = [package.line_with(drawn) for drawn in package.draw(1, DRAWS)]

    def work(flows: list[LineFlows]) -> list[np.ndarray]:
        chain = chain_of(flows, Entry.BLENDER)
        shares = passed(chain, MARKED, outlet_only=True, of_everything=True).share[0, 0]
        return list(shares.reshape(len(flows), -1, 60).mean(axis=2))

    def run() -> np.ndarray:
        with ThreadPoolExecutor(workers) as executor:
            return np.array(by_fours(inputs, lines, work, executor))

    name = f"ours, 1,000 draws, {workers} thread{'s' if workers > 1 else ''}, in all"
    found = _add(table, benchmark, name, run, None, 2)
    assert found.shape == (DRAWS, STEPS // 60)
