"""What is proposed for a container: every rule, in the order in which they apply."""

import math
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import package

from investigator.analysis.conformance import conformances
from investigator.analysis.disposition import OF_RULE, Judged, Standing, propose, zone_of_uniformity
from investigator.analysis.material import Limits
from investigator.domain.conformance import (
    RULES_IN_WORDS,
    AcceptanceValue,
    DecisionRule,
    Zone,
)
from investigator.domain.departures import Z95
from investigator.domain.impact import PredictedQuality, Proposal
from investigator.twin.decision_rules import DecisionRules

LIMITS = Limits({"assay": (95.0, 105.0), "q30": (80.0, math.inf)})


@cache
def rules() -> DecisionRules:
    return package().decision_rules


def judged_as(
    assay: float,
    content: AcceptanceValue | None = None,
    reported: tuple[str, ...] = (),
    *,
    u: float = 0.5,
) -> Judged:
    quality = {
        name: PredictedQuality(mean, mean - Z95 * u, mean + Z95 * u, "% LC", None)
        for name, mean in (("assay", assay), ("q30", 90.0), ("tensile_strength", 2.0))
    }
    found = conformances(quality, LIMITS, rules().attributes)
    return Judged(quality, found, content, reported)


def uniformity(p_pass: float) -> AcceptanceValue:
    return AcceptanceValue(6.0, 3.0, 9.0, p_pass, 15.0, None)


def proposed(
    *,
    affected: bool,
    assay: float = 100.0,
    u: float = 0.5,
    reasons: tuple[str, ...] = (),
    cause_unknown: bool = False,
    unexplained: bool = False,
    p_pass: float | None = None,
    reported: tuple[str, ...] = (),
    by: DecisionRules | None = None,
) -> DecisionRule:
    standing = Standing(affected, 0.4, reasons, cause_unknown, unexplained)
    content = None if p_pass is None else uniformity(p_pass)
    judged = judged_as(assay, content, reported, u=u)
    rule, reason = propose(standing, judged, by or rules())
    assert reason.endswith(".")
    assert reason.count(". ") == 0
    return rule


@pytest.mark.requirement("IMP-039")
def test_every_rule_has_its_proposal_and_its_words() -> None:
    assert set(OF_RULE) == set(DecisionRule) == set(RULES_IN_WORDS)


@pytest.mark.requirement("IMP-039")
def test_a_sound_container_is_released() -> None:
    rule = proposed(affected=False, p_pass=0.999)
    assert rule is DecisionRule.RELEASE
    assert OF_RULE[rule] is Proposal.RELEASE


@pytest.mark.requirement("IMP-039")
def test_affected_and_outside_is_rejected() -> None:
    assert proposed(affected=True, assay=94.0) is DecisionRule.REJECT
    assert proposed(affected=True, p_pass=0.2) is DecisionRule.REJECT


@pytest.mark.requirement("IMP-039")
def test_it_is_reprocessed_only_where_that_is_registered() -> None:
    registered = replace(rules(), reprocess_registered="3.2.P.3.3")
    assert proposed(affected=True, assay=94.0, by=registered) is DecisionRule.REPROCESS
    assert proposed(affected=False, assay=94.0, by=registered) is DecisionRule.INCONCLUSIVE


@pytest.mark.requirement("IMP-039")
def test_affected_but_inside_is_tested() -> None:
    assert proposed(affected=True, reasons=("composition_api",)) is DecisionRule.AFFECTED


@pytest.mark.requirement("IMP-039")
def test_tablets_of_one_station_are_sorted_out() -> None:
    assert proposed(affected=True, reasons=("oos_individual_station",)) is DecisionRule.SORT
    both = ("oos_individual_station", "oos_weight")
    assert proposed(affected=True, reasons=both) is DecisionRule.AFFECTED
    never = replace(rules(), sort_by={})
    station = ("oos_individual_station",)
    assert proposed(affected=True, reasons=station, by=never) is DecisionRule.AFFECTED


@pytest.mark.requirement("IMP-039")
def test_not_affected_but_in_doubt_is_tested() -> None:
    assert proposed(affected=False, assay=95.5) is DecisionRule.INCONCLUSIVE
    assert proposed(affected=False, assay=94.0) is DecisionRule.INCONCLUSIVE
    assert proposed(affected=False, p_pass=0.9) is DecisionRule.INCONCLUSIVE


