"""Scenarios of a case: stated, copied, run through the twin, and recorded with what they came to.

- A bench is opened once and takes any number of scenarios; what is tried on it and not recorded
  leaves no trace.
- A recorded run is made anew from what the log names, and is never taken back.
- The probability that a scenario would have is told where the ranking is recorded and not stale.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from investigator.casework.analyses import Report, Task
from investigator.casework.checks import entered_checks
from investigator.casework.desk import Desk
from investigator.casework.outcomes import task_for
from investigator.casework.stored import decoded, encoded
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.acts.scenarios import ScenarioRun, stated
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.investigation import Investigation
from investigator.domain.results import RankingResult, ReplayResult
from investigator.domain.scenario import Scenario, Target
from investigator.domain.scenario_order import before_any_run
from investigator.domain.scenario_outcome import ScenarioOutcome
from investigator.domain.scenario_rules import (
    refusal_of_scenario,
    targets_by_name,
    with_own_courses,
)
from investigator.domain.what_if import WhatIf
from investigator.records.blobs import Blobs
from investigator.trust.digest import digest_of_bytes

if TYPE_CHECKING:
    from investigator.analysis.what_if import WhatIfBench

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be run: the scenario, and whether its sizes, and its onsets, are to be fitted.

    `ranking`: digest of the ranking that it is weighed beside; empty for none.
    """

    scenario: Scenario
    fitted: bool = False
    onset: bool = False
    ranking: str = ""

    @property
    def step(self) -> str:
        """What the step is called in a recipe: another scenario is another run."""
        how = "fitted with onset" if self.onset else "fitted" if self.fitted else "as stated"
        told = digest_of_bytes(encoded(stated(self.scenario).parts))
        return f"scenario {self.scenario.scenario_id} {told} {how} beside {self.ranking}"


def scenario_targets_of(twin_id: str) -> tuple[Target, ...]:
    """What a scenario can change on the line of a twin.

    Raises:
        UnusableRequest, UnusableInput: there is no such twin, or its package cannot be read.
    """
    from investigator.casework.twins import choose_twin
    from investigator.twin.scenario_targets import scenario_targets

    package = choose_twin(twin_id)
    return scenario_targets(package.parameters, package.failure_modes)


def state_scenario(
    desk: Desk, case_id: str, scenario: Scenario, *, copied_from: str = "", why: str = ""
) -> Investigation:
    """State a scenario, or state it anew.

    Raises:
        AccessRefused, UnusableRequest: as `Desk.do`, or it changes something that the twin does not
            know, out of bounds, or outside the recorded batch.
    """
    case = desk.case(case_id)
    if refused := desk.why_not(case_id, stated(scenario, copied_from=copied_from)):
        raise UnusableRequest(refused)
    if case.twin is None:
        raise UnusableRequest("What can be changed the twin knows; choose one first.")
    targets = targets_by_name(scenario_targets_of(case.twin.act.twin_id))
    meant = with_own_courses(scenario, targets)
    if refused := refusal_of_scenario(meant, targets, _with_margin(run_of(desk, case))):
        raise UnusableRequest(refused)
    return desk.do(case_id, stated(meant, copied_from=copied_from), why=why)


def run_of(desk: Desk, case: Investigation) -> Span | None:
    """The run as far as it was measured; None before the replay, or where nothing was.

    The bench knows it to the step.
    """
    if case.replay is None:
        return None
    replayed = decoded(desk.workspace.blobs.read(case.replay.act.result), ReplayResult)
    times = [panel.measured.t_ms for panel in replayed.panels if panel.measured.t_ms.size]
    if not times:
        return None
    return Span(min(int(t[0]) for t in times), max(int(t[-1]) for t in times))


def _with_margin(run: Span | None) -> Span | None:
    """What was measured begins and ends up to a minute within the run."""
    return None if run is None else Span(run.start_ms - MINUTE_MS, run.end_ms + MINUTE_MS)


def scenario_in(case: Investigation, scenario_id: str) -> Scenario:
    """A scenario of a case as it is stated now.

    Raises:
        UnusableRequest: there is none of this id.
    """
    found = case.scenario(scenario_id)
    if found is None:
        raise UnusableRequest(f'There is no scenario "{scenario_id}"; state it first.')
    return found.act.scenario()


