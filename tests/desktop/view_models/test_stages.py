"""The disturbance unit by unit: rows, intervals, what is told of them."""

from dataclasses import replace

import numpy as np
import pytest
from support import dossiers
from support.impact_scenes import whole_result, whole_scene, with_result
from support.much_impact import STAGES

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.stages import (
    NO_DISTURBANCE,
    NOT_TRACED,
    about_interval,
    about_stage,
    focus,
    interval_ribbons,
    is_interval,
    stages,
)
from investigator.domain.results import ImpactResult
from investigator.domain.tracing import TracedInterval

ZONE = "Europe/Berlin"


def without_disturbance() -> ImpactResult:
    result = whole_result()
    assert result.traced is not None
    return replace(
        result, disturbance_window=None, traced=replace(result.traced, stages=(), interval=None)
    )


@pytest.mark.requirement("WIN-149")
class TestRows:
    def test_a_row_for_each_unit_in_per_cent_in_the_order_of_the_flow(self) -> None:
        strip = stages(whole_result(), "Filter blocked")
        assert [row.unit for row in strip.rows] == [
            "Blender, before the port",
            "Blender, after the port",
            "Chute",
            "Feed frame",
        ]
        assert len(strip.rows) == len(STAGES)
        assert strip.cause == dossiers.a_span(12, 30)
        assert not strip.note
        for row in strip.rows:
            assert 90.0 < float(row.central.max()) <= 100.0
            assert row.peak.endswith("%")

    def test_each_unit_sees_it_later_and_smeared(self) -> None:
        rows = stages(whole_result(), "").rows
        firsts = [int(row.t_ms[np.argmax(row.central > 50)]) for row in rows]
        assert firsts == sorted(set(firsts))

    def test_a_row_reads_at_an_instant_and_nothing_outside(self) -> None:
        row = stages(whole_result(), "").rows[0]
        middle = dossiers.a_span(20, 21).start_ms
        assert row.at(middle) > 90.0
        assert np.isnan(row.at(int(row.t_ms[0]) - 1))

    def test_a_unit_is_told_with_when_and_how_much(self) -> None:
        row = stages(whole_result(), "").rows[3]
        told = about_stage(whole_scene(), row, dossiers.a_span(20, 21).start_ms, print)
        facts = dict(told.facts)
        assert told.title == "Behind the feed frame"
        assert facts["At A, 10:20:00"].endswith("%")
        assert facts["More than half"].startswith("2026-03-04 10:1")
        assert facts["Draws"] == "200"
        assert told.digest
        early = about_stage(whole_scene(), row, int(row.t_ms[0]) - 1, print)
        assert "not followed then" in dict(early.facts).values()

    def test_the_time_in_which_it_passes_is_around_all_that_is_seen(self) -> None:
        span, result = focus(whole_result()), whole_result()
        assert span is not None
        assert result.traced is not None
        assert result.traced.interval is not None
        assert span.start_ms < dossiers.a_span(12, 30).start_ms
        assert span.end_ms > result.traced.interval.possibly.end_ms
        assert focus(without_disturbance()) is None


@pytest.mark.requirement("WIN-150")
class TestIntervals:
    def test_surely_centrally_and_possibly_are_three_spans_each_within_the_next(self) -> None:
        ribbons = interval_ribbons(whole_result(), ZONE)
        assert [ribbon.title for ribbon in ribbons] == ["Surely", "Centrally", "Possibly"]
        spans = [ribbon.spans[0] for ribbon in ribbons]
        assert all(is_interval(span.key) for span in spans)
        assert spans[2].start_ms <= spans[1].start_ms <= spans[0].start_ms
        assert spans[0].end_ms <= spans[1].end_ms <= spans[2].end_ms
        assert spans[0].label == "12.0 min"

    def test_where_nothing_is_sure_it_is_said(self) -> None:
        result = whole_result()
        assert result.traced is not None
        whole = TracedInterval(None, dossiers.a_span(20, 22), dossiers.a_span(18, 25))
        unsure = replace(result, traced=replace(result.traced, interval=whole))
        (span,) = interval_ribbons(unsure, ZONE)[0].spans
        assert span.label.startswith("at no time in 97.5 %")
        assert span.tone is Tone.PLAIN
        told = about_interval(with_result(unsure), span.key, print)
        assert told is not None
        assert dict(told.facts)["Surely"] == "at no time"
        assert dict(told.facts)["Possibly"].endswith("7.00 min")

    def test_without_a_disturbance_it_is_said(self) -> None:
        bare = without_disturbance()
        assert stages(bare, "").note == NO_DISTURBANCE
        assert interval_ribbons(bare, ZONE) == ()
        assert about_interval(with_result(bare), "interval/surely", print) is None


@pytest.mark.requirement("WIN-158")
def test_an_impact_that_was_not_traced_says_to_follow_again() -> None:
    old = replace(whole_result(), traced=None)
    assert stages(old, "").rows == ()
    assert stages(old, "").note == NOT_TRACED
    assert "follow the material again" in NOT_TRACED
