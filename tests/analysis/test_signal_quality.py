"""Stretches in which a signal is missing, in doubt or bridged."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import START_MS, at_min, package, record

from investigator.analysis.signal_quality import DRIVES, quality_stretches
from investigator.domain.replayed import Shortcoming
from investigator.twin.channels import BY_ID
from investigator.twin.record import LineRecord, Mask

TAGS = package().tag_map
NIR, PADDLE = TAGS["nir.api"], TAGS["paddle.speed"]


def none_filled(run: LineRecord) -> dict[str, Mask]:
    return {q: np.zeros(run.grid_ms.shape, dtype=np.bool_) for q in DRIVES.values()}


def cut(run: LineRecord, role: str, first_min: float, last_min: float) -> LineRecord:
    where = (run.grid_ms >= at_min(first_min)) & (run.grid_ms < at_min(last_min))
    return replace(run, roles={**run.roles, role: np.where(where, np.nan, run.roles[role])})


@pytest.mark.requirement("TWN-065")
def test_a_complete_run_has_no_such_stretch() -> None:
    assert quality_stretches(record(), TAGS, none_filled(record())) == ()


@pytest.mark.requirement("TWN-065")
def test_a_missing_stretch_has_its_tag_its_signals_and_its_time() -> None:
    run = cut(record(), "nir.api", 60, 75)
    (found,) = quality_stretches(run, TAGS, none_filled(run))
    assert (found.tag, found.shortcoming) == (NIR, Shortcoming.MISSING)
    assert found.signals == (BY_ID["nir_api"].title,)
    assert (found.span.start_ms, found.span.end_ms) == (at_min(60), at_min(75))


@pytest.mark.requirement("TWN-065")
def test_what_drives_the_replay_is_said_to_be_bridged() -> None:
    run = cut(record(), "paddle.speed", 60, 75)
    filled = none_filled(run) | {"paddle.speed": ~np.isfinite(run.roles["paddle.speed"])}
    (found,) = quality_stretches(run, TAGS, filled)
    assert (found.tag, found.shortcoming) == (PADDLE, Shortcoming.BRIDGED)


@pytest.mark.requirement("TWN-065")
def test_a_doubtful_stretch_is_told_and_a_known_value_before_it_is_not() -> None:
    run = record()
    factor = np.ones(run.grid_ms.shape)
    factor[(run.grid_ms >= at_min(90)) & (run.grid_ms < at_min(100))] = 4.0
    doubtful = replace(run, sd_factors={"nir.api": factor})
    (found,) = quality_stretches(doubtful, TAGS, none_filled(run))
    assert found.shortcoming is Shortcoming.DOUBTFUL
    assert (found.span.start_ms, found.span.end_ms) == (at_min(90), at_min(100))


def test_nothing_is_said_of_a_line_that_stands() -> None:
    run = cut(record(), "nir.api", 0, 3)
    assert run.grid_ms[0] == START_MS
    assert quality_stretches(run, TAGS, none_filled(run)) == ()


def test_gaps_of_less_than_a_minute_between_two_are_no_break() -> None:
    near = cut(cut(record(), "nir.api", 60, 62), "nir.api", 62.5, 64)
    apart = cut(cut(record(), "nir.api", 60, 62), "nir.api", 66, 68)
    assert len(quality_stretches(near, TAGS, none_filled(near))) == 1
    assert len(quality_stretches(apart, TAGS, none_filled(apart))) == 2
