"""Least times of ours and of peers in one table, each beside one of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from pytest_benchmark.fixture import BenchmarkFixture


@dataclass
class Timings:
    """Rows of name, wall and processor milliseconds a member, and error (NaN where none is told).

    `beside`: the name of the row whose processor time the others are compared with; `column`: the
    title of that comparison.
    """

    beside: str
    column: str
    rows: list[tuple[str, float, float, float]] = field(default_factory=list)

    def add(self, name: str, seconds: tuple[float, float], error: float) -> None:
        """A row, from `timed`."""
        self.rows.append((name, 1000.0 * seconds[0], 1000.0 * seconds[1], error))

    def text(self) -> str:
        """The table; without the row beside which all stand, that column tells nothing."""
        base = next((cpu for name, _, cpu, _ in self.rows if name == self.beside), np.nan)
        width = max((len(row[0]) for row in self.rows), default=0)
        head = f"{'':{width}} {'wall ms':>10} {'CPU ms':>10} {self.column:>8} {'error':>9}"
        lines = [
            f"{name:{width}} {wall:10.2f} {cpu:10.2f} {cpu / base:8.1f} {error:9.1e}"
            for name, wall, cpu, error in self.rows
        ]
        return "\n".join(["", head, *lines])


def timed(
    benchmark: BenchmarkFixture, run: Callable[[], object], rounds: int, members: float = 1.0
) -> tuple[float, float]:
    """Least wall and processor seconds a member, of all threads together."""
    cpu_s = []

    def once() -> None:
        begun = time.process_time()
        run()
        cpu_s.append(time.process_time() - begun)

    benchmark.pedantic(once, rounds=rounds, iterations=1)
    assert benchmark.stats is not None
    return float(benchmark.stats.stats.min) / members, min(cpu_s) / members
