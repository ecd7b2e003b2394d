"""Bulk reading and the sample store, beside the floor and the peer, in one run.

Figures are recorded, none is judged. `INGEST_ROWS` and `STORE_SAMPLES` make the run smaller or
larger; by default it is 20 million rows of 200 tags, and a store of 100 million samples of which
one tag has half.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from support.ingest_runs import WAYS
from support.long_export import write_long_export

from investigator.domain.instant import Span
from investigator.domain.trajectory import Quality, Signal, Trajectory
from investigator.evidence.store.sample_layout import write_samples
from investigator.evidence.store.sample_store import SampleStore

ROWS = int(os.environ.get("INGEST_ROWS", "20_000_000"))
SAMPLES = int(os.environ.get("STORE_SAMPLES", "100_000_000"))
SMALL_TAGS = 100
POINTS = 4000
ROUNDS = 3


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("ingest") / "export.csv"
    write_long_export(place, rows=ROWS)
    yield place
    place.unlink()


@pytest.fixture(scope="module")
def table() -> Iterator[dict[str, dict[str, float]]]:
    figures: dict[str, dict[str, float]] = {}
    yield figures
    print(f"\n{ROWS:,} rows of a long export, medians of {ROUNDS} runs")  # noqa: T201
    for way, row in figures.items():
        words = "  ".join(f"{name} {value:8.1f}" for name, value in row.items())
        print(f"{way:8s} {words}")  # noqa: T201


def run(way: str, export: Path) -> dict[str, float]:
    """One run in a child process, whose peak memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "support.ingest_runs", way, str(export), str(export.parent)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
        check=True,
        capture_output=True,
        text=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("way", WAYS)
def test_ingest(
    way: str,
    benchmark: BenchmarkFixture,
    export: Path,
    table: dict[str, dict[str, float]],
) -> None:
    figures: list[dict[str, float]] = []
    benchmark.pedantic(lambda: figures.append(run(way, export)), rounds=ROUNDS)
    row = {name: float(np.median([f[name] for f in figures])) for name in figures[0]}
    assert row.pop("rows") == ROWS
    floor = table.get("pyarrow", row)
    table[way] = {**row, "x_wall": row["wall_s"] / floor["wall_s"]}
    table[way]["x_cpu"] = row["cpu_s"] / floor["cpu_s"]
    benchmark.extra_info.update(table[way])


def course(tag: str, n: int, seed: int) -> Trajectory:
    rng = np.random.default_rng(seed)
    t_ms = np.cumsum(rng.integers(500, 1500, n))
    quality = np.full(n, Quality.GOOD, np.uint8)
    return Trajectory(Signal(tag), t_ms, np.cumsum(rng.normal(size=n)), quality)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleStore]:
    place = tmp_path_factory.mktemp("store") / "samples.parquet"
    each = SAMPLES // 2 // SMALL_TAGS
    sizes = {**{f"T{n:03d}": each for n in range(SMALL_TAGS)}, "LONG": SAMPLES // 2}
    write_samples(place, ((tag, course(tag, n, k)) for k, (tag, n) in enumerate(sizes.items())))
    with SampleStore.open(place) as opened:
        yield opened
    place.unlink()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("tag", ["T042", "LONG"])
def test_view_out_of_the_store(
    tag: str, share: float, benchmark: BenchmarkFixture, store: SampleStore
) -> None:
    rng = np.random.default_rng(5)
    last_ms = store.rows(tag) * 1000

    def view() -> int:
        start = int(rng.integers(0, last_ms - int(share * last_ms) + 1))
        t_ms, _, _ = store.reduced(tag, Span(start, start + int(share * last_ms)), points=POINTS)
        return t_ms.size

    found = benchmark.pedantic(view, rounds=30, warmup_rounds=1)
    assert 0 < found <= POINTS
