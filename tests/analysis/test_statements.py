"""The ranking in words: what speaks against, and what nothing explains."""

from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, planted, quiet, with_values

from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.statements import unexplained_spans
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.scenario import Window

WINDOW = Window(at_min(70), at_min(110))


@cache
def contradicted() -> Diagnosis:
    """Paddles too fast, and a humid room that paddles do not explain."""
    c = planted(quiet(), "paddle_overspeed", WINDOW, (60.0,)).comparison
    series = c.measured.series.copy()
    series[SERIES_INDEX["room_rh"], 160:260] += 12.0
    points = np.array([p.value for p in c.measured.points])
    return diagnosed(with_values(c, series, points), causes=("paddle_overspeed",))


def test_a_channel_that_disagrees_is_named_with_its_numbers():
    (paddle,) = contradicted().ranking.hypotheses
    worst = paddle.contradictions[0]
    assert worst.channel == "Room relative humidity"
    assert worst.unit == "%RH"
    assert worst.measured - worst.predicted == pytest.approx(12.0, abs=1.0)
    assert worst.sigma > 5.0
    assert abs(worst.span.start_ms - at_min(80)) < 240_000
    assert abs(worst.span.end_ms - at_min(130)) < 240_000


def test_a_channel_that_is_explained_is_no_contradiction():
    (paddle,) = contradicted().ranking.hypotheses
    assert not any("paddle" in c.channel.lower() for c in paddle.contradictions)
    assert "paddle" in paddle.supports[0].lower()
    assert "paddle" in paddle.why.lower()
    sigmas = [c.sigma for c in paddle.contradictions]
    assert sigmas == sorted(sigmas, reverse=True)


def test_the_onset_interval_holds_the_onset():
    (paddle,) = contradicted().ranking.hypotheses
    assert paddle.onset_interval.contains(paddle.onset_ms)
    assert paddle.onset_interval.contains(WINDOW.onset_ms)
    assert paddle.onset_interval.seconds < 1200.0


def test_what_nothing_explains_is_placed_in_time():
    told = contradicted()
    spans = unexplained_spans(told.replay.comparison, told.hypotheses, told.searches)
    assert 1 <= len(spans) <= 3
    assert any(span.contains(at_min(90)) for span in spans)
    assert not any(span.contains(at_min(30)) for span in spans)
