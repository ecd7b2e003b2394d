"""Contributions over a span: means of what raises the statistic, and the largest departures."""

from dataclasses import replace

import numpy as np
import pytest
from support.charts import CHANNELS, SPAN, a_chart

from investigator.domain.multivariate import Statistic, contributions_of

pytestmark = pytest.mark.requirement("DIA-016")


def test_shares_are_those_of_the_windows_inside():
    first, second = contributions_of(a_chart(), Statistic.SPE, SPAN)
    assert (first.channel, second.channel) == CHANNELS
    assert (first.share, second.share) == pytest.approx((0.8, 0.2))


def test_a_signal_that_swings_both_ways_keeps_its_largest_departure():
    chart = a_chart()
    swinging = chart.departures.copy()
    swinging[3:7, 0] = [5.0, -9.0, 4.0, 0.0]
    found = contributions_of(replace(chart, departures=swinging), Statistic.SPE, SPAN)
    assert found[0].departure_sd == -9.0


def test_what_lowers_the_statistic_has_no_share():
    chart = a_chart()
    lowering = np.tile([3.0, -1.0], (10, 1))
    charted = replace(chart.chart(Statistic.T2), contributions=lowering)
    first, second = contributions_of(replace(chart, charts=(charted,)), Statistic.T2, SPAN)
    assert (first.share, second.share) == (1.0, 0.0)
