"""Which hypotheses count for the quality of containers, and the level of a run."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, mode_of, noisy, package

from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.doubtful_flows import REACH_MS
from investigator.analysis.fitting import Fit, no_background
from investigator.analysis.impact_quality import (
    EARLY_MS,
    NOT_KNOWN,
    NOT_LEARNED,
    PROBABLE,
    LikelyModel,
    assumed_of_quality,
    likely_models,
    reached_time,
    replayed_models,
    run_levels,
)
from investigator.analysis.material import Product
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.twin.scenario import Window

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


def at_work(cause: str, begin_min: float, end_min: float) -> Fit:
    nothing = no_background(noisy(2)).added
    window = Window(at_min(begin_min), at_min(end_min))
    return Fit(mode_of(cause), window, (1.0,), (1.0,), np.zeros(1), nothing, 0.0)


def reached_ms(probability: float, *fits: Fit) -> list[int]:
    c = ranked().replay.comparison
    reached = reached_time(c, LikelyModel(tuple(f.mode.cause for f in fits), fits, probability))
    return c.record.grid_ms[reached].tolist()


@pytest.mark.requirement("IMP-082")
def test_a_cause_may_have_reached_what_was_made_from_shortly_before_it_to_an_hour_after():
    drift = at_work("api_loadcell_drift", 60, 92)
    assert drift.mode.product_affected
    reached = reached_ms(PROBABLE, drift)
    assert (reached[0], reached[-1]) == (at_min(60) - EARLY_MS, at_min(92) + REACH_MS)
    assert reached_ms(PROBABLE - 0.01, drift) == []


@pytest.mark.requirement("IMP-082")
def test_an_instrument_that_reads_wrong_reaches_no_product_and_causes_add_up():
    fouling = at_work("nir_fouling", 20, 30)
    assert reached_ms(1.0, fouling) == reached_ms(1.0) == []
    early, late = (at_work("api_loadcell_drift", m, m + 10) for m in (10, 100))
    assert set(reached_ms(1.0, early, fouling, late)) == {
        *reached_ms(1.0, early), *reached_ms(1.0, late),
    }  # fmt: skip


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
