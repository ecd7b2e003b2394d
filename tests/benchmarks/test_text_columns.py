"""Texts into instants and numbers by the column, beside pandas doing it. Nothing is judged."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from investigator.domain.import_profile import TimeOrder
from investigator.domain.trajectory import Signal
from investigator.evidence.historian.values import read_values
from investigator.evidence.times.instants import read_instants

TEXTS = 1_000_000
BEGIN = datetime(2026, 4, 3, 23, 4, tzinfo=UTC)
FORMS = {
    "%Y-%m-%dT%H:%M:%S+02:00": TimeOrder.ISO,
    "%Y-%m-%d %H:%M:%S": TimeOrder.ISO,
    "%d.%m.%Y %H:%M:%S": TimeOrder.DAY_FIRST,
    "%d-%b-%y %H:%M:%S": TimeOrder.DAY_FIRST,
    "%m/%d/%Y %I:%M:%S %p": TimeOrder.MONTH_FIRST,
}
SIGNALS = [
    Signal(f"T{n}", states=((0, "OFF"), (1, "RUN")) if n % 5 == 0 else ()) for n in range(50)
]


def stamps(form: str) -> pa.Array:
    return pa.array([(BEGIN + timedelta(seconds=3 * n)).strftime(form) for n in range(TEXTS)])


def numbers(kind: str) -> tuple[pa.Array, np.ndarray]:
    rng = np.random.default_rng(1)
    tag = rng.integers(0, len(SIGNALS), TEXTS)
    if kind == "plain":
        tag[tag % 5 == 0] += 1
    texts = [f"{x:.4f}" for x in rng.normal(50, 20, TEXTS)]
    if kind == "with states":
        texts = [
            "RUN" if t % 5 == 0 else "Bad Input" if n % 500 == 0 else text
            for n, (text, t) in enumerate(zip(texts, tag.tolist(), strict=True))
        ]
    return pa.array(texts), tag


def recorded(benchmark: BenchmarkFixture, what: Callable[[], object]) -> None:
    benchmark.pedantic(what, rounds=3)
    benchmark.extra_info["million texts/s"] = round(TEXTS / benchmark.stats["median"] / 1e6, 1)


@pytest.mark.parametrize("form", FORMS)
def test_times(benchmark: BenchmarkFixture, form: str) -> None:
    texts = stamps(form)
    recorded(benchmark, lambda: read_instants(texts, "Europe/Berlin", order=FORMS[form]))


@pytest.mark.parametrize("form", FORMS)
def test_times_by_pandas(benchmark: BenchmarkFixture, form: str) -> None:
    texts = pd.Series(stamps(form).to_pandas())
    known = form.replace("+02:00", "%z")
    recorded(benchmark, lambda: pd.to_datetime(texts, format=known))


@pytest.mark.parametrize("kind", ["plain", "with states"])
def test_values(benchmark: BenchmarkFixture, kind: str) -> None:
    texts, tag = numbers(kind)
    recorded(benchmark, lambda: read_values(texts, tag, SIGNALS, decimal_comma=False))


@pytest.mark.parametrize("kind", ["plain", "with states"])
def test_values_by_pandas(benchmark: BenchmarkFixture, kind: str) -> None:
    texts = pd.Series(numbers(kind)[0].to_pandas())
    recorded(benchmark, lambda: pd.to_numeric(texts, errors="coerce"))
