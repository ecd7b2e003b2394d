"""Guard bands, zones and risks after JCGM 106: closed forms, simulation, and what may never be."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm

from investigator.analysis.conformance import (
    conformance,
    conformances,
    global_risks,
    p_conform,
    zone_of,
)
from investigator.analysis.material import Limits
from investigator.domain.conformance import Zone
from investigator.domain.departures import Z95
from investigator.domain.impact import PredictedQuality
from investigator.twin.decision_rules import AttributeRule

ASSAY = (95.0, 105.0)
RULE = AttributeRule(float(norm.ppf(0.95)), 0.95, 0.5, "a test")
CAUTION = {Zone.ACCEPT: 0, Zone.INCONCLUSIVE: 1, Zone.REJECT: 2}


def zone(mean: float, u: float, limits: tuple[float, float], rule: AttributeRule) -> Zone:
    return zone_of(mean, u, limits, rule, p=p_conform(mean, u, limits))


def predicted(mean: float, u: float) -> PredictedQuality:
    return PredictedQuality(mean, mean - Z95 * u, mean + Z95 * u, "% LC", None)


@pytest.mark.requirement("IMP-030")
def test_the_limit_of_acceptance_lies_inside_by_the_guard() -> None:
    found = conformance("assay", predicted(96.0, 0.5), ASSAY, RULE)
    assert found.guard == pytest.approx(1.6449 * 0.5, rel=1e-4)
    assert found.zone is Zone.ACCEPT
    assert found.p_conform == pytest.approx(norm.cdf(2.0), abs=1e-9)
    just_inside = conformance("assay", predicted(95.0 + found.guard - 1e-6, 0.5), ASSAY, RULE)
    assert just_inside.zone is Zone.INCONCLUSIVE
    assert conformance("assay", predicted(94.99, 0.5), ASSAY, RULE).zone is Zone.REJECT


@pytest.mark.requirement("IMP-030")
@pytest.mark.parametrize(("factor", "p"), [(1.645, 0.95), (2.0, 0.977)])
def test_a_value_at_the_guarded_limit_conforms_as_jcgm_106_says(factor: float, p: float) -> None:
    rule = AttributeRule(factor, 0.5, 0.5, "a test")
    at_limit = conformance("assay", predicted(95.0 + factor * 0.4, 0.4), ASSAY, rule)
    assert at_limit.p_conform == pytest.approx(p, abs=5e-4)


@pytest.mark.requirement("IMP-078")
@pytest.mark.parametrize("u", [0.0, 0.5])
def test_what_lies_outside_is_not_rejected_where_the_rule_never_rejects(u: float) -> None:
    never = AttributeRule(1.645, 0.95, 0.0, "a test")
    assert zone(80.0, u, ASSAY, RULE) is Zone.REJECT
    assert zone(80.0, u, ASSAY, never) is Zone.INCONCLUSIVE
    assert zone(100.0, u, ASSAY, never) is Zone.ACCEPT


@pytest.mark.requirement("IMP-031")
def test_the_risks_are_those_of_what_is_done_with_the_container() -> None:
    accepted = conformance("assay", predicted(97.0, 0.8), ASSAY, RULE)
    assert accepted.consumer_risk == pytest.approx(1.0 - accepted.p_conform)
    assert accepted.producer_risk == 0.0
    held = conformance("assay", predicted(95.5, 0.8), ASSAY, RULE)
    assert held.zone is Zone.INCONCLUSIVE
    assert (held.consumer_risk, held.producer_risk) == (0.0, held.p_conform)


@pytest.mark.requirement("IMP-031")
@pytest.mark.parametrize(
    ("u", "factor", "consumer", "producer", "accepted"),
    [
        (0.5, 0.0, 2.3e-4, 0.0009, 0.998),
        (0.5, 1.645, 1.2e-5, 0.0074, 0.992),
        (1.0, 0.0, 3.1e-4, 0.0050, 0.995),
        (1.0, 1.645, 1.8e-5, 0.062, 0.937),
        (1.5, 1.645, 2.8e-5, 0.232, 0.767),
        (1.5, 2.0, 1.1e-5, 0.345, 0.654),
    ],
)
def test_global_risks_are_those_of_the_table(
    u: float, factor: float, consumer: float, producer: float, accepted: float
) -> None:
    """The table was simulated with 4,000,000 items: process 100 with sd 1.5, limits 95 to 105."""
    found = global_risks(process_mean=100.0, process_sd=1.5, u=u, limits=ASSAY, guard_factor=factor)
    assert abs(found.consumer - consumer) < 3.0 * math.sqrt(consumer / 4e6) + 5e-6 * (factor == 0.0)
    assert found.producer == pytest.approx(producer, rel=0.01, abs=5e-5)
    assert found.accepted == pytest.approx(accepted, abs=6e-4)


@pytest.mark.requirement("IMP-031")
@pytest.mark.parametrize(("u", "factor"), [(0.5, 1.645), (1.0, 0.0), (1.5, 2.0), (0.02, 1.0)])
def test_global_risks_are_those_of_the_bivariate_normal(u: float, factor: float) -> None:
    together = math.hypot(1.5, u)
    correlation = 1.5 / together
    joint = multivariate_normal([0.0, 0.0], [[1.0, correlation], [correlation, 1.0]])
    out, edge = -5.0 / 1.5, (5.0 - factor * u) / together
    expected = 2.0 * (joint.cdf([out, edge]) - joint.cdf([out, -edge]))
    found = global_risks(process_mean=100.0, process_sd=1.5, u=u, limits=ASSAY, guard_factor=factor)
    assert found.consumer == pytest.approx(expected, abs=1e-9)


@pytest.mark.requirement("IMP-031")
@pytest.mark.parametrize("limits", [(95.0, 105.0), (98.0, math.inf), (-math.inf, 101.0)])
def test_global_risks_are_those_of_a_simulation(limits: tuple[float, float]) -> None:
    generator = np.random.Generator(np.random.PCG64(7))
    count, u, factor = 1_000_000, 0.9, 1.0
    true = generator.normal(100.0, 2.0, count)
    measured = true + generator.normal(0.0, u, count)
    accepted = (measured >= limits[0] + factor * u) & (measured <= limits[1] - factor * u)
    good = (true >= limits[0]) & (true <= limits[1])
    found = global_risks(
        process_mean=100.0, process_sd=2.0, u=u, limits=limits, guard_factor=factor
    )
    for share, simulated in (
        (found.consumer, accepted & ~good),
        (found.producer, ~accepted & good),
        (found.accepted, accepted),
    ):
        error = math.sqrt(max(share * (1.0 - share), 1e-9) / count)
        assert abs(share - float(simulated.mean())) < 4.0 * error


@pytest.mark.requirement("IMP-031")
@given(u=st.floats(1e-3, 20.0), factor=st.floats(0.0, 3.0), mean=st.floats(90.0, 110.0))
def test_global_risks_are_shares(u: float, factor: float, mean: float) -> None:
    found = global_risks(process_mean=mean, process_sd=1.5, u=u, limits=ASSAY, guard_factor=factor)
    for share in (found.consumer, found.producer, found.accepted):
        assert -1e-8 <= share <= 1.0 + 1e-8
    within = p_conform(mean, 1.5, ASSAY)
    assert found.accepted - found.consumer + found.producer == pytest.approx(within, abs=1e-8)


@pytest.mark.requirement("IMP-032")
@given(
    mean=st.floats(80.0, 120.0),
    u=st.floats(0.0, 20.0),
    more=st.floats(0.0, 20.0),
    factor=st.floats(0.0, 3.0),
    release=st.floats(0.5, 0.999),
)
def test_more_uncertainty_is_never_less_cautious(
    mean: float, u: float, more: float, factor: float, release: float
) -> None:
    rule = AttributeRule(factor, release, 0.5, "a test")
    less, greater = zone(mean, u, ASSAY, rule), zone(mean, u + more, ASSAY, rule)
    assert CAUTION[greater] >= CAUTION[less]


@pytest.mark.requirement("IMP-032")
@given(
    mean=st.floats(80.0, 120.0),
    u=st.floats(0.0, 20.0),
    more=st.floats(0.0, 20.0),
    reject=st.floats(1e-6, 0.5),
)
def test_uncertainty_alone_neither_accepts_nor_rejects(
    mean: float, u: float, more: float, reject: float
) -> None:
    rule = AttributeRule(1.0, 0.9, reject, "a test")
    less, greater = zone(mean, u, ASSAY, rule), zone(mean, u + more, ASSAY, rule)
    assert greater in (less, Zone.INCONCLUSIVE)


@pytest.mark.requirement("IMP-032")
@given(
    mean=st.floats(80.0, 120.0),
    u=st.floats(1e-6, 20.0),
    down=st.floats(0.0, 10.0),
    up=st.floats(0.0, 10.0),
    reject=st.floats(1e-6, 0.5),
)
def test_wider_limits_never_make_it_worse(
    mean: float, u: float, down: float, up: float, reject: float
) -> None:
    rule = AttributeRule(1.5, 0.9, reject, "a test")
    wider = (ASSAY[0] - down, ASSAY[1] + up)
    assert p_conform(mean, u, wider) >= p_conform(mean, u, ASSAY) - 1e-12
    assert CAUTION[zone(mean, u, wider, rule)] <= CAUTION[zone(mean, u, ASSAY, rule)]


@pytest.mark.requirement("IMP-032")
@pytest.mark.parametrize("u", [math.nan, math.inf])
def test_what_is_not_known_is_inconclusive(u: float) -> None:
    assert zone(100.0, u, ASSAY, RULE) is Zone.INCONCLUSIVE
    assert p_conform(100.0, u, ASSAY) == 0.0
    assert conformance("assay", predicted(math.nan, 0.5), ASSAY, RULE).zone is Zone.INCONCLUSIVE


@pytest.mark.requirement("IMP-030")
def test_only_attributes_with_limits_and_a_rule_are_judged() -> None:
    limits = Limits({"assay": ASSAY, "q30": (80.0, math.inf), "thickness": (3.05, 3.45)})
    quality = {name: predicted(100.0, 1.0) for name in ("assay", "q30", "water")}
    found = conformances(quality, limits, {"q30": RULE, "assay": RULE, "thickness": RULE})
    assert [c.attribute for c in found] == ["q30", "assay"]
    assert (found[0].low, found[0].high) == (80.0, None)


@pytest.mark.requirement("IMP-030")
def test_the_probability_of_several_hypotheses_counts_as_it_is() -> None:
    """One says 93, one says 100, even chances: more may be wrong than a normal value would tell."""
    both = PredictedQuality(99.0, 96.0, 102.0, "% LC", 0.8)
    found = conformance("assay", both, ASSAY, RULE)
    assert found.p_conform == 0.8
    assert found.zone is Zone.INCONCLUSIVE
