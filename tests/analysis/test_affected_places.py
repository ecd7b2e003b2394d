"""Affected material beside the drums, of a run whose disturbance is known as it was put in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, courses, diagnosed, noisy, package, planted

from investigator.analysis import impact
from investigator.analysis.affected_places import accounted
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.material import Product
from investigator.domain.material_account import (
    NOTHING_RECORDED,
    REJECTED,
    MaterialAccount,
    Place,
)
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(92), 60.0)
DIVERTED_MIN = (70, 76)


def over_fed() -> Diagnosis:
    """API 9 % high from minute 60 to 92, and the gate at reject from minute 70 to 76."""
    c = planted(noisy(1), "api_loadcell_drift", WINDOW, (9.0,)).comparison
    minute = np.arange(c.record.grid_ms.size) / 6.0
    gate = courses()["gate.feedback"]
    gate[(minute >= DIVERTED_MIN[0]) & (minute < DIVERTED_MIN[1])] = 1.0
    record = replace(c.record, roles={**c.record.roles, "gate.feedback": gate})
    return diagnosed(replace(c, record=record), causes=("api_loadcell_drift",))


@pytest.fixture(scope="module")
def known() -> MaterialAccount:
    with pytest.MonkeyPatch.context() as patched, ThreadPoolExecutor(1) as executor:
        patched.setattr(impact, "DRAWS", 12)
        result = impact.assess_impact(package(), over_fed(), seed=11, executor=executor)
    assert result.account is not None
    return result.account


@pytest.mark.requirement("IMP-027")
def test_what_was_diverted_while_disturbed_is_affected_in_the_reject_bin(
    known: MaterialAccount,
) -> None:
    """Six minutes at 20 kg/h are 2 kg, all of them within the disturbance."""
    diverted = known.at(Place.REJECTED_IN_RUN)
    assert diverted.kg == pytest.approx(2.0, rel=0.05)
    assert diverted.affected_kg == pytest.approx(diverted.kg, rel=0.1)


@pytest.mark.requirement("IMP-027")
def test_what_was_rejected_at_start_and_end_is_not(known: MaterialAccount) -> None:
    start, end = known.at(Place.REJECTED_AT_START), known.at(Place.REJECTED_AT_END)
    assert start.kg is not None and 0.8 < start.kg < 1.8
    assert end.kg is not None and end.kg < 0.2
    assert (start.affected_kg, end.affected_kg) == (0.0, 0.0)
    assert known.at(Place.IN_LINE).affected_kg is None


@pytest.mark.requirement("IMP-028")
def test_the_samples_drawn_from_affected_material_are_named(known: MaterialAccount) -> None:
    in_process = [s for s in known.samples if s.place is Place.IN_PROCESS_SAMPLES]
    assert in_process
    for sample in in_process:
        assert sample.t_ms is not None and at_min(58) < sample.t_ms < at_min(110)
        assert 0.15 < sample.share <= 1.0
    laboratory = {s.container_id for s in known.samples if s.place is Place.LABORATORY_SAMPLES}
    assert laboratory == {"B1-D02", "B1-D03"}
    held = known.at(Place.IN_PROCESS_SAMPLES)
    assert held.affected_kg is not None and held.affected_kg > 0.0


@pytest.mark.requirement("IMP-026")
def test_a_run_without_samples_containers_or_masses_has_an_account_that_says_so() -> None:
    c = planted(noisy(1), "api_loadcell_drift", WINDOW, (9.0,)).comparison
    bare = replace(c, record=replace(c.record, samples=(), containers=(), laboratory=()))
    n = c.record.grid_ms.size
    made = Product(np.zeros(n), np.zeros(n, np.int64), {"weight": np.full(n, 250.0)}, np.ones(n))
    account = accounted(bare, (made,), np.zeros(n, np.bool_), (), NOTHING_RECORDED, held_above=0.15)
    assert account.samples == ()
    assert account.at(Place.IN_PROCESS_SAMPLES).affected_kg == 0.0
    assert account.closes is None


@pytest.mark.requirement("IMP-027")
def test_what_is_unexplained_counts_as_affected_wherever_it_went() -> None:
    c = planted(noisy(1), "api_loadcell_drift", WINDOW, (9.0,)).comparison
    n = c.record.grid_ms.size
    made = Product(np.zeros(n), np.zeros(n, np.int64), {"weight": np.full(n, 250.0)}, np.ones(n))
    account = accounted(c, (made,), np.ones(n, np.bool_), (), NOTHING_RECORDED, held_above=0.15)
    for place in REJECTED:
        line = account.at(place)
        assert line.affected_kg == line.kg == line.affected_kg_lo95
    in_process = [s for s in account.samples if s.place is Place.IN_PROCESS_SAMPLES]
    assert len(in_process) == len(c.record.samples)
    assert all(s.certain for s in in_process)


@pytest.mark.requirement("IMP-028")
def test_a_sample_is_named_from_the_chance_of_the_decision_rules_on() -> None:
    """One draw of five is affected, another rule asks for more than that."""
    c = planted(noisy(1), "api_loadcell_drift", WINDOW, (9.0,)).comparison
    n = c.record.grid_ms.size

    def made(affected: float) -> Product:
        course = np.full(n, affected)
        return Product(course, np.zeros(n, np.int64), {"weight": np.full(n, 250.0)}, np.ones(n))

    draws = (made(1.0), *(made(0.0) for _ in range(4)))
    nowhere = np.zeros(n, np.bool_)
    for held_above, named in ((0.15, len(c.record.samples)), (0.25, 0)):
        account = accounted(c, draws, nowhere, (), NOTHING_RECORDED, held_above=held_above)
        assert len(account.samples) == named
    assert not any(sample.certain for sample in account.samples)


@pytest.mark.requirement("IMP-027")
def test_what_stays_in_the_line_is_as_the_last_two_minutes() -> None:
    c = planted(noisy(1), "api_loadcell_drift", WINDOW, (9.0,)).comparison
    n, last = c.record.grid_ms.size, int(np.flatnonzero(c.record.running)[-1])
    affected = np.zeros(n)
    affected[last - 11 : last - 5] = 1.0
    made = Product(affected, np.zeros(n, np.int64), {"weight": np.full(n, 250.0)}, np.ones(n))
    known = {
        "consumed": 50.0,
        "good_tablets": 160_000.0,
        "rejected_tablets": 16_000.0,
        "tablet_mass": 250.0,
    }
    told = {k: replace(getattr(NOTHING_RECORDED, k), value=value) for k, value in known.items()}
    masses = replace(NOTHING_RECORDED, **told)
    account = accounted(c, (made,), np.zeros(n, np.bool_), (), masses, held_above=0.15)
    assert account.at(Place.IN_LINE).kg == pytest.approx(6.0)
    assert account.at(Place.IN_LINE).affected_kg == pytest.approx(3.0)
