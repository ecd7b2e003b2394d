"""A scenario is judged as the ranking judges: the same cause has the same numbers and costs."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, mode_of, noisy, package, planted, quiet
from support.supposed import bench, mode_part, part, scenario

from investigator.analysis.fitting import (
    as_background,
    fit_sizes,
    no_background,
    saturated,
)
from investigator.analysis.hypotheses import score_of
from investigator.analysis.occam import mode_costs
from investigator.analysis.what_if_evidence import windows_cost
from investigator.analysis.what_if_trial import trial
from investigator.domain.scenario import Course, Scenario, TargetKind
from investigator.twin.scenario import Window

PADDLE, TURRET = Window(at_min(70), at_min(110)), Window(at_min(90), at_min(130))
WEAR = Window(at_min(60), at_min(140), 900.0)


def cost(supposed: Scenario) -> float:
    known = package()
    targets = bench(quiet()).targets
    return windows_cost(
        trial(supposed, quiet(), known.parameters, known.failure_modes, targets).parts
    )


@pytest.mark.requirement("DIA-038")
@pytest.mark.parametrize(
    ("cause", "window", "sizes"),
    [
        ("paddle_overspeed", PADDLE, (60.0,)),
        ("api_loadcell_drift", WEAR, (6.0,)),
        ("nir_fouling", WEAR, (5.0, 1.0)),
        ("hardness_tester_bias", PADDLE, (-12.0,)),
    ],
)
def test_a_failure_mode_at_its_fit_has_the_log_evidence_of_the_ranking(
    cause: str, window: Window, sizes: tuple[float, ...]
) -> None:
    c = planted(noisy(5), cause, window, sizes).comparison
    fit = fit_sizes(c, mode_of(cause), window, no_background(c))
    told = bench(c).run(scenario(mode_part(cause, window, *fit.sizes)))
    assert told.log_evidence == pytest.approx(fit.score, abs=0.1)


@pytest.mark.requirement("DIA-038")
def test_two_failure_modes_are_scored_as_the_ranking_scores_two() -> None:
    c = planted(noisy(5), "paddle_overspeed", PADDLE, (60.0,)).comparison
    c = planted(c, "turret_speed_high", TURRET, (15.0,)).comparison
    first = fit_sizes(c, mode_of("paddle_overspeed"), PADDLE, no_background(c))
    second = fit_sizes(c, mode_of("turret_speed_high"), TURRET, as_background(first, c))
    both = scenario(
        mode_part("paddle_overspeed", PADDLE, *first.sizes),
        mode_part("turret_speed_high", TURRET, *second.sizes),
    )
    told = bench(c).run(both)
    assert told.log_evidence >= score_of((first, second)) - 0.1
    turned = bench(c).run(replace(both, parts=both.parts[::-1]))
    assert turned.log_evidence == pytest.approx(told.log_evidence, abs=1e-9)
    alone = bench(c).run(scenario(mode_part("paddle_overspeed", PADDLE, *first.sizes)))
    assert told.log_evidence > alone.log_evidence


@pytest.mark.requirement("DIA-038")
def test_what_was_so_all_day_is_at_work_all_day_whatever_times_are_stated() -> None:
    """A lesser cause lies inside it, and must explain more than its aftermath might."""
    c = planted(noisy(5), "paddle_overspeed", PADDLE, (60.0,)).comparison
    mode = TargetKind.FAILURE_MODE
    lesser = part("turret_speed_high", 8.0, kind=mode, begin=70, end=110)
    told = [
        bench(c).run(
            scenario(
                part("paddle_overspeed", 60.0, kind=mode, course=Course.WHOLE_BATCH, **stated),
                lesser,
            )
        )
        for stated in ({"begin": 0, "end": 180}, {"begin": 10, "end": 20})
    ]
    assert told[0].log_evidence == pytest.approx(told[1].log_evidence, abs=1e-9)


@pytest.mark.requirement("DIA-039")
def test_sizes_and_times_that_a_person_chose_pay_as_fitted_ones() -> None:
    step = scenario(part("paddle.speed", 20.0))
    told = bench(quiet()).run(step)
    gained = float(saturated(np.array([gain for _, gain in told.gains])).sum())
    assert told.log_evidence < gained - 7.0
    assert cost(step) == 7.0
    assert cost(scenario(part("paddle.speed", 20.0), part("turret.speed", 5.0))) == 7.0
    assert cost(scenario(part("paddle.speed", 20.0), part("turret.speed", 5.0, begin=70))) == 14.0
    whole = part("room.rh", 10.0, course=Course.WHOLE_BATCH)
    laboratory = mode_of("lab_analytical_error")
    assert cost(scenario(whole)) == sum(mode_costs(laboratory)) == 2.0
    for course in (Course.PULSES, Course.PERIODIC):
        assert cost(scenario(part("paddle.speed", 20.0, course=course, tau_s=900.0))) == 9.0
    mode = part("hardness_tester_bias", 5.0, kind=TargetKind.FAILURE_MODE)
    assert cost(scenario(mode)) == sum(mode_costs(mode_of("hardness_tester_bias")))
    recorded = part("api_bridging", 1.0, kind=TargetKind.FAILURE_MODE)
    own = mode_of("api_bridging").usual_score
    assert cost(scenario(recorded)) == pytest.approx(7.0 + 4.0 + own)
    assert cost(scenario(recorded, part("room.rh", 5.0))) == pytest.approx(7.0 + 4.0 + own)


@pytest.mark.requirement("DIA-039")
def test_on_a_run_with_nothing_wrong_supposing_something_is_never_better_than_nothing() -> None:
    worked = bench(noisy(3))
    rng = np.random.default_rng(0)
    targets = [t for t in worked.targets.values() if t.kind is TargetKind.INPUT]
    for target in targets:
        size = target.usual * float(rng.uniform(0.2, 1.0))
        told = worked.run(scenario(part(target.target, size)))
        assert told.log_evidence < 1.0


@pytest.mark.requirement("DIA-038", "DIA-003")
def test_what_nothing_measured_shows_has_no_evidence_for_or_against() -> None:
    early = part("reading.lab_assay", 5.0, kind=TargetKind.SENSOR, begin=0, end=1)
    assert bench(quiet()).run(scenario(early)).log_evidence == 0.0


def test_a_ranking_of_the_planted_cause_agrees_with_the_scenario() -> None:
    c = planted(noisy(5), "paddle_overspeed", PADDLE, (60.0,)).comparison
    found = diagnosed(c, among=("paddle_overspeed", "turret_speed_high"))
    leading = found.ranking.hypotheses[0]
    fit = found.hypotheses.fits[("paddle_overspeed",)][0]
    told = bench(c).run(scenario(mode_part("paddle_overspeed", fit.window, *fit.sizes)))
    assert leading.cause == "paddle_overspeed"
    assert told.log_evidence == pytest.approx(fit.score, abs=0.1)
