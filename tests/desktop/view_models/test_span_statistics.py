"""A signal in a stretch of time, in figures that can be checked by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from investigator.desktop.view_models.span_statistics import in_words, statistics
from investigator.desktop.view_models.tags import Kind, Tag
from investigator.domain.instant import Span

MINUTE = 60_000


def a_tag(values: list[float], *, every: int = 1, **more: object) -> Tag:
    value = np.array(values)
    t_ms = MINUTE * every * np.arange(value.size, dtype=np.int64)
    made = Tag("k", "k", "k", "flow", "flow", "kg/h", Kind.HISTORIAN, t_ms, value, np.isnan(value))
    return replace(made, **more)  # type: ignore[arg-type]


def span(start_min: float, end_min: float) -> Span:
    return Span(int(start_min * MINUTE), int(end_min * MINUTE))


@pytest.mark.requirement("WIN-052")
class TestFigures:
    def test_samples_of_the_span_with_both_ends(self) -> None:
        found = statistics(a_tag([1.0, 2.0, 3.0, 9.0]), span(0, 2))
        assert (found.samples, found.mean, found.sd) == (3, 2.0, 1.0)
        assert (found.lowest, found.highest) == (1.0, 3.0)

    def test_bad_samples_are_counted_and_not_averaged(self) -> None:
        found = statistics(a_tag([1.0, math.nan, 3.0]), span(0, 2))
        assert (found.samples, found.bad, found.mean) == (2, 1, 2.0)

    def test_the_mean_over_time_weighs_sparse_samples_by_how_long_they_stand(self) -> None:
        found = statistics(a_tag([0.0, 0.0, 10.0], t_ms=np.array([0, 9, 10]) * MINUTE), span(0, 10))
        assert found.mean == pytest.approx(10 / 3)
        assert found.over_time == pytest.approx(0.5)

    def test_a_held_value_stands_until_the_next(self) -> None:
        assert statistics(a_tag([2.0, 4.0], held=True), span(0.5, 1)).over_time == 2.0

    def test_nothing_is_joined_across_a_bad_sample_or_a_long_gap(self) -> None:
        assert math.isnan(statistics(a_tag([1.0, math.nan, 3.0]), span(0, 2)).over_time)
        assert math.isnan(statistics(a_tag([1.0, 3.0], every=31), span(0, 31)).over_time)

    def test_a_span_between_two_samples_has_a_mean_over_time_only(self) -> None:
        found = statistics(a_tag([0.0, 10.0]), span(0.4, 0.6))
        assert (found.samples, found.over_time) == (0, pytest.approx(5.0))

    def test_a_state_is_told_by_its_share_of_the_time(self) -> None:
        tag = a_tag([0.0, 1.0, 1.0, 0.0], held=True, states=((0, "OFF"), (1, "ON")))
        assert statistics(tag, span(0, 3)).states == (("OFF", 1 / 3), ("ON", 2 / 3))


@pytest.mark.requirement("WIN-052")
class TestWords:
    def test_digits_follow_the_scatter(self) -> None:
        words = in_words(statistics(a_tag([10.0, 10.25, 10.5]), span(0, 2)))
        assert words == "mean 10.25\nover time 10.25\nsd 0.25\n10.00 to 10.50\nn 3, bad 0"

    def test_nothing_known_says_only_how_many(self) -> None:
        assert in_words(statistics(a_tag([math.nan]), span(0, 1))) == "n 0, bad 1"

    def test_states_in_words(self) -> None:
        tag = a_tag([0.0, 1.0, 1.0], held=True, states=((0, "OFF"), (1, "ON")))
        words = in_words(statistics(tag, span(0, 2)))
        assert words == "OFF 50.0 %, ON 50.0 % of the time\nn 3, bad 0"
