"""Scenarios at the desk: stated and copied, run in the background, recorded and seen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import desk_at, home_in
from support.investigations import CASE, WEIGHED, WHY
from support.line_run import at_min, noisy, package, planted
from support.scenes import a_replay
from support.stored_cases import case_at, take
from support.supposed import bench
from support.trust import PASSWORD

from investigator.casework import scenarios
from investigator.casework.analyses import Task
from investigator.casework.desk import Desk
from investigator.casework.report_signing import draught
from investigator.casework.scenarios import (
    Asked,
    asked_of,
    copy_of,
    ranking_beside,
    record_scenario_run,
    result_on,
    run_of,
    scenario_in,
    scenario_targets_of,
    scenario_task,
    state_scenario,
    task_for_scenarios,
    what_if_bench,
)
from investigator.casework.snapshot import snapshot
from investigator.casework.stored import decoded, encoded
from investigator.domain.entered_check import EnteredCheck
from investigator.domain.errors import UnusableRequest
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind
from investigator.domain.what_if import WhatIf
from investigator.trust.digest import digest_of_bytes
from investigator.twin.scenario import Window

WHOLE = ScenarioPart(TargetKind.INPUT, "room.rh", Course.WHOLE_BATCH, 0, 1, 0.0, (10.0,))
DAMP = Scenario("damp", "The room was damp", CauseCategory.ENVIRONMENT, (WHOLE,), "it rained")
CHECKED = EnteredCheck("load_cell_check_weight", "Check weights", failed=True)
TOLD = WhatIf(DAMP, (), (("Room", 3.0),), 1.5, None, 0.25, "r" * 64)


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A case that has come to its ranking, with its investigator."""
    workspace = case_at(tmp_path, "ranking")
    with home_in(tmp_path / "home"), desk_at(workspace) as found:
        found.sign_in("ann", PASSWORD)
        yield found


def recorded(desk: Desk, scenario: Scenario = DAMP, told: WhatIf = TOLD) -> Asked:
    """A run of the scenario as it is stated, recorded."""
    case = desk.case(CASE)
    asked = asked_of(case, scenario_in(case, scenario.scenario_id))
    task = task_for_scenarios(desk, CASE)
    record_scenario_run(desk, CASE, task, asked, encoded(told))
    return asked


@pytest.mark.requirement("CAS-206")
def test_a_scenario_is_stated_edited_and_annotated(desk: Desk) -> None:
    state_scenario(desk, CASE, DAMP)
    assert scenario_in(desk.case(CASE), "damp") == DAMP
    edited = replace(DAMP, title="The room was very damp", note="and it snowed")
    state_scenario(desk, CASE, edited, why="corrected")
    assert scenario_in(desk.case(CASE), "damp") == edited
    assert len(desk.case(CASE).scenarios) == 1


@pytest.mark.requirement("CAS-211")
def test_a_copy_has_an_id_of_its_own_and_tells_where_it_comes_from(desk: Desk) -> None:
    state_scenario(desk, CASE, DAMP)
    made = copy_of(desk.case(CASE), "damp", "damper", title="Still damper")
    case = state_scenario(desk, CASE, made, copied_from="damp")
    assert [r.act.scenario_id for r in case.scenarios] == ["damp", "damper"]
    assert case.scenarios[1].act.copied_from == "damp"
    assert made.parts == DAMP.parts
    with pytest.raises(UnusableRequest, match='There is a scenario "damper" already'):
        copy_of(case, "damp", "damper")
    with pytest.raises(UnusableRequest, match='There is no scenario "dry"'):
        copy_of(case, "dry", "drier")


