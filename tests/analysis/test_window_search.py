"""The window of a mode is looked for where the mode may have been at work, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import (
    at_min,
    courses,
    evidence,
    mode_of,
    noisy,
    package,
    planted,
    reference,
    with_values,
)

from investigator.analysis import window_search
from investigator.analysis.comparison import Comparison, compare
from investigator.analysis.fitting import fit_sizes, no_background
from investigator.analysis.window_search import fit_mode
from investigator.analysis.windows import departs_as_it_must
from investigator.twin.record import line_record
from investigator.twin.scenario import Window

PADDLE = Window(at_min(70), at_min(110))


def over_speed() -> Comparison:
    return planted(noisy(5), "paddle_overspeed", PADDLE, (60.0,)).comparison


HELD_BACK, COLLAPSE_TOO = Window(at_min(99), at_min(105)), Window(at_min(99), at_min(112))


def surging() -> Comparison:
    """The feeder holds back a fifth for five minutes and then lets go three times as much; all of
    it is real, and seen without noise."""
    flow = courses()["api.flow"].copy()
    flow[600:630] *= 0.8
    flow[630:660] *= 1.6
    told = evidence({"api.flow": flow, "api.screw_speed": courses()["api.screw_speed"]})
    run = line_record(told, package().tag_map, package().record_map)
    c = compare(run, package().parameters.line(), reference())
    series = np.where(c.series_known, c.null.series + c.series_noise[:, :1], np.nan)
    points = c.null.points + c.points_noise[[row for row, _ in c.slots], 0]
    usual = with_values(c, series, points)
    return planted(usual, "api_bridging", COLLAPSE_TOO, (1.0,)).comparison


def test_a_window_is_refined_to_where_the_mode_was_at_work():
    c = over_speed()
    near = Window(PADDLE.onset_ms + 240_000, PADDLE.end_ms - 360_000)
    found = fit_mode(c, mode_of("paddle_overspeed"), (near,), no_background(c))
    assert abs(found.window.onset_ms - PADDLE.onset_ms) <= 60_000
    assert abs(found.window.end_ms - PADDLE.end_ms) <= 60_000


@pytest.mark.requirement("DIA-002")
def test_a_refined_window_keeps_to_the_lengths_of_its_mode():
    c = over_speed()
    short = replace(mode_of("paddle_overspeed"), length_min=(5.0, 20.0))
    within = Window(at_min(80), at_min(99))
    found = fit_mode(c, short, (within,), no_background(c)).window
    assert 5 * 60_000 <= found.end_ms - found.onset_ms <= 20 * 60_000


def test_a_refined_window_departs_as_its_mode_must_whatever_more_would_explain():
    c, mode = surging(), mode_of("api_bridging")
    assert departs_as_it_must(mode, c, HELD_BACK)
    assert not departs_as_it_must(mode, c, COLLAPSE_TOO)
    nothing = no_background(c)
    found = fit_mode(c, mode, (HELD_BACK,), nothing)
    assert found.likelihood < fit_sizes(c, mode, COLLAPSE_TOO, nothing).likelihood
    assert departs_as_it_must(mode, c, found.window)


def test_a_refined_fit_is_never_worse_than_what_it_was_refined_from(monkeypatch):
    c, made = over_speed(), []

    def worse_each_time(*given):
        fit = fit_sizes(*given)
        made.append(replace(fit, gains=fit.gains - 100.0 * len(made)))
        return made[-1]

    monkeypatch.setattr(window_search, "fit_sizes", worse_each_time)
    found = fit_mode(c, mode_of("paddle_overspeed"), (PADDLE,), no_background(c))
    assert len(made) == 2
    assert found is made[0]


def test_a_mode_without_occasion_has_no_fit():
    c = noisy(5)
    assert fit_mode(c, mode_of("line_stop_stagnation"), (), no_background(c)) is None
    assert fit_mode(c, mode_of("api_refill_surge"), (), no_background(c)) is None
