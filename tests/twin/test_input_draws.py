"""Draws of inputs: the seed and the number decide, what stood still stays, errors are as stated."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import package, record, reference

from investigator.twin.input_draws import FEED_MEMORY_S, drawn_inputs
from investigator.twin.record import STEP_S
from investigator.twin.recorded_inputs import recorded_inputs

DRIVEN = recorded_inputs(record(), reference(), package().parameters)


NO_DOUBT = {name: np.zeros(sd.size) for name, sd in DRIVEN.sd.items()}


def draw(member, seed=1, sd=DRIVEN.sd, doubt=NO_DOUBT):
    return drawn_inputs(DRIVEN.inputs, sd, doubt, seed=seed, member=member)


@pytest.mark.requirement("TWN-051")
def test_seed_and_number_decide():
    assert np.array_equal(draw(3).feed_kg_h, draw(3).feed_kg_h)
    assert not np.array_equal(draw(3).feed_kg_h, draw(4).feed_kg_h)
    assert not np.array_equal(draw(3).feed_kg_h, draw(3, seed=2).feed_kg_h)


def test_what_stood_still_stays_so():
    made = draw(5)
    standing = DRIVEN.inputs.turret_rpm == 0.0
    assert standing.any()
    assert np.all(made.turret_rpm[standing] == 0.0)
    assert np.all(made.feed_kg_h[DRIVEN.inputs.feed_kg_h == 0.0] == 0.0)


def test_errors_are_as_large_and_as_lasting_as_stated():
    members = [draw(k) for k in range(120)]
    gap = np.array([m.main_gap_mm[500] - DRIVEN.inputs.main_gap_mm[500] for m in members])
    assert gap.std() == pytest.approx(DRIVEN.sd["main.gap"][500], rel=0.25)
    z = np.array([m.feed_kg_h[1] - DRIVEN.inputs.feed_kg_h[1] for m in members])
    z = (z / np.maximum(DRIVEN.sd["feed.mcc"], 1e-12))[:, 100:900]
    assert z.std() == pytest.approx(1.0, rel=0.05)
    lag = int(FEED_MEMORY_S / STEP_S)
    assert np.mean(z[:, lag:] * z[:, :-lag]) == pytest.approx(np.exp(-1.0), abs=0.06)


def test_without_errors_the_inputs_are_the_recorded_ones():
    none = {name: np.zeros(sd.size) for name, sd in DRIVEN.sd.items()}
    assert np.array_equal(draw(1, sd=none).main_force_kn, DRIVEN.inputs.main_force_kn)
    assert np.array_equal(draw(1, sd=none).feed_kg_h, DRIVEN.inputs.feed_kg_h)


@pytest.mark.requirement("TWN-132")
def test_what_is_doubt_in_a_feed_is_one_error_for_the_whole_run():
    """A transmitter that sticks for an hour is off the same way all the time: no mean helps."""
    doubt = NO_DOUBT | {"feed.api": DRIVEN.sd["feed.api"]}
    fed = DRIVEN.inputs.feed_kg_h[0] > 0.0
    z = [
        (draw(k, doubt=doubt).feed_kg_h[0] - DRIVEN.inputs.feed_kg_h[0])[fed]
        / DRIVEN.sd["feed.api"][fed]
        for k in range(60)
    ]
    assert max(np.ptp(one) for one in z) < 1e-9
    assert np.std([one[0] for one in z]) == pytest.approx(1.0, rel=0.3)


@pytest.mark.requirement("TWN-132")
def test_doubt_is_what_goes_beyond_a_sure_reading_and_nothing_where_it_is_bridged():
    told = record()
    flow, factor = told.roles["api.flow"].copy(), np.ones(told.grid_ms.size)
    screw = told.roles["api.screw_speed"].copy()
    factor[400:460] = 10.0
    flow[500:560] = screw[500:560] = np.nan
    run = replace(
        told,
        roles={**told.roles, "api.flow": flow, "api.screw_speed": screw},
        sd_factors={"api.flow": factor},
    )
    found = recorded_inputs(run, reference(), package().parameters)
    doubt = found.doubt_sd()["feed.api"]
    sure = found.sure_sd["feed.api"]
    assert doubt[420:440] == pytest.approx(sure[420:440] * np.sqrt(99.0))
    assert np.all(doubt[510:550] == 0.0)
    assert np.all(doubt[300:380] == 0.0)
