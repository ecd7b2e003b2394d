"""Sampling plans: the fewest tablets that find a share, or that settle a mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom, norm

from investigator.analysis.sampling import (
    MOST_UNITS,
    Doubtful,
    Part,
    plan_for_affected,
    plan_for_means,
    units_for_mean,
    units_to_detect,
)
from investigator.domain.conformance import Conformance, Zone
from investigator.twin.decision_rules import SamplingRule

RULE = SamplingRule(confidence=0.95, share=0.05, units_per_place=3)
PART = Part(3.2, 7.9, 18_800)


@pytest.mark.requirement("IMP-037")
@pytest.mark.parametrize(
    ("share", "confidence", "units"), [(0.05, 0.95, 59), (0.01, 0.95, 299), (0.10, 0.90, 22)]
)
def test_of_very_many_tablets_the_number_is_the_binomial_one(
    share: float, confidence: float, units: int
) -> None:
    assert units_to_detect(tablets=10_000_000, share=share, confidence=confidence) == units


@pytest.mark.requirement("IMP-037")
@given(tablets=st.integers(1, 5_000), share=st.floats(0.001, 1.0), confidence=st.floats(0.5, 0.999))
def test_it_is_the_fewest_that_do(tablets: int, share: float, confidence: float) -> None:
    units = units_to_detect(tablets=tablets, share=share, confidence=confidence)
    affected = min(max(1, round(share * tablets)), tablets)
    assert 1 <= units <= tablets
    assert hypergeom.pmf(0, tablets, affected, units) <= 1.0 - confidence + 1e-9
    if units > 1:
        assert hypergeom.pmf(0, tablets, affected, units - 1) > 1.0 - confidence - 1e-9


@pytest.mark.requirement("IMP-037")
@given(
    mean=st.floats(95.1, 104.9),
    u=st.floats(0.05, 5.0),
    sd=st.floats(0.2, 4.0),
    factor=st.floats(0.5, 3.0),
)
def test_so_many_tablets_bring_the_interval_inside(
    mean: float, u: float, sd: float, factor: float
) -> None:
    units = units_for_mean(mean, u, sd, (95.0, 105.0), guard_factor=factor)
    if units is None:
        return

    def inside(n: int) -> bool:
        after = 1.0 / np.sqrt(1.0 / u**2 + n / sd**2)
        return bool(95.0 + factor * after <= mean + 1e-9 and mean - 1e-9 <= 105.0 - factor * after)

    assert 1 <= units <= MOST_UNITS
    assert inside(units)
    assert units == 1 or not inside(units - 1)


@pytest.mark.requirement("IMP-037")
def test_no_number_of_tablets_settles_a_mean_outside() -> None:
    assert units_for_mean(94.9, 1.0, 1.0, (95.0, 105.0), guard_factor=1.6) is None
    assert units_for_mean(95.001, 1.0, 4.0, (95.0, 105.0), guard_factor=1.6) is None
    assert units_for_mean(79.0, 1.0, 2.0, (80.0, None), guard_factor=1.6) is None


@pytest.mark.requirement("IMP-038")
def test_affected_tablets_are_looked_for_in_their_part_of_the_filling() -> None:
    plan = plan_for_affected(PART, ("assay", "cu_av"), RULE)
    assert (plan.units, plan.strata) == (60, 20)
    assert (plan.from_kg, plan.to_kg) == (3.2, 7.9)
    assert plan.why.startswith(
        "59 tablets hold at least one affected one with 95 % confidence if 5"
    )
    assert plan.why.endswith("between 3.20 and 7.90 kg of the filling are affected.")


@pytest.mark.requirement("IMP-038")
def test_a_plan_never_asks_for_more_tablets_than_there_are() -> None:
    plan = plan_for_affected(Part(1.0, 1.001, 4), ("assay",), RULE)
    assert plan.units <= 4


@pytest.mark.requirement("IMP-038")
def test_a_doubtful_mean_is_settled_over_the_whole_filling() -> None:
    low = Conformance("assay", "% LC", 95.0, 105.0, 1.645, 0.9, Zone.INCONCLUSIVE, 0.0, 0.9)
    whole = Part(0.0, 12.0, 48_000)
    plan = plan_for_means(whole, (Doubtful(low, 96.0, 1.0, float(norm.ppf(0.95)), 1.06),), RULE)
    assert plan.why.startswith("2 tablets bring the mean assay inside")
    assert (plan.units, plan.strata, plan.attributes) == (3, 1, ("assay",))
    water = Conformance("water", "%", None, 4.0, 0.1, 0.9, Zone.INCONCLUSIVE, 0.0, 0.9)
    both = plan_for_means(
        whole,
        (Doubtful(low, 96.0, 1.0, 1.645, 1.06), Doubtful(water, 3.9, 0.1, 1.645, None)),
        RULE,
    )
    assert both.attributes == ("assay", "water")
    assert both.units == 60
