"""Scenarios from the console: what can be changed, stated, copied, run, listed, and refused."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from support.console import Console
from support.investigations import CASE, TWIN, walked
from support.scenario_scenes import a_scenario, a_what_if, scenario_scene, stated_case

from investigator.casework.snapshot import Snapshot
from investigator.casework.stored import encoded
from investigator.cli.case import scenarios as commands
from investigator.cli.case.scenario_parts import part_of
from investigator.cli.case.scenario_tables import (
    last_run_document,
    last_run_lines,
    scenario_documents,
    scenario_lines,
)
from investigator.domain.acts.scenarios import stated
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, TargetKind
from investigator.domain.scenario_outcome import ScenarioOutcome

ConsoleAt = Callable[[str], Console]
STRETCH = "2026-03-04T10:00/2026-03-04T10:01"
PADDLE = f"input:paddle.speed@{STRETCH}=20,step"
STATE = ("case", "scenario", "state", CASE, "faster")
NEW = (*STATE, "--title", "The paddle ran faster", "--category", "machine", "--part", PADDLE)


@pytest.fixture
def ranked(console_at: ConsoleAt, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """A console at a case with a ranking; what a scenario comes to is made up."""

    def worked(title: str, work: Any, task: Any, asked: Any) -> bytes:
        told = a_what_if(asked.scenario)
        return encoded(replace(told, fitted=asked.scenario) if asked.fitted else told)

    monkeypatch.setattr(commands, "worked", worked)
    yield console_at("ranking")


@pytest.mark.requirement("CLI-090")
def test_a_scenario_is_stated_and_what_is_not_named_stays(ranked: Console) -> None:
    ranked.done("ann", *NEW)
    ranked.done("ann", *STATE, "--note", "the operator saw it")
    (one,) = ranked.by("ann", "case", "scenario", "list", CASE, "--json").json
    assert (one["title"], one["note"]) == ("The paddle ran faster", "the operator saw it")
    assert one["category"] == "machine"
    (part,) = one["parts"]
    assert (part["kind"], part["target"], part["course"]) == ("input", "paddle.speed", "step")
    assert (part["onset"], part["sizes"]) == ("2026-03-04T10:00:00+01:00", [20.0])


@pytest.mark.requirement("CLI-090", "CLI-095")
def test_a_new_scenario_needs_title_category_and_part(ranked: Console) -> None:
    said = ranked.refused("ann", *STATE, "--title", "The paddle ran faster")
    assert "needs --title, --category and at least one --part" in said
    said = ranked.refused("ann", *NEW[:-1], "input:paddle.speed=much")
    assert "is no part of a scenario ('much' is no number)" in said
    said = ranked.refused("ann", *NEW[:-1], f"input:paddle.speed@{STRETCH}=999")
    assert "lies outside -90 to 150 %" in said


@pytest.mark.requirement("CLI-091", "CAS-211")
def test_a_copy_is_stated_under_its_own_id(ranked: Console) -> None:
    ranked.done("ann", *NEW)
    ranked.done("ann", "case", "scenario", "copy", CASE, "faster", "slower", "--title", "Slower")
    first, second = ranked.by("ann", "case", "scenario", "list", CASE, "--json").json
    assert second["parts"] == first["parts"]
    assert (second["copied_from"], second["title"]) == ("faster", "Slower")
    said = ranked.refused("ann", "case", "scenario", "copy", CASE, "faster", "slower")
    assert "already; choose another id" in said


@pytest.mark.requirement("CLI-092", "CLI-093")
def test_a_scenario_is_run_recorded_and_listed(ranked: Console) -> None:
    ranked.done("ann", *NEW)
    told = ranked.done("ann", "case", "scenario", "run", CASE, "faster")
    assert "scenario run" in told
    assert "Log evidence over no assignable cause: 37.0." in told
    assert "Probability that it would have in the ranking: 12" in told
    fitted = ranked.by("ann", "case", "scenario", "run", CASE, "faster", "--fit", "--json").json
    assert fitted["run"]["fitted"]["scenario"] == "faster"
    (one,) = ranked.by("ann", "case", "scenario", "list", CASE, "--json").json
    assert [run["fitted"] is None for run in one["runs"]] == [True, False]
    assert one["runs"][0]["probability"] == 0.125
    ranked.done("ann", *STATE, "--part", f"input:paddle.speed@{STRETCH}=30")
    (one,) = ranked.by("ann", "case", "scenario", "list", CASE, "--json").json
    assert [run["stale"] for run in one["runs"]] == [True, True]
    assert "stale" in ranked.done("ann", "case", "scenario", "list", CASE)
    said = ranked.refused("ann", "case", "scenario", "run", CASE, "slower")
    assert 'There is no scenario "slower"; state it first.' in said


@pytest.mark.requirement("CLI-092")
def test_before_the_replay_nothing_is_run(console_at: ConsoleAt) -> None:
    console = console_at("twin")
    console.done("ann", *NEW)
    said = console.refused("ann", "case", "scenario", "run", CASE, "faster")
    assert "run after the replay" in said
    whole = console.refused("ann", *NEW[:-1], "input:paddle.speed=20")
    assert "the run is known after the replay only" in whole


@pytest.mark.requirement("CLI-094")
def test_what_can_be_changed_is_listed_by_kind(ranked: Console) -> None:
    targets = ("case", "scenario", "targets", CASE)
    everything = ranked.by("ann", *targets, "--json").json
    assert {one["kind"] for one in everything} == {"parameter", "input", "sensor", "failure-mode"}
    sensors = ranked.by("ann", *targets, "--kind", "sensor", "--json").json
    assert sensors == [one for one in everything if one["kind"] == "sensor"]
    lines = ranked.done("ann", *targets, "--kind", "failure-mode")
    assert "spectral residual at full fouling" in lines
    (drift,) = (line for line in lines.splitlines() if "api_loadcell_drift" in line)
    modes = {one["target"]: one for one in everything if one["kind"] == "failure-mode"}
    (ramp_s, *others) = modes["api_loadcell_drift"]["tau_s"]
    assert drift.endswith(f"ramp:{ramp_s:g}, step, drift") and others == [0.0, 0.0]
    sensor = ranked.done("ann", *targets, "--kind", "sensor").splitlines()
    (feed, low) = (
        next(line for line in sensor if f"reading.{name} " in line)
        for name in ("feed_api", "hopper_low")
    )
    assert feed.endswith(" any")
    assert low.endswith("step, ramp, drift, pulse-train, whole-batch")
    parameters = ranked.done("ann", *targets, "--kind", "parameter").splitlines()[1:]
    assert [line for line in parameters if not line.endswith(" whole-batch")] == []


def seen(*, run: bool) -> Snapshot:
    found = scenario_scene(stated_case(a_scenario(), run=run).case).seen
    assert found is not None
    return found


@pytest.mark.requirement("CLI-093")
def test_lines_and_values_tell_the_same() -> None:
    told = seen(run=True)
    lines = "\n".join(scenario_lines(told))
    *_, one = json.loads(json.dumps(scenario_documents(told)))
    assert one["title"] in lines
    assert f"{told.scenario_runs[0].recorded.sequence}" in lines
    assert last_run_document(told) == one["runs"][0]
    (outcome,) = told.scenario_runs
    assert any(outcome.result.gains[0][0] in line for line in last_run_lines(told))


@pytest.mark.requirement("CLI-093")
def test_where_there_is_none_that_is_said() -> None:
    told = seen(run=False)
    assert scenario_lines(told)[-1] == "No scenario was run yet."
    assert last_run_lines(told) == ["No scenario was run yet."]
    assert last_run_document(told) is None
    assert all(one["runs"] == [] for one in scenario_documents(told))
    bare = replace(told, case=walked(until=TWIN))
    assert scenario_lines(bare) == ["No scenario is stated yet."]
    assert scenario_documents(bare) == []


@pytest.mark.requirement("CLI-093", "CAS-208")
def test_runs_of_a_withdrawn_scenario_are_still_listed() -> None:
    story = stated_case(a_scenario(), run=True)
    story.withdraw(stated(a_scenario()))
    told = scenario_scene(story.case).seen
    assert told is not None
    *_, one = scenario_documents(told)
    assert (one["scenario"], one["withdrawn"], len(one["runs"])) == ("S-1", True, 1)


@pytest.mark.requirement("CLI-092")
def test_without_a_ranking_there_is_no_probability() -> None:
    told = seen(run=True)
    (outcome,) = told.scenario_runs
    without = ScenarioOutcome(outcome.recorded, replace(outcome.result, probability=None))
    lines = last_run_lines(replace(told, scenario_runs=(without,)))
    assert any(line.startswith("Rank the hypotheses") for line in lines)


@pytest.mark.requirement("CLI-090")
def test_a_part_is_read_as_it_is_typed() -> None:
    run, hour = Span(0, 9_000), "@1970-01-01T00:00/1970-01-01T01:00"
    ramp = part_of(f"failure-mode:nir_fouling{hour}=5;-1,ramp:90", "UTC", run)
    assert (ramp.kind, ramp.target) == (TargetKind.FAILURE_MODE, "nir_fouling")
    assert (ramp.course, ramp.tau_s, ramp.sizes) == (Course.RAMP, 90.0, (5.0, -1.0))
    assert (ramp.onset_ms, ramp.end_ms) == (0, 3_600_000)
    whole = part_of("parameter:chute.tanks=2", "UTC", run)
    assert (whole.course, whole.onset_ms, whole.end_ms) == (Course.WHOLE_BATCH, 0, 9_000)
    assert part_of("input:room.rh=5", "UTC", run).course is Course.WHOLE_BATCH
    pulses = part_of(f"input:room.rh{hour}=5,pulse-train:600", "UTC", run)
    assert (pulses.course, pulses.tau_s) == (Course.PULSES, 600.0)


@pytest.mark.requirement("CLI-098")
def test_a_failure_mode_takes_its_usual_course_where_none_is_typed() -> None:
    run, hour = Span(0, 9_000), "@1970-01-01T00:00/1970-01-01T01:00"
    usual = {"nir_fouling": Course.RAMP, "wrong_recipe": Course.WHOLE_BATCH}

    def course(typed: str) -> Course:
        return part_of(f"failure-mode:{typed}", "UTC", run, usual).course

    assert course(f"nir_fouling{hour}=5;1") is course("nir_fouling=5;1") is Course.RAMP
    assert course(f"nir_fouling{hour}=5;1,drift") is Course.DRIFT
    assert course("wrong_recipe=5") is Course.WHOLE_BATCH
    assert course(f"unheard_of{hour}=5") is Course.STEP
    with pytest.raises(UnusableRequest, match="over the whole batch has no times"):
        course(f"wrong_recipe{hour}=5")


@pytest.mark.requirement("CLI-095")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("paddle.speed=20", "it lacks a kind, a target or a size"),
        ("input:=20", "it lacks a kind, a target or a size"),
        ("input:paddle.speed", "it lacks a kind, a target or a size"),
        ("valve:paddle.speed=20", "is none of: parameter, input, sensor, failure-mode"),
        ("input:paddle.speed=20,jump", "is none of: step, ramp"),
        ("input:paddle.speed@2026-03-04T10:10=20", "FROM and TO are separated by /"),
        ("input:paddle.speed@2026-03-04T10:10/noon=20", "is no time"),
        ("input:paddle.speed@2026-03-04T10:10/2026-03-04T10:00=20", "it ends before it begins"),
        ("input:paddle.speed=20;", "'' is no number"),
        (
            "parameter:chute.tanks@2026-03-04T10:10/2026-03-04T10:20=2",
            "a change over the whole batch has no times",
        ),
    ],
)
def test_a_part_without_its_form_is_refused(typed: str, said: str) -> None:
    with pytest.raises(UnusableRequest) as refused:
        part_of(typed, "UTC", Span(0, 9_000))
    assert said in str(refused.value)
    assert "write it as KIND:TARGET[@FROM/TO]=SIZE" in str(refused.value)


def test_the_category_is_one_of_the_six() -> None:
    assert a_scenario().category in set(CauseCategory)
