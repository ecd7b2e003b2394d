"""A batch beside normal ones: it leaves the envelope where it was made to, normal ones rarely."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from support.line_run import MINUTES, PRESS_ON_MIN, START_MS, at_min, bare, noisy_record, package

from investigator.analysis.aligned import STEP, aligned, places
from investigator.analysis.batch_comparison import batch_comparisons
from investigator.analysis.comparison import Comparison
from investigator.analysis.golden_envelope import (
    FILE,
    estimate_envelopes,
    limits_of,
    read_envelopes,
    scores,
)
from investigator.domain.errors import UnusableInput
from investigator.domain.toolbox import Axis, BatchComparison, MarkKind
from investigator.twin.channels import SERIES, SERIES_INDEX
from investigator.twin.measured import measure
from investigator.twin.record import LineRecord

NIR = SERIES_INDEX["nir_api"]


@cache
def golden() -> dict[str, object]:
    return estimate_envelopes([(f"N{seed}", noisy_record(seed)) for seed in range(8)])


def run_of(record: LineRecord) -> Comparison:
    return replace(bare(), record=record, measured=measure(record))


def compared(record: LineRecord, axis: Axis = Axis.PRESS_TIME) -> BatchComparison:
    found = batch_comparisons(run_of(record), {FILE: golden()})
    return next(b for b in found if b.axis is axis)


def with_nir(record: LineRecord, begin: int, end: int, size: float) -> LineRecord:
    inside = (record.grid_ms >= at_min(begin)) & (record.grid_ms < at_min(end))
    nir = record.roles["nir.api"] + np.where(inside, size, 0.0)
    return replace(record, roles={**record.roles, "nir.api": nir})


@pytest.mark.requirement("DIA-023")
@pytest.mark.parametrize("axis", list(Axis))
def test_a_disturbed_channel_leaves_where_it_was_disturbed(axis):
    told = compared(with_nir(noisy_record(20), 94, 124, 3.0), axis)
    first = told.courses[0]
    assert first.channel == "nir_api"
    assert first.exits[0].largest == pytest.approx(3.0, rel=0.2)
    assert first.exits[0].score > first.exits[0].limit
    assert at_min(84) <= first.exits[0].span.start_ms <= at_min(96)
    assert at_min(122) <= first.exits[-1].span.end_ms <= at_min(134)
    assert told.batches == 8


@pytest.mark.requirement("DIA-023")
def test_further_normal_batches_seldom_leave():
    """At 5 % over all channels; of eight on two axes, more than four would be odd (p < 0.01)."""
    left = sum(
        any(course.exits for course in compared(noisy_record(seed), axis).courses)
        for seed in range(30, 38)
        for axis in Axis
    )
    assert left <= 4


@pytest.mark.requirement("DIA-024")
def test_time_counts_from_press_start_and_mass_stands_still_in_a_stop():
    record = noisy_record(1)
    time = places(record, Axis.PRESS_TIME)
    assert time[record.index(at_min(PRESS_ON_MIN + 30))] == pytest.approx(30.0, abs=0.2)
    mass = places(record, Axis.PRODUCED_MASS)
    assert mass[record.index(at_min(PRESS_ON_MIN + 60))] == pytest.approx(20.0, rel=0.02)
    stop = (record.grid_ms >= at_min(60)) & (record.grid_ms < at_min(80))
    stopped = replace(record, running=record.running & ~stop)
    mass = places(stopped, Axis.PRODUCED_MASS)
    assert mass[stopped.index(at_min(79))] == mass[stopped.index(at_min(60))]


@pytest.mark.requirement("DIA-024")
def test_lot_changes_and_stops_are_marked_at_their_places():
    record = noisy_record(1)
    marks = compared(record).marks
    lot = next(m for m in marks if m.kind is MarkKind.LOT_CHANGE)
    assert lot.label == "lot A2 enters api"
    assert lot.place == pytest.approx((lot.t_ms - at_min(PRESS_ON_MIN)) / 60_000, abs=0.2)


def test_positions_hold_the_means_of_what_fell_into_them():
    record = noisy_record(2)
    measured = measure(record)
    found = aligned(record, measured, Axis.PRESS_TIME)
    began = int(record.grid_ms[np.flatnonzero(record.running)[0]])
    here = (measured.bin_ms - 10_000 >= began + 40 * 60_000) & (
        measured.bin_ms - 10_000 < began + 50 * 60_000
    )
    assert found.value[NIR, 4] == pytest.approx(np.nanmean(measured.series[NIR, here]))
    assert found.value.shape[1] == pytest.approx((MINUTES - 10) / STEP[Axis.PRESS_TIME], abs=1)
    assert found.first_ms[0] >= START_MS


@pytest.mark.requirement("DIA-025")
def test_the_envelope_is_read_as_it_was_written_and_the_same_runs_give_it_again():
    first, second = read_envelopes({FILE: golden()})
    assert (first.axis, second.axis) == (Axis.PRESS_TIME, Axis.PRODUCED_MASS)
    known = np.isfinite(first.middle)
    assert known.any()
    assert np.all(first.low[known] <= first.middle[known])
    assert np.all(first.middle[known] <= first.high[known])
    again = estimate_envelopes([(f"N{seed}", noisy_record(seed)) for seed in range(8)])
    assert again == golden()


@pytest.mark.requirement("DIA-025")
def test_the_shipped_twin_keeps_an_envelope_of_its_normal_batches():
    statistics = package().reference
    for envelope in read_envelopes(statistics):
        assert envelope.batches == len(statistics["normal_batches"]["batches"])
        assert np.isfinite(envelope.middle[NIR]).sum() > 30


@pytest.mark.requirement("DIA-025")
def test_a_broken_envelope_is_told_in_one_sentence_and_a_missing_one_compares_nothing():
    assert batch_comparisons(run_of(noisy_record(1)), {}) == ()
    with pytest.raises(UnusableInput, match="golden envelope is incomplete"):
        read_envelopes({FILE: {"batches": ["A"], "axes": {}}})


def of_nir(document: dict[str, Any]) -> dict[str, Any]:
    course: dict[str, Any] = document["axes"][Axis.PRESS_TIME.value][SERIES[NIR].channel]
    return course


def put(document: dict[str, Any], name: str, value: float | None) -> None:
    """Another value at the first position that is known."""
    course = of_nir(document)
    at = next(i for i, known in enumerate(course["low"]) if known is not None)
    course[name][at] = value


@pytest.mark.requirement("IMP-079")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: of_nir(d).update(limit=None), "a limit that is none"),
        (lambda d: of_nir(d).update(limit=-1.0), "a limit that is none"),
        (lambda d: put(d, "low", 9e9), "quantiles out of order"),
        (lambda d: put(d, "high", float("inf")), "a quantile that is no number"),
        (lambda d: put(d, "middle", None), "a quantile that is no number"),
        (lambda d: of_nir(d)["low"].pop(), "quantiles of different length"),
        (lambda d: d.update(batches=[]), "no batch is named"),
        (lambda d: d.update(batches="A"), "no batch is named"),
        (lambda d: d.update(colour="blue"), "unknown entry colour"),
        (lambda d: d["axes"].update(depth={}), "unknown entry depth"),
        (lambda d: d["axes"][Axis.PRESS_TIME.value].update(taste={}), "unknown entry taste"),
    ],
)
def test_an_envelope_that_cannot_be_is_refused(
    change: Callable[[dict[str, Any]], object], told: str
) -> None:
    document = json.loads(json.dumps(golden()))
    change(document)
    with pytest.raises(UnusableInput, match=told):
        read_envelopes({FILE: document})


@pytest.mark.requirement("DIA-023")
def test_limits_keep_their_promise_for_batches_that_differ_as_lognormals_do():
    generator = np.random.default_rng(2)
    stacked = generator.standard_normal((24, len(SERIES), 30))
    limit = limits_of(stacked)
    fresh = generator.standard_normal((60, len(SERIES), 30))
    low, middle, high = np.quantile(stacked, (0.05, 0.5, 0.95), axis=0)
    reached = [np.abs(scores(x, low, middle, high)).max(axis=1) for x in fresh]
    assert np.mean([(r > limit).any() for r in reached]) < 0.15
