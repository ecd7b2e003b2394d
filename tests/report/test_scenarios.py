"""Every scenario and every run of one in the report, also those that explain nothing."""

from dataclasses import replace

import pytest
from report.test_attended import squeezed, text_of
from report.test_reasoning import with_acts
from support.attended import attended
from support.investigations import SUPPOSED, digest
from support.scenario_scenes import a_fit, a_scenario, a_what_if

from investigator.domain.acts.scenarios import ScenarioRun, stated
from investigator.domain.dossier import Dossier
from investigator.domain.scenario_outcome import ScenarioOutcome
from investigator.report.build import build_report

FIRST = ScenarioRun("S-1", digest("one"), digest("told one"), fitted=False)
SECOND = ScenarioRun("S-1", digest("two"), digest("told two"), fitted=True)


def with_runs(case: Dossier) -> Dossier:
    made = with_acts(case, stated(a_scenario(), copied_from="R-7"), FIRST, SECOND)
    assert made.record is not None
    runs = made.record.case.scenario_runs
    told = (a_what_if(probability=None), a_fit(a_scenario()))
    outcomes = tuple(ScenarioOutcome(r, t) for r, t in zip(runs, told, strict=True))
    return replace(made, scenario_runs=outcomes)


@pytest.mark.requirement("RPT-060", "CAS-208")
def test_every_scenario_and_every_run_is_printed(dossier: Dossier) -> None:
    text = squeezed(text_of(build_report(with_runs(attended(dossier)))))
    for words in (
        "Feeder starved (S-1)",
        "copy of R-7; as felt",
        "2 runs were recorded, and all are listed",
        "as stated: input feed.api by \N{MINUS SIGN}8.50 as a step",
        "fitted: input feed.api by \N{MINUS SIGN}7.25 as a step",
        "(standard uncertainty 0.50)",
        "hardness \N{MINUS SIGN}1.2",
        "run of S-1",
        FIRST.recipe,
        SECOND.result,
    ):
        assert squeezed(words) in text, words


@pytest.mark.requirement("RPT-060")
def test_a_run_of_a_scenario_that_was_stated_anew_is_marked_stale(dossier: Dossier) -> None:
    made = with_runs(attended(dossier))
    assert squeezed("no longer current: S-1") not in squeezed(text_of(build_report(made)))
    anew = with_acts(made, replace(stated(a_scenario()), note="seen again"))
    assert squeezed("no longer current: S-1") in squeezed(text_of(build_report(anew)))


@pytest.mark.requirement("RPT-060", "CAS-214")
def test_a_scenario_with_the_id_of_a_hypothesis_supposes_it(dossier: Dossier) -> None:
    case = attended(dossier)
    assert case.record is not None
    cause = case.record.case.hypotheses[0].act.cause
    words = squeezed("supposes the hypothesis of this id")
    own = with_acts(case, stated(a_scenario(scenario_id=cause)))
    assert words in squeezed(text_of(build_report(own)))
    assert words not in squeezed(text_of(build_report(with_acts(case, SUPPOSED))))


@pytest.mark.requirement("RPT-061")
def test_a_scenario_without_a_run_says_so(dossier: Dossier) -> None:
    text = text_of(build_report(with_acts(attended(dossier), SUPPOSED)))
    assert "None was run." in text
    assert "Runs of scenarios" not in text


@pytest.mark.requirement("RPT-061")
def test_without_any_nothing_is_said(dossier: Dossier) -> None:
    assert "Scenarios" not in text_of(build_report(attended(dossier)))
