"""Which windows of signals stand beside which in-process samples."""

from dataclasses import replace

import numpy as np
from support.line_run import noisy_record, package

from investigator.analysis.multivariate.normal_model import read_multivariate
from investigator.analysis.multivariate.sampled import (
    QUALITY_NAMES,
    SampledRun,
    filled,
    sampled_run,
)
from investigator.analysis.multivariate.windows import NAMES, WINDOW_MS, window_rows
from investigator.domain.instant import Span
from investigator.twin.measured import Point, measure

MEASURED = measure(noisy_record(0))
T_MS, ROWS = window_rows(MEASURED)
KNOWN = np.flatnonzero(np.isfinite(ROWS).any(axis=1))


def sample(middle_ms, values=(250.0, 3.2, 100.0), names=QUALITY_NAMES):
    span = Span(middle_ms - 30_000, middle_ms + 30_000)
    return tuple(Point(n, span, v, 20, "", "") for n, v in zip(names, values, strict=False))


def with_points(*points) -> SampledRun:
    return sampled_run(replace(MEASURED, points=points))


def test_weight_thickness_and_hardness_are_the_qualities():
    assert QUALITY_NAMES == ("ipc_weight", "ipc_thickness", "ipc_hardness")


def test_a_sample_stands_beside_the_window_of_its_middle():
    window = int(KNOWN[7])
    run = with_points(*sample(int(T_MS[window]) + WINDOW_MS // 2 - 1))
    np.testing.assert_array_equal(run.rows[run.sampled[0]], ROWS[window])
    np.testing.assert_array_equal(run.quality, [[250.0, 3.2, 100.0]])


def test_samples_are_in_order_of_time_whatever_the_order_of_the_points():
    early, late = int(T_MS[KNOWN[3]]), int(T_MS[KNOWN[9]])
    run = with_points(*sample(late), *reversed(sample(early)))
    assert run.sampled.tolist() == [3, 9]


def test_a_sample_outside_the_known_windows_does_not_count():
    before, after = int(T_MS[KNOWN[0]]) - WINDOW_MS, int(T_MS[KNOWN[-1]]) + 2 * WINDOW_MS
    assert with_points(*sample(before), *sample(after)).sampled.size == 0


def test_a_sample_that_lacks_a_quality_does_not_count():
    assert with_points(*sample(int(T_MS[KNOWN[5]]))[:2]).sampled.size == 0


def test_a_run_without_windows_or_samples_tells_nothing():
    nothing = replace(MEASURED, series=np.full_like(MEASURED.series, np.nan))
    run = sampled_run(nothing)
    assert run.rows.shape == (0, len(NAMES))
    assert run.sampled.size == 0
    assert with_points().quality.shape == (0, 3)


def test_what_is_missing_is_filled_in_the_unit_of_its_signal():
    pca = read_multivariate(package().reference).pca
    row = ROWS[KNOWN[5:6]].copy()
    row[0, NAMES.index("nir_api")] = np.nan
    found = filled(pca, row)
    known = np.isfinite(row)
    np.testing.assert_allclose(found[known], row[known])
    assert 15.0 < found[0, NAMES.index("nir_api")] < 25.0
