"""What is proposed for a container: every rule, in the order in which they apply."""

import pytest

from investigator.analysis.disposition import Standing, propose
from investigator.analysis.material import Limits
from investigator.domain.impact import PredictedQuality, Proposal

LIMITS = Limits({"assay": (95.0, 105.0), "q30": (80.0, float("inf"))})


def quality(conform: float) -> dict[str, PredictedQuality]:
    return {
        "assay": PredictedQuality(100.0, 99.0, 101.0, "% LC", conform),
        "tensile_strength": PredictedQuality(2.0, 1.9, 2.1, "MPa", None),
    }


def proposed(
    *,
    affected: bool,
    conform: float = 0.999,
    assay: float = 100.0,
    reasons: tuple[str, ...] = (),
    cause_unknown: bool = False,
) -> Proposal:
    standing = Standing(affected, 0.4, reasons, cause_unknown)
    proposal, reason = propose(standing, quality(conform), {"assay": assay}, LIMITS)
    assert reason.endswith(".")
    return proposal


def test_a_sound_container_is_released():
    assert proposed(affected=False) is Proposal.RELEASE


def test_affected_and_likely_outside_is_rejected():
    assert proposed(affected=True, conform=0.3) is Proposal.REJECT


def test_affected_but_likely_inside_is_tested():
    reasons = ("composition_api",)
    assert proposed(affected=True, conform=0.97, reasons=reasons) is Proposal.ADDITIONAL_TESTING


def test_tablets_of_one_station_are_sorted_out():
    assert proposed(affected=True, reasons=("oos_individual_station",)) is Proposal.SORT
    both = ("oos_individual_station", "oos_weight")
    assert proposed(affected=True, reasons=both) is Proposal.ADDITIONAL_TESTING


def test_not_affected_but_in_doubt_is_tested():
    assert proposed(affected=False, conform=0.90) is Proposal.ADDITIONAL_TESTING


@pytest.mark.parametrize("affected", [True, False])
@pytest.mark.parametrize("assay", [94.9, 105.1])
def test_a_reported_result_outside_its_limits_is_never_released(affected, assay):
    """Whatever the twin says: the out-of-specification procedure comes first."""
    for conform in (0.0, 1.0):
        found = proposed(affected=affected, conform=conform, assay=assay)
        assert found is Proposal.ADDITIONAL_TESTING


@pytest.mark.parametrize("assay", [95.0, 105.0])
def test_a_result_at_its_limit_is_inside(assay):
    assert proposed(affected=False, assay=assay) is Proposal.RELEASE


def test_nothing_is_released_while_the_cause_is_likely_on_no_list():
    """A cause that nobody knows may reach further than what it showed."""
    found = proposed(affected=False, cause_unknown=True)
    assert found is Proposal.ADDITIONAL_TESTING


def test_the_reason_names_the_attribute():
    sound, hurt = Standing(False, 0.0, (), False), Standing(True, 0.9, (), False)
    _, reason = propose(sound, quality(0.999), {"q30": 70.0}, LIMITS)
    assert "dissolution Q30" in reason
    _, reason = propose(hurt, quality(0.2), {}, LIMITS)
    assert "assay" in reason
    assert "0.20" in reason
