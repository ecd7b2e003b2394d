"""Probabilities from scores: they add up, keep the priors where nothing speaks, are tempered."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.analysis.posterior import UNLISTED, ModelPriors, posterior

MODELS = ((), ("a",), ("b",), ("a", "b"), (UNLISTED,), ("a", UNLISTED), ("b", UNLISTED))
WEIGHTS = {"a": 1.0, "b": 3.0}
PRIORS = ModelPriors(0.2, 0.5, 0.1, 0.15, 0.05, temperature=2.0)


@pytest.mark.requirement("DIA-002")
@given(st.lists(st.floats(-200, 400), min_size=7, max_size=7))
def test_probabilities_add_up(scores):
    found = posterior(dict(zip(MODELS, scores, strict=True)), WEIGHTS, PRIORS)
    assert sum(found.models.values()) == pytest.approx(1.0)
    assert all(0.0 <= p <= 1.0 for p in found.models.values())
    with_a = found.models[("a",)] + found.models[("a", "b")] + found.models[("a", UNLISTED)]
    assert found.causes["a"] == pytest.approx(with_a)
    assert found.no_deviation == found.models[()]
    beside = found.models[("a", UNLISTED)] + found.models[("b", UNLISTED)]
    assert found.none_of_the_above == pytest.approx(found.models[(UNLISTED,)] + beside)


def test_without_evidence_the_priors_remain():
    found = posterior(dict.fromkeys(MODELS, 0.0), WEIGHTS, PRIORS).models
    share = {
        (): 0.2,
        ("a",): 0.5 * 0.25,
        ("b",): 0.5 * 0.75,
        ("a", "b"): 0.1 * 2 * 0.25 * 0.75,
        (UNLISTED,): 0.15,
        ("a", UNLISTED): 0.05 * 0.25,
        ("b", UNLISTED): 0.05 * 0.75,
    }
    total = sum(share.values())
    for model, prior in share.items():
        assert found[model] == pytest.approx(prior / total), model


def test_two_causes_that_stand_for_all_pairs_share_the_prior_of_two():
    """Over all pairs the prior of "two" is spent but for a cause twice."""
    weights = {"a": 1.0, "b": 1.0, "c": 2.0}
    pairs = [("a", "b"), ("a", "c"), ("b", "c")]
    scores = {(): 0.0, **dict.fromkeys(pairs, 0.0)}
    found = posterior(scores, weights, PRIORS).models
    ratio = sum(found[p] for p in pairs) / found[()]
    assert ratio == pytest.approx((0.1 / 0.2) * (1 - 0.25**2 - 0.25**2 - 0.5**2))


def test_an_example_by_hand():
    priors = ModelPriors(0.5, 0.5, 0.0, 0.0, 0.0, temperature=1.0)
    scores = {(): 0.0, ("a",): np.log(8.0), ("b",): np.log(4.0)}
    found = posterior(scores, {"a": 1.0, "b": 1.0}, priors)
    assert found.no_deviation == pytest.approx(0.5 / (0.5 + 2.0 + 1.0))
    assert found.causes["a"] == pytest.approx(2.0 / 3.5)
    assert found.causes["b"] == pytest.approx(1.0 / 3.5)
    assert found.none_of_the_above == 0.0


def test_a_score_counts_by_its_temperature():
    scores = {(): 0.0, ("a",): 6.0, ("b",): 1.0, (UNLISTED,): 3.0}
    cold = posterior({m: s / 3.0 for m, s in scores.items()}, WEIGHTS,
                     ModelPriors(0.2, 0.5, 0.1, 0.15, 0.05, temperature=1.0))  # fmt: skip
    warm = posterior(scores, WEIGHTS,
                     ModelPriors(0.2, 0.5, 0.1, 0.15, 0.05, temperature=3.0))  # fmt: skip
    for model in scores:
        assert warm.models[model] == pytest.approx(cold.models[model])


def test_a_better_score_never_makes_a_cause_less_likely():
    before = 0.0
    for score in (-5.0, 0.0, 2.0, 10.0, 50.0):
        found = posterior({(): 0.0, ("a",): score, ("b",): 1.0}, WEIGHTS, PRIORS)
        assert found.causes["a"] > before
        before = found.causes["a"]
    assert before > 0.999


def test_huge_scores_do_not_overflow():
    found = posterior({(): 0.0, ("a",): 1e5, ("b",): 1e5}, WEIGHTS, PRIORS)
    assert found.causes["b"] == pytest.approx(0.75)
