"""The control chart of a case on the console and as JSON."""

import json
from dataclasses import replace

import pytest
from support.charts import SPAN, START_MS, WINDOW_MS, a_chart, a_pls_chart
from support.investigations import walked
from support.scenes import a_replay, a_scene

from investigator.cli.case.contribution_tables import (
    agreement_lines,
    chart_of,
    contribution_document,
    contribution_lines,
)
from investigator.domain.chart_model import ChartModel
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span


@pytest.mark.requirement("CLI-079")
def test_limits_false_alarms_spans_and_files_are_told() -> None:
    lines = contribution_lines(a_chart(), None, "UTC")
    assert lines[0] == "PCA: principal components, 2 of 2 channels."
    assert "of 24 normal batches" in lines[2]
    assert "1.0 % of the windows and 0 by a span alarmed" in lines[2]
    assert any(line.endswith("SPE was beyond its limit.") for line in lines)
    assert f"Rests on historian.csv, {'a' * 64}." in lines
    assert lines[-1] == "Windows of two minutes."


def test_a_batch_in_control_is_told_so() -> None:
    lines = contribution_lines(replace(a_chart(), spans=()), None, "UTC")
    assert "Neither statistic was out of control." in lines


@pytest.mark.requirement("CLI-079")
def test_of_a_span_that_is_named_every_signal_is_listed_with_its_tag() -> None:
    lines = contribution_lines(a_chart(), SPAN, "UTC")
    first = next(line for line in lines if "80 %" in line)
    assert first.startswith("NIR API content")
    assert "6.0" in first
    assert first.rstrip().endswith("LINE.NIR.PV")


def test_of_a_time_that_was_not_recorded_it_is_said() -> None:
    nothing = Span(START_MS - 20 * WINDOW_MS, START_MS - 19 * WINDOW_MS)
    assert "Too little is known of that time." in contribution_lines(a_chart(), nothing, "UTC")


@pytest.mark.requirement("CLI-079")
def test_the_same_as_values() -> None:
    document = contribution_document(a_chart(), None, "UTC")
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    (span,) = document["spans"]
    assert span["statistic"] == "SPE"
    assert span["peak_in_limits"] == 30.0
    assert [c["share"] for c in span["contributions"]] == pytest.approx([0.8, 0.2])
    asked = contribution_document(a_chart(), SPAN, "UTC")
    assert [s["statistic"] for s in asked["spans"]] == ["T2", "SPE"]


@pytest.mark.requirement("CLI-097")
def test_the_regression_is_told_with_what_it_explains() -> None:
    lines = contribution_lines(a_pls_chart(), None, "UTC")
    assert lines[0].startswith("PLS: partial least squares of in-process checks, 4 components")
    explained = "IPC mean weight 15 %, IPC mean thickness 81 %"
    assert lines[1] == f"Explained in normal batches left out: {explained}."
    document = contribution_document(a_pls_chart(), None, "UTC")
    assert document["model"] == "PLS"
    assert document["explained"] == {"IPC mean weight": 0.149, "IPC mean thickness": 0.81}
    assert contribution_document(a_chart(), None, "UTC")["explained"] == {}


@pytest.mark.requirement("CLI-079", "CLI-097")
def test_a_case_without_a_chart_says_what_to_do() -> None:
    shown = a_scene(walked()).seen
    assert shown is not None
    for model in ChartModel:
        with pytest.raises(UnusableRequest, match=f"by {model}.*replay again"):
            chart_of(replace(shown, replay=a_replay()), model)
        with pytest.raises(UnusableRequest, match="case replay"):
            chart_of(replace(shown, replay=None), model)
    assert agreement_lines(replace(shown, replay=None), "UTC") == []
    one = replace(shown, replay=replace(a_replay(), control_chart=a_chart()))
    assert chart_of(one, ChartModel.PCA).batches == 24
    assert agreement_lines(one, "UTC") == []


@pytest.mark.requirement("CLI-097")
def test_of_two_charts_the_one_that_is_asked_for_is_told_and_how_they_differ() -> None:
    shown = a_scene(walked()).seen
    assert shown is not None
    both = replace(a_replay(), control_chart=a_chart(), pls_chart=a_pls_chart())
    seen = replace(shown, replay=both)
    assert [chart_of(seen, model).components for model in ChartModel] == [2, 4]
    (said,) = agreement_lines(seen, "UTC")
    assert said.startswith("For 4 min PLS is out of control and PCA is not")
