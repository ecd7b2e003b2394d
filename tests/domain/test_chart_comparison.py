"""Two charts of one batch: when only one is out of control, in one sentence."""

from dataclasses import replace

import pytest
from support.charts import SPAN, START_MS, WINDOW_MS, a_chart, a_pls_chart

from investigator.domain.chart_comparison import (
    agreement_in_words,
    beyond_alone,
    explained_in_words,
    model_in_words,
)
from investigator.domain.chart_model import ChartModel
from investigator.domain.instant import Span

PCA, PLS = a_chart(), a_pls_chart()


def told(span: Span) -> str:
    """A stretch in minutes since the start."""
    return f"{(span.start_ms - START_MS) // 60_000} to {(span.end_ms - START_MS) // 60_000}"


@pytest.mark.requirement("DIA-063")
def test_charts_that_are_out_of_control_together_agree():
    same = replace(PLS, spans=PCA.spans)
    assert beyond_alone(same, PCA) is None
    said = agreement_in_words(PCA, same, told)
    assert said == "PLS and PCA are out of control over the same time."


@pytest.mark.requirement("DIA-063")
def test_neither_out_of_control_is_said():
    said = agreement_in_words(replace(PCA, spans=()), replace(PLS, spans=()), told)
    assert said == "Neither PLS nor PCA is out of control."


@pytest.mark.requirement("DIA-063")
def test_what_one_alone_sees_is_told_with_its_longest_stretch():
    """Principal components: windows 3 to 6. Regression: windows 1 to 4."""
    alone = beyond_alone(PLS, PCA)
    assert alone is not None
    assert (alone.model, alone.minutes) == (ChartModel.PLS, 4.0)
    assert alone.longest == Span(START_MS + WINDOW_MS, START_MS + 3 * WINDOW_MS)
    reverse = beyond_alone(PCA, PLS)
    assert reverse is not None
    assert reverse.longest == Span(START_MS + 5 * WINDOW_MS, SPAN.end_ms)
    said = agreement_in_words(PCA, PLS, told)
    assert said == (
        "For 4 min PLS is out of control and PCA is not, longest 2 to 6; "
        "for 4 min the reverse, longest 10 to 14."
    )


@pytest.mark.requirement("DIA-063")
def test_where_principal_components_alone_see_something_it_is_said_of_them():
    said = agreement_in_words(PCA, replace(PLS, spans=()), told)
    assert said == "For 8 min PCA is out of control and PLS is not, longest 6 to 14."


@pytest.mark.requirement("DIA-063")
def test_a_chart_is_told_with_what_it_is_drawn_by():
    assert model_in_words(PCA) == "principal components, 2 of 2 channels"
    assert model_in_words(PLS) == (
        "partial least squares of in-process checks, 4 components of 2 channels"
    )
    assert explained_in_words(PCA) == ""
    assert explained_in_words(PLS) == "IPC mean weight 15 %, IPC mean thickness 81 %"
