"""The model of normal batches: estimated, written, read again, refused when torn."""

import json

import numpy as np
import pytest
from support.line_run import noisy_record, package
from support.torn_reference import torn

from investigator.analysis.multivariate.normal_model import (
    FILE,
    estimate_multivariate,
    read_multivariate,
)
from investigator.analysis.multivariate.windows import BINS, CHANNELS, NAMES, window_rows
from investigator.domain.errors import UnusableInput
from investigator.domain.multivariate import Statistic
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.measured import measure


@pytest.fixture(scope="module")
def document():
    return estimate_multivariate([(f"N{i}", noisy_record(i)) for i in range(3)])


@pytest.mark.requirement("TWN-157")
def test_what_is_estimated_can_be_written_and_read(document):
    found = read_multivariate({FILE: json.loads(json.dumps(document, allow_nan=False))})
    assert found.batches == ("N0", "N1", "N2")
    assert found.pca.variables == NAMES
    plane = found.pca.directions.T @ found.pca.directions
    np.testing.assert_allclose(plane, np.eye(len(NAMES)), atol=1e-4)
    assert found.limits[Statistic.SPE].value > 0.0


@pytest.mark.requirement("TWN-157")
def test_the_same_batches_give_the_same_document(document):
    again = estimate_multivariate([(f"N{i}", noisy_record(i)) for i in range(3)])
    assert json.dumps(again) == json.dumps(document)


@pytest.mark.requirement("DIA-017")
def test_the_shipped_model_says_how_often_normal_batches_alarm_falsely():
    found = read_multivariate(package().reference)
    assert len(found.batches) >= 20
    for limit in found.limits.values():
        assert 0.0 < limit.false_alarm_rate < 0.03
        assert limit.false_alarm_batches <= 2
    spe = found.limits[Statistic.SPE]
    assert spe.value > spe.theoretical


def test_windows_are_means_of_the_comparison_grid():
    measured = measure(noisy_record(0))
    t_ms, rows = window_rows(measured)
    assert rows.shape == (t_ms.size, len(CHANNELS))
    assert np.unique(np.diff(t_ms)).tolist() == [120_000]
    at = int(np.flatnonzero(np.isfinite(rows).all(axis=1))[5])
    place = NAMES.index("room_rh")
    fine = measured.series[SERIES_INDEX["room_rh"], at * BINS : (at + 1) * BINS]
    assert rows[at, place] == pytest.approx(float(np.mean(fine)))


@pytest.mark.requirement("TWN-158")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.pop("mean"), "incomplete.*mean"),
        (lambda d: d["limits"].pop("SPE"), "incomplete.*SPE"),
        (lambda d: d.update(colour="blue"), "unknown entry colour"),
        (lambda d: d["channels"].reverse(), "other channels"),
        (lambda d: d["directions"].pop(), "numbers as directions"),
        (lambda d: d["mean"].__setitem__(0, "much"), "incomplete"),
        (lambda d: d["mean"].__setitem__(0, float("nan")), "numbers as mean"),
        (lambda d: d["scale"].__setitem__(0, 0.0), "impossible scale"),
        (lambda d: d.update(components=25), "impossible components"),
        (lambda d: d.update(confidence=1.0), "impossible confidence"),
        (lambda d: d["limits"]["T2"].update(value=-1.0), "impossible limits"),
        (lambda d: d["limits"]["SPE"].update(value=float("nan")), "impossible limits"),
        (lambda d: d["limits"]["T2"].update(theoretical=-1.0), "impossible limits"),
        (lambda d: d["limits"]["SPE"].update(false_alarm_rate=2.0), "impossible false alarms"),
        (lambda d: d.update(windows=0), "impossible windows"),
        (lambda d: d.update(windows=0.5), "impossible windows"),
        (lambda d: d.update(components=2.7), "impossible components"),
        (lambda d: d.update(batches=[]), "impossible batches"),
        (lambda d: d["limits"]["T2"].update(false_alarm_batches=-1), "impossible false alarms"),
        (lambda d: d["limits"]["T2"].update(false_alarm_batches=99), "impossible false alarms"),
        (lambda d: d["limits"].update(T3={}), "unknown limit T3"),
    ],
)
def test_a_torn_model_is_refused_in_one_sentence(change, told):
    with pytest.raises(UnusableInput, match=told) as refused:
        read_multivariate(torn(FILE, change))
    assert f"reference/{FILE}.json" in str(refused.value)
    assert "investigator twin reference" in str(refused.value)


@pytest.mark.requirement("TWN-158")
def test_a_package_without_the_model_is_refused():
    with pytest.raises(UnusableInput, match="incomplete"):
        read_multivariate({})