@pytest.mark.requirement("IMP-041")
@pytest.mark.requirement("IMP-081")
def test_a_prediction_alone_releases_nothing() -> None:
    sound, unaffected = judged_as(100.0), Standing(False, 0.0, (), False, False)
    assert OF_RULE[propose(unaffected, sound, rules())[0]] is Proposal.RELEASE
    rule, reason = propose(unaffected, replace(sound, batch_tested=False), rules())
    assert OF_RULE[rule] is Proposal.ADDITIONAL_TESTING
    assert "no laboratory result" in reason


def test_what_is_held_for_what_is_not_known_is_not_said_to_be_unlikely() -> None:
    standing = Standing(True, 0.0, ("filled while the run was not recorded",), False, False)
    rule, reason = propose(standing, judged_as(100.0), rules())
    assert rule is DecisionRule.AFFECTED
    assert reason == (
        "Held for what is not known (filled while the run was not recorded); test stratified "
        "samples of its filling."
    )


@pytest.mark.requirement("IMP-039")
def test_nothing_predicted_is_never_released() -> None:
    rule, reason = propose(Standing(False, 0.0, (), False, False), Judged({}, ()), rules())
    assert rule is DecisionRule.INCONCLUSIVE
    assert "nothing is predicted" in reason


@pytest.mark.requirement("IMP-040")
@given(
    affected=st.booleans(),
    assay=st.floats(90.0, 110.0),
    u=st.floats(0.0, 5.0),
    p_pass=st.floats(0.0, 1.0),
    cause_unknown=st.booleans(),
)
def test_an_open_result_out_of_specification_is_never_released(
    affected: bool, assay: float, u: float, p_pass: float, cause_unknown: bool
) -> None:
    """Whatever the twin says: the out-of-specification procedure comes first."""
    rule = proposed(
        affected=affected,
        assay=assay,
        u=u,
        p_pass=p_pass,
        cause_unknown=cause_unknown,
        reported=("Content uniformity AV 16.6 (at most 15)",),
    )
    assert rule is DecisionRule.REPORTED
    assert OF_RULE[rule] is Proposal.ADDITIONAL_TESTING


@pytest.mark.requirement("IMP-039")
@given(assay=st.floats(90.0, 110.0), u=st.floats(0.0, 5.0), more=st.floats(0.0, 5.0))
def test_more_uncertainty_never_releases(assay: float, u: float, more: float) -> None:
    if proposed(affected=False, assay=assay, u=u) is not DecisionRule.RELEASE:
        assert proposed(affected=False, assay=assay, u=u + more) is not DecisionRule.RELEASE


@pytest.mark.requirement("IMP-039")
def test_nothing_is_released_while_the_cause_is_likely_on_no_list() -> None:
    """A cause that nobody knows may reach further than what it showed."""
    assert proposed(affected=False, cause_unknown=True) is DecisionRule.CAUSE_UNKNOWN


@pytest.mark.requirement("IMP-077")
def test_nothing_is_released_while_something_shows_that_may_be_on_no_list() -> None:
    assert proposed(affected=False, unexplained=True) is DecisionRule.CAUSE_UNKNOWN
    assert proposed(affected=False, assay=94.0, unexplained=True) is DecisionRule.INCONCLUSIVE
    assert proposed(affected=True, assay=94.0, unexplained=True) is DecisionRule.REJECT


@pytest.mark.requirement("IMP-041")
def test_the_reason_is_one_sentence_with_its_numbers() -> None:
    sound, hurt = Standing(False, 0.0, (), False, False), Standing(True, 0.9, (), False, False)
    told = judged_as(100.0, reported=("mean q30 70 (at least 80)",))
    _, reason = propose(sound, told, rules())
    assert reason == (
        "Reported out of specification: mean q30 70 (at least 80); out-of-specification procedure "
        "before any other decision."
    )
    _, reason = propose(hurt, judged_as(94.6), rules())
    assert reason == (
        "Affected, and its mean assay, 94.60 (93.62 to 95.58) % LC, conforms with probability 0.21."
    )
    _, reason = propose(sound, judged_as(100.0, uniformity(0.8)), rules())
    assert reason.endswith("pass the test of content uniformity with probability 0.80.")


@pytest.mark.requirement("IMP-039")
def test_content_uniformity_without_a_rule_is_not_judged() -> None:
    without = {k: v for k, v in rules().attributes.items() if k != "cu_av"}
    assert zone_of_uniformity(uniformity(0.1), rules()) is Zone.REJECT
    assert zone_of_uniformity(uniformity(0.1), replace(rules(), attributes=without)) is Zone.ACCEPT