@pytest.mark.requirement("CAS-209")
def test_an_unusable_scenario_leaves_no_entry(desk: Desk) -> None:
    size = desk.workspace.log.size
    run = run_of(desk, desk.case(CASE))
    assert run is not None
    late = replace(
        WHOLE, course=Course.STEP, onset_ms=run.end_ms + 120_000, end_ms=run.end_ms + 180_000
    )
    for part, said in (
        (replace(WHOLE, target="room.mood"), 'knows no input "room.mood"'),
        (replace(WHOLE, sizes=(99.0,)), "lies outside -35 to 55 %RH"),
        (late, "lies outside the run"),
    ):
        with pytest.raises(UnusableRequest, match=said):
            state_scenario(desk, CASE, replace(DAMP, parts=(part,)))
    assert desk.workspace.log.size == size


def test_the_run_is_as_long_as_what_was_replayed(desk: Desk) -> None:
    run = run_of(desk, desk.case(CASE))
    assert run is not None
    times = [panel.measured.t_ms for panel in a_replay().panels]
    assert run.start_ms == min(t[0] for t in times)
    assert run.end_ms == max(t[-1] for t in times)


def test_of_a_replay_in_which_nothing_was_measured_the_run_is_not_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = replace(a_replay(), panels=())
    monkeypatch.setattr(scenarios, "decoded", lambda *_: bare)
    assert run_of(desk, desk.case(CASE)) is None


@pytest.mark.requirement("CAS-208", "CAS-210")
def test_what_was_run_is_seen_with_the_case(desk: Desk) -> None:
    state_scenario(desk, CASE, DAMP)
    asked = recorded(desk)
    task = task_for_scenarios(desk, CASE)
    seen = snapshot(desk, CASE)
    (outcome,) = seen.scenario_runs
    assert outcome.recorded.act.recipe == task.recipe(asked.step)
    assert outcome.recorded.act.result == digest_of_bytes(encoded(TOLD))
    assert outcome.result == TOLD
    assert snapshot(desk, CASE, seen).scenario_runs[0] is outcome
    with pytest.raises(UnusableRequest, match="is not withdrawn"):
        desk.withdraw(CASE, outcome.recorded.sequence, why="it did not fit")


@pytest.mark.requirement("CAS-210")
def test_another_scenario_fit_or_ranking_is_another_recipe(desk: Desk) -> None:
    task = task_for_scenarios(desk, CASE)
    ways = [
        Asked(DAMP),
        Asked(DAMP, fitted=True),
        Asked(DAMP, fitted=True, onset=True),
        Asked(DAMP, ranking="f" * 64),
        Asked(replace(DAMP, parts=(replace(WHOLE, sizes=(11.0,)),))),
        Asked(replace(DAMP, scenario_id="other")),
    ]
    assert len({task.recipe(way.step) for way in ways}) == len(ways)
    assert Asked(replace(DAMP, note="else")).step == Asked(DAMP).step


@pytest.mark.requirement("CAS-210")
def test_what_was_overtaken_while_it_ran_is_not_recorded(desk: Desk) -> None:
    state_scenario(desk, CASE, DAMP)
    asked = asked_of(desk.case(CASE), DAMP)
    task = task_for_scenarios(desk, CASE)
    state_scenario(desk, CASE, replace(DAMP, parts=(replace(WHOLE, sizes=(11.0,)),)))
    with pytest.raises(UnusableRequest, match="was changed while it ran; nothing was recorded"):
        record_scenario_run(desk, CASE, task, asked, encoded(TOLD))
    assert desk.case(CASE).scenario_runs == ()


@pytest.mark.requirement("CAS-210")
def test_beside_a_ranking_that_did_not_last_as_long_as_the_run_nothing_is_recorded(
    desk: Desk,
) -> None:
    state_scenario(desk, CASE, DAMP)
    asked, task = asked_of(desk.case(CASE), DAMP), task_for_scenarios(desk, CASE)
    desk.do(CASE, WEIGHED)
    with pytest.raises(UnusableRequest, match="was changed while it ran; nothing was recorded"):
        record_scenario_run(desk, CASE, task, asked, encoded(TOLD))
    assert desk.case(CASE).scenario_runs == ()


