"""Causes of a simulated campaign are drawn in the time shapes that their failure modes declare."""

from collections import Counter

import numpy as np
import pytest
from support.line_run import mode_of, package, record
from support.simulated.causes import OTHER_SHAPES, PERIODS, SIZES, draw_cause

from investigator.twin.failure_mode import REPEATED, TIMED, Anchor, FailureMode, Shape

pytestmark = pytest.mark.requirement("DIA-007")
FREE = tuple(m for m in package().failure_modes if m.cause in SIZES and m.anchor is Anchor.ANY)
OF_SEVERAL = tuple(mode.cause for mode in FREE if len(mode.shapes) > 1)


def drawn(mode: FailureMode, seed: int, *, shapes: bool):
    other = np.random.default_rng([seed, 3]) if shapes else None
    return draw_cause(mode, record(), np.random.default_rng([seed, 2]), None, other)


@pytest.mark.parametrize("cause", OF_SEVERAL)
def test_in_a_third_of_the_draws_a_cause_takes_one_of_its_other_shapes(cause: str) -> None:
    mode = mode_of(cause)
    found = Counter(drawn(mode, seed, shapes=True).mode.shape for seed in range(200))
    possible = {each.shape for each in mode.shapes}
    assert set(found) <= possible
    assert set(found) >= possible - REPEATED
    assert 1.0 - found[mode.shape] / 200 <= OTHER_SHAPES + 0.1


@pytest.mark.parametrize("cause", OF_SEVERAL)
def test_size_and_severity_are_those_of_the_usual_shape(cause: str) -> None:
    mode = mode_of(cause)
    for seed in range(40):
        usual, one = (drawn(mode, seed, shapes=shapes) for shapes in (False, True))
        assert usual.mode.shape is mode.shape
        assert (one.severity, one.sizes) == (usual.severity, usual.sizes)
        if one.mode.shape is Shape.WHOLE_BATCH:
            assert (one.window.onset_ms, one.window.end_ms) == (
                record().span.start_ms,
                record().span.end_ms,
            )
        else:
            assert one.window.onset_ms == usual.window.onset_ms
            assert one.window.end_ms == usual.window.end_ms
        assert (one.window.tau_s > 0.0) is (one.mode.shape in TIMED)


def test_what_repeats_does_so_in_the_time_that_there_is() -> None:
    repeated = 0
    for cause in OF_SEVERAL:
        for seed in range(200):
            one = drawn(mode_of(cause), seed, shapes=True)
            if one.mode.shape in REPEATED:
                length_s = (one.window.end_ms - one.window.onset_ms) / 1000.0
                assert length_s >= PERIODS * one.window.tau_s - 1.0
                assert one.window.tau_s >= 0.7 * min(one.mode.tau_s) - 1.0
                repeated += 1
    assert repeated > 50


def test_one_that_follows_from_the_record_keeps_its_shape() -> None:
    for mode in package().failure_modes:
        if len(mode.shapes) == 1 and mode.cause in SIZES:
            shapes = {
                one.mode.shape
                for one in (drawn(mode, seed, shapes=True) for seed in range(20))
                if one
            }
            assert shapes <= {mode.shape}
