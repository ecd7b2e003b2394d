"""The ranking in words: what speaks against, what cannot be told apart, what to check next."""

from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, package, planted, quiet, with_values

from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import Posterior
from investigator.analysis.statements import indistinguishable, next_checks, unexplained_spans
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


def believed(causes: dict[str, float], *, none: float = 0.0) -> Posterior:
    return Posterior(causes, none, 0.0, {})


MODES = package().failure_modes
A, B, C = (m.cause for m in MODES[:3])


def test_a_check_is_worth_the_entropy_of_its_answer():
    found = next_checks(MODES, believed({A: 0.5, B: 0.25, C: 0.01}), "NIR API content")
    assert [row.separates[0] for row in found] == [A, B]
    assert found[0].expected_information_bits == pytest.approx(1.0)
    assert found[1].expected_information_bits == pytest.approx(0.8112781245)
    assert found[0].check == MODES[0].confirm_by
    assert found[0].separates == (A, B)


def test_what_is_certain_brings_no_information():
    """A check whose answer is known beforehand is not worth naming."""
    for known in (0.0, 0.9999, 1.0):
        assert next_checks(MODES, believed({A: known}), "NIR API content") == ()


def test_where_no_listed_cause_is_likely_the_loudest_channel_is_to_be_explained():
    (first, *others) = next_checks(MODES, believed({A: 0.5}, none=0.5), "NIR API content")
    assert "NIR API content" in first.check
    assert first.separates == ("none_of_the_above",)
    assert first.expected_information_bits == pytest.approx(1.0)
    assert [row.separates for row in others] == [(A,)]
    (only,) = next_checks(MODES, believed({}, none=1.0), "NIR API content")
    assert only.expected_information_bits > 0.0
    assert next_checks(MODES, believed({}, none=0.19), "NIR API content") == ()


def scored(scores: dict[str, float]) -> Hypotheses:
    return Hypotheses({}, {(cause,): s for cause, s in scores.items()}, {})


def test_causes_of_like_evidence_are_one_group():
    found = indistinguishable(
        scored({A: 20.0, B: 18.5, C: 2.0}), believed({A: 0.6, B: 0.3, C: 0.1})
    )
    assert found == ((A, B),)


def test_an_unlikely_cause_is_in_no_group():
    found = indistinguishable(scored({A: 20.0, B: 19.0}), believed({A: 0.97, B: 0.03}))
    assert found == ()


def test_a_cause_is_in_one_group_only():
    found = indistinguishable(
        scored({A: 20.0, B: 17.0, C: 14.0}), believed({A: 0.5, B: 0.3, C: 0.2})
    )
    members = [cause for group in found for cause in group]
    assert len(members) == len(set(members))
