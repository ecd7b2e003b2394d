"""Work that takes long: begun, run apart, recorded; refused, cancelled, failed, held back."""

import multiprocessing
from collections.abc import Callable, Iterator
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from support import background as work
from support.scenario_scenes import a_scenario
from support.scenes import a_scene

from investigator.casework.scenarios import Asked
from investigator.desktop import long_work
from investigator.desktop.desk_side import Begun, BegunRun
from investigator.desktop.jobs import JobRunner, JobState
from investigator.desktop.long_work import Answers, LongWork
from investigator.desktop.requests import (
    Analyse,
    Analysis,
    AskTwin,
    IssueReport,
    ReadEvidence,
    Request,
    RunScenario,
)
from investigator.desktop.scene import Scene
from investigator.domain.errors import UnusableRequest

CASE = "DEV-1"


class Side:
    """A desk that notes what is begun and recorded; analyses are small."""

    def __init__(self) -> None:
        self.noted: list[Any] = []
        self.function: Callable[..., Any] = work.squared
        self.args: tuple[Any, ...] = ([2, 3],)
        self.refusal = ""
        self.asked_per_mille = 0

    def begin(self, case_id: str, analysis: Analysis, *, asked_per_mille: int) -> Begun:
        if self.refusal:
            raise UnusableRequest(self.refusal)
        self.noted.append(("begun", analysis))
        self.asked_per_mille = asked_per_mille
        return Begun(case_id, analysis, None, self.function, self.args)  # type: ignore[arg-type]

    def record(self, begun: Begun, outcome: Any) -> Scene:
        self.noted.append(("recorded", begun.analysis, outcome))
        return a_scene()

    def begin_what_if(self, case_id: str) -> tuple[Any, ...]:
        if self.refusal:
            raise UnusableRequest(self.refusal)
        self.noted.append(("asked", case_id))
        return (5,)

    def begin_run(self, case_id: str, scenario_id: str, *, fitted: bool) -> BegunRun:
        self.noted.append(("begun", scenario_id, fitted))
        return BegunRun(case_id, [2, 3], Asked(a_scenario()))  # type: ignore[arg-type]

    def record_run(self, begun: BegunRun, outcome: Any) -> Scene:
        self.noted.append(("recorded", begun.asked.scenario.scenario_id, outcome))
        return a_scene()

    def kept_profiles(self) -> tuple[Any, ...]:
        return ()

    def with_preview(self, read: Any) -> Scene:
        self.noted.append(("read", read))
        return a_scene()

    def draught(self, case_id: str) -> Any:
        raise UnusableRequest(f"A verdict is missing in {case_id}.")


class Bench:
    """What the workbench is told."""

    def __init__(self, jobs: JobRunner) -> None:
        self.side, self.shown = Side(), 0
        self.finished: list[Request] = []
        self.refused: list[str] = []
        self.cancelled: list[str] = []
        self.locked = False
        self.held: list[Callable[[], None]] = []
        self.running: list[frozenset[str]] = []
        answers = Answers(
            shown=self._show,
            finished=self.finished.append,
            refused=lambda _request, sentence: self.refused.append(sentence),
            cancelled=lambda _request, sentence: self.cancelled.append(sentence),
            running_changed=lambda: self.running.append(self.work.running(CASE)),
            when_open=lambda call: self.held.append(call) if self.locked else call(),
        )
        self.work = LongWork(jobs, self.side, answers)  # type: ignore[arg-type]

    def _show(self, _scene: Scene) -> None:
        self.shown += 1


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


@pytest.fixture
def bench(jobs: JobRunner) -> Bench:
    return Bench(jobs)


def settle(qtbot: QtBot, jobs: JobRunner) -> None:
    qtbot.waitUntil(lambda: jobs.idle, timeout=20_000)


