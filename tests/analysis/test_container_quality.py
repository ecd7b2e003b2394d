"""Quality of a container: hypotheses mixed, discrepancies added, reported results beside."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import noisy

from investigator.analysis.container_quality import (
    UNITS,
    Believed,
    predicted_quality,
    reported_means,
)
from investigator.analysis.learned_containers import Learned
from investigator.analysis.material import Limits
from investigator.domain.impact import PredictedQuality
from investigator.twin.container_discrepancy import Discrepancy

LIMITS = Limits({"assay": (95.0, 105.0), "q30": (80.0, np.inf)})


def told(mean: float, sd: float, *, departure: float = 0.0) -> Learned:
    """Two containers that are said the same of, in every attribute."""
    both = np.ones(2)
    return Learned(
        containers=("D1", "D2"),
        mean=dict.fromkeys(UNITS, mean * both),
        sd=dict.fromkeys(UNITS, sd * both),
        departure=dict.fromkeys(UNITS, departure * both),
    )


def discrepancy(
    *, bias: float = 0.0, bias_sd: float = 0.0, sd: float = 0.0, share: float = 0.0
) -> dict[str, Discrepancy]:
    return {"assay": Discrepancy("assay", bias, bias_sd, sd, share, 100, 10)}


def found(*hypotheses: Believed, beyond: dict[str, Discrepancy] | None = None) -> PredictedQuality:
    return predicted_quality(hypotheses, beyond or {}, LIMITS)["D1"]["assay"]


def half(quality: PredictedQuality) -> float:
    return (quality.hi95 - quality.lo95) / 2.0


@pytest.mark.requirement("IMP-010")
def test_one_hypothesis_is_what_it_says():
    quality = found(Believed(1.0, told(100.0, 0.5)))
    assert quality.mean == 100.0
    assert half(quality) == pytest.approx(1.959964 * 0.5)
    assert quality.unit == "% LC"


@pytest.mark.requirement("IMP-010")
def test_two_hypotheses_are_their_mixture():
    """Means 98 and 101 in 1 : 2: mean 100, variance 2 between and what is within."""
    quality = found(
        Believed(1.0 / 3.0, told(98.0, 0.5)),
        Believed(2.0 / 3.0, told(101.0, 1.0)),
    )
    within = 0.25 / 3.0 + 2.0 / 3.0
    assert quality.mean == pytest.approx(100.0)
    assert half(quality) == pytest.approx(1.959964 * np.sqrt(2.0 + within))


@pytest.mark.requirement("IMP-011")
def test_a_discrepancy_moves_the_mean_and_widens_the_interval():
    beyond = discrepancy(bias=0.3, bias_sd=0.3, sd=1.2, share=0.1)
    quality = found(Believed(1.0, told(100.0, 0.4, departure=-4.0)), beyond=beyond)
    assert quality.mean == pytest.approx(100.3)
    assert half(quality) == pytest.approx(1.959964 * np.sqrt(0.16 + 0.09 + 1.44 + 0.16))


def test_the_chance_to_conform_falls_towards_a_limit():
    chances = [
        found(Believed(1.0, told(value, 0.5))).p_conform
        for value in (100.0, 104.0, 105.0, 106.0, 109.0)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.999
    assert chances[2] == pytest.approx(0.5, abs=1e-6)
    assert chances[4] < 0.001


@pytest.mark.requirement("IMP-010")
def test_a_hypothesis_that_is_hardly_likely_still_counts_in_the_chance_to_conform():
    quality = found(Believed(0.9, told(100.0, 0.3)), Believed(0.1, told(90.0, 0.3)))
    assert quality.p_conform == pytest.approx(0.9, abs=1e-6)


@given(
    sd=st.floats(0.01, 5.0),
    more=st.floats(0.0, 5.0),
    departure=st.floats(-20.0, 20.0),
    share=st.floats(0.0, 0.5),
)
def test_more_uncertainty_never_narrows(sd, more, departure, share):
    hypothesis = Believed(1.0, told(100.0, sd, departure=departure))
    narrow = found(hypothesis, beyond=discrepancy(share=share))
    wide = found(hypothesis, beyond=discrepancy(sd=more, share=share))
    assert half(wide) >= half(narrow) >= 1.959 * sd


def test_an_attribute_without_limits_has_no_chance_to_conform():
    quality = predicted_quality((Believed(1.0, told(2.0, 0.1)),), {}, LIMITS)["D2"]
    assert quality["tensile_strength"].p_conform is None
    assert quality["tensile_strength"].unit == UNITS["tensile_strength"]
    assert quality["q30"].p_conform == 0.0


def test_reported_means_are_those_of_the_laboratory():
    c = noisy(1)
    found = reported_means(c)
    for point in c.measured.points:
        if point.channel == "lab_assay":
            assert found[point.container_id]["assay"] == point.value
        if point.channel == "lab_weight":
            assert found[point.container_id]["weight"] == point.value
    assert set(found) == {"B1-D01", "B1-D02", "B1-D03", "B1-D04", "B1-D05"}
