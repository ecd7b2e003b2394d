"""Impact on the drums of a run whose disturbance is known because it was put in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import (
    at_min,
    diagnosed,
    drums,
    evidence,
    noisy,
    package,
    planted,
    quiet,
    reference,
    with_values,
)

from investigator.analysis import impact
from investigator.analysis.comparison import Comparison, compare
from investigator.analysis.container_quality import UNITS
from investigator.analysis.containers import REPORTED, UNEXPLAINED
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.impact import JOIN_S
from investigator.analysis.posterior import UNLISTED
from investigator.domain.conformance import DecisionRule
from investigator.domain.impact import Proposal
from investigator.domain.results import ImpactResult
from investigator.twin.record import line_record
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(92), 60.0)
SEED = 11
LEAST_KG = package().decision_rules.least_kg
HELD_ABOVE = package().decision_rules.held_above


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch):
    monkeypatch.setattr(impact, "DRAWS", 12)


@cache
def over_fed(seed: int = 1) -> Diagnosis:
    c = planted(noisy(seed), "api_loadcell_drift", WINDOW, (9.0,)).comparison
    return diagnosed(c, causes=("api_loadcell_drift",))


def assessed(diagnosis: Diagnosis, *, seed: int = SEED, workers: int = 1) -> ImpactResult:
    with ThreadPoolExecutor(workers) as executor:
        return impact.assess_impact(package(), diagnosis, seed=seed, executor=executor)


@pytest.fixture(scope="module")
def known() -> ImpactResult:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(impact, "DRAWS", 12)
        return assessed(over_fed())


@pytest.mark.requirement("IMP-001")
def test_the_right_drums_are_marked(known):
    """API 9 % high from minute 60 to 92: drums 2 (44-80) and 3 (80-116) hold it, no other."""
    assert known.impact.affected_containers == ("B1-D02", "B1-D03")
    assert [c.container_id for c in known.impact.containers] == [d.container_id for d in drums()]
    affected = [c for c in known.impact.containers if c.affected]
    assert all("composition_api" in c.reasons for c in affected)


@pytest.mark.requirement("IMP-001")
def test_affected_mass_is_bounded_by_the_drum_and_by_what_was_made(known):
    for container in known.impact.containers:
        assert 0.0 <= container.affected_kg <= container.affected_kg_hi95 <= container.net_kg
        assert container.affected == (container.affected_kg_hi95 >= LEAST_KG)
    total = sum(c.affected_kg for c in known.impact.containers)
    assert 20.0 * 25 / 60 < total < 20.0 * 55 / 60


@pytest.mark.requirement("IMP-001")
def test_every_container_gets_every_attribute_with_its_interval(known):
    for container in known.impact.containers:
        assert set(container.quality) == set(UNITS)
        for name, found in container.quality.items():
            assert found.lo95 < found.mean < found.hi95, name
            assert found.p_conform is None or 0.0 <= found.p_conform <= 1.0


@pytest.mark.requirement("IMP-001")
def test_the_true_mean_of_a_drum_lies_in_its_interval(known):
    """Before: 0.2; drums 2 and 3: the excess fed; drum 5: the second lot of 98.7 %."""
    quality = {c.container_id: c.quality["api_fraction"] for c in known.impact.containers}
    for drum, truth in (("B1-D01", 0.2), ("B1-D05", 0.987 * 4.032 / 20.0)):
        assert quality[drum].lo95 < truth < quality[drum].hi95
    excess = sum((quality[drum].mean - 0.2) * 12.0 for drum in ("B1-D02", "B1-D03"))
    richer = 0.2 * (1.09 * 20.0 / (20.0 + 0.09 * 4.032) - 1.0)
    assert excess == pytest.approx(richer * 20.0 * 31.5 / 60, rel=0.15)


def test_the_interval_of_the_tablets_covers_the_disturbance(known):
    (span,) = known.impact.affected_intervals
    assert at_min(60) < span.start_ms < at_min(72)
    assert at_min(95) < span.end_ms < at_min(116)
    assert abs(known.impact.onset_ms - WINDOW.onset_ms) <= 180_000
    assert known.disturbance_window.start_ms == known.impact.onset_ms
    share = known.affected_share.value
    assert 0.0 <= share.min() <= share.max() <= 1.0


def test_untouched_drums_are_proposed_for_release_and_touched_ones_never(known):
    for container in known.impact.containers:
        released = container.proposal is Proposal.RELEASE
        assert released != container.affected, container.proposal_reason


def test_the_same_seed_gives_the_same_with_one_worker_or_two():
    first, second = assessed(over_fed()), assessed(over_fed(), workers=2)
    assert first.impact == second.impact
    assert np.array_equal(first.affected_share.value, second.affected_share.value)
    assert assessed(over_fed(), seed=SEED + 1).impact != first.impact


def test_nothing_wrong_touches_nothing():
    found = assessed(diagnosed(noisy(2))).impact
    assert found.affected_containers == ()
    assert found.affected_intervals == ()
    assert found.onset_ms is None
    assert sum(c.affected_kg for c in found.containers) < LEAST_KG


def test_a_wrong_instrument_touches_no_container():
    c = planted(
        noisy(2), "nir_fouling", Window(at_min(60), at_min(130), 900.0), (-5.0, 2.0)
    ).comparison
    found = assessed(diagnosed(c, causes=("nir_fouling",))).impact
    assert found.affected_containers == ()
    assert found.onset_ms is not None


def with_assay(c: Comparison, container: str, value: float) -> Comparison:
    points = np.array(
        [
            value if (p.channel, p.container_id) == ("lab_assay", container) else p.value
            for p in c.measured.points
        ]
    )
    return with_values(c, c.measured.series, points)


def test_a_reported_result_out_of_specification_is_never_proposed_for_release():
    c = with_assay(noisy(2), "B1-D04", 93.0)
    found = assessed(diagnosed(c, causes=("lab_analytical_error",))).impact
    drum = next(d for d in found.containers if d.container_id == "B1-D04")
    assert drum.reported["assay"] == 93.0
    assert drum.proposal is not Proposal.RELEASE
    assert "assay" in drum.proposal_reason


def filled_at(minute: float) -> str:
    return next(d.container_id for d in drums() if d.filled.contains(at_min(minute)))


@pytest.mark.requirement("IMP-082")
def test_a_result_out_of_specification_while_the_cause_was_at_work_outweighs_the_prediction():
    cause, mild = "api_loadcell_drift", (1.0,)
    before, during = filled_at(40), filled_at(80)
    c = planted(noisy(1), cause, WINDOW, mild).comparison
    assert assessed(diagnosed(c, causes=(cause,))).impact.affected_containers == ()
    c = with_assay(with_assay(c, during, 93.0), before, 93.0)
    found = assessed(diagnosed(c, causes=(cause,))).impact
    assert found.affected_containers == (during,)
    drum = next(d for d in found.containers if d.container_id == during)
    assert drum.reasons == REPORTED
    assert drum.chance_affected == 1.0
    assert drum.affected_kg < LEAST_KG < drum.affected_kg_hi95 <= drum.net_kg
    other = assessed(diagnosed(c, causes=("lab_analytical_error",))).impact
    assert other.affected_containers == ()


@pytest.mark.requirement("IMP-081")
def test_where_no_laboratory_result_was_measured_no_container_is_proposed_for_release():
    blind = line_record(replace(evidence(), laboratory=()), package().tag_map, package().record_map)
    c = compare(blind, package().parameters.line(), reference())
    found = assessed(diagnosed(c, causes=("hardness_tester_bias",))).impact
    assert found.containers
    assert all(drum.proposal is not Proposal.RELEASE for drum in found.containers)
    sound = [drum for drum in found.containers if "no laboratory result" in drum.proposal_reason]
    assert sound


def test_a_container_without_recorded_weight_gets_what_flowed_into_it():
    c = quiet()
    bare = tuple(replace(d, net_kg=None) for d in c.record.containers)
    c = replace(c, record=replace(c.record, containers=bare))
    found = assessed(diagnosed(c, causes=("hardness_tester_bias",))).impact
    for drum, told in zip(found.containers[1:-1], drums()[1:-1], strict=True):
        assert drum.net_kg == pytest.approx(told.net_kg, rel=0.05)


def believing(none: float, **models: float) -> Diagnosis:
    """The over-fed run with these chances of "none of these" and of causes, else of nothing."""
    listed = {(cause,): p for cause, p in models.items()}
    rest = 1.0 - none - sum(models.values())
    believed = replace(
        over_fed().posterior,
        none_of_the_above=none,
        models={(): rest, (UNLISTED,): none, **listed},
    )
    return replace(over_fed(), posterior=believed)


@pytest.mark.requirement("IMP-001")
@pytest.mark.parametrize(("none", "held"), [(0.49, False), (0.51, True)])
def test_what_is_unexplained_is_held_where_none_of_these_is_likely(none, held):
    result = assessed(believing(none))
    found = result.impact
    assert bool(found.affected_intervals) == held
    assert (result.affected_share.value.max() == 1.0) == held
    assert bool(found.affected_containers) == held
    assert any(UNEXPLAINED[0] in c.reasons for c in found.containers) == held
    assert any(c.proposal is Proposal.RELEASE for c in found.containers) != held


@pytest.mark.requirement("IMP-077")
@pytest.mark.parametrize(("none", "tested"), [(HELD_ABOVE, False), (HELD_ABOVE + 0.01, True)])
def test_what_is_unexplained_is_not_released_where_none_of_these_is_not_unlikely(none, tested):
    """It is not held either: that takes a cause that is likely on no list."""
    found = assessed(believing(none)).impact
    doubted = [c for c in found.containers if c.rule == DecisionRule.CAUSE_UNKNOWN]
    assert found.affected_containers == ()
    assert bool(doubted) == tested
    assert all(c.proposal is Proposal.ADDITIONAL_TESTING and c.sampling for c in doubted)
    assert any(c.proposal is Proposal.RELEASE for c in found.containers)


@pytest.mark.requirement("IMP-001")
def test_draws_are_of_the_hypotheses_in_proportion_to_their_chance():
    drawn = impact.draws_of(package(), believing(0.0, api_loadcell_drift=0.75), SEED, members=40)
    assert sum(bool(draw.fits) for draw in drawn) == 30


def test_short_gaps_are_joined_and_long_ones_are_not():
    c = quiet()
    outlet = np.zeros(c.record.grid_ms.size)
    outlet[100:110] = 1.0
    outlet[110 + int(JOIN_S / 10) - 2 : 140] = 1.0
    outlet[300:310] = HELD_ABOVE + 0.01
    outlet[500:510] = HELD_ABOVE
    first, second = impact._intervals(c, outlet, HELD_ABOVE)
    grid = c.record.grid_ms
    assert first.start_ms <= grid[100]
    assert first.end_ms >= grid[139]
    assert second.start_ms <= grid[300] < grid[309] <= second.end_ms
    assert second.end_ms < grid[500]
    assert impact._intervals(c, np.zeros(grid.size), HELD_ABOVE) == ()


def test_limits_are_in_the_units_of_the_attributes():
    of = impact.limits_of(package()).of
    assert of["assay"] == (95.0, 105.0)
    assert of["q30"] == (80.0, np.inf)
    assert of["api_fraction"] == pytest.approx((0.196, 0.204))
    assert of["mgst_fraction"] == pytest.approx((0.008, 0.012))


def test_residence_times_are_distributions_to_the_press(known):
    assert len(known.residence_time) == 2
    for label, curve in known.residence_time:
        age = curve.t_ms / 1000.0
        assert np.trapezoid(curve.value, age) == pytest.approx(1.0, abs=0.05), label
        assert (curve.value >= -1e-12).all()
