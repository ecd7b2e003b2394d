"""Scenarios on the run on paper, and a bench for it."""

from dataclasses import replace

from investigator.analysis.comparison import Comparison
from investigator.analysis.what_if import WhatIfBench, bench_for
from investigator.domain.ranking import CauseCategory, Ranking
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind
from investigator.twin.scenario import Window
from support.line_run import at_min, package


def part(
    target: str,
    *sizes: float,
    kind: TargetKind = TargetKind.INPUT,
    course: Course = Course.STEP,
    begin: float = 60,
    end: float = 100,
    tau_s: float = 0.0,
) -> ScenarioPart:
    """A change of the line between two minutes of the run."""
    return ScenarioPart(kind, target, course, at_min(begin), at_min(end), tau_s, sizes)


def mode_part(cause: str, window: Window, *sizes: float) -> ScenarioPart:
    """A failure mode in a window."""
    courses = {True: Course.RAMP, False: Course.STEP}
    return ScenarioPart(
        TargetKind.FAILURE_MODE,
        cause,
        courses[window.tau_s > 0.0],
        window.onset_ms,
        window.end_ms,
        window.tau_s,
        sizes,
    )


def scenario(*parts: ScenarioPart, scenario_id: str = "S") -> Scenario:
    """These parts at work together."""
    return Scenario(scenario_id, "supposed", CauseCategory.MACHINE, parts)


def bench(c: Comparison, ranking: Ranking | None = None) -> WhatIfBench:
    """A bench for a run on paper."""
    return bench_for(c, package(), evidence="e" * 64, ranking=ranking)


def from_min(stated: ScenarioPart, begin: float) -> ScenarioPart:
    """The part with another onset."""
    return replace(stated, onset_ms=at_min(begin))
