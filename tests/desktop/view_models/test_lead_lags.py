"""Leads and lags as they are told: lag with its interval, the gate, the sign, the chance."""

from dataclasses import replace

import pytest
from support.compared import compared, compared_scene
from support.toolboxes import EJECTION, a_lead

from investigator.desktop.view_models.lead_lags import about_lead, lead_rows
from investigator.domain.results import ReplayResult
from investigator.domain.toolbox import LeadLag

pytestmark = pytest.mark.requirement("WIN-197")


def with_lead(lead: LeadLag) -> ReplayResult:
    toolbox = compared().toolbox
    assert toolbox is not None
    return replace(compared(), toolbox=replace(toolbox, leads=(lead,)))


def test_lag_interval_gate_and_chance() -> None:
    first, second = lead_rows(compared())
    assert (first.lag, first.interval, first.allowed, first.fits) == (
        "120",
        "105 to 165",
        "30 to 300",
        True,
    )
    assert (first.correlation, first.chance) == ("−0.40", "< 0.0001")
    assert (second.interval, second.fits, second.chance) == ("–", False, "0.40")


def test_the_edges_of_the_gate_are_allowed() -> None:
    for lag_s, fits in ((30.0, True), (300.0, True), (29.0, False), (301.0, False)):
        (row,) = lead_rows(with_lead(a_lead("ejection", EJECTION, lag_s=lag_s, holds=True)))
        assert row.fits is fits


def test_a_sign_against_the_physics_is_told() -> None:
    result = with_lead(
        replace(a_lead("ejection", EJECTION, lag_s=60.0, holds=False), correlation=0.5)
    )
    (row,) = lead_rows(result)
    told = about_lead(compared_scene(), result, row, lambda _to: None)
    assert dict(told.facts)["By the physics"] == "falls with it, against what was found"
    assert row.correlation == "+0.50"
