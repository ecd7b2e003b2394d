"""A result says of a scenario what it says of the failure mode that the scenario is."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, noisy, package, planted
from support.supposed import bench, mode_part, part, scenario

from investigator.analysis.check_information import CheckFinding, likelihoods
from investigator.analysis.check_outlook import outlook
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.what_if_checks import log_told_by_checks
from investigator.analysis.what_if_trial import trial
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.scenario import Course, Scenario
from investigator.twin.scenario import Window

DRIFT = "api_loadcell_drift"
WEIGHT = EnteredCheck("load_cell_check_weight", "Check weights", failed=True)
ASSAY = EnteredCheck("retained_assay", "Assay", None, 103.0, 0.41, "% LC", "B1-D04")
GRAIN = EnteredCheck("lot_particle_size", "d50", None, 33.0, 1.0, "um", "A2")


@cache
def found() -> Diagnosis:
    run = planted(noisy(1), DRIFT, Window(at_min(60), at_min(150), 900.0), (6.0,)).comparison
    return diagnosed(run, among=(DRIFT, "nir_fouling"))


def told(supposed: Scenario, *entered: EnteredCheck) -> float:
    c, twin = found().replay.comparison, package()
    tried = trial(supposed, c, twin.parameters, twin.failure_modes, bench(c).targets)
    return log_told_by_checks(
        entered, twin.checks, tried, tried.sizes, tried.predicted(tried.sizes)
    )


def at_its_fit() -> Scenario:
    (fit,) = found().hypotheses.fits[DRIFT,]
    return scenario(mode_part(DRIFT, fit.window, *fit.sizes))


@pytest.mark.requirement("DIA-041")
@pytest.mark.parametrize(
    "entered",
    [WEIGHT, ASSAY, replace(ASSAY, value=110.0)],
    ids=("inspection", "value", "value beyond what the size predicts"),
)
def test_of_a_cause_at_its_fit_it_says_what_the_ranking_takes_it_to_say(
    entered: EnteredCheck,
) -> None:
    d = found()
    check = next(one for one in package().checks if one.check_id == entered.check_id)
    known = outlook(check, d.replay.comparison, d.hypotheses, place=entered.place)
    likely = likelihoods(known, CheckFinding(entered.failed, entered.value, entered.sd))
    expected = np.log(likely[DRIFT,] / likely[()])
    assert expected > 1.0
    assert told(at_its_fit(), entered) == pytest.approx(expected, rel=0.02)


@pytest.mark.requirement("DIA-041")
def test_results_add_up_and_none_says_nothing() -> None:
    both = told(at_its_fit(), WEIGHT, ASSAY)
    assert both == pytest.approx(told(at_its_fit(), WEIGHT) + told(at_its_fit(), ASSAY))
    assert told(at_its_fit()) == 0.0


@pytest.mark.requirement("DIA-041")
def test_an_inspection_says_nothing_of_a_change_that_is_no_failure_mode() -> None:
    own = scenario(part("feed.api", 6.0, begin=60, end=150))
    assert told(own, WEIGHT) == 0.0
    assert told(own, ASSAY) > 1.0


@pytest.mark.requirement("DIA-041")
def test_a_failure_mode_that_comes_twice_fails_an_inspection_as_one() -> None:
    (mode,) = at_its_fit().parts
    again = replace(mode, onset_ms=at_min(20), end_ms=at_min(50))
    assert told(scenario(mode, again), WEIGHT) == told(at_its_fit(), WEIGHT)


@pytest.mark.requirement("DIA-041")
def test_a_value_of_a_lot_speaks_for_a_lot_that_is_supposed_to_be_so() -> None:
    coarse, fine = (part("api.d50", um, course=Course.WHOLE_BATCH) for um in (6.0, -6.0))
    assert told(scenario(coarse), GRAIN) > 1.0
    assert told(scenario(fine), GRAIN) < -1.0
