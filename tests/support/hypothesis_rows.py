"""Rows of the ranking in the window: as ranked, and one that two signals speak against."""

from dataclasses import replace

from domain.test_elimination import LEFT

from investigator.desktop.view_models.hypotheses import HypothesisRow, hypotheses
from support.investigations import FILTER, RANKED, walked
from support.scenes import a_scene


def a_row(key: str) -> HypothesisRow:
    """The row of a hypothesis once it is ranked."""
    found = hypotheses(a_scene(walked(until=RANKED))).row(key)
    assert found is not None
    return found


def a_rejected_row() -> HypothesisRow:
    """The filter, which two signals speak against."""
    whole = a_row(FILTER)
    assert whole.assessed is not None
    told = replace(
        whole.assessed,
        probability=0.001,
        elimination=replace(LEFT, channel="quiet"),
        strength="strong evidence for Drift over this cause (2 ln B = 7.2)",
    )
    return replace(whole, assessed=told)
