"""The quarantine line: what is held at a confidence, and what that costs."""

from dataclasses import replace
from itertools import pairwise

import pytest
from support.impact_scenes import whole_result, whole_scene, with_result
from support.investigations import DRUMS

from investigator.desktop.view_models.disposition import ContainerRow
from investigator.desktop.view_models.impact import container_rows
from investigator.desktop.view_models.quarantine import (
    can_move,
    quarantine,
    quarantine_said,
    ranges,
    resolution_said,
    rule_pct,
)

pytestmark = pytest.mark.requirement("WIN-152")


@pytest.fixture
def rows() -> tuple[ContainerRow, ...]:
    return container_rows(whole_scene())


def test_at_the_confidence_of_the_rules_it_is_what_the_rules_hold(
    rows: tuple[ContainerRow, ...],
) -> None:
    rules = rule_pct(whole_result())
    assert rules == 85
    held = {row.container_id for row in rows if row.container.affected}
    assert quarantine(rows, None).held == quarantine(rows, rules).held == held == {DRUMS[1]}


def test_more_confidence_never_holds_less(rows: tuple[ContainerRow, ...]) -> None:
    held = [quarantine(rows, pct).held for pct in range(50, 100)]
    assert all(a <= b for a, b in pairwise(held))
    assert len(held[-1]) == 2


def test_it_says_what_is_held_what_it_costs_and_what_comes_next(
    rows: tuple[ContainerRow, ...],
) -> None:
    assert quarantine_said(rows, 95, 85) == (
        "At 95 %: D2 held, 12.0 kg, of which 5.1 kg affected; at 97 % also D3, 12.0 kg"
    )
    assert quarantine_said(rows, None, 85).startswith("By the rules (85 %): D2 held")
    assert quarantine_said(rows, 97, 85) == (
        "At 97 %: D2–D3 held, 24.0 kg, of which 5.1 kg affected; no other up to 99 %"
    )


def test_what_stays_free_although_some_of_it_is_affected_is_said() -> None:
    containers = tuple(
        replace(c, affected_kg=0.2, affected=False, chance_affected=0.3)
        for c in whole_result().impact.containers
    )
    impact = replace(whole_result().impact, containers=containers)
    rows = container_rows(with_result(replace(whole_result(), impact=impact)))
    assert quarantine_said(rows, 60, 85) == (
        "At 60 %: none of 3 containers held; at 71 % also D1–D3, 36.0 kg; "
        "0.60 kg affected stays free"
    )


def test_neighbours_are_drawn_together(rows: tuple[ContainerRow, ...]) -> None:
    assert ranges(rows, frozenset(DRUMS)) == "D1–D3"
    assert ranges(rows, frozenset({DRUMS[0], DRUMS[2]})) == "D1, D3"
    assert ranges(rows, frozenset()) == ""


def test_how_finely_it_can_be_told_is_said_and_that_nothing_is_recorded() -> None:
    said = resolution_said(whole_result())
    assert "nothing is recorded" in said
    assert "48 draws; above 97 %" in said


@pytest.mark.requirement("WIN-158")
def test_a_result_without_chances_moves_no_line(rows: tuple[ContainerRow, ...]) -> None:
    old = tuple(replace(c, chance_affected=None) for c in whole_result().impact.containers)
    impact = replace(whole_result().impact, containers=old)
    bare = container_rows(with_result(replace(whole_result(), impact=impact)))
    assert can_move(rows)
    assert not can_move(bare)
    assert quarantine(bare, 99).held == quarantine(bare, None).held == {DRUMS[1]}
    assert rule_pct(replace(whole_result(), held_above=None)) is None
