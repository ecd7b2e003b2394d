"""How soon the twin answers while a size is moved, and how long it takes to be made ready.

`make bench` prints the table. The floor of an answer is the run itself, without the child process
that keeps the window free.
"""

import sys
import time
from collections.abc import Iterator
from itertools import count
from operator import attrgetter, methodcaller
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from support.desks import desk_at, home_in, populated
from support.investigations import CASE, EVIDENCE
from support.trust import PASSWORD

from investigator.casework.analyses import Task, replay_task
from investigator.casework.answering import Answering
from investigator.casework.intake import admit_evidence, read_task
from investigator.casework.outcomes import record_replay, task_for
from investigator.casework.scenarios import task_for_scenarios, what_if_bench
from investigator.casework.twin_choice import choose, twin_standing
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.instant import Span
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind

EXAMPLE = Path(__file__).resolve().parents[2] / "resources" / "examples" / "DEV-OPEN-02"


def quiet(_words: str, _share: float) -> None:
    """Progress that nobody listens to."""


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Task]:
    """The example, replayed, as the window would have recorded it."""
    folder = tmp_path_factory.mktemp("what-if")
    with home_in(folder / "home"), desk_at(populated(folder, before=EVIDENCE)) as desk:
        desk.sign_in("ann", PASSWORD)
        admit_evidence(
            desk, CASE, read_task(EXAMPLE, None, report=quiet), why="another batch will do"
        )
        choose(desk, CASE, twin_standing(desk, None), why="to measure")
        made = task_for(desk, CASE, ReplayRecorded)
        record_replay(desk, CASE, made, replay_task(made, report=quiet))
        yield task_for_scenarios(desk, CASE)


def moved(run: Span, step: int) -> Scenario:
    """A slider that goes on: each step is another size."""
    third = (run.end_ms - run.start_ms) // 3
    when = (Course.STEP, run.start_ms + third, run.end_ms - third, 0.0)
    part = ScenarioPart(TargetKind.INPUT, "feed.api", *when, (1.0 + 0.05 * step,))
    return Scenario("S-1", "moved", CauseCategory.MACHINE, (part,))


def test_an_answer_while_a_size_is_moved(benchmark: BenchmarkFixture, task: Task) -> None:
    twin, steps = Answering("The twin", what_if_bench, task, ""), count()
    begun_s = time.monotonic()
    run = twin.answer(attrgetter("run_span"))
    sys.stdout.write(f"\nthe twin is ready after {time.monotonic() - begun_s:.1f} s\n")
    try:
        benchmark.pedantic(
            lambda: twin.answer(methodcaller("run", moved(run, next(steps)))),
            rounds=30,
            warmup_rounds=2,
        )
    finally:
        twin.close()


def test_floor_of_an_answer(benchmark: BenchmarkFixture, task: Task) -> None:
    bench, steps = what_if_bench(task, "", report=quiet), count()
    benchmark.pedantic(
        lambda: bench.run(moved(bench.run_span, next(steps))), rounds=30, warmup_rounds=2
    )
