"""Flows that tell nothing: found, told, and near a disturbance held."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, bare, mode_of, package, quiet, record

from investigator.analysis.comparison import Comparison
from investigator.analysis.doubtful_flows import (
    Doubt,
    bridged,
    doubts,
    flow_findings,
    unseen_containers,
    unsure_time,
)
from investigator.analysis.fitting import Fit, fit_sizes, no_background
from investigator.analysis.material import Product, fine_frame, natural_inputs, window_of
from investigator.process.contents import line_flows
from investigator.process.trace import Entry, marked_share
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.scenario import Window

FIRST, END = 480, 520
"""Minutes 80 to 86.7."""


def changed(**roles: Array) -> LineRecord:
    return replace(record(), roles={**record().roles, **roles})


def with_(role: str, value: float, *, screw: bool = True) -> LineRecord:
    course = record().roles[role].copy()
    course[FIRST:END] = value
    roles = {role: course}
    if not screw:
        speed = role.replace(".flow", ".screw_speed")
        roles[speed] = np.where(np.isnan(course), np.nan, record().roles[speed])
    return changed(**roles)


def fit_at(begin_min: float, end_min: float, cause: str = "api_loadcell_drift") -> Fit:
    window = Window(at_min(begin_min), at_min(end_min), 60.0)
    return replace(fit_sizes(bare(), mode_of(cause), window, no_background(bare())), window=window)


def unsure(run: LineRecord, *fits: Fit) -> np.ndarray:
    c: Comparison = replace(quiet(), record=run)
    return unsure_time(c, natural_inputs(c, fine_frame(c)), fits, package(), doubts(run))


def test_a_run_in_order_is_not_doubted():
    assert doubts(record()) == ()


@pytest.mark.requirement("IMP-017")
@pytest.mark.parametrize(
    ("value", "kind"), [(np.nan, "missing"), (-0.5, "backwards"), (0.0, "nothing")]
)
def test_a_flow_that_tells_nothing_is_found(value, kind):
    (found,) = doubts(with_("mcc.flow", value, screw=False))
    assert (found.role, found.kind) == ("mcc.flow", kind)
    assert found.span.start_ms == at_min(80)
    assert found.span.seconds == pytest.approx(400.0)


def test_a_flow_that_the_screw_tells_is_no_doubt():
    assert doubts(with_("mcc.flow", np.nan)) == ()


def test_a_reading_in_doubt_is_found():
    doubtful = np.ones(record().grid_ms.size)
    doubtful[FIRST:END] = 10.0
    run = replace(record(), sd_factors={"api.flow": doubtful})
    assert [d.kind for d in doubts(run)] == ["doubtful"]


@pytest.mark.requirement("IMP-017")
def test_near_a_disturbance_what_was_made_of_it_is_held():
    run = with_("mcc.flow", -0.5)
    near = unsure(run, fit_at(70, 90))
    steps = np.flatnonzero(near)
    assert FIRST <= steps[0] <= FIRST + 30
    assert END <= steps[-1] <= END + 150
    assert not unsure(run, fit_at(5, 15)).any()
    assert not unsure(run).any()


@pytest.mark.requirement("IMP-017")
@pytest.mark.parametrize(("steps", "found"), [(11, 0), (12, 1)])
def test_two_minutes_of_it_are_a_doubt(steps, found):
    course = record().roles["mcc.flow"].copy()
    course[FIRST : FIRST + steps] = -0.5
    assert len(doubts(changed(**{"mcc.flow": course}))) == found


@pytest.mark.requirement("IMP-017")
def test_held_is_what_holds_two_per_cent_of_it_within_the_disturbance():
    run, fit = with_("mcc.flow", -0.5), fit_at(84, 90)
    c = replace(quiet(), record=run)
    flows = line_flows(natural_inputs(c, fine_frame(c)), package().parameters.line())
    share = marked_share(flows, STEP_S, Entry.BLENDER, [(10.0 * FIRST, 10.0 * END)])[:, 0]
    near = window_of(run, (fit,))
    assert (share[~near] > 0.02).any()
    assert np.array_equal(unsure(run, fit), (share > 0.02) & near)


def test_what_the_flow_of_the_disturbed_feeder_shows_is_its_own_doing():
    assert not unsure(with_("api.flow", 0.0), fit_at(70, 90)).any()


@pytest.mark.requirement("IMP-017")
def test_what_was_not_recorded_of_the_disturbed_feeder_is_held_as_of_any_other():
    held = unsure(with_("api.flow", np.nan, screw=False), fit_at(70, 90))
    assert FIRST < np.flatnonzero(held)[0] < FIRST + 60
    assert held[END]


@pytest.mark.requirement("IMP-017")
def test_a_doubt_is_told_with_what_was_done():
    run = with_("mcc.flow", -0.5)
    held = unsure(run, fit_at(70, 90))
    (found,) = flow_findings(doubts(run), package().tag_map, held, run)
    assert found.subject == package().tag_map["mcc.flow"]
    assert (found.kind, found.action) == (
        "flow_backwards",
        "containers that hold what was made of it are held",
    )
    (elsewhere,) = flow_findings(doubts(run), {}, np.zeros_like(held), run)
    assert elsewhere.action.startswith("no container is held")


def product(run: LineRecord, affected: Array) -> Product:
    return Product(affected, affected.astype(np.int64), {}, np.where(run.running, 0.05, 0.0))


def unseen_press(steps: int) -> LineRecord:
    speed = record().roles["turret.speed"].copy()
    speed[FIRST : FIRST + steps] = np.nan
    run = changed(**{"turret.speed": speed})
    return replace(run, running=record().running & np.isfinite(speed))


@pytest.mark.requirement("IMP-017")
def test_a_short_gap_of_the_press_is_as_affected_as_the_worse_of_its_ends():
    run = unseen_press(30)
    affected = np.zeros(run.grid_ms.size)
    affected[FIRST - 50 : FIRST] = 1.0
    found = bridged(run, product(run, affected))
    assert found.affected[FIRST : FIRST + 30].all()
    assert found.reasons[FIRST : FIRST + 30].all()
    assert found.flow_kg[FIRST + 5] == pytest.approx(20.0 / 360.0)
    assert not found.affected[FIRST + 30 :].any()
    assert not unsure(run, fit_at(70, 90)).any()


@pytest.mark.requirement("IMP-017")
def test_a_long_gap_of_the_press_near_a_disturbance_is_held():
    run = unseen_press(90)
    assert doubts(run) == (Doubt("turret.speed", "missing", doubts(run)[0].span),)
    assert unsure(run, fit_at(70, 90))[FIRST : FIRST + 90].all()
    assert not unsure(run).any()


@pytest.mark.requirement("IMP-017")
def test_a_container_that_nobody_saw_filled_counts_only_near_a_disturbance():
    """Drum 4 is filled from minute 116 to 152, its time not recorded."""
    speed = record().roles["turret.speed"].copy()
    speed[116 * 6 : 152 * 6] = np.nan
    run = changed(**{"turret.speed": speed})
    run = replace(run, running=record().running & np.isfinite(speed))
    near, far = (fit_at(90, 110),), (fit_at(5, 15),)
    assert unseen_containers(run, (near,), cause_unknown=False) == {"B1-D04"}
    assert unseen_containers(run, (far,), cause_unknown=False) == frozenset()
    assert unseen_containers(run, (far, near), cause_unknown=False) == {"B1-D04"}
    assert unseen_containers(run, ((),), cause_unknown=True) == {"B1-D04"}
    assert unseen_containers(record(), (near,), cause_unknown=True) == frozenset()