def copy_of(case: Investigation, scenario_id: str, new_id: str, *, title: str = "") -> Scenario:
    """A scenario under another id, to be edited and stated; with its title unless one is given.

    Raises:
        UnusableRequest: there is no such scenario, or the new id is taken.
    """
    original = scenario_in(case, scenario_id)
    if case.scenario(new_id) is not None:
        raise UnusableRequest(f'There is a scenario "{new_id}" already; choose another id.')
    return replace(original, scenario_id=new_id, title=title or original.title)


def task_for_scenarios(desk: Desk, case_id: str) -> Task:
    """What a bench of the case is to be made from.

    Raises:
        AccessRefused, UnusableRequest: scenarios are not run now.
    """
    case = desk.case(case_id)
    if refused := before_any_run(case):
        raise UnusableRequest(refused)
    counted = entered_checks(case) if ranking_beside(case) else ()
    return replace(task_for(desk, case_id, ReplayRecorded), checks=counted)


def asked_of(
    case: Investigation, scenario: Scenario, *, fitted: bool = False, onset: bool = False
) -> Asked:
    """A run of a scenario, beside the ranking of the case where there is one that is not stale."""
    return Asked(scenario, fitted or onset, onset, ranking_beside(case))


def ranking_beside(case: Investigation) -> str:
    """Digest of the recorded ranking; empty where there is none or it is stale."""
    found = case.ranking
    return "" if found is None or case.is_stale(found) else found.act.result


def what_if_bench(task: Task, ranking: str, *, report: Report) -> "WhatIfBench":
    """A bench for the run of a task; takes a second or two.

    Args:
        task: what it is made from.
        ranking: digest of the recorded ranking; empty for none.
        report: told how far it is.
    """
    from investigator.analysis.diagnosis import replay
    from investigator.analysis.what_if import bench_for
    from investigator.casework.analyses import opened

    report("reading the stored evidence", 0.0)
    evidence, package, _ = opened(task)
    report("comparing the batch with the twin", 0.5)
    beside = None
    if ranking:
        beside = decoded(Blobs(task.blobs).read(ranking), RankingResult).ranking
    compared = replay(evidence, package).comparison
    by_evidence = replace(task, checks=()).recipe("evidence")
    return bench_for(compared, package, evidence=by_evidence, ranking=beside, entered=task.checks)


def scenario_task(task: Task, asked: Asked, *, report: Report) -> bytes:
    """The stored `WhatIf` of a run.

    Raises:
        UnusableRequest: the scenario cannot be run.
    """
    bench = what_if_bench(task, asked.ranking, report=report)
    report("running the scenario", 0.8)
    return encoded(result_on(bench, asked))


def result_on(bench: "WhatIfBench", asked: Asked) -> WhatIf:
    """What a scenario comes to on a bench, run or fitted as asked for."""
    if asked.fitted:
        return bench.fit(asked.scenario, onset=asked.onset)
    return bench.run(asked.scenario)


def record_scenario_run(
    desk: Desk, case_id: str, task: Task, asked: Asked, result: bytes
) -> Investigation:
    """Record a run of a scenario.

    Raises:
        UnusableRequest: the scenario, or what it was run on, is no longer what the case holds.
        AccessRefused: as `Desk.do`.
    """
    case = desk.case(case_id)
    now = replace(
        asked,
        scenario=scenario_in(case, asked.scenario.scenario_id),
        ranking=ranking_beside(case),
    )
    if task_for_scenarios(desk, case_id).recipe(now.step) != task.recipe(asked.step):
        raise UnusableRequest(
            "The scenario, or what it was run on, was changed while it ran; nothing was recorded, "
            "run it again."
        )
    kept = desk.workspace.blobs.keep(result)
    run = ScenarioRun(asked.scenario.scenario_id, task.recipe(asked.step), kept, asked.fitted)
    return desk.do(case_id, run)


def outcomes_of(
    desk: Desk, case: Investigation, before: tuple[ScenarioOutcome, ...] = ()
) -> tuple[ScenarioOutcome, ...]:
    """Every recorded run with its result; those in `before` are not read again."""
    known = {outcome.recorded.sequence: outcome for outcome in before}
    blobs = desk.workspace.blobs
    return tuple(
        known.get(run.sequence) or ScenarioOutcome(run, decoded(blobs.read(run.act.result), WhatIf))
        for run in case.scenario_runs
    )