@pytest.mark.requirement("CAS-206", "CAS-213")
def test_it_is_weighed_beside_a_ranking_that_is_not_stale(desk: Desk) -> None:
    case = desk.case(CASE)
    assert case.ranking is not None
    assert case.replay is not None
    assert ranking_beside(case) == case.ranking.act.result
    again = desk.do(CASE, replace(case.replay.act, recipe="a" * 64), why=WHY)
    assert ranking_beside(again) == ""
    assert asked_of(again, DAMP, onset=True) == Asked(DAMP, fitted=True, onset=True)


@pytest.mark.requirement("CAS-206", "CAS-213")
def test_results_of_checks_count_where_a_ranking_took_them_in_and_name_no_other_evidence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = task_for_scenarios(desk, CASE)
    monkeypatch.setattr(scenarios, "entered_checks", lambda _: (CHECKED,))
    beside = task_for_scenarios(desk, CASE)
    assert beside.checks == (CHECKED,)
    assert beside.recipe("x") != without.recipe("x")
    replayed = desk.case(CASE).replay
    assert replayed is not None
    desk.do(CASE, replace(replayed.act, recipe="a" * 64), why=WHY)
    assert task_for_scenarios(desk, CASE).checks == ()


@pytest.mark.requirement("CAS-208")
def test_the_report_rests_on_every_run(desk: Desk) -> None:
    state_scenario(desk, CASE, DAMP)
    recorded(desk)
    for step in ("impact", "conclusion"):
        take(desk, step)
    drawn = draught(desk, snapshot(desk, CASE))
    assert drawn.basis.scenario_runs == (digest_of_bytes(encoded(TOLD)),)
    assert [outcome.result for outcome in drawn.dossier.scenario_runs] == [TOLD]


def test_targets_are_those_of_the_twin(desk: Desk) -> None:
    case = desk.case(CASE)
    assert case.twin is not None
    known = scenario_targets_of(case.twin.act.twin_id)
    assert {t.kind for t in known} == set(TargetKind)


@pytest.mark.requirement("CAS-212")
def test_a_recorded_run_tells_what_the_bench_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Window(at_min(70), at_min(110))
    worked = bench(planted(noisy(5), "paddle_overspeed", window, (60.0,)).comparison)
    monkeypatch.setattr(scenarios, "what_if_bench", lambda *_, **__: worked)
    part = ScenarioPart(
        TargetKind.INPUT, "paddle.speed", Course.STEP, window.onset_ms, window.end_ms, 0.0, (40.0,)
    )
    task = Task(tmp_path / "blobs", "", "", "t", "d", 0, 2, "test", tmp_path)
    for fitted in (False, True):
        asked = Asked(replace(DAMP, parts=(part,)), fitted=fitted)
        stored = decoded(scenario_task(task, asked, report=unheard), WhatIf)
        tried = result_on(worked, asked)
        assert (stored.gains, stored.log_evidence, stored.run) == (
            tried.gains,
            tried.log_evidence,
            tried.run,
        )
        assert (stored.fitted is not None) == fitted
        assert len(stored.curves) == len(tried.curves)


@pytest.mark.requirement("CAS-212")
def test_a_bench_is_made_of_the_stored_evidence_and_ranking(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from support import line_run

    monkeypatch.setattr(
        "investigator.casework.analyses.opened", lambda _: (line_run.evidence(), package(), ())
    )
    case = desk.case(CASE)
    assert case.ranking is not None
    task = task_for_scenarios(desk, CASE)
    assert task.checks == ()
    assert what_if_bench(replace(task, checks=(CHECKED,)), "", report=unheard).entered == (CHECKED,)
    heard: list[float] = []
    made = what_if_bench(task, case.ranking.act.result, report=lambda _, s: heard.append(s))
    seen = snapshot(desk, CASE)
    assert seen.ranking is not None
    assert made.ranking == seen.ranking.ranking
    assert made.evidence == task.recipe("evidence")
    assert what_if_bench(task, "", report=unheard).ranking is None
    assert heard == sorted(heard)
