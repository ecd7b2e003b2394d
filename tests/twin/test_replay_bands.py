"""Bands of a replay: they hold what normal batches show and follow what was learned."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import noisy_record, package, record, reference

from investigator.domain.errors import UnusableInput
from investigator.twin.attribute_models import measurements_of, read_attribute_models
from investigator.twin.container_prediction import predict_containers
from investigator.twin.ensemble import COURSES, ensemble
from investigator.twin.replay_bands import replay_bands
from investigator.twin.replay_statistics import (
    FILE,
    SignalNoise,
    _of_a_further_batch,
    estimate_replay,
    measured_signal,
    read_replay_statistics,
)
from investigator.twin.replayed_run import replayed_run

PARAMETERS = package().parameters
MODELS = read_attribute_models(package().reference)
STATISTICS = read_replay_statistics(package().reference)
RUN = replayed_run(record(), reference(), PARAMETERS)
TOLD = measurements_of(RUN)


@pytest.fixture(scope="module")
def spread():
    with ThreadPoolExecutor(1) as executor:
        return ensemble(RUN, TOLD, PARAMETERS, executor, seed=3, members=8)


@pytest.fixture(scope="module")
def bands(spread):
    return replay_bands(record(), TOLD, spread, MODELS, STATISTICS)


@pytest.mark.requirement("TWN-052")
def test_every_course_has_a_band_around_it(bands):
    assert tuple(bands) == tuple(COURSES)
    for name, band in bands.items():
        low50, high50 = band.limits(0.5)
        low95, high95 = band.limits(0.95)
        assert (low95 < low50).all(), name
        assert (high50 < high95).all(), name
        assert high95 - band.middle == pytest.approx(band.middle - low95)


@pytest.mark.requirement("TWN-052")
def test_an_attribute_meets_its_containers(bands, spread):
    """Averaged over a container, the course is what is predicted of the container."""
    found = predict_containers(TOLD, MODELS, departures=spread.departures)
    for p in (p for p in found if p.attribute == "hardness"):
        place = TOLD["hardness"].containers.index(p.container_id)
        bin_ = round((TOLD["hardness"].container_h[place] * 3600 + 240) / 30)
        if 0 < place < len(TOLD["hardness"].containers) - 1:
            near = bands["hardness"].middle[bin_ - 10 : bin_ + 10].mean()
            assert near == pytest.approx(p.mean, abs=1.0)
            assert bands["hardness"].sd[bin_] == pytest.approx(p.sd, rel=0.1)


@pytest.mark.requirement("TWN-052")
def test_the_spreads_of_signals_are_those_that_were_put_in():
    runs = [(f"N{k}", noisy_record(k)) for k in (1, 2, 3)]
    with ThreadPoolExecutor(2) as executor:
        document = estimate_replay(runs, reference(), PARAMETERS, executor)
    found = read_replay_statistics({FILE: json.loads(json.dumps(document))})
    assert found.signals["nir_api"].within > 0.08
    off = 20.0 - RUN.replayed.nir_api_pct[record().producing].mean()
    assert found.signals["nir_api"].bias == pytest.approx(off, abs=0.05)
    assert found.signals["holdup"].between < 0.01


def test_a_signal_in_doubt_is_not_measured():
    doubt = np.full(record().grid_ms.size, 2.0)
    unsure = replace(record(), sd_factors={"nir.api": doubt})
    assert np.isnan(measured_signal(unsure, "nir_api")).all()
    assert np.isfinite(measured_signal(record(), "nir_api")).any()


def test_a_signal_that_no_batch_measured_is_refused():
    blind = {**record().roles, "nir.api": np.full(record().grid_ms.size, np.nan)}
    runs = [("N1", replace(record(), roles=blind))]
    with (
        ThreadPoolExecutor(1) as executor,
        pytest.raises(UnusableInput, match="hold no value of nir_api"),
    ):
        estimate_replay(runs, reference(), PARAMETERS, executor)


def test_missing_statistics_are_refused():
    with pytest.raises(UnusableInput, match=rf"reference/{FILE}.json"):
        read_replay_statistics({})
    document = {"signals": {"holdup": {"bias": 0.0, "between": 1.0, "within": 1.0}}}
    with pytest.raises(UnusableInput, match="nir_api"):
        read_replay_statistics({FILE: document})
    assert isinstance(STATISTICS.signals["holdup"], SignalNoise)


@pytest.mark.requirement("TWN-143")
def test_a_further_batch_lies_in_the_band_as_often_as_it_says():
    levels = np.random.default_rng(3).normal(5.0, 2.0, (4000, 7))
    sd = np.array([_of_a_further_batch(known) for known in levels[:, :6]])
    off = np.abs(levels[:, 6] - levels[:, :6].mean(axis=1))
    assert np.mean(off <= 1.959964 * sd) == pytest.approx(0.95, abs=0.01)
