"""A container in full: its attributes, its rule, what it is blocked by, what is to be sampled."""

import pytest
from support.remedy_scenes import OUT_OF_SPECIFICATION, WHY_SAMPLED, judged
from support.scenes import a_drum

from investigator.desktop.view_models.container_details import (
    NOTHING,
    acceptance,
    container_details,
    reported_of_worst,
    rule_in_words,
    zone_of_worst,
)
from investigator.domain.conformance import Zone
from investigator.domain.quantities import UNKNOWN


def test_no_container_has_no_details() -> None:
    assert container_details(None) == NOTHING


@pytest.mark.requirement("WIN-161")
class TestAttributes:
    def test_each_has_mean_interval_limits_guard_zone_and_both_risks(self) -> None:
        rows = {row.name: row for row in container_details(judged(0)).rows}
        assay = rows["Assay"]
        assert (assay.predicted, assay.interval) == ("97.10", "95.90 to 98.20")
        assert (assay.limits, assay.guard, assay.zone) == ("95 to 105", "0.90", Zone.INCONCLUSIVE)
        assert (assay.conforms, assay.consumer, assay.producer) == ("98.0", "2.0", "98.0")
        assert (rows["Assay"].unit, rows["Weight"].unit) == ("% LC", "mg")
        assert rows["Weight"].limits == "≥ 240"
        assert rows["API content"].conforms == UNKNOWN

    def test_the_least_likely_to_conform_comes_first_and_what_has_no_limits_last(self) -> None:
        names = [row.name for row in container_details(judged(0)).rows]
        assert names == ["Acceptance value", "Assay", "Weight", "API content"]

    def test_what_is_reported_stands_beside_what_is_predicted(self) -> None:
        rows = {row.name: row for row in container_details(judged(0)).rows}
        assert rows["Assay"].reported == "97.4"
        assert rows["Acceptance value"].predicted == "4.2"
        assert rows["Acceptance value"].interval == "2.9 to 6.8"
        assert rows["Acceptance value"].reported == "5.1"
        assert rows["Acceptance value"].limits == "≤ 15.0"
        assert rows["Weight"].reported == UNKNOWN

    def test_the_rule_is_told_in_words(self) -> None:
        assert rule_in_words(judged(0)) == "DR-5: affected otherwise: additional testing"
        assert rule_in_words(judged(0, rule="DR-99")) == "DR-99"

    def test_the_sampling_plan_says_how_many_from_where_and_why(self) -> None:
        said = container_details(judged(0)).sampling
        assert said == (
            "Sampling plan: 59 tablets from 20 places between 1.0 and 7.5 kg filled, tested for "
            f"assay, weight. {WHY_SAMPLED}"
        )
        assert not container_details(judged(0, sampling=None)).sampling


@pytest.mark.requirement("WIN-160")
def test_an_open_result_blocks_whatever_is_predicted() -> None:
    said = container_details(judged(0, out_of_specification=(OUT_OF_SPECIFICATION,))).blocked
    assert said.startswith(f"Blocked: {OUT_OF_SPECIFICATION}.")
    assert "whatever is predicted" in said
    assert not container_details(judged(0)).blocked


@pytest.mark.requirement("WIN-159")
def test_zone_reported_mean_and_acceptance_value_of_a_row() -> None:
    assert zone_of_worst(judged(0)) is Zone.INCONCLUSIVE
    assert reported_of_worst(judged(0)) == "97.4"
    assert reported_of_worst(judged(0, reported={})) == ""
    assert acceptance(judged(0)) == ("4.2", "5.1")


@pytest.mark.requirement("WIN-167")
def test_what_an_impact_that_was_stored_before_does_not_tell_is_left_out() -> None:
    old = a_drum(1)
    told = container_details(old)
    assert "follow the material again" in told.rule
    assert {(row.limits, row.guard, row.zone) for row in told.rows} == {(UNKNOWN, UNKNOWN, None)}
    assert zone_of_worst(old) is None
    assert acceptance(old) == (UNKNOWN, UNKNOWN)
    assert (told.sampling, told.blocked) == ("", "")
