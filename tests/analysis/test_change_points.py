"""Change points: found where they were put in, dated as sharply as the data allow, rarely more."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, evidence, noisy, package, quiet, with_values

from investigator.analysis.change_points import change_points
from investigator.analysis.comparison import Comparison
from investigator.analysis.hypotheses import prepare_searches
from investigator.domain.evidence import Evidence
from investigator.domain.toolbox import ChangePoint
from investigator.twin.channels import SERIES_INDEX

RH = SERIES_INDEX["room_rh"]
NIR = SERIES_INDEX["nir_api"]


def found(c: Comparison, told: Evidence | None = None) -> tuple[ChangePoint, ...]:
    return change_points(c, prepare_searches(c), told or evidence(), package().tag_map)


def stepped(c: Comparison, row: int, begin: int, end: int, size: float) -> Comparison:
    """A run in which a channel is higher between two minutes."""
    inside = (c.measured.bin_ms >= at_min(begin)) & (c.measured.bin_ms < at_min(end))
    series = c.measured.series.copy()
    series[row, inside] += size
    return with_values(c, series, np.array([p.value for p in c.measured.points]))


@pytest.mark.requirement("DIA-019")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_step_is_dated_inside_its_interval_and_as_large(seed):
    run = stepped(noisy(seed), NIR, 90, 130, 1.5)
    change = max((p for p in found(run) if p.channel == "nir_api"), key=lambda p: p.gain)
    assert change.onset_95.start_ms <= at_min(90) <= change.onset_95.end_ms
    assert change.onset_95.end_ms - change.onset_95.start_ms < 10 * 60_000
    assert change.size == pytest.approx(1.5, rel=0.35)
    assert change.end_ms == pytest.approx(at_min(130), abs=180_000)
    assert change.signals == (package().tag_map["nir.api"],)
    assert change.gain > change.usual_gain
    assert f"{change.size:+.3g} % w/w" in change.words


@pytest.mark.requirement("DIA-019")
def test_two_changes_of_one_channel_are_told_apart():
    run = stepped(stepped(quiet(), NIR, 40, 60, 1.0), NIR, 120, 150, -1.0)
    sizes = [p.size for p in found(run) if p.channel == "nir_api"]
    assert sizes == [pytest.approx(1.0, rel=0.1), pytest.approx(-1.0, rel=0.1)]


@pytest.mark.requirement("DIA-019")
def test_a_run_without_a_change_shows_none():
    assert found(quiet()) == ()


@pytest.mark.requirement("DIA-020")
def test_the_interval_grows_by_what_the_historian_did_not_store_around_the_onset():
    run = stepped(quiet(), NIR, 90, 130, 1.5)
    tag = package().tag_map["nir.api"]
    told = evidence()
    curve = told.trajectories[tag]
    kept = (curve.t_ms < at_min(84)) | (curve.t_ms > at_min(93))
    thinned = replace(
        curve, t_ms=curve.t_ms[kept], value=curve.value[kept], quality=curve.quality[kept]
    )
    sparse = replace(told, trajectories={**told.trajectories, tag: thinned})
    sharp = next(p for p in found(run) if p.channel == "nir_api")
    blunt = next(p for p in found(run, sparse) if p.channel == "nir_api")
    gap_s = 9 * 60 + 10 - 10
    assert sharp.uncertainty.storage_s == 0.0
    assert sharp.uncertainty.sampling_s == pytest.approx(10 / np.sqrt(12))
    assert blunt.uncertainty.storage_s == pytest.approx(gap_s / np.sqrt(12), rel=0.05)
    assert blunt.onset_95.start_ms < sharp.onset_95.start_ms - 240_000
    assert blunt.onset_95.end_ms > sharp.onset_95.end_ms + 240_000


@pytest.mark.requirement("DIA-020")
def test_an_onset_between_two_samples_may_lie_anywhere_between_them():
    c = replace(quiet(), record=replace(quiet().record, clock_sd_s=20.0))
    weights = [p for p in c.measured.points if p.channel == "ipc_weight"]
    late = weights[5].span.start_ms
    values = np.array(
        [
            p.value + (8.0 if p.channel == "ipc_weight" and p.span.start_ms >= late else 0.0)
            for p in c.measured.points
        ]
    )
    change = next(
        p for p in found(with_values(c, c.measured.series, values)) if p.channel == "ipc_weight"
    )
    assert change.onset_ms == late
    assert change.uncertainty.clock_s == 20.0
    assert change.onset_95.start_ms == pytest.approx(
        weights[4].span.start_ms - 1000 * 1.96 * 20, abs=2
    )
    assert change.onset_95.end_ms == pytest.approx(late + 1000 * 1.96 * 20, abs=3)
