"""Impact on containers whose record or flows are wrong: reported, and more is held, never less."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, drums, noisy, package, planted

from investigator.analysis import impact
from investigator.analysis.containers import UNSEEN, UNSURE
from investigator.analysis.diagnosis import Diagnosis
from investigator.domain.batch import Container
from investigator.domain.impact import ContainerImpact, Proposal
from investigator.domain.instant import Span
from investigator.domain.results import ImpactResult
from investigator.twin.record import LineRecord
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(72), 60.0)
"""API 9 % high: all of it in drum 2, filled from minute 44 to 80."""


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch):
    monkeypatch.setattr(impact, "DRAWS", 12)


@cache
def over_fed() -> Diagnosis:
    c = planted(noisy(1), "api_loadcell_drift", WINDOW, (9.0,)).comparison
    return diagnosed(c, causes=("api_loadcell_drift",))


def assessed(record: LineRecord | None = None) -> ImpactResult:
    found = over_fed()
    if record is not None:
        c = replace(found.replay.comparison, record=record)
        found = replace(found, replay=replace(found.replay, comparison=c))
    with ThreadPoolExecutor(1) as executor:
        return impact.assess_impact(package(), found, seed=5, executor=executor)


def record(*containers: Container, **changes) -> LineRecord:
    own = over_fed().replay.comparison.record
    return replace(own, containers=containers or own.containers, **changes)


def filled(container: Container, begin_min: float, end_min: float) -> Container:
    return replace(container, filled=Span(at_min(begin_min), at_min(end_min)))


def kinds(found: ImpactResult) -> set[str]:
    return {f.kind for f in found.findings}


def of(found: ImpactResult, container_id: str) -> ContainerImpact:
    return next(c for c in found.impact.containers if c.container_id == container_id)


def test_a_run_in_order_holds_the_one_drum_and_finds_nothing():
    found = assessed()
    assert found.impact.affected_containers == ("B1-D02",)
    assert found.findings == ()
    drum = of(found, "B1-D02")
    assert 0.0 < drum.affected_kg_lo95 <= drum.affected_kg <= drum.affected_kg_hi95 <= drum.net_kg
    assert drum.affected_tablets == pytest.approx(drum.affected_kg / 250e-6, rel=0.03)
    assert drum.filled_kg == pytest.approx(12.0, rel=0.02)


@pytest.mark.requirement("IMP-016")
def test_without_containers_nothing_is_placed_and_it_is_critical():
    own = over_fed().replay.comparison.record
    found = assessed(replace(own, containers=()))
    assert found.impact.containers == ()
    assert kinds(found) == {"no_container"}
    assert not any("Boundaries of containers" in text for text in found.assumptions)
    assert any("Boundaries of containers" in text for text in assessed(own).assumptions)


@pytest.mark.requirement("IMP-016")
def test_a_container_that_is_missing_is_held_in_its_neighbours():
    first, _, *rest = drums()
    found = assessed(record(first, *rest))
    assert found.impact.affected_containers == ("B1-D01", "B1-D03")
    assert {"container_missing", "gap_between_containers"} <= kinds(found)


@pytest.mark.requirement("IMP-016")
def test_overlapping_times_hold_both():
    first, second, third, *rest = drums()
    found = assessed(record(first, second, filled(third, 50, 116), *rest))
    assert set(found.impact.affected_containers) == {"B1-D02", "B1-D03"}
    assert "containers_overlap" in kinds(found)


@pytest.mark.requirement("IMP-016")
def test_a_container_longer_than_the_run_is_held_too():
    first, *rest = drums()
    found = assessed(record(filled(first, -300, 900), *rest))
    assert "B1-D01" in found.impact.affected_containers
    assert "container_longer_than_run" in kinds(found)


@pytest.mark.requirement("IMP-016")
def test_a_container_outside_the_run_is_held_whole_and_never_released():
    late = replace(drums()[-1], container_id="B1-D06", filled=Span(at_min(900), at_min(930)))
    found = assessed(record(*drums()[:-1], filled(drums()[-1], 152, 174), late))
    drum = of(found, "B1-D06")
    assert drum.affected
    assert drum.reasons == UNSEEN
    assert drum.affected_kg_hi95 == drum.net_kg
    assert drum.proposal is not Proposal.RELEASE


@pytest.mark.requirement("IMP-016")
def test_an_unknown_clock_of_the_record_holds_the_neighbours_that_may_hold_it():
    """Out of the press from minute 61 to 84: within 235 s of the change to drum 3 at minute 80."""
    found = assessed(record(clock_sd_s=120.0))
    assert set(found.impact.affected_containers) >= {"B1-D02", "B1-D03"}
    assert "container_boundaries_uncertain" in kinds(found)


@pytest.mark.requirement("IMP-017")
@pytest.mark.parametrize("value", [np.nan, -2.0, 0.0])
def test_a_flow_that_tells_nothing_near_the_disturbance_holds_what_was_made_of_it(value):
    roles = over_fed().replay.comparison.record.roles
    flow, screw = roles["mcc.flow"].copy(), roles["mcc.screw_speed"].copy()
    flow[522:582] = value
    screw[522:582] = np.nan if np.isnan(value) else screw[522:582]
    found = assessed(record(roles={**roles, "mcc.flow": flow, "mcc.screw_speed": screw}))
    assert set(found.impact.affected_containers) == {"B1-D02", "B1-D03"}
    assert of(found, "B1-D03").reasons == UNSURE
    assert of(found, "B1-D03").chance_affected == 1.0
    assert of(found, "B1-D04").chance_affected == 0.0
    assert any(kind.startswith("flow_") for kind in kinds(found))


@pytest.mark.requirement("IMP-017")
@pytest.mark.parametrize(("chance", "held"), [(0.4, {"B1-D03"}), (0.1, set())])
def test_flows_near_a_disturbance_that_is_not_the_most_probable_are_held_too(chance, held):
    roles = over_fed().replay.comparison.record.roles
    flow = roles["mcc.flow"].copy()
    flow[522:582] = -2.0
    c = replace(over_fed().replay.comparison, record=record(roles={**roles, "mcc.flow": flow}))
    believed = replace(
        over_fed().posterior, models={(): 1.0 - chance, ("api_loadcell_drift",): chance}
    )
    case = replace(over_fed(), posterior=believed, replay=replace(over_fed().replay, comparison=c))
    with ThreadPoolExecutor(1) as executor:
        found = impact.assess_impact(package(), case, seed=5, executor=executor)
    unsure = {c.container_id for c in found.impact.containers if UNSURE[0] in c.reasons}
    assert unsure == held


@pytest.mark.requirement("IMP-075")
def test_a_gate_that_stands_at_reject_against_the_scales_hides_no_affected_product():
    own = over_fed().replay.comparison.record
    gate = own.roles["gate.feedback"].copy()
    gate[372:] = 1.0
    found = assessed(record(roles={**own.roles, "gate.feedback": gate}))
    drum, plain = of(found, "B1-D02"), of(assessed(), "B1-D02")
    assert drum.affected
    assert drum.affected_kg_hi95 >= plain.affected_kg_hi95 - 1e-9
    assert "net_mass_and_flow_differ" in kinds(found)
    assert all(c.proposal is not Proposal.RELEASE for c in found.impact.containers[2:])


@pytest.mark.requirement("IMP-017")
def test_a_press_that_was_not_recorded_hides_no_affected_product():
    own = over_fed().replay.comparison.record
    speed = own.roles["turret.speed"].copy()
    speed[372:426] = np.nan
    found = assessed(
        record(roles={**own.roles, "turret.speed": speed}, running=own.running & np.isfinite(speed))
    )
    assert "B1-D02" in found.impact.affected_containers
    plain = of(assessed(), "B1-D02")
    assert of(found, "B1-D02").affected_kg_hi95 >= 0.9 * plain.affected_kg_hi95


@pytest.mark.requirement("IMP-018")
def test_an_absurd_net_mass_is_replaced_by_what_flowed():
    first, second, *rest = drums()
    found = assessed(record(first, replace(second, net_kg=1200.0), *rest))
    drum = of(found, "B1-D02")
    assert drum.net_kg == pytest.approx(12.0, rel=0.02)
    assert drum.affected_kg_hi95 <= drum.net_kg
    assert "net_mass_unusable" in kinds(found)
