"""Results of checks move the probabilities by Bayes' rule, and by nothing else."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import at_min, diagnosed, noisy, package, planted

from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.entered_checks import INDEPENDENT, TakenIn, still_open, take_in, updated
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.errors import UnusableInput
from investigator.twin.scenario import Window

A, B, PAIR, BESIDE = ("a",), ("b",), ("a", "b"), ("a", UNLISTED)
MODELS = ((), A, B, PAIR, (UNLISTED,), BESIDE)
DRIFT, FOULED = "api_loadcell_drift", "nir_fouling"
WEIGHT = EnteredCheck("load_cell_check_weight", "Check weight", failed=True)


def believed(*weights: float) -> Posterior:
    models = {m: w / sum(weights) for m, w in zip(MODELS, weights, strict=True)}
    causes = {c: sum(p for m, p in models.items() if c in m) for c in "ab"}
    unlisted = sum(p for m, p in models.items() if UNLISTED in m)
    return Posterior(causes, unlisted, models[()], models)


@cache
def found() -> Diagnosis:
    run = planted(noisy(1), DRIFT, Window(at_min(60), at_min(150), 900.0), (6.0,)).comparison
    return diagnosed(run, among=(DRIFT, FOULED))


def taken(*entered: EnteredCheck, before: Posterior | None = None) -> TakenIn:
    d = found()
    first = before or d.posterior
    return take_in(first, entered, package().checks, d.replay.comparison, d.hypotheses)


def even() -> Posterior:
    models = dict.fromkeys(found().hypotheses.scores, 0.0) | {(DRIFT,): 0.5, (FOULED,): 0.5}
    return Posterior({DRIFT: 0.5, FOULED: 0.5}, 0.0, 0.0, models)


POSITIVE = st.floats(1e-6, 1.0)
SIX = st.tuples(*[POSITIVE] * 6)


@pytest.mark.requirement("DIA-034")
def test_the_textbook_example_by_hand() -> None:
    likely = {m: 0.95 if "a" in m else 0.02 for m in MODELS}
    after = updated(believed(0.1, 0.4, 0.4, 0.0, 0.1, 0.0), likely)
    norm = 0.95 * 0.4 + 0.02 * 0.6
    assert after.causes["a"] == pytest.approx(0.95 * 0.4 / norm, abs=1e-12)
    assert after.causes["b"] == pytest.approx(0.02 * 0.4 / norm, abs=1e-12)
    assert after.none_of_the_above == pytest.approx(0.02 * 0.1 / norm, abs=1e-12)
    assert after.no_deviation == pytest.approx(0.02 * 0.1 / norm, abs=1e-12)


@pytest.mark.requirement("DIA-034")
@given(SIX, SIX)
def test_odds_of_any_two_models_change_by_the_ratio_of_their_likelihoods(
    weights: tuple[float, ...], chances: tuple[float, ...]
) -> None:
    before = believed(*weights)
    after = updated(before, dict(zip(MODELS, chances, strict=True)))
    assert sum(after.models.values()) == pytest.approx(1.0)
    for k, one in enumerate(MODELS):
        odds = after.models[one] * before.models[A] * chances[1]
        assert odds == pytest.approx(after.models[A] * before.models[one] * chances[k])
    assert after.causes["a"] == pytest.approx(sum(after.models[m] for m in (A, PAIR, BESIDE)))
    none = after.models[(UNLISTED,)] + after.models[BESIDE]
    assert after.none_of_the_above == pytest.approx(none)
    assert after.no_deviation == after.models[()]


@given(SIX, SIX, SIX)
def test_the_order_of_results_does_not_matter(
    weights: tuple[float, ...], one: tuple[float, ...], other: tuple[float, ...]
) -> None:
    first, second = (dict(zip(MODELS, c, strict=True)) for c in (one, other))
    forth = updated(updated(believed(*weights), first), second)
    back = updated(updated(believed(*weights), second), first)
    for model in MODELS:
        assert forth.models[model] == pytest.approx(back.models[model])


def test_a_result_that_nothing_makes_possible_is_refused() -> None:
    with pytest.raises(UnusableInput, match="no hypothesis makes possible"):
        updated(believed(*[1.0] * 6), dict.fromkeys(MODELS, 0.0))


@pytest.mark.requirement("DIA-034")
def test_a_failed_inspection_leads_to_its_cause_and_a_passed_one_away() -> None:
    failed = taken(WEIGHT, before=even())
    passed = taken(replace(WEIGHT, failed=False), before=even())
    assert failed.believed.causes[DRIFT] > 0.9
    assert passed.believed.causes[DRIFT] < 0.1
    assert failed.entered == ("Check weight: failed",)
    assert failed.assumptions == (INDEPENDENT,)


@pytest.mark.requirement("DIA-034")
def test_a_high_assay_speaks_for_the_feed_and_a_usual_one_for_the_analyser() -> None:
    high = EnteredCheck("retained_assay", "Assay", None, 105.0, 0.5, "% LC", "B1-D03")
    usual = replace(high, value=100.0)
    assert taken(high, before=even()).believed.causes[DRIFT] > 0.9
    assert taken(usual, before=even()).believed.causes[FOULED] > 0.9
    assert taken(high).entered == ("Assay (B1-D03): 105.0 ± 0.500 % LC",)


@pytest.mark.requirement("DIA-034")
@pytest.mark.parametrize(
    ("entered", "said"),
    [
        (EnteredCheck("gone", "Gone", failed=True), "is none of this twin"),
        (
            EnteredCheck("retained_assay", "Assay", None, 100.0, 0.5, "% LC", "B9-D99"),
            "B9-D99 is none",
        ),
        (
            EnteredCheck("retained_assay", "Assay", None, 50.0, 0.5, "mg", "B1-D03"),
            "is in mg, the twin predicts it in % LC",
        ),
        (
            EnteredCheck("retained_assay", "Assay", None, 5000.0, 0.5, "% LC", "B1-D03"),
            "no hypothesis makes possible",
        ),
        (
            EnteredCheck("retained_assay", "Assay", None, 1e200, 1e-200, "% LC", "B1-D03"),
            "no hypothesis makes possible",
        ),
        (EnteredCheck("load_cell_check_weight", "W"), "needs passed or failed"),
    ],
)
def test_what_cannot_be_taken_in_changes_nothing_and_is_said(
    entered: EnteredCheck, said: str
) -> None:
    after = taken(entered, WEIGHT)
    assert after.believed == taken(WEIGHT).believed
    assert after.entered == (WEIGHT.words,)
    assert len(after.assumptions) == 2
    assert after.assumptions[1].startswith("A result of a check was not taken in (")
    assert said in after.assumptions[1]


def test_nothing_entered_changes_nothing() -> None:
    assert taken() == TakenIn(found().posterior, (), ())


@pytest.mark.requirement("DIA-034")
def test_an_inspection_that_was_done_is_not_asked_for_again_and_a_measurement_may_be() -> None:
    assay = EnteredCheck("retained_assay", "Assay", None, 105.0, 0.5, "% LC", "B1-D03")
    left = {check.check_id for check in still_open(package().checks, (WEIGHT, assay))}
    assert left == {check.check_id for check in package().checks} - {WEIGHT.check_id}
