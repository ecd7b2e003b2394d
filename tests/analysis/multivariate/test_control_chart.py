"""A batch on the control chart: what is told of a disturbance, what of a quiet batch."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, evidence, noisy, package

from investigator.analysis.multivariate.control_chart import control_chart_of
from investigator.casework.stored import decoded, encoded
from investigator.domain.evidence import EvidenceItem
from investigator.domain.instant import Span
from investigator.domain.multivariate import ControlChart, Statistic, contributions_of
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.measured import Measured

HANDED_IN = (
    EvidenceItem("historian.csv", "a" * 64, 9, "historian", "long CSV", "csv", 1, 0),
    EvidenceItem("lab.csv", "b" * 64, 9, "laboratory", "CSV", "csv", 1, 0),
)


def chart(channel="", by=0.0, first_min=60.0, last_min=100.0) -> ControlChart:
    """The chart of a quiet run, one channel of it moved for a time."""
    told = replace(evidence(), items=HANDED_IN)
    found = control_chart_of(moved(channel, by, first_min, last_min), told, package())
    assert found is not None
    return found


def moved(channel, by, first_min, last_min) -> Measured:
    measured = noisy(2).measured
    series = measured.series.copy()
    inside = (measured.bin_ms >= at_min(first_min)) & (measured.bin_ms < at_min(last_min))
    if channel:
        series[SERIES_INDEX[channel], inside] += by
    return replace(measured, series=series)


@pytest.mark.requirement("DIA-016")
def test_a_disturbance_is_told_with_time_channel_tag_and_file():
    found = chart("nir_api", 2.0)
    (span,) = [s for s in found.spans if s.statistic is Statistic.SPE]
    assert abs(span.span.start_ms - at_min(60)) <= found.window_ms
    assert abs(span.span.end_ms - at_min(100)) <= found.window_ms
    assert span.peak > 1.0
    first = span.contributions[0]
    assert first.channel.channel == "nir_api"
    assert first.departure_sd > 5.0
    assert first.channel.tags == (package().tag_map["nir.api"],)
    assert sum(c.share for c in span.contributions) == pytest.approx(1.0)
    assert first.channel.title in span.words
    assert first.channel.tags[0] in span.words
    assert [(f.file, f.sha256) for f in found.files] == [("historian.csv", "a" * 64)]


@pytest.mark.requirement("DIA-016")
def test_a_quiet_run_is_in_control():
    assert chart().spans == ()


@pytest.mark.requirement("DIA-016")
def test_before_the_disturbance_nothing_changes():
    quiet, found = chart(), chart("nir_api", 2.0)
    before = found.t_ms < at_min(58)
    for statistic in Statistic:
        np.testing.assert_array_equal(
            quiet.chart(statistic).value[before], found.chart(statistic).value[before]
        )


@pytest.mark.requirement("DIA-016")
def test_contributions_of_any_span_can_be_asked_for():
    found = chart("ejection", 0.3)
    inside = contributions_of(found, Statistic.SPE, Span(at_min(65), at_min(95)))
    assert inside[0].channel.channel == "ejection"
    outside = contributions_of(found, Statistic.SPE, Span(at_min(20), at_min(50)))
    assert outside[0].share < inside[0].share
    assert contributions_of(found, Statistic.SPE, Span(0, 1)) == ()


@pytest.mark.requirement("DIA-016")
def test_a_doubtful_signal_is_told_by_the_others_and_said():
    measured = noisy(2).measured
    doubt = measured.sd_factor.copy()
    doubt[SERIES_INDEX["nir_api"]] = 3.0
    found = control_chart_of(replace(measured, sd_factor=doubt), evidence(), package())
    assert any("NIR API content" in sentence for sentence in found.assumptions)
    assert np.isfinite(found.chart(Statistic.SPE).value).any()


def test_the_chart_is_stored_and_read_again():
    found = chart("nir_api", 2.0)
    again = decoded(encoded(found), ControlChart)
    assert again.spans == found.spans
    np.testing.assert_array_equal(again.departures, found.departures)


def test_a_twin_without_the_model_draws_no_chart():
    bare = replace(package(), reference={})
    assert control_chart_of(noisy(2).measured, evidence(), bare) is None
