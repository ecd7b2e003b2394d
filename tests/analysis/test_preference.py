"""Words and probabilities agree: posterior odds are prior odds times the Bayes factor."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.analysis.entered_checks import updated
from investigator.analysis.posterior import UNLISTED, ModelPriors, model_prior, posterior
from investigator.analysis.preference import NOTHING, leading_hypothesis, preferences

MODELS = ((), ("a",), ("b",), ("a", "b"), (UNLISTED,), ("a", UNLISTED), ("b", UNLISTED))
WEIGHTS = {"a": 1.0, "b": 3.0, "never fitted": 1.0}
PRIORS = ModelPriors(0.2, 0.5, 0.1, 0.15, 0.05, temperature=2.0)


def prior_of(cause: str) -> float:
    return sum(model_prior(m, WEIGHTS, PRIORS) for m in MODELS if cause in m)


@pytest.mark.requirement("DIA-043")
@given(st.lists(st.floats(-60, 60), min_size=7, max_size=7))
def test_posterior_odds_are_prior_odds_times_b(scores):
    told = dict(zip(MODELS, scores, strict=True))
    found = posterior(told, WEIGHTS, PRIORS)
    log_b = preferences(found, WEIGHTS, PRIORS, "a")
    odds = np.log(found.causes["a"] / found.causes["b"])
    assert odds == pytest.approx(np.log(prior_of("a") / prior_of("b")) + log_b["b"] / 2, abs=1e-6)


@pytest.mark.requirement("DIA-043")
def test_the_evidence_is_tempered_and_one_cause_alone_is_as_by_hand():
    found = posterior({(): 0.0, ("a",): 10.0, ("b",): 4.0}, WEIGHTS, PRIORS)
    log_b = preferences(found, WEIGHTS, PRIORS, "a")
    assert log_b == {"b": pytest.approx(2 * (10.0 - 4.0) / PRIORS.temperature)}


def test_the_leading_one_may_be_no_listed_cause():
    calm = posterior({(): 0.0, ("a",): -20.0, ("b",): -20.0}, WEIGHTS, PRIORS)
    assert leading_hypothesis(calm) == NOTHING
    odd = posterior({(): 0.0, ("a",): 1.0, (UNLISTED,): 40.0}, WEIGHTS, PRIORS)
    assert leading_hypothesis(odd) == UNLISTED
    listed = posterior({(): 0.0, ("a",): 40.0, (UNLISTED,): 1.0}, WEIGHTS, PRIORS)
    assert leading_hypothesis(listed) == "a"
    found = posterior({(): 3.0, ("a",): 0.0}, WEIGHTS, PRIORS)
    assert preferences(found, WEIGHTS, PRIORS, NOTHING) == {"a": pytest.approx(3.0)}


@pytest.mark.requirement("DIA-043")
def test_what_is_too_improbable_to_tell_is_finite_and_beyond_all_that_is_told():
    found = posterior({(): 0.0, ("a",): 9000.0, ("b",): 1.0}, WEIGHTS, PRIORS)
    assert 1000.0 < preferences(found, WEIGHTS, PRIORS, "a")["b"] < 1500.0


@pytest.mark.requirement("DIA-043")
def test_a_result_of_a_check_moves_words_and_probabilities_alike():
    found = posterior({(): 0.0, ("a",): 10.0, ("b",): 10.0}, WEIGHTS, PRIORS)
    moved = updated(found, {(): 0.1, ("a",): 0.8, ("b",): 0.1})
    before = preferences(found, WEIGHTS, PRIORS, "a")["b"]
    assert before == pytest.approx(0.0, abs=1e-9)
    assert preferences(moved, WEIGHTS, PRIORS, "a")["b"] == pytest.approx(2 * np.log(8.0))
