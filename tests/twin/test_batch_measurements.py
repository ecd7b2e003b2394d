"""What a run tells of an attribute: the right values, at the right time, from the right sources."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import DRUM_MIN, PRESS_ON_MIN, drums, package, record, reference

from investigator.domain.batch import InProcessTest
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.batch_measurements import (
    batch_measurements,
    containers_unseen,
    hours_of_bins,
)
from investigator.twin.replayed_run import replayed_run

KINDS = {kind.attribute: kind for kind in ATTRIBUTES}
RUN = replayed_run(record(), reference(), package().parameters)


def of(attribute, run=RUN):
    return batch_measurements(run, KINDS[attribute])


def test_laboratory_results_stand_at_the_middle_of_their_container():
    told = of("assay")
    assert told.containers == tuple(d.container_id for d in drums())
    assert told.laboratory == pytest.approx(np.full(len(drums()), 100.0))
    assert told.container_h[0] == pytest.approx((4 + DRUM_MIN / 2) / 60.0)
    assert of("hardness").laboratory == pytest.approx(np.full(len(drums()), 110.0))


def test_a_container_without_a_result_has_none_and_one_that_was_not_made_is_left_out():
    last = drums()[-1].container_id
    kept = tuple(r for r in record().laboratory if r.container_id != last)
    told = of("q30", replace(RUN, record=replace(record(), laboratory=kept)))
    assert np.isnan(told.laboratory[-1])
    assert np.isfinite(told.laboratory[:-1]).all()
    standing = replace(record(), running=record().running & (np.arange(1080) < 400))
    assert len(of("q30", replace(RUN, record=standing)).containers) < len(drums())


def test_samples_are_means_of_their_tablets_minus_the_twin():
    told = of("weight")
    assert told.in_process_h[0] == pytest.approx(8 / 60.0)
    at = record().index(record().samples[3].t_ms)
    expected = 250.45 - RUN.replayed.weight_mg[at - 3 : at + 4].mean()
    assert told.in_process[3] == pytest.approx(expected)
    assert np.median(told.thickness) == pytest.approx(0.0)


def test_a_sample_without_the_test_says_nothing():
    samples = list(record().samples)
    samples[2] = replace(samples[2], tests=(InProcessTest("WT", "weight", "mg", (250.0,)),))
    run = replace(RUN, record=replace(record(), samples=tuple(samples)))
    assert of("hardness", run).in_process.size == of("hardness").in_process.size - 1
    assert of("weight", run).thickness[2] == 0.0


def test_the_analyser_speaks_for_the_water_where_nothing_is_in_doubt():
    told = of("water")
    assert told.in_process.size > 8
    assert np.all(told.thickness == 0.0)
    doubt = np.ones(record().grid_ms.size)
    doubt[:600] = 3.0
    run = replace(RUN, record=replace(record(), sd_factors={"nir.water": doubt}))
    assert of("water", run).in_process.size < told.in_process.size - 3
    blind = {**record().roles, "nir.water": np.full(record().grid_ms.size, np.nan)}
    run = replace(RUN, record=replace(record(), roles=blind))
    assert of("water", run).in_process.size == 0


def test_only_what_the_press_is_set_up_for_has_a_set_up():
    assert {k for k in KINDS if np.isfinite(of(k).set_up)} == {"weight", "hardness"}
    expected = RUN.as_set.weight_mg[record().producing].mean()
    assert of("weight").set_up == pytest.approx(expected)


def test_hours_count_from_the_first_turn_of_the_press():
    hours = hours_of_bins(record())
    assert hours[0] == pytest.approx((15 - PRESS_ON_MIN * 60) / 3600.0)
    assert np.diff(hours) == pytest.approx(30 / 3600.0)


def ended_at(step):
    """The run as exported while the press still turned."""
    told = record()
    return replace(
        told,
        grid_ms=told.grid_ms[:step],
        roles={role: values[:step] for role, values in told.roles.items()},
        running=told.running[:step],
        producing=told.producing[:step],
    )


@pytest.mark.requirement("TWN-123")
def test_a_container_filled_outside_of_what_was_recorded_is_none_of_the_run():
    told = ended_at(600)
    assert told.running[-1]
    run = replayed_run(told, reference(), package().parameters)
    whole = [d for d in drums() if d.filled.end_ms <= told.span.end_ms]
    assert of("assay", run).containers == tuple(d.container_id for d in whole)
    later = tuple(d.container_id for d in drums()[len(whole) :])
    assert later
    assert containers_unseen(told) == later


@pytest.mark.requirement("TWN-123")
def test_a_container_of_which_the_record_has_the_first_minutes_only_is_not_told():
    speed = record().roles["turret.speed"].copy()
    first = drums()[1].filled
    gap = slice(record().index(first.start_ms + 300_000), record().index(first.end_ms))
    speed[gap] = np.nan
    running = record().running.copy()
    running[gap] = False
    told = replace(record(), roles={**record().roles, "turret.speed": speed}, running=running)
    assert containers_unseen(told) == (drums()[1].container_id,)


def test_a_sample_outside_of_what_was_recorded_says_nothing():
    late = replace(record().samples[-1], t_ms=record().span.end_ms + 3_600_000)
    told = ended_at(600)
    told = replace(told, samples=(*told.samples[:2], late))
    run = replayed_run(told, reference(), package().parameters)
    assert of("weight", run).in_process.size == 2
