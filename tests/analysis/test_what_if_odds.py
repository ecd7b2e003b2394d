"""The probability beside a ranking is that of a posterior in which the scenario had been ranked."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, noisy, package, planted
from support.supposed import mode_part, part, scenario

from investigator.analysis.posterior import ModelPriors, Posterior, posterior
from investigator.analysis.priors import PRIORS as OF_THE_LINE
from investigator.analysis.priors import priors_for
from investigator.analysis.what_if import bench_for
from investigator.analysis.what_if_odds import probability_beside
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.ranking import CauseCategory, HypothesisAssessment, Ranking
from investigator.twin.channels import POINTS
from investigator.twin.scenario import Window

WEIGHTS = {"a": 1.0, "b": 3.0, "c": 2.0}
SCORES = {(): 0.0, ("a",): 9.0, ("b",): 4.0, ("c",): -3.0, ("",): 1.0}
PRIORS = ModelPriors()
OWN = scenario(part("feed.api", 5.0))


def ranked(found: Posterior) -> Ranking:
    blank = HypothesisAssessment(
        *("", "", CauseCategory.MACHINE, 0.0, None, None, None, None, "", 0.0, "", (), (), "")
    )
    rows = tuple(replace(blank, cause=c, probability=p) for c, p in found.causes.items())
    return Ranking(rows, found.none_of_the_above, found.no_deviation, (), ())


def beside(supposed, log_evidence: float, scores=SCORES) -> float:
    found = posterior(scores, WEIGHTS, PRIORS)
    told = probability_beside(ranked(found), supposed, log_evidence, WEIGHTS, PRIORS)
    assert told is not None
    return told


@pytest.mark.requirement("DIA-041")
def test_a_failure_mode_takes_the_place_of_its_automatic_fit() -> None:
    again = scenario(mode_part("a", Window(0, 1), 1.0))
    assert beside(again, 9.0) == pytest.approx(posterior(SCORES, WEIGHTS, PRIORS).causes["a"])
    worse = posterior({**SCORES, ("a",): 2.0}, WEIGHTS, PRIORS).causes["a"]
    assert beside(again, 2.0) == pytest.approx(worse)


@pytest.mark.requirement("DIA-041")
def test_two_failure_modes_take_the_place_of_their_pair() -> None:
    """Where nothing else has either of them at work, exactly; else by the least they have."""
    scores = {(): 0.0, ("c",): 5.0, ("a", "b"): 11.0}
    pair = scenario(mode_part("a", Window(0, 1), 1.0), mode_part("b", Window(0, 1), 1.0))
    found = posterior(scores, WEIGHTS, PRIORS)
    together = found.models["a", "b"]
    assert 0.1 < together < 0.9
    told = beside(pair, 11.0, scores)
    stays = max(0.0, found.causes["a"] + found.causes["b"] - 1.0)
    odds = together / (1.0 - stays)
    assert told == pytest.approx(odds / (1.0 + odds))


@pytest.mark.requirement("DIA-041")
def test_a_scenario_of_ones_own_weighs_as_an_average_failure_mode() -> None:
    three = {**WEIGHTS, "b": 2.0, "a": 2.0}
    found = posterior(SCORES, three, PRIORS)
    told = probability_beside(ranked(found), OWN, 4.0, three, PRIORS)
    odds = found.causes["b"]
    assert told == pytest.approx(odds / (1.0 + odds))


@pytest.mark.requirement("DIA-041")
def test_more_evidence_makes_it_more_probable() -> None:
    told = [beside(OWN, e) for e in (-20.0, 0.0, 5.0, 10.0, 40.0, 2000.0)]
    assert told == sorted(told)
    assert told[0] < 0.001
    assert told[-1] == pytest.approx(1.0)


@pytest.mark.requirement("DIA-041")
def test_without_a_number_for_no_cause_there_is_none_for_the_scenario() -> None:
    found = replace(ranked(posterior(SCORES, WEIGHTS, PRIORS)), no_deviation=0.0)
    assert probability_beside(found, OWN, 3.0, WEIGHTS, PRIORS) is None


@pytest.mark.requirement("DIA-041", "DIA-038")
@pytest.mark.requirement("DIA-041", "DIA-071")
@pytest.mark.parametrize("lacking", [False, True], ids=["all sources", "no laboratory"])
def test_a_cause_at_its_fit_is_as_probable_as_in_a_real_ranking(lacking: bool) -> None:
    among = ("hardness_tester_bias", "turret_speed_high", "paddle_overspeed")
    window = Window(at_min(70), at_min(130))
    c = planted(noisy(5), "hardness_tester_bias", window, (-9.0,)).comparison
    if lacking:
        of_laboratory = [ch.channel.startswith("lab_") for ch in POINTS]
        c = replace(c, points_known=c.points_known & ~np.array(of_laboratory)[:, None])
    assert (priors_for(c) != OF_THE_LINE) is lacking
    found = diagnosed(c, among=among)
    kept = tuple(mode for mode in package().failure_modes if mode.cause in among)
    twin = replace(package(), failure_modes=kept)
    worked = bench_for(c, twin, evidence="e" * 64, ranking=found.ranking)
    (fit,) = found.hypotheses.fits[("hardness_tester_bias",)]
    told = worked.run(scenario(mode_part("hardness_tester_bias", fit.window, *fit.sizes)))
    assert 0.5 < found.posterior.causes["hardness_tester_bias"] < 0.99
    assert told.probability == pytest.approx(
        found.posterior.causes["hardness_tester_bias"], abs=0.01
    )


DONE = EnteredCheck("tester_verification", "Verification", failed=True)
UNTAKEN = EnteredCheck("second_hardness_tester", "HT-12", None, 93.0, 1.3, "N", "B1-D99")


@pytest.mark.requirement("DIA-041")
@pytest.mark.parametrize(
    "entered",
    [(DONE,), (replace(DONE, failed=False),), (DONE, UNTAKEN)],
    ids=("failed", "passed", "failed, and one that could not be taken in"),
)
def test_results_of_checks_count_for_a_scenario_as_in_the_ranking(
    entered: tuple[EnteredCheck, ...],
) -> None:
    among = ("hardness_tester_bias", "turret_speed_high", "paddle_overspeed")
    window = Window(at_min(70), at_min(130))
    c = planted(noisy(5), "hardness_tester_bias", window, (-9.0,)).comparison
    found = diagnosed(c, among=among, entered=entered)
    kept = tuple(mode for mode in package().failure_modes if mode.cause in among)
    twin = replace(package(), failure_modes=kept)
    worked = bench_for(c, twin, evidence="e" * 64, ranking=found.ranking, entered=entered)
    (fit,) = found.hypotheses.fits[("hardness_tester_bias",)]
    told = worked.run(scenario(mode_part("hardness_tester_bias", fit.window, *fit.sizes)))
    believed = found.posterior.causes["hardness_tester_bias"]
    assert 0.2 < believed < 0.999
    odds = told.probability / (1.0 - told.probability)
    assert odds == pytest.approx(believed / (1.0 - believed), rel=0.1)
