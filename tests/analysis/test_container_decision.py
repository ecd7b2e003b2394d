"""A container judged as a whole: zones, content uniformity, proposal and plan fit together."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import package

from investigator.analysis.acceptance_value import Filling
from investigator.analysis.container_decision import Contents, Decision, Judging, decide
from investigator.analysis.disposition import Standing
from investigator.analysis.impact import limits_of
from investigator.domain.conformance import DecisionRule
from investigator.domain.departures import Z95
from investigator.domain.impact import PredictedQuality, Proposal
from investigator.twin.unit_spread import read_unit_spreads

STEPS = 216
MEANS = {
    "assay": 100.0,
    "weight": 250.0,
    "hardness": 110.0,
    "q30": 90.0,
    "water": 2.4,
    "api_fraction": 0.2,
    "mgst_fraction": 0.01,
}
SDS = {
    "assay": 0.3,
    "weight": 0.4,
    "hardness": 1.5,
    "q30": 1.0,
    "water": 0.1,
    "api_fraction": 0.0005,
    "mgst_fraction": 0.0001,
}


@cache
def judging() -> Judging:
    return Judging(
        package().decision_rules,
        limits_of(package()),
        read_unit_spreads(package().reference),
        seed=1,
        batch_tested=True,
    )


def quality(**means: float) -> dict[str, PredictedQuality]:
    return {
        name: PredictedQuality(mean, mean - Z95 * SDS[name], mean + Z95 * SDS[name], "", None)
        for name, mean in {**MEANS, **means}.items()
    }


def contents(
    *, affected: slice = slice(0, 0), reported: tuple[str, ...] = (), **means: float
) -> Contents:
    chance = np.zeros(STEPS)
    chance[affected] = 0.9
    one = Filling(np.full(STEPS, 100.0), np.full(STEPS, 12.0 / STEPS))
    return Contents(quality(**means), (one, one), chance, 250.0, 2.5, reported)


def decided(
    told: Contents,
    *,
    affected: bool = False,
    reasons: tuple[str, ...] = (),
    by: Judging | None = None,
) -> Decision:
    standing = Standing(affected, 0.9 if affected else 0.0, reasons, False, False)
    return decide(standing, told, by or judging())


@pytest.mark.requirement("IMP-039")
def test_a_sound_container_is_released_without_a_plan() -> None:
    found = decided(contents())
    assert (found.proposal, found.rule) == (Proposal.RELEASE, DecisionRule.RELEASE)
    assert found.sampling is None
    assert {c.attribute for c in found.conformance} == set(MEANS)
    uniformity = found.content_uniformity
    assert uniformity is not None
    assert uniformity.p_pass > 0.99
    assert (uniformity.limit, uniformity.reported) == (15.0, 2.5)


@pytest.mark.requirement("IMP-039")
@pytest.mark.parametrize(
    ("name", "words"), [("q30", "dissolution Q30"), ("assay", "assay and content uniformity AV")]
)
def test_an_attribute_of_which_nothing_is_predicted_is_never_released(name, words) -> None:
    told = contents()
    quality = {other: one for other, one in told.quality.items() if other != name}
    found = decided(replace(told, quality=quality))
    assert found.rule is DecisionRule.INCONCLUSIVE
    assert found.reason == f"Not affected, but nothing is predicted of its {words}."


@pytest.mark.requirement("IMP-039")
def test_a_container_into_which_nothing_flowed_is_never_released() -> None:
    found = decided(replace(contents(), fillings=()))
    assert found.rule is DecisionRule.INCONCLUSIVE
    assert "content uniformity" in found.reason


@pytest.mark.requirement("IMP-038")
def test_the_affected_part_of_the_filling_is_sampled() -> None:
    told = contents(affected=slice(54, 108))
    found = decided(told, affected=True, reasons=("composition_api",))
    plan = found.sampling
    assert found.rule is DecisionRule.AFFECTED
    assert plan is not None
    assert (plan.from_kg, plan.to_kg) == (pytest.approx(3.0), pytest.approx(6.0))
    assert plan.attributes == ("assay", "cu_av")
    assert f"of the {round(3.0e6 / 250.0)} tablets" in plan.why


@pytest.mark.requirement("IMP-038")
def test_without_a_known_part_or_reason_all_is_sampled_for_all() -> None:
    plan = decided(contents(), affected=True, reasons=("unexplained",)).sampling
    assert plan is not None
    assert (plan.from_kg, plan.to_kg) == (0.0, pytest.approx(12.0))
    assert plan.attributes == tuple(judging().rules.attributes)


@pytest.mark.requirement("IMP-038")
def test_a_mean_in_doubt_is_settled_by_as_many_tablets_as_it_needs() -> None:
    found = decided(contents(hardness=86.5))
    plan = found.sampling
    assert found.rule is DecisionRule.INCONCLUSIVE
    assert plan is not None
    assert plan.attributes == ("hardness",)
    assert "inside its guarded limits" in plan.why


@pytest.mark.requirement("IMP-040")
def test_what_is_reported_stands_beside_what_is_predicted() -> None:
    found = decided(contents(reported=("Content uniformity AV 16.6 (at most 15)",)))
    assert found.proposal is Proposal.ADDITIONAL_TESTING
    assert found.rule is DecisionRule.REPORTED
    assert found.sampling is not None
    assert all(c.p_conform > 0.99 for c in found.conformance)


@pytest.mark.requirement("IMP-081")
def test_without_laboratory_results_of_the_batch_a_sound_container_is_tested() -> None:
    assert decided(contents()).proposal is Proposal.RELEASE
    found = decided(contents(), by=replace(judging(), batch_tested=False))
    assert found.proposal is Proposal.ADDITIONAL_TESTING
    assert found.reason.startswith("Not affected, but the evidence holds no laboratory result")


@pytest.mark.requirement("IMP-039")
def test_an_empty_container_is_tested_and_has_no_plan() -> None:
    nothing = Contents({}, (), np.zeros(0), 250.0, None, ())
    found = decided(nothing)
    assert found.proposal is Proposal.ADDITIONAL_TESTING
    assert (found.conformance, found.content_uniformity, found.sampling) == ((), None, None)
