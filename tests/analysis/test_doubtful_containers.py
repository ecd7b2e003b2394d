"""Containers of the record that cannot be as they stand: each is told, in one finding."""

import math
from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, drums, quiet, record

from investigator.analysis.container_map import portions
from investigator.analysis.doubtful_containers import (
    container_findings,
    usable_net_kg,
    without_gate,
)
from investigator.domain.batch import Container
from investigator.domain.evidence import Finding, Severity
from investigator.domain.instant import Span

FLOW_KG = np.where(record().running, 20.0 * 10.0 / 3600.0, 0.0)


def told(*containers: Container, clock_sd_s: float = 0.3) -> tuple[Finding, ...]:
    changed = replace(record(), containers=containers, clock_sd_s=clock_sd_s)
    filled = portions(replace(quiet(), record=changed))
    return container_findings(changed, filled, FLOW_KG)


def kinds(*containers: Container, clock_sd_s: float = 0.3) -> list[str]:
    return [f.kind for f in told(*containers, clock_sd_s=clock_sd_s)]


def filled(container: Container, begin_min: float, end_min: float) -> Container:
    return replace(container, filled=Span(at_min(begin_min), at_min(end_min)))


def test_a_record_in_order_is_not_doubted():
    assert told(*drums()) == ()


@pytest.mark.requirement("IMP-016")
def test_no_container_at_all_is_critical_and_holds_the_batch():
    (found,) = told()
    assert found.severity is Severity.CRITICAL
    assert "whole batch is to be held" in found.action


@pytest.mark.requirement("IMP-016")
def test_overlapping_times_are_told():
    first, second, *rest = drums()
    assert kinds(first, filled(second, 30, 80), *rest) == ["containers_overlap"]


@pytest.mark.requirement("IMP-016")
def test_a_container_that_is_missing_is_told_with_what_was_made_in_its_time():
    first, _, third, *rest = drums()
    found = told(first, third, *rest)
    assert [f.kind for f in found] == [
        "gap_between_containers",
        "container_missing",
        "net_mass_and_flow_differ",
    ]
    assert found[0].span == Span(first.filled.end_ms, third.filled.start_ms)
    made_kg = float(found[0].detail.split()[0])
    assert made_kg == pytest.approx(12.0, abs=0.06)
    assert found[1].severity is Severity.CRITICAL


@pytest.mark.requirement("IMP-016")
def test_a_container_outside_the_run_and_one_longer_than_it_are_told():
    first, *rest = drums()
    assert "container_outside_run" in kinds(*rest, filled(drums()[-1], 900, 950))
    assert "container_outside_run" in kinds(filled(first, -50, -10), *rest)
    assert "container_longer_than_run" in kinds(filled(first, -500, 900), *rest)


@pytest.mark.requirement("IMP-016")
def test_an_uncertain_clock_is_told():
    assert kinds(*drums(), clock_sd_s=120.0) == ["container_boundaries_uncertain"]


@pytest.mark.requirement("IMP-018")
@pytest.mark.parametrize("net_kg", [None, 0.0, -3.0, math.nan, math.inf, 1200.0])
def test_a_net_mass_that_is_none_is_replaced_by_what_flowed(net_kg):
    first, second, *rest = drums()
    odd = replace(second, net_kg=net_kg)
    assert usable_net_kg(odd, 12.0, 12.0) == 12.0
    (found,) = told(first, odd, *rest)
    assert found.kind == "net_mass_unusable"
    assert "12.00 kg" in found.action


@pytest.mark.requirement("IMP-018")
def test_a_net_mass_far_from_what_flowed_is_kept_and_told():
    first, second, *rest = drums()
    assert usable_net_kg(replace(second, net_kg=35.0), 12.0, 12.0) == 35.0
    assert usable_net_kg(replace(second, net_kg=37.0), 12.0, 12.0) == 12.0
    assert usable_net_kg(replace(second, net_kg=37.0), 12.0, 13.0) == 37.0
    light = replace(second, net_kg=7.0)
    assert usable_net_kg(light, 12.0, 12.0) == 7.0
    assert kinds(first, light, *rest) == ["net_mass_and_flow_differ"]


@pytest.mark.requirement("IMP-075")
def test_the_gate_is_not_believed_where_a_container_weighs_more_than_was_accepted():
    gate = record().roles["gate.feedback"].copy()
    gate[300:] = 1.0
    run = replace(record(), roles={**record().roles, "gate.feedback": gate})
    placed = portions(replace(quiet(), record=run))
    told = without_gate(placed, FLOW_KG)
    whole = portions(quiet())
    assert all(np.array_equal(a.inside, b.inside) for a, b in zip(told, placed, strict=True))
    assert not placed[2].possibly.any()
    for one, other in zip(told[1:-1], whole[1:-1], strict=True):
        assert np.array_equal(one.possibly, other.possibly)
    doubted = container_findings(run, placed, FLOW_KG)
    assert {f.kind for f in doubted} == {"net_mass_and_flow_differ"}
    assert all("position of the gate" in f.action for f in doubted)


@pytest.mark.requirement("IMP-075")
def test_a_rejection_that_the_weight_bears_out_is_believed():
    gate = record().roles["gate.feedback"].copy()
    gate[300:390] = 1.0
    run = replace(record(), roles={**record().roles, "gate.feedback": gate})
    first, second, *rest = drums()
    run = replace(run, containers=(first, replace(second, net_kg=7.0), *rest))
    placed = portions(replace(quiet(), record=run))
    assert without_gate(placed, FLOW_KG) == placed


@pytest.mark.requirement("IMP-075")
def test_the_gate_is_not_doubted_where_nothing_was_rejected():
    first, second, *rest = drums()
    (found,) = told(first, replace(second, net_kg=20.0), *rest)
    assert found.kind == "net_mass_and_flow_differ"
    assert "gate" not in found.action
