"""The regression of quality: how many components, and limits that batches left out keep."""

import json

import numpy as np
import pytest
from support.line_run import noisy_record

from investigator.analysis.multivariate.limits import CONFIDENCE
from investigator.analysis.multivariate.pca import fit_pca
from investigator.analysis.multivariate.pls_learning import (
    document_of,
    estimate_pls,
    fewest_components,
)
from investigator.analysis.multivariate.pls_monitoring import pls_statistics
from investigator.analysis.multivariate.pls_reference import FILE, read_pls
from investigator.analysis.multivariate.sampled import SampledRun, filled, sampled_run
from investigator.analysis.multivariate.windows import NAMES
from investigator.casework.normal_runs import normal_runs
from investigator.casework.places import models_folder
from investigator.domain.multivariate import Statistic
from investigator.twin.measured import measure

M = len(NAMES)


def drawn(seed: int, windows: int = 120) -> SampledRun:
    """A batch of signals that share four causes, with a level of its own, and three qualities of
    which the last is chance."""
    rng, mixing = np.random.default_rng(seed), np.random.default_rng(0).normal(size=(4, M))
    hidden = rng.normal(size=(windows, 4)) + 0.2 * rng.normal(size=(1, 4))
    rows = hidden @ mixing + rng.normal(size=(windows, M))
    at = np.arange(5, windows, 6)
    chance = rng.normal(size=(at.size, 3))
    quality = np.column_stack([hidden[at, 0], hidden[at, 1] - hidden[at, 2], np.zeros(at.size)])
    return SampledRun(rows, at, quality + [0.3, 0.5, 1.0] * chance)


@pytest.fixture(scope="module")
def simulated():
    runs = [drawn(seed) for seed in range(20)]
    return runs, read_pls({FILE: document_of([f"N{i}" for i in range(20)], runs)})


@pytest.mark.requirement("DIA-062")
def test_further_simulated_batches_exceed_the_limits_as_often_as_those_left_out(simulated):
    runs, model = simulated
    signals = fit_pca(np.vstack([r.rows for r in runs]), NAMES, components=1)
    further = np.vstack([drawn(seed).rows for seed in range(100, 200)])
    found = pls_statistics(model.pls, model.pls.scaled(filled(signals, further)))
    for statistic, values in ((Statistic.T2, found.t2), (Statistic.SPE, found.spe)):
        limit = model.limits[statistic]
        assert np.mean(values > limit.value) == pytest.approx(1.0 - CONFIDENCE, abs=0.006)
        assert limit.false_alarm_rate == pytest.approx(1.0 - CONFIDENCE, abs=0.006)


@pytest.mark.requirement("DIA-060")
def test_what_is_explained_is_what_signals_tell_and_nothing_of_chance(simulated):
    _, model = simulated
    first, second, third = model.explained
    assert first > 0.7
    assert second > 0.5
    assert -0.2 < third < 0.1


@pytest.mark.requirement("DIA-060")
@pytest.mark.parametrize(
    ("errors", "samples", "components"),
    [
        ([10.0, 8.0, 7.9, 7.8], 700, 2),
        ([10.0, 9.9, 7.0, 6.9], 700, 3),
        ([10.0, 8.0, 7.9, 7.8], 20_000, 4),
        ([10.0, 11.0], 700, 1),
    ],
)
def test_the_fewest_components_as_good_as_the_best_are_taken(errors, samples, components):
    assert fewest_components(np.array(errors), samples) == components


@pytest.mark.requirement("DIA-060")
def test_runs_with_few_samples_teach_nothing():
    few = [(f"N{i}", noisy_record(i)) for i in range(3)]
    learned = sum(sampled_run(measure(record)).sampled.size for _, record in few[1:])
    assert learned < 30
    assert estimate_pls(few) is None


@pytest.mark.data
@pytest.mark.requirement("DIA-062")
def test_real_normal_batches_that_were_not_learned_from_keep_the_limits(plant_data):
    """Fifteen normal batches set model and limits; nine others exceed them no more often than
    twice what the limits say."""
    runs = normal_runs(models_folder() / "cdc_line_3", plant_data / "history", lambda _: None)
    sampled = [sampled_run(measure(run.record)) for run in runs]
    learned = [run for i, run in enumerate(sampled) if i % 8 < 5]
    further = [run for i, run in enumerate(sampled) if i % 8 >= 5]
    document = json.loads(json.dumps(document_of([str(i) for i in range(15)], learned)))
    model = read_pls({FILE: document})
    signals = fit_pca(np.vstack([r.rows for r in learned]), NAMES, components=1)
    rows = np.vstack([filled(signals, run.rows) for run in further])
    found = pls_statistics(model.pls, model.pls.scaled(rows))
    assert np.mean(found.t2 > model.limits[Statistic.T2].value) < 0.02
    assert np.mean(found.spe > model.limits[Statistic.SPE].value) < 0.02
    assert model.explained[1] > 0.6
