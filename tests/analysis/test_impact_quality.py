"""Which hypotheses count for the quality of containers, and the level of a run."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import diagnosed, noisy, package

from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.impact_quality import (
    NOT_KNOWN,
    NOT_LEARNED,
    assumed_of_quality,
    likely_models,
    replayed_models,
    run_levels,
)
from investigator.analysis.material import Product
from investigator.analysis.posterior import UNLISTED, Posterior

CAUSES = ("api_loadcell_drift", "nir_fouling")


@cache
def ranked() -> Diagnosis:
    return diagnosed(noisy(2), causes=CAUSES)


def believing(models: dict[tuple[str, ...], float]) -> Diagnosis:
    return replace(ranked(), posterior=Posterior({}, 0.0, 0.0, models))


def test_probabilities_of_what_is_likely_sum_to_one():
    found = likely_models(believing({("nir_fouling",): 0.6, (): 0.3, ("api_loadcell_drift",): 0.1}))
    assert [m.causes for m in found] == [("nir_fouling",), (), ("api_loadcell_drift",)]
    assert sum(m.probability for m in found) == pytest.approx(1.0)
    assert [len(m.fits) for m in found] == [1, 0, 1]


def test_something_beside_a_cause_is_that_cause_and_the_unlikely_is_left_out():
    found = likely_models(
        believing(
            {
                ("nir_fouling",): 0.5,
                ("nir_fouling", UNLISTED): 0.3,
                (UNLISTED,): 0.195,
                ("api_loadcell_drift",): 0.005,
            }
        )
    )
    assert [m.causes for m in found] == [("nir_fouling",), ()]
    assert found[0].probability == pytest.approx(0.8 / 0.995)


def test_a_model_that_could_not_be_fitted_counts_as_nothing_at_work():
    found = likely_models(believing({("punch_damage",): 1.0}))
    assert [(m.causes, m.fits) for m in found] == [((), ())]


@pytest.mark.requirement("IMP-014")
def test_a_twin_that_has_not_learned_predicts_no_quality_and_says_so():
    bare = replace(package(), reference={"normal_batches": {}})
    assert replayed_models(bare, ranked().replay.comparison, (), None, seed=0) == {}
    assert run_levels(bare, {}, (), made()) == {}
    assert assumed_of_quality(bare) == (NOT_LEARNED,)


@pytest.mark.requirement("IMP-014")
def test_a_twin_without_known_containers_says_so():
    kept = {k: v for k, v in package().reference.items() if k != "containers"}
    assert assumed_of_quality(replace(package(), reference=kept)) == (NOT_KNOWN,)
    assert assumed_of_quality(package()) == ()


def made() -> Product:
    nothing = np.zeros(1)
    return Product(nothing, np.zeros(1, dtype=np.int64), {}, nothing)