@pytest.mark.requirement("WIN-023")
def test_all_analyses_run_one_after_the_other_and_each_is_recorded(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    request = Analyse(Analysis.ALL)
    bench.work.analyse(CASE, request)
    assert bench.work.running(CASE) == {"replay", "ranking", "impact"}
    settle(qtbot, jobs)
    steps = (Analysis.REPLAY, Analysis.RANKING, Analysis.IMPACT)
    assert bench.side.noted == [
        noted for step in steps for noted in (("begun", step), ("recorded", step, [4, 9]))
    ]
    assert bench.finished == [request]
    assert bench.shown == 3
    assert bench.work.running(CASE) == frozenset()


@pytest.mark.requirement("WIN-162")
def test_remedies_are_simulated_apart_for_the_probability_that_was_asked_for(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    bench.work.analyse(CASE, Analyse(Analysis.REMEDIES, 990))
    assert bench.work.running(CASE) == {"simulation of remedies"}
    settle(qtbot, jobs)
    step = Analysis.REMEDIES
    assert bench.side.noted == [("begun", step), ("recorded", step, [4, 9])]
    assert bench.side.asked_per_mille == 990


@pytest.mark.requirement("WIN-023")
def test_what_runs_is_not_begun_again_for_the_same_case(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    bench.work.analyse(CASE, Analyse(Analysis.REPLAY))
    bench.work.analyse(CASE, Analyse(Analysis.ALL))
    assert bench.refused == ["The replay is running; wait for it, or cancel it."]
    bench.work.analyse("DEV-2", Analyse(Analysis.REPLAY))
    settle(qtbot, jobs)
    assert len(bench.finished) == 2


@pytest.mark.requirement("WIN-023")
def test_what_is_out_of_order_is_refused_before_it_runs(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    bench.side.refusal = "There is no replay yet; replay the batch first."
    bench.work.analyse(CASE, Analyse(Analysis.RANKING))
    settle(qtbot, jobs)
    assert bench.refused == [bench.side.refusal]
    assert bench.work.running(CASE) == frozenset()
    bench.work.issue_report(CASE, IssueReport())
    settle(qtbot, jobs)
    assert bench.refused[1:] == ["A verdict is missing in DEV-1."]


@pytest.mark.requirement("WIN-023")
def test_cancelled_work_records_nothing_and_ends_the_chain(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    bench.side.function, bench.side.args = work.sleeps, (60.0,)
    bench.work.analyse(CASE, Analyse(Analysis.ALL))
    with qtbot.waitSignal(jobs.job_changed, timeout=20_000, check_params_cb=_is_under_way):
        pass
    jobs.cancel()
    settle(qtbot, jobs)
    assert bench.side.noted == [("begun", Analysis.REPLAY)]
    assert bench.cancelled == ["The replay was cancelled; nothing of it was recorded."]
    assert bench.refused == []
    assert bench.work.running(CASE) == frozenset()


def _is_under_way(state: JobState | None) -> bool:
    return state is not None and state.share is not None


@pytest.mark.requirement("WIN-023")
def test_work_that_fails_says_so_and_records_nothing(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    bench.side.function, bench.side.args = work.breaks, ()
    bench.work.analyse(CASE, Analyse(Analysis.REPLAY))
    settle(qtbot, jobs)
    assert "failed by a fault of the program" in bench.refused[0]
    assert bench.side.noted == [("begun", Analysis.REPLAY)]


@pytest.mark.requirement("WIN-027")
def test_while_locked_an_outcome_waits_to_be_recorded(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    bench.work.analyse(CASE, Analyse(Analysis.REPLAY))
    bench.locked = True
    qtbot.waitUntil(lambda: bench.held != [], timeout=20_000)
    assert bench.side.noted == [("begun", Analysis.REPLAY)]
    bench.locked = False
    for call in bench.held:
        call()
    settle(qtbot, jobs)
    assert bench.side.noted[-1] == ("recorded", Analysis.REPLAY, [4, 9])


@pytest.mark.requirement("WIN-028")
def test_once_the_person_has_left_nothing_is_recorded(
    bench: Bench, jobs: JobRunner, qtbot: QtBot
) -> None:
    bench.work.analyse(CASE, Analyse(Analysis.REPLAY))
    bench.locked = True
    qtbot.waitUntil(lambda: bench.held != [], timeout=20_000)
    bench.work.end()
    for call in bench.held:
        call()
    settle(qtbot, jobs)
    assert bench.side.noted == [("begun", Analysis.REPLAY)]
    assert (bench.finished, bench.refused) == ([], [])


@pytest.mark.requirement("WIN-036")
def test_a_folder_that_cannot_be_read_says_why(
    bench: Bench, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    bench.work.read(CASE, None, ReadEvidence(tmp_path / "nowhere"))
    assert bench.work.running(CASE) == {"reading"}
    settle(qtbot, jobs)
    assert "nowhere" in bench.refused[0]
    assert bench.side.noted == []


@pytest.mark.requirement("WIN-176")
class TestAskingTheTwin:
    @pytest.fixture(autouse=True)
    def counting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(long_work, "what_if_bench", work.Counter)

    def ask(self, bench: Bench, question: Any = None) -> tuple[list[Any], list[str], list[str]]:
        answered: list[Any] = []
        refused: list[str] = []
        cancelled: list[str] = []
        request = AskTwin(
            question or methodcaller("next"),
            answered.append,
            refused=refused.append,
            cancelled=lambda: cancelled.append("ended"),
        )
        bench.work.ask_twin(CASE, request)
        return answered, refused, cancelled

    def test_the_twin_that_stays_ready_answers(
        self, bench: Bench, jobs: JobRunner, qtbot: QtBot
    ) -> None:
        first, second = self.ask(bench)[0], self.ask(bench)[0]
        settle(qtbot, jobs)
        assert (first[0][0], second[0][0]) == (6, 7)
        assert first[0][1] == second[0][1]
        assert (bench.shown, bench.work.running(CASE)) == (0, frozenset())
        assert bench.side.noted == [("asked", CASE), ("asked", CASE)]

    def test_why_there_is_no_answer_is_told_whoever_refuses(
        self, bench: Bench, jobs: JobRunner, qtbot: QtBot
    ) -> None:
        by_twin = self.ask(bench, methodcaller("refuse"))[1]
        settle(qtbot, jobs)
        bench.side.refusal = "Replay the batch first."
        by_desk = self.ask(bench)[1]
        settle(qtbot, jobs)
        assert by_twin == ["Tag LF-101.PV was given 2 times; give it once."]
        assert by_desk == ["Replay the batch first."]
        assert bench.refused == []

    def test_a_question_is_stopped(self, bench: Bench, jobs: JobRunner, qtbot: QtBot) -> None:
        self.ask(bench)
        settle(qtbot, jobs)
        cancelled = self.ask(bench, methodcaller("sleep", 300.0))[2]
        qtbot.wait(100)
        bench.work.stop_asking()
        settle(qtbot, jobs)
        assert cancelled == ["ended"]

    def test_who_has_left_is_told_nothing(
        self, bench: Bench, jobs: JobRunner, qtbot: QtBot
    ) -> None:
        told = self.ask(bench, methodcaller("sleep", 300.0))
        bench.work.end()
        settle(qtbot, jobs)
        assert told == ([], [], [])

    def test_who_leaves_leaves_no_twin_behind(
        self, bench: Bench, jobs: JobRunner, qtbot: QtBot
    ) -> None:
        self.ask(bench)
        settle(qtbot, jobs)
        answered, refused, _ = self.ask(bench, methodcaller("sleep", 300.0))
        qtbot.wait(100)
        bench.work.end()
        qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=20_000)
        settle(qtbot, jobs)
        assert (answered, refused) == ([], [])


@pytest.mark.requirement("WIN-179")
def test_a_scenario_is_run_apart_and_recorded(
    bench: Bench, jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_work, "scenario_task", work.run_of_squares)
    request = RunScenario("S-1", fitted=True)
    bench.work.run_scenario(CASE, request)
    assert bench.work.running(CASE) == {"run of a scenario"}
    bench.work.run_scenario(CASE, request)
    assert "is running" in bench.refused[0]
    settle(qtbot, jobs)
    assert bench.side.noted == [("begun", "S-1", True), ("recorded", "S-1", [4, 9])]
    assert bench.finished == [request]
