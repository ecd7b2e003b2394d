"""A batch on the chart of the regression: the same windows as by principal components."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, evidence, noisy, package

from investigator.analysis.multivariate.control_chart import control_chart_of
from investigator.analysis.multivariate.pls_chart import pls_chart_of
from investigator.analysis.multivariate.pls_reference import FILE
from investigator.casework.stored import decoded, encoded
from investigator.domain.chart_model import ChartModel
from investigator.domain.errors import UnusableInput
from investigator.domain.multivariate import ControlChart, Statistic
from investigator.twin.channels import SERIES_INDEX


def moved(channel, by):
    """A quiet run, one channel moved from the 60th to the 100th minute."""
    measured = noisy(2).measured
    series = measured.series.copy()
    inside = (measured.bin_ms >= at_min(60)) & (measured.bin_ms < at_min(100))
    series[SERIES_INDEX[channel], inside] += by
    return replace(measured, series=series)


def without(*names):
    known = {k: v for k, v in package().reference.items() if k not in names}
    return replace(package(), reference=known)


@pytest.mark.requirement("DIA-061")
def test_it_lays_the_same_windows_beside_the_same_batches():
    measured = noisy(2).measured
    pls, pca = (f(measured, evidence(), package()) for f in (pls_chart_of, control_chart_of))
    np.testing.assert_array_equal(pls.t_ms, pca.t_ms)
    assert pls.channels == pca.channels
    assert pls.batches == pca.batches
    assert (pca.model, pls.model) == (ChartModel.PCA, ChartModel.PLS)
    assert [q.title for q in pls.qualities] == [
        "IPC mean weight",
        "IPC mean thickness",
        "IPC mean hardness",
    ]
    assert pca.qualities == ()


@pytest.mark.requirement("DIA-061")
def test_a_quiet_run_is_in_control():
    assert pls_chart_of(noisy(2).measured, evidence(), package()).spans == ()


@pytest.mark.requirement("DIA-061")
def test_a_disturbance_is_told_with_time_channel_and_model():
    found = pls_chart_of(moved("ejection", 0.4), evidence(), package())
    spe = next(s for s in found.spans if s.statistic is Statistic.SPE)
    assert abs(spe.span.start_ms - at_min(60)) <= found.window_ms
    assert abs(spe.span.end_ms - at_min(100)) <= found.window_ms
    assert spe.contributions[0].channel.channel == "ejection"
    assert spe.contributions[0].departure_sd > 5.0
    assert "SPE of the PLS is beyond" in spe.words


@pytest.mark.requirement("DIA-061")
def test_contributions_to_t2_sum_to_it():
    found = pls_chart_of(moved("fill_depth", 0.05), evidence(), package()).chart(Statistic.T2)
    known = np.isfinite(found.value)
    np.testing.assert_allclose(found.contributions[known].sum(axis=1), found.value[known])


@pytest.mark.requirement("DIA-062")
def test_a_twin_without_the_regression_draws_no_chart():
    assert pls_chart_of(noisy(2).measured, evidence(), without(FILE)) is None


@pytest.mark.requirement("DIA-062")
def test_without_the_principal_components_nothing_tells_what_is_missing():
    with pytest.raises(UnusableInput, match=r"multivariate\.json"):
        pls_chart_of(noisy(2).measured, evidence(), without("multivariate"))


def test_the_chart_is_stored_and_read_again():
    found = pls_chart_of(moved("ejection", 0.4), evidence(), package())
    again = decoded(encoded(found), ControlChart)
    assert again.qualities == found.qualities
    assert again.model is ChartModel.PLS
